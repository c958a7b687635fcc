#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/teller.h"

namespace wallet {

Result<void> Teller::say(labor::v1::ReadySeat const& message) {
  line(fmt::format("Say that the validator with the consensus key {} is ready for its seat.",
                   base::hex(message.consensus_key())));
  hash("It has the chain up to height " + fmt::format("{}", message.height()) + ", block",
       message.block_hash());
  hash("Its signature", message.signature());
  return {};
}

Result<void> Teller::say(labor::v1::RotateValidatorKeys const& message) {
  line(fmt::format("Give the validator with the key {} new keys.",
                   base::hex(message.consensus_key())));
  hash("New consensus key", message.new_consensus_key());
  hash("New node key", message.new_node_key());
  hash("Proof by the new consensus key", message.proof());
  detail("They become active at a boundary, once the new key is ready; no key is used twice.");
  return {};
}

Result<void> Teller::say(labor::v1::SubmitEvidence const& message) {
  line("Accuse a validator of two votes that no honest validator casts both.");
  hash("First vote", message.first_vote());
  hash("Second vote", message.second_vote());
  detail("If they are, it loses its seat at a boundary.");
  return {};
}

Result<void> Teller::say(labor::v1::CommitRandomness const& message) {
  line(fmt::format("Commit the validator with the node key {} to a chain of random values.",
                   base::hex(message.node_key())));
  hash("Tip", message.tip());
  detail("It must tell the value before when a jury is drawn, or sits out for a while.");
  return {};
}

Result<void> Teller::say(labor::v1::RevealRandomness const& message) {
  line(fmt::format("Tell the next random value of the validator with the node key {} to round {}.",
                   base::hex(message.node_key()), message.round()));
  hash("Value", message.preimage());
  return {};
}

}  // namespace wallet
