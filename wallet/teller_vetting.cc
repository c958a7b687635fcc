// Vetting, and who answers for an agent: what is taken on, and what may be lost by it.

#include <fmt/format.h>

#include "protocol/justice/sitting.h"
#include "protocol/limits.h"
#include "wallet/dates.h"
#include "wallet/teller.h"

namespace wallet {

namespace limits = protocol::limits;
using labor::v1::Vetting;
using protocol::Amount;

Result<void> Teller::say(labor::v1::AnswerForAgent const& message) {
  line(fmt::format("Answer for the agent of {}.", who(message.agent())));
  detail("Its profile names you, and may be shown from then on, for as long as you answer.");
  detail(
      "You are one interest: you earn no ownership from each other, and sit on no jury of the "
      "other's.");
  return {};
}

Result<void> Teller::say(labor::v1::StopAnsweringForAgent const& message) {
  line(fmt::format("Answer for the agent of {} no more.", who(message.agent())));
  detail("Its profile is paused by it. Contracts that it has go on.");
  return {};
}

Result<void> Teller::vetting_head(std::uint64_t id, std::string_view act,
                                  std::optional<Vetting>& found) {
  labor::v1::Record key;
  key.mutable_vetting()->set_id(id);
  TRY(record, read(key));
  if (record) found = record->vetting();
  line(fmt::format("{} vetting {}.", act, id));
  if (!found) {
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  detail(fmt::format("{} claims {} at level {} of 5.", who(found->account()), found->skill(),
                     found->level()));
  return {};
}

Result<void> Teller::say(labor::v1::ApplyForVetting const& message) {
  line(fmt::format("Have your skill {} vetted.", message.skill()));
  hash("Evidence hash", message.evidence_hash());
  detail(
      "It costs you nothing. Three who put a stake on it are drawn; they must be able to read "
      "the evidence.");
  TRY(share, parameter(labor::v1::PARAMETER_VETTING_BPS));
  if (share) {
    detail(fmt::format("Those who vouch have {} of your clients' fees for a year: you pay nothing.",
                       show_bps(*share)));
  }
  detail(fmt::format(
      "If they refuse, you may apply again after {}; if the claim is found false "
      "later, after {}.",
      show_duration(limits::vetting_refused_ms), show_duration(limits::vetting_struck_ms)));
  return {};
}

Result<void> Teller::say(labor::v1::ChallengeVetting const& message) {
  std::optional<Vetting> found;
  TRY_VOID(vetting_head(message.vetting(), "Challenge", found));
  hash("Reason hash", message.reason_hash());
  TRY(bond, parameter(labor::v1::PARAMETER_VETTING_BOND_USD));
  if (bond) {
    detail(fmt::format("You put down {}; half of it pays a jury of {}.",
                       show(Amount{*bond}, labor::v1::ASSET_USD), limits::jury_size));
  }
  detail(
      "Found false, the claim is struck: half the stakes of those who vouched are yours, and "
      "what the jury is not paid comes back.");
  detail("Found true, all of it is lost. No jury in 14 days: it comes back.");
  return {};
}

Result<void> Teller::vetting_verdict(labor::v1::CommitVerdict const& message) {
  std::optional<Vetting> found;
  TRY_VOID(vetting_head(message.vetting(), "Commit to your verdict on", found));
  hash("Commitment", message.commitment());
  if (found) {
    auto const stake = show(Amount{justice::sitting_on(*found).stake}, found->asset());
    detail(fmt::format("Reveal it once all have committed, or lose {}.", stake));
    if (found->challenges() == 0) {
      detail(
          fmt::format("From {} on you answer for the claim: {} stay locked for as long as it "
                      "stands, and are lost if it is found false.",
                      limits::believed_min, stake));
    } else {
      detail(fmt::format("You are paid {} if it is within {} of the median.",
                         show(Amount{found->juror_fee()}, found->asset()),
                         limits::coherent_within));
    }
  }
  keep_secret();
  return {};
}

Result<void> Teller::vetting_verdict(labor::v1::RevealVerdict const& message) {
  std::optional<Vetting> found;
  TRY_VOID(vetting_head(message.vetting(), "Reveal your verdict on", found));
  detail(fmt::format("{} of 100 that the claim is true. It is public at once and stays.",
                     message.award()));
  hash("Salt", message.salt());
  return {};
}

Result<void> Teller::vetting_verdict(labor::v1::ExposeVerdict const& message) {
  std::optional<Vetting> found;
  TRY_VOID(vetting_head(message.vetting(), "Expose who sits on", found));
  detail(fmt::format("{} has committed to {} of 100.", who(message.juror()), message.award()));
  hash("Salt", message.salt());
  if (found) price_of_exposure(justice::sitting_on(*found).stake, found->asset());
  return {};
}

}  // namespace wallet
