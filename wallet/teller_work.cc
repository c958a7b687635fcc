// Jobs, proposals and offers: what is looked for and agreed.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/work/terms.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/show_hours.h"
#include "wallet/teller.h"

namespace wallet {

using labor::v1::Asset;
using protocol::Amount;
using protocol::TimeMs;

namespace {

std::uint64_t total_of(labor::v1::OfferTerms const& terms) {
  std::uint64_t total = 0;
  for (auto const& milestone : terms.milestones()) {
    if (__builtin_add_overflow(total, milestone.amount(), &total)) return ~std::uint64_t{0};
  }
  return total;
}

}  // namespace

// ---- reading ----

Result<std::optional<labor::v1::Job>> Teller::job(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_job()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->job();
}

Result<std::optional<labor::v1::Proposal>> Teller::proposal(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_proposal()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->proposal();
}

Result<std::optional<labor::v1::Offer>> Teller::offer(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_offer()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->offer();
}

// ---- jobs and proposals ----

Result<void> Teller::origin(std::string const& app) {
  if (app.empty()) return {};
  labor::v1::Record key;
  key.mutable_app()->set_name(app);
  TRY(found, read(key));
  detail(found ? fmt::format("It comes from the app `{}` of {}, which has {} of the fee you pay.",
                             app, who(found->app().account()), show_bps(found->app().share_bps()))
               : fmt::format("It comes from the app `{}`.", app));
  return {};
}

Result<void> Teller::say(labor::v1::PostJob const& message) {
  auto const& job = message.details();
  line(fmt::format("Post a job: {}", job.title()));
  if (!job.summary().empty()) detail(fmt::format("Summary: {}", job.summary()));
  detail(fmt::format("Budget: {} to {}", show(Amount{job.budget_min()}, job.asset()),
                     show(Amount{job.budget_max()}, job.asset())));
  for (auto const& skill : job.skills()) detail(fmt::format("Skill: {}", skill));
  if (job.deadline_ms() != 0) {
    detail(fmt::format("Proposals until {}", show_time(TimeMs{job.deadline_ms()})));
  }
  hash("Document hash", job.document_hash());
  TRY_VOID(origin(job.app()));
  if (message.invited_only()) detail("Only those whom you invite may propose.");
  if (message.bond() != 0) {
    detail(fmt::format(
        "Put down a bond of {}: each attested applicant whom you leave without an answer has a "
        "twentieth of it, and the rest comes back when the job is over.",
        show(Amount{message.bond()}, job.asset())));
  } else {
    detail("Posting locks nothing; you pay when you fund a milestone.");
  }
  return {};
}

Result<void> Teller::say(labor::v1::InviteTalent const& message) {
  TRY(found, job(message.job()));
  line(fmt::format("Invite {} to job {}{}.", who(message.talent()), message.job(),
                   found ? ": " + found->details().title() : ""));
  detail("They answer with a proposal, decline, or let it lapse in 14 days.");
  return {};
}

Result<void> Teller::say(labor::v1::DeclineInvitation const& message) {
  TRY(found, job(message.job()));
  line(fmt::format("Decline the invitation to job {}{}.", message.job(),
                   found ? ": " + found->details().title() : ""));
  return {};
}

Result<void> Teller::say(labor::v1::CloseJob const& message) {
  TRY(found, job(message.job()));
  line(fmt::format("Close job {}{}.", message.job(), found ? ": " + found->details().title() : ""));
  if (found) {
    detail(fmt::format("Its open proposals are declined: {}.", found->open_proposals()));
  }
  return {};
}

Result<void> Teller::say(labor::v1::SubmitProposal const& message) {
  TRY(found, job(message.job()));
  line(fmt::format("Propose yourself for job {}{}.", message.job(),
                   found ? ": " + found->details().title() : ""));
  auto const asset = found ? found->details().asset() : labor::v1::ASSET_USD;
  detail(fmt::format("You ask for {} in all, and receive the whole of what is released to you.",
                     show(Amount{message.amount()}, asset)));
  detail(fmt::format("Summary: {}", message.summary()));
  hash("Document hash", message.document_hash());
  return {};
}

Result<void> Teller::proposal_act(std::uint64_t id, std::string_view act) {
  TRY(found, proposal(id));
  line(fmt::format("{} proposal {}.", act, id));
  if (found) {
    detail(
        fmt::format("By {} on job {}: {}", who(found->talent()), found->job(), found->summary()));
  }
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawProposal const& message) {
  return proposal_act(message.proposal(), "Withdraw");
}

Result<void> Teller::say(labor::v1::ShortlistProposal const& message) {
  return proposal_act(message.proposal(), "Shortlist");
}

Result<void> Teller::say(labor::v1::DeclineProposal const& message) {
  return proposal_act(message.proposal(), "Decline");
}

Result<void> Teller::say(labor::v1::DeclineAllProposals const& message) {
  TRY(found, job(message.job()));
  line(fmt::format("Decline all open proposals of job {}{}.", message.job(),
                   found ? fmt::format(": {}", found->open_proposals()) : ""));
  return {};
}

// ---- offers ----

void Teller::terms(labor::v1::OfferTerms const& terms, std::optional<std::uint64_t> fee_bps) {
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, terms.asset()); };
  detail(fmt::format("Title: {}", terms.title()));
  int index = 0;
  for (auto const& milestone : terms.milestones()) {
    detail(fmt::format("Milestone {}: {}, {}, due {} after it is funded", index++,
                       milestone.title(), money(milestone.amount()),
                       show_days(milestone.due_days())));
  }
  if (terms.has_hourly()) {
    detail(fmt::format("Paid by the hour: {}", show_hourly(terms.hourly(), terms.asset())));
    detail("All of what is logged and paid is the talent's");
    if (fee_bps) detail(fmt::format("The client pays a fee of {} on top", show_bps(*fee_bps)));
    return hash("Document hash", terms.document_hash());
  }
  auto const total = total_of(terms);
  detail(fmt::format("In all: {} to the talent, all of it", money(total)));
  if (fee_bps) {
    detail(fmt::format("The client pays a fee of {} on top: {} if everything is released",
                       show_bps(*fee_bps), money(client_fee(total, *fee_bps))));
  }
  hash("Document hash", terms.document_hash());
}

