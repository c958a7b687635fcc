// Ballots: what is put to the vote, and voting.

#include <fmt/format.h>

#include "wallet/issuer.h"
#include "wallet/json.h"
#include "wallet/parameter.h"
#include "wallet/teller.h"
#include "wallet/validator.h"

namespace wallet {

using labor::v1::ASSET_LBR;
using protocol::Amount;

Result<void> Teller::say(labor::v1::SubmitBallot const& message) {
  line(fmt::format("Submit a ballot: {}", message.title()));
  if (!message.summary().empty()) detail(fmt::format("Summary: {}", message.summary()));
  hash("Document hash", message.document_hash());
  for (auto const& change : message.changes()) {
    TRY(now, parameter(change.parameter()));
    auto const before = now ? show_parameter(change.parameter(), *now) : std::string{"as it is"};
    detail(fmt::format("If it passes, {} changes from {} to {}.",
                       parameter_name(change.parameter()), before,
                       show_parameter(change.parameter(), change.value())));
  }
  for (auto const& change : message.validator_changes()) {
    auto const called = [this](std::string const& address) { return who(address); };
    detail(fmt::format("If it passes: {}.", describe(change, called)));
  }
  for (auto const& change : message.issuer_changes()) {
    detail(fmt::format("If it passes: {}.", describe(change, who(change.account()))));
  }
  auto const changes =
      message.changes_size() + message.validator_changes_size() + message.issuer_changes_size();
  if (changes == 0) detail("It changes nothing on chain: the text is what is voted on.");
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
  if (message.choice() == labor::v1::CHOICE_VETO) {
    detail("Veto counts as no; a third of what is cast kills the ballot and burns its deposit.");
  }
  if (found) {
    for (auto const& change : found->changes()) {
      detail(fmt::format("It would set {} to {}.", parameter_name(change.parameter()),
                         show_parameter(change.parameter(), change.value())));
    }
  }
  detail("A later vote of yours replaces this one.");
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
