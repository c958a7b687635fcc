// The seats of validators: who has one, by which keys it is found, and what is done to it.
//
//   record  labor.v1.Seat, by an id that counts from 1; one that is gone stays, for the reason
//           stays with it
//   index   every key that was ever registered, to the seat that registered it: no key is used
//           twice, neither by another nor again
//   account the address of the node key with which a seat begins is a member's: a node says what it
//           has seen of others in transactions of its own (SubmitEvidence), and pays nothing. It
//           was voted for; a node key that an operator rotates to was not, and must be sponsored
//
// Invariant: at most limits::validators_max seats are not gone; their names differ.

#pragma once

#include <labor/v1/validators.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/genesis.h"

namespace validators {

using Changes = google::protobuf::RepeatedPtrField<labor::v1::ValidatorChange>;

// All there ever were, ascending by id: each cost a ballot.
std::vector<labor::v1::Seat> all_seats(state::Reader const& state);
// Those that are not gone.
std::vector<labor::v1::Seat> seats(state::Reader const& state);
// The one that registered the key.
std::optional<labor::v1::Seat> seat_of_key(state::Reader const& state, std::string_view key);

// Of the validators in the genesis.
void put_first_seats(state::Overlay& overlay, protocol::Chain const& chain);

// VALIDATOR_NOT_FOUND, the state's own, BLOCK_NOT_RECENT {got}, BAD_KEY_PROOF.
execution::Done apply(execution::Context& context, labor::v1::ReadySeat const& message);
// INVALID_VALIDATOR_KEY, VALIDATOR_NOT_FOUND, NOT_YOUR_SEAT, the state's own, VALIDATOR_KEY_TAKEN,
// BAD_KEY_PROOF.
execution::Done apply(execution::Context& context, labor::v1::RotateValidatorKeys const& message);
// INVALID_VOTE, NO_OFFENCE, EPOCH_NOT_FOUND, VALIDATOR_NOT_FOUND, the state's own, EVIDENCE_STALE,
// BAD_VOTE_SIGNATURE. It costs what any message of its weight costs: free evidence would be a free
// flood of false evidence, two signature checks each, and who holds true evidence is a member or a
// validator, whom the allowance carries.
// Evidence against a key that the seat has given up is stale: that key signs no more, and who stole
// it could else remove the validator that replaced it.
execution::Done apply(execution::Context& context, labor::v1::SubmitEvidence const& message);

// Whether all changes of a ballot could be made now: INVALID_ADDRESS (the operator),
// INVALID_VALIDATOR_NAME, INVALID_VALIDATOR_KEY, VALIDATOR_NOT_FOUND, the state's own,
// VALIDATOR_TWICE, VALIDATOR_NAME_TAKEN, VALIDATOR_KEY_TAKEN, TOO_MANY_VALIDATORS {have, most}.
execution::Done may_make(execution::Context& context, Changes const& changes);
// After may_make().
execution::Done make(execution::Context& context, Changes const& changes);

// ---- for the rows ----

// VALIDATOR_KEY_TAKEN: the key was registered before.
execution::Done must_be_free(execution::Context const& context, std::string_view key);
void register_key(execution::Context& context, std::string_view key, std::uint64_t seat);

// What a Ready signs, and what proves new keys (validators.proto).
std::string ready_bytes(protocol::GenesisHash const& genesis, std::uint64_t seat,
                        protocol::Height height, protocol::BlockHash const& block);
std::string rotation_bytes(protocol::GenesisHash const& genesis,
                           labor::v1::RotateValidatorKeys const& message);

}  // namespace validators