Result<void> Teller::say(labor::v1::MakeOffer const& message) {
  if (message.proposal() != 0) {
    TRY(found, proposal(message.proposal()));
    line(fmt::format("Make an offer on proposal {}{}:", message.proposal(),
                     found ? " to " + who(found->talent()) : ""));
  } else {
    line(fmt::format("Make a direct offer to {}:", who(message.talent())));
    TRY_VOID(origin(message.app()));
  }
  TRY(fee_bps, parameter(labor::v1::PARAMETER_CLIENT_FEE_BPS));
  terms(message.terms(), fee_bps);
  detail("Nothing is locked until it is funded. Amounts on chain are public.");
  return {};
}

Result<void> Teller::say(labor::v1::CounterOffer const& message) {
  line(fmt::format("Counter version {} of offer {} with:", message.version(), message.offer()));
  TRY(fee_bps, parameter(labor::v1::PARAMETER_CLIENT_FEE_BPS));
  terms(message.terms(), fee_bps);
  detail("The version before it is dead from then on. Amounts on chain are public.");
  return {};
}

Result<void> Teller::say(labor::v1::AcceptOffer const& message) {
  TRY(found, offer(message.offer()));
  if (!found) {
    line(fmt::format("Accept version {} of offer {}.", message.version(), message.offer()));
    hash("Terms hash", message.terms_hash());
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  line(fmt::format("Accept version {} of offer {}:", message.version(), message.offer()));
  detail(fmt::format("Client: {}", who(found->client())));
  detail(fmt::format("Talent: {}", who(found->talent())));
  terms(found->terms(), found->frozen().client_fee_bps());
  for (auto const& share : found->frozen().shares()) {
    detail(fmt::format("Of the client's fee, {} goes to {}, {}.", show_bps(share.bps()),
                       who(share.account()), why_shared(share, who(share.introduced()))));
  }
  if (!found->frozen().team().empty()) detail("What is paid goes to the team's members:");
  split(found->frozen().team());
  hash("Terms hash", message.terms_hash());
  bool const same = found->version() == message.version() &&
                    work::terms_hash(*found).chars() == message.terms_hash();
  detail(same ? "This makes a contract with exactly these terms."
              : "CAREFUL: the terms above are not those that you sign; the chain will refuse.");
  return {};
}

Result<void> Teller::say(labor::v1::DeclineOffer const& message) {
  TRY(found, offer(message.offer()));
  line(fmt::format("Decline offer {}{}.", message.offer(),
                   found ? ": " + found->terms().title() : ""));
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawOffer const& message) {
  TRY(found, offer(message.offer()));
  line(fmt::format("Withdraw offer {}{}.", message.offer(),
                   found ? ": " + found->terms().title() : ""));
  return {};
}

}  // namespace wallet
