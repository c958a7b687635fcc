// Ballots: what is put to the vote, and voting.

#include <fmt/format.h>

#include <utility>

#include "wallet/actions.h"
#include "wallet/json.h"
#include "wallet/parameter.h"
#include "wallet/teller.h"

namespace wallet {

using labor::v1::ASSET_LBR;
using protocol::Amount;

Result<void> Teller::say(labor::v1::SubmitBallot const& message) {
  line(fmt::format("Submit a ballot: {}", message.title()));
  if (!message.summary().empty()) detail(fmt::format("Summary: {}", message.summary()));
  hash("Document hash", message.document_hash());
  for (auto const& change : message.actions().parameters()) {
    TRY(now, parameter(change.parameter()));
    if (!now) continue;
    detail(fmt::format("Now {} is {}.", parameter_name(change.parameter()),
                       show_parameter(change.parameter(), *now)));
  }
  auto const called = [this](std::string const& address) { return who(address); };
  auto const effects = effects_of(message.actions(), called);
  for (auto const& effect : effects) detail(fmt::format("If it passes: {}.", effect));
  if (effects.empty()) detail("It changes nothing on chain: the text is what is voted on.");
  detail(
      fmt::format("Put down {} as its deposit. It comes back unless the ballot is vetoed or "
                  "misses its quorum.",
                  show(Amount{message.deposit()}, ASSET_LBR)));
  return {};
}

Result<void> Teller::say(labor::v1::AddDeposit const& message) {
  TRY(found, ballot(message.ballot()));
  line(fmt::format("Add {} to the deposit of ballot {}{}.",
                   show(Amount{message.amount()}, ASSET_LBR), message.ballot(),
                   found ? fmt::format(": {}", found->title()) : ""));
  if (found) {
    detail(fmt::format("It has {} of the {} it needs.", show(Amount{found->deposit()}, ASSET_LBR),
                       show(Amount{found->deposit_needed()}, ASSET_LBR)));
  }
  return {};
}

Result<void> Teller::say(labor::v1::CastVote const& message) {
  TRY(found, ballot(message.ballot()));
  auto const* const choice = labor::v1::Choice_descriptor()->FindValueByNumber(message.choice());
  line(fmt::format("Vote {} on ballot {}{}.", choice == nullptr ? "unknown" : enum_name(*choice),
                   message.ballot(), found ? fmt::format(": {}", found->title()) : ""));
  if (found) {
    for (auto const candidate : message.approvals()) {
      if (std::cmp_less(candidate, found->actions().election().candidates_size())) {
        detail(fmt::format("Approve of {}.", who(found->actions().election().candidates(
                                                 static_cast<int>(candidate)))));
      }
    }
  }
  if (message.choice() == labor::v1::CHOICE_VETO) {
    detail(
        "Veto counts as no; a third of what a house casts kills the ballot and burns its "
        "deposit.");
  }
  if (found) {
    auto const called = [this](std::string const& address) { return who(address); };
    for (auto const& effect : effects_of(found->actions(), called)) {
      detail(fmt::format("It would {}.", effect));
    }
  }
  detail("A later vote of yours replaces this one.");
  return {};
}

Result<void> Teller::say(labor::v1::Delegate const& message) {
  if (message.to().empty()) {
    line("Take your votes back: from now on you vote with what you have locked.");
  } else {
    line(fmt::format("Let {} vote with what you have locked, and will lock.", who(message.to())));
    detail("On a ballot on which you vote yourself, your vote counts and not theirs.");
    detail("Your LBR stays yours, where it is; you can take the votes back at any time.");
  }
  detail("Ballots before the owners now go on as they are.");
  return {};
}

Result<void> Teller::say(labor::v1::Enrol const&) {
  line("Take your seat in the members' house for a year: one vote on every ballot that comes.");
  TRY(fees, parameter(labor::v1::PARAMETER_MEMBER_FEES_USD));
  if (fees) {
    detail(
        fmt::format("It asks that an issuer knows who you are, and fees of {} in the last year, "
                    "with two other persons.",
                    show(Amount{*fees}, labor::v1::ASSET_USD)));
  }
  return {};
}

Result<std::optional<labor::v1::Ballot>> Teller::ballot(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_ballot()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->ballot();
}

}  // namespace wallet
