// Disputes and verdicts: what is claimed, what it costs, and what silence does.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/justice/dispute.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/teller.h"

namespace wallet {

namespace limits = protocol::limits;
using labor::v1::Dispute;
using protocol::Amount;

Result<std::optional<Dispute>> Teller::dispute(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_dispute()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->dispute();
}

Result<void> Teller::dispute_head(std::uint64_t id, std::string_view act,
                                  std::optional<Dispute>& found) {
  TRY(read_now, dispute(id));
  found = std::move(read_now);
  line(fmt::format("{} dispute {}.", act, id));
  if (!found) {
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  detail(fmt::format("About {} {}/{}: {} locked; client {}, talent {}.",
                     found->about_hours() ? "week" : "milestone", found->contract(),
                     found->milestone(), show(Amount{found->claim()}, found->asset()),
                     who(found->client()), who(found->talent())));
  return {};
}

void Teller::division(Dispute const& of, std::uint64_t to_talent) {
  auto const back = of.claim() - std::min(of.claim(), to_talent);
  detail(fmt::format("Of {} claimed: {} to {}, {} and unearned client fee back to {}.",
                     show(Amount{of.claim()}, of.asset()), show(Amount{to_talent}, of.asset()),
                     who(of.talent()), show(Amount{back}, of.asset()), who(of.client())));
  if (to_talent > of.claim()) {
    detail("CAREFUL: that is more than is claimed; the chain will refuse.");
  }
}

void Teller::fee_on_loan() {
  detail("What of the loan is not borne by the other side is taken from what you are awarded.");
  detail(fmt::format(
      "What you are not awarded enough for you do not owe, but may borrow less; the next loan is "
      "{} away.",
      show_duration(limits::loan_interval_ms)));
}

Result<void> Teller::say(labor::v1::OpenDispute const& message) {
  std::optional<labor::v1::Contract> of;
  TRY(found, contract(message.contract()));
  of = std::move(found);
  labor::v1::Record key;
  key.mutable_milestone()->set_contract(message.contract());
  key.mutable_milestone()->set_index(message.milestone());
  TRY(milestone, read(key));
  line(fmt::format("Dispute milestone {}/{}{}.", message.contract(), message.milestone(),
                   milestone ? ": " + milestone->milestone().title() : ""));
  hash("Reason hash", message.reason_hash());
  if (!of || !milestone) {
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  auto const& frozen = of->frozen().disputes();
  auto const claim = locked_of(milestone->milestone());
  auto const fee = justice::juror_fee(frozen, claim);
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, of->asset()); };
  detail(fmt::format("You claim the {} that are locked, and {} {}: {} for each of {} jurors.",
                     money(claim), message.on_loan() ? "the treasury puts down" : "put down",
                     money(fee * limits::jury_size), money(fee), limits::jury_size));
  detail("It comes back if no jury is drawn; else who gets less of the claim bears more of it.");
  if (message.on_loan()) fee_on_loan();
  auto const by_talent = body_.account() == of->talent();
  auto const undelivered = by_talent && milestone->milestone().delivery_hash().empty();
  detail(fmt::format("The other side has {} to answer; silence {}.",
                     show_duration(frozen.answer_ms()),
                     undelivered ? "lets the work go on, for nothing was delivered"
                     : by_talent ? "pays you all of it"
                                 : "gives you all of it back"));
  detail("Until it is over nobody can accept, release or refund the milestone.");
  return {};
}

Result<void> Teller::say(labor::v1::AnswerDispute const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Answer", found));
  hash("Statement hash", message.statement_hash());
  if (!found) return {};
  auto const& frozen = found->frozen();
  detail(
      fmt::format("It costs you nothing. Then there are {} to agree and {} for evidence, and "
                  "jurors decide.",
                  show_duration(frozen.settling_ms()), show_duration(frozen.evidence_ms())));
  return {};
}

Result<void> Teller::say(labor::v1::AddDisputeEvidence const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Bring evidence to", found));
  hash("Evidence hash", message.evidence_hash());
  detail("What jurors cannot read does not count: keep it where they can.");
  return {};
}

Result<void> Teller::say(labor::v1::OfferDisputeSplit const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Offer to settle", found));
  if (!found) {
    detail(fmt::format("{} to the talent, the rest back to the client.",
                       show(Amount{message.to_talent()}, labor::v1::ASSET_USD)));
    return {};
  }
  division(*found, message.to_talent());
  detail("Nothing moves before the other side agrees, and the clock runs on.");
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawDisputeSplit const& message) {
  std::optional<Dispute> found;
  return dispute_head(message.dispute(), "Withdraw your split of", found);
}

Result<void> Teller::say(labor::v1::AgreeDisputeSplit const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Agree to settle", found));
  if (!found) {
    detail(fmt::format("{} to the talent, the rest back to the client.",
                       show(Amount{message.to_talent()}, labor::v1::ASSET_USD)));
    return {};
  }
  division(*found, message.to_talent());
  if (!found->has_split() || found->split().to_talent() != message.to_talent()) {
    detail("CAREFUL: this is not the split that is offered; the chain will refuse.");
  }
  detail("This ends the dispute and cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::ConcedeDispute const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Concede", found));
  if (!found) return {};
  division(*found, body_.account() == found->client() ? found->claim() : 0);
  detail("This ends the dispute and cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::AppealDispute const& message) {
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Appeal", found));
  if (!found) return {};
  detail(fmt::format("It was ruled: {}% to the talent. You put down {} for {} other jurors.",
                     found->panels(0).award(),
                     show(Amount{limits::appeal_jury_size * found->juror_fee()}, found->asset()),
                     limits::appeal_jury_size));
  detail(
      fmt::format("All of it is lost unless they move the award by {} or more; then the other "
                  "side bears it as far as its share goes. There is no second appeal.",
                  limits::appeal_moves_min));
  return {};
}

Result<void> Teller::say(labor::v1::StakeAsJuror const& message) {
  line(
      fmt::format("Put down {} as a juror.", show(Amount{message.amount()}, labor::v1::ASSET_USD)));
  detail(fmt::format("You may be drawn to judge, and each seat locks {} juror fees of it.",
                     limits::stake_fees));
  detail("Who is drawn and does not commit and reveal in time loses what the seat locks.");
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawJurorStake const& message) {
  line(fmt::format("Take back {} of your stake as a juror.",
                   show(Amount{message.amount()}, labor::v1::ASSET_USD)));
  return {};
}

void Teller::keep_secret() {
  detail("Tell nobody: whoever knows your salt before the reveal takes half of what you lock.");
}

void Teller::price_of_exposure(std::uint64_t stake, labor::v1::Asset asset) {
  detail(fmt::format("If it is true the verdict does not count, and {} of the stake are yours.",
                     show(Amount{stake / 2}, asset)));
}

Result<void> Teller::say(labor::v1::CommitVerdict const& message) {
  if (message.vetting() != 0) return vetting_verdict(message);
  if (message.report() != 0) return report_verdict(message);
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Commit to your verdict on", found));
  hash("Commitment", message.commitment());
  if (found) {
    detail(fmt::format("Reveal it within {} once all have committed, or lose {}.",
                       show_duration(found->frozen().reveal_ms()),
                       show(Amount{justice::sitting_on(*found).stake}, found->asset())));
    detail(fmt::format("You are paid {} if it is within {} of what is decided in the end.",
                       show(Amount{found->juror_fee()}, found->asset()), limits::coherent_within));
  }
  keep_secret();
  return {};
}

Result<void> Teller::say(labor::v1::RevealVerdict const& message) {
  if (message.vetting() != 0) return vetting_verdict(message);
  if (message.report() != 0) return report_verdict(message);
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Reveal your verdict on", found));
  detail(fmt::format("{}% to the talent. It is public at once and stays.", message.award()));
  hash("Salt", message.salt());
  return {};
}

Result<void> Teller::say(labor::v1::ExposeVerdict const& message) {
  if (message.vetting() != 0) return vetting_verdict(message);
  if (message.report() != 0) return report_verdict(message);
  std::optional<Dispute> found;
  TRY_VOID(dispute_head(message.dispute(), "Expose a juror of", found));
  detail(
      fmt::format("{} has committed to {}% to the talent.", who(message.juror()), message.award()));
  hash("Salt", message.salt());
  if (found) price_of_exposure(justice::sitting_on(*found).stake, found->asset());
  return {};
}

}  // namespace wallet
