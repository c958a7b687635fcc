#include "wallet/show_record.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/fee.h"

namespace wallet {

using labor::v1::Asset;
using protocol::Amount;
using protocol::TimeMs;

namespace {

std::string money(std::uint64_t amount, Asset asset) {
  return show(Amount{amount}, asset);
}

// Only facts that are there.
void add(Facts& facts, std::string name, std::string value) {
  if (!value.empty()) facts.emplace_back(std::move(name), std::move(value));
}

void add_document(Facts& facts, std::string const& hash) {
  if (hash.empty()) return;
  facts.emplace_back("Document hash", base::hex(hash));
  facts.emplace_back("Read it by", fmt::format("labor document get {}", base::hex(hash)));
}

void add_clock(Facts& facts, std::string name, std::uint64_t time_ms) {
  if (time_ms != 0) facts.emplace_back(std::move(name), show_time(TimeMs{time_ms}));
}

void add_terms(Facts& facts, labor::v1::OfferTerms const& terms) {
  for (int i = 0; i < terms.milestones_size(); ++i) {
    auto const& milestone = terms.milestones(i);
    add(facts, fmt::format("Milestone {}", i),
        fmt::format("{}, {}, due {} d after funding", milestone.title(),
                    money(milestone.amount(), terms.asset()), milestone.due_days()));
  }
  if (terms.has_hourly()) add(facts, "Paid", show_hourly(terms.hourly(), terms.asset()));
  add_document(facts, terms.document_hash());
}

void add_shares(Facts& facts, Session& session, labor::v1::FrozenParameters const& frozen) {
  for (auto const& share : frozen.shares()) {
    add(facts, "Of the fee",
        fmt::format("{} to {}, {}", show_bps(share.bps()), full_label(session, share.account()),
                    why_shared(share, short_label(session, share.introduced()))));
  }
}

template <class State>
std::string state_of(State state, google::protobuf::EnumDescriptor const* type) {
  return state_name(*type, static_cast<int>(state));
}

}  // namespace

Facts facts_of(Session& session, labor::v1::Profile const& profile) {
  auto const& details = profile.details();
  Facts facts{{"Profile", full_label(session, profile.owner())},
              {"State", state_of(profile.state(), labor::v1::ProfileState_descriptor())},
              {"Kind", state_of(details.kind(), labor::v1::ProfileKind_descriptor())}};
  add(facts, "Handle", profile.handle());
  add(facts, "Headline", details.headline());
  for (auto const& skill : details.skills()) {
    add(facts, "Skill", fmt::format("{} at level {} of 5", skill.uri(), skill.level()));
  }
  for (auto const& skill : profile.vetted()) {
    add(facts, "Vetted",
        fmt::format("{} at level {} of 5, by vetting {} of {}", skill.uri(), skill.level(),
                    skill.vetting(), show_time(TimeMs{skill.vetted_at_ms()})));
  }
  if (profile.applied() != 0) add(facts, "Under way", fmt::format("vetting {}", profile.applied()));
  if (!details.responsible().empty()) {
    add(facts, profile.answered_for() ? "Answered for by" : "Waits for",
        full_label(session, details.responsible()));
  }
  if (details.rate() != 0) {
    add(facts, "Rate", money(details.rate(), labor::v1::ASSET_USD) + " an hour");
  }
  if (details.hours_per_week() != 0) {
    add(facts, "Hours", fmt::format("{} a week", details.hours_per_week()));
  }
  for (auto const& link : details.links()) add(facts, "Link", link);
  add_document(facts, details.document_hash());
  add(facts, "Contracts paid", fmt::format("{}", profile.contracts_paid()));
  return facts;
}

Facts facts_of(Session& session, labor::v1::Job const& job) {
  auto const& details = job.details();
  Facts facts{{"Job", fmt::format("{}", job.id())},
              {"Title", details.title()},
              {"State", state_of(job.state(), labor::v1::JobState_descriptor())},
              {"Client", full_label(session, job.client())},
              {"Budget", fmt::format("{} to {}", money(details.budget_min(), details.asset()),
                                     money(details.budget_max(), details.asset()))}};
  add(facts, "Summary", details.summary());
  for (auto const& skill : details.skills()) add(facts, "Skill", skill);
  add_clock(facts, "Proposals until", details.deadline_ms());
  add_document(facts, details.document_hash());
  add(facts, "App", details.app());
  add(facts, "Open proposals", fmt::format("{}", job.open_proposals()));
  if (job.state() == labor::v1::JOB_STATE_HIDDEN) {
    add(facts, "CAREFUL", fmt::format("a jury found a scam: report {}", job.report()));
  } else if (job.report() != 0) {
    add(facts, "CAREFUL",
        fmt::format("reported as a scam: report {}, a jury is to find", job.report()));
  }
  if (job.bond() != 0) {
    add(facts, "Bond",
        fmt::format("{} for applicants without an answer, {} of it left",
                    money(job.bond(), details.asset()), money(job.bond_held(), details.asset())));
  }
  if (job.invited_only()) add(facts, "Open to", "who is invited");
  if (job.invitations() != 0) add(facts, "Invitations", fmt::format("{}", job.invitations()));
  add_clock(facts, "Posted", job.posted_at_ms());
  add_clock(facts, "Expires", job.expires_at_ms());
  return facts;
}

Facts facts_of(Session& session, labor::v1::Proposal const& proposal) {
  Facts facts{{"Proposal", fmt::format("{}", proposal.id())},
              {"Job", fmt::format("{}", proposal.job())},
              {"State", state_of(proposal.state(), labor::v1::ProposalState_descriptor())},
              {"Talent", full_label(session, proposal.talent())},
              {"Asks for", money(proposal.amount(), labor::v1::ASSET_USD)}};
  if (proposal.invited()) add(facts, "Invited", "yes");
  add(facts, "Summary", proposal.summary());
  add_document(facts, proposal.document_hash());
  add_clock(facts, "Submitted", proposal.submitted_at_ms());
  add_clock(facts, "Lapses", proposal.lapses_at_ms());
  return facts;
}

Facts facts_of(Session& session, labor::v1::Offer const& offer) {
  Facts facts{{"Offer", fmt::format("{}, version {}", offer.id(), offer.version())},
              {"Title", offer.terms().title()},
              {"State", state_of(offer.state(), labor::v1::OfferState_descriptor())},
              {"Client", full_label(session, offer.client())},
              {"Talent", full_label(session, offer.talent())},
              {"This version by", full_label(session, offer.author())}};
  if (offer.job() != 0) add(facts, "Job", fmt::format("{}", offer.job()));
  add_terms(facts, offer.terms());
  add(facts, "Client fee", show_bps(offer.frozen().client_fee_bps()) + " on top of what is paid");
  add_shares(facts, session, offer.frozen());
  add(facts, "Terms hash", base::hex(offer.terms_hash()));
  add_clock(facts, "Lapses", offer.lapses_at_ms());
  return facts;
}

Facts facts_of(Session& session, labor::v1::Contract const& contract) {
  auto const asset = contract.asset();
  Facts facts{{"Contract", fmt::format("{}", contract.id())},
              {"Title", contract.title()},
              {"State", state_of(contract.state(), labor::v1::ContractState_descriptor())},
              {"Client", full_label(session, contract.client())},
              {"Talent", full_label(session, contract.talent())},
              {contract.has_hours() ? "Weeks" : "Milestones",
               fmt::format("{}, {} with money locked",
                           contract.has_hours() ? contract.hours().weeks() : contract.milestones(),
                           contract.parts_locked())},
              {"In escrow", money(contract.escrow(), asset)},
              {"Paid to talent", money(contract.released(), asset)},
              {"Client fee",
               fmt::format("{}, {} earned so far", show_bps(contract.frozen().client_fee_bps()),
                           money(contract.fee_earned(), asset))}};
  add_shares(facts, session, contract.frozen());
  if (contract.has_hours()) add_hours(facts, contract);
  if (contract.has_amendment()) {
    add(facts, "Amendment offered by", full_label(session, contract.amendment().author()));
    for (auto const& change : contract.amendment().changes()) {
      auto const& terms = change.terms();
      add(facts, fmt::format("Milestone {} would be", change.milestone()),
          change.has_terms() ? fmt::format("{}, {}, due {} d after funding", terms.title(),
                                           money(terms.amount(), asset), terms.due_days())
                             : "dropped");
    }
    if (contract.amendment().has_hourly()) {
      add(facts, "Paid would be", show_hourly(contract.amendment().hourly(), asset));
    }
  }
  if (contract.bonus() != 0) {
    add(facts, "Bonus",
        fmt::format("{}, and {} of fee", money(contract.bonus(), asset),
                    money(contract.bonus_fee(), asset)));
  }
  add(facts, "Terms hash", base::hex(contract.terms_hash()));
  if (contract.pause().until_ms() != 0) {
    add(facts, "Paused by", full_label(session, contract.pause().author()));
    add_clock(facts, "Paused since", contract.pause().since_ms());
    add_clock(facts, "Goes on by itself", contract.pause().until_ms());
  }
  add_clock(facts, "Signed", contract.signed_at_ms());
  add_clock(facts, "Ended", contract.ended_at_ms());
  add_clock(facts, "Ends if idle", contract.idle_until_ms());
  return facts;
}

// The contract says the asset; pay assets all have the same decimals, and USD is the only one.
Facts facts_of(Session& session, labor::v1::Milestone const& milestone) {
  constexpr auto asset = labor::v1::ASSET_USD;
  Facts facts{{"Milestone", fmt::format("{}/{}", milestone.contract(), milestone.index())},
              {"Title", milestone.title()},
              {"State", state_of(milestone.state(), labor::v1::MilestoneState_descriptor())},
              {"Amount", money(milestone.amount(), asset)},
              {"Due", fmt::format("{} d after funding", milestone.due_days())}};
  if (milestone.funded() != 0) {
    add(facts, "Locked",
        fmt::format("{} and {} of fee", money(locked_of(milestone), asset),
                    money(unearned_fee_of(milestone), asset)));
    add(facts, "Paid to talent", money(milestone.released(), asset));
    add(facts, "Refunded", money(milestone.refunded(), asset));
    add(facts, "Fee taken", money(milestone.fee_taken(), asset));
  }
  add_clock(facts, "Due at", milestone.due_at_ms());
  add_clock(facts, "Accepted by silence at", milestone.review_until_ms());
  add_clock(facts, "Changes due at", milestone.changes_until_ms());
  add_clock(facts, "Refunded by silence at", milestone.refund_asked_until_ms());
  if (milestone.change_requests() != 0) {
    add(facts, "Change requests", fmt::format("{}", milestone.change_requests()));
  }
  if (milestone.has_split()) {
    add(facts, "Split offered",
        fmt::format("{} to the talent, by {}", money(milestone.split().to_talent(), asset),
                    full_label(session, milestone.split().author())));
  }
  if (milestone.dispute() != 0) {
    add(facts, "Dispute", fmt::format("{0} (labor dispute show {0})", milestone.dispute()));
  }
  add(facts, "Delivery hash", base::hex(milestone.delivery_hash()));
  add(facts, "Reason hash", base::hex(milestone.reason_hash()));
  return facts;
}

Facts facts_of(labor::v1::Lock const& lock) {
  return {{"Lock", fmt::format("{}", lock.id())},
          {"Amount", money(lock.amount(), labor::v1::ASSET_LBR)},
          {"Until", show_time(TimeMs{lock.until_ms()})}};
}

}  // namespace wallet
