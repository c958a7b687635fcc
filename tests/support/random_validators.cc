#include "tests/support/random_validators.h"

#include <algorithm>
#include <map>
#include <string>

#include "consensus/certificate/encoding.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/support/person.h"

namespace testing_support {

using namespace labor::v1;  // This file makes three messages.

namespace {

constexpr std::uint64_t genesis_keys = 1000;  // As test_genesis() has them.
constexpr std::uint64_t new_keys = 3000;
constexpr std::uint64_t new_node_keys = 4000;
constexpr std::uint64_t keys = 64;  // Of each.

std::string key(std::uint64_t number) {
  return secret_key(number).public_key().str();
}

// By whichever of the keys has this public one.
std::string sign_by(std::string const& public_key, std::string const& bytes) {
  static std::map<std::string, std::uint64_t> const numbers = [] {
    std::map<std::string, std::uint64_t> found;
    for (auto const first : {genesis_keys, new_keys}) {
      for (auto number = first; number < first + keys; ++number) found.emplace(key(number), number);
    }
    return found;
  }();
  return secret_key(numbers.at(public_key)).sign(base::bytes_of(bytes)).str();
}

Seat seat_of(TestChain const& chain, Draw const& draw) {
  auto const seats = validators::seats(chain.state());
  return seats.at(draw(seats.size()));
}

std::string vote(TestChain const& chain, consensus::Statement const& statement, std::uint8_t voter,
                 std::string const& public_key) {
  auto const bytes = consensus::signing_bytes(chain.chain().hash(), statement);
  auto const signature = protocol::Signature::from(sign_by(public_key, bytes));
  return consensus::encode(consensus::Vote{
      .statement = statement, .voter = protocol::ValidatorIndex{voter}, .signature = *signature});
}

}  // namespace

ValidatorChange random_admission(Draw const& draw) {
  auto const number = draw(keys);
  ValidatorChange change;
  auto& validator = *change.mutable_admit()->mutable_validator();
  validator.set_name("new" + std::to_string(number));
  validator.set_consensus_key(key(new_keys + number));
  validator.set_node_key(key(new_node_keys + number));
  return change;
}

RotateValidatorKeys random_rotation(TestChain const& chain, Draw const& draw) {
  auto const seat = seat_of(chain, draw);
  RotateValidatorKeys message;
  message.set_consensus_key(seat.validator().consensus_key());
  message.set_new_consensus_key(key(new_keys + draw(keys)));
  message.set_new_node_key(draw(2) == 0 ? seat.validator().node_key()
                                        : key(new_node_keys + draw(keys)));
  message.set_proof(sign_by(message.new_consensus_key(),
                            validators::rotation_bytes(chain.chain().hash(), message)));
  return message;
}

ReadySeat random_ready(TestChain const& chain, Draw const& draw) {
  auto const seat = seat_of(chain, draw);
  auto const rotates = seat.state() == SEAT_STATE_ROTATING && draw(8) != 0;
  auto const& signer = rotates ? seat.new_consensus_key() : seat.validator().consensus_key();
  auto const at = chain.parent();
  ReadySeat message;
  message.set_consensus_key(signer);
  message.set_height(at.height.value() - std::min(at.height.value(), draw(2)));
  message.set_block_hash(at.hash.str());
  message.set_signature(sign_by(
      signer, validators::ready_bytes(chain.chain().hash(), seat.id(), at.height, at.hash)));
  return message;
}

SubmitEvidence random_evidence(TestChain const& chain, Draw const& draw) {
  auto const epoch = chain.parent().epoch;
  auto const set = validators::present_set(chain.state(), epoch);
  auto const index = draw(static_cast<std::uint64_t>(set.validators_size()));
  auto const& offender = set.validators(static_cast<int>(index)).consensus_key();
  auto const voter = static_cast<std::uint8_t>(index);
  auto const nullified = consensus::nullify(epoch, protocol::View{1 + draw(9)});
  auto finalized = nullified;
  if (draw(4) != 0) finalized.kind = consensus::VoteKind::finalize;  // Else twice the same.
  SubmitEvidence message;
  message.set_first_vote(vote(chain, nullified, voter, offender));
  message.set_second_vote(vote(chain, finalized, voter, offender));
  return message;
}

std::optional<protocol::Address> operator_of(TestChain const& chain,
                                             RotateValidatorKeys const& message) {
  auto const seat = validators::seat_of_key(chain.state(), message.consensus_key());
  return seat ? protocol::Address::from(seat->validator().operator_()) : std::nullopt;
}

}  // namespace testing_support
