// What is said of people, and what they are granted.

#include <fmt/format.h>

#include "protocol/bank/vesting.h"
#include "protocol/base/hex.h"
#include "protocol/talent/attestation.h"
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
