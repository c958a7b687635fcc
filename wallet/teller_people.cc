// What is said of people, and what they are granted.

#include <fmt/format.h>

#include "protocol/bank/vesting.h"
#include "protocol/base/hex.h"
#include "protocol/talent/attestation.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/teller.h"

namespace wallet {

using protocol::TimeMs;

Result<void> Teller::say(labor::v1::Attest const& message) {
  auto const identity = message.schema() == talent::identity_schema;
  if (identity) {
    line(fmt::format("Attest that {} is one person's account.", who(message.subject())));
    hash("Nullifier", message.data_hash());
    detail("A person has one account: the same nullifier names the same person, whoever says it.");
  } else {
    line(fmt::format("Attest of {}: {}", who(message.subject()), message.schema()));
    hash("Data hash", message.data_hash());
  }
  if (message.refers_to() != 0) {
    detail(fmt::format("It is about attestation {}.", message.refers_to()));
  }
  if (message.expires_at_ms() != 0) {
    detail(fmt::format("Until {}.", show_time(TimeMs{message.expires_at_ms()})));
  }
  detail(identity || message.revocable() ? "You may take it back."
                                         : "It is public, and can never be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::RevokeAttestation const& message) {
  labor::v1::Record key;
  key.mutable_attestation()->set_id(message.attestation());
  TRY(found, read(key));
  line(fmt::format("Take back attestation {}, for good.", message.attestation()));
  if (!found) return {};
  auto const& attestation = found->attestation();
  detail(fmt::format("Of {}: {}", who(attestation.subject()), attestation.schema()));
  if (talent::is_identity(attestation)) {
    detail("Without another identity the account is nobody's: it earns no ownership.");
  }
  return {};
}

Result<void> Teller::say(labor::v1::CloseAccount const& message) {
  line(fmt::format("Close your account, and send all that is free to {}.", who(message.to())));
  detail(
      "It takes part in nothing from then on. What still reaches it can be sent on, and "
      "`labor account reopen` opens it again.");
  return {};
}

Result<void> Teller::say(labor::v1::ReopenAccount const&) {
  line("Open your account again.");
  return {};
}

Result<void> Teller::say(labor::v1::BlockAccount const& message) {
  line(fmt::format("Hear nothing from {} any more.", who(message.account())));
  detail(
      "They propose to none of your jobs, and make you no offer and no invitation. Everybody can "
      "see that you have blocked them; what there is between you goes on.");
  return {};
}

Result<void> Teller::say(labor::v1::UnblockAccount const& message) {
  line(fmt::format("Hear from {} again.", who(message.account())));
  return {};
}

void Teller::split(google::protobuf::RepeatedPtrField<labor::v1::TeamShare> const& shares) {
  for (auto const& share : shares) {
    detail(fmt::format("{} to {}", show_bps(share.bps()), who(share.account())));
  }
}

Result<void> Teller::say(labor::v1::ProposeSplit const& message) {
  line("Propose how your team shares what it is paid from then on:");
  split(message.shares());
  detail(
      "It holds once everybody whose share it changes has agreed; signed contracts keep theirs.");
  return {};
}

Result<void> Teller::say(labor::v1::AgreeToSplit const& message) {
  line(fmt::format("Agree to how {} would share what it is paid:", who(message.team())));
  labor::v1::Record key;
  key.mutable_team()->set_account(message.team());
  TRY(found, read(key));
  if (found && found->team().proposed_hash() == message.split_hash()) {
    split(found->team().proposed());
  } else {
    hash("Of the split", message.split_hash());
  }
  return {};
}

Result<void> Teller::say(labor::v1::LeaveTeam const& message) {
  line(fmt::format("Leave the team {}.", who(message.team())));
  detail("It takes no new work before the others have agreed anew; contracts that there are stay.");
  return {};
}

Result<void> Teller::say(labor::v1::ClaimOwnership const&) {
  line("Take what has vested of the LBR granted to you for work into your free balance.");
  labor::v1::Record key;
  key.mutable_vesting()->set_account(body_.account());
  TRY(found, read(key));
  if (!found) return {};
  std::uint64_t granted = 0;
  for (auto const& grant : found->vesting().grants()) granted += grant.granted() - grant.claimed();
  detail(fmt::format("Granted and not claimed so far: {}; what has not vested stays.",
                     show(protocol::Amount{granted}, labor::v1::ASSET_LBR)));
  return {};
}

}  // namespace wallet
