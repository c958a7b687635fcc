// The validators of an epoch, as the chain keeps them.
//
//   record  labor.v1.ValidatorSet under its epoch, written by the genesis or by the boundary block
//           before. None is ever dropped: what a set signed can be checked for as long as the chain
//           lasts, by evidence and by whoever follows it from the genesis. At 100 validators and an
//           epoch a day that is 5 MB a year
//   hash    BLAKE2b-256[LBRset1](canonical encoding), in the boundary block's header
//
// An epoch ends with a boundary block (consensus/README.md, R17): when a change of the set may be
// made (changes.h), or when it has PARAMETER_EPOCH_BLOCKS_MAX blocks. Its last block writes the
// next set, so the state after it is the next epoch's.
//
// Invariant: 1 to limits::validators_max validators, ascending by consensus key, no key twice.

#pragma once

#include <labor/v1/validators.pb.h>

#include <optional>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/genesis.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace validators {

// Epoch 0's.
labor::v1::ValidatorSet first_set(protocol::Chain const& chain);

protocol::Hash hash_of(labor::v1::ValidatorSet const& set);

// By which the validators' votes are checked, in their order. Nothing where one is no key, or where
// they do not ascend.
std::optional<std::vector<protocol::PublicKey>> consensus_keys(labor::v1::ValidatorSet const& set);

// Nothing before the epoch is known: its predecessor still runs.
std::optional<labor::v1::ValidatorSet> set_of_epoch(state::Reader const& state,
                                                    protocol::Epoch epoch);
// CHECKs that there is one: of the epoch of the block being made there always is.
labor::v1::ValidatorSet present_set(state::Reader const& state, protocol::Epoch epoch);

// The last thing that the block of this height does to the state: where it ends its epoch, the next
// set is written and returned.
std::optional<labor::v1::ValidatorSet> end_epoch(execution::Context& context,
                                                 protocol::Epoch epoch);

}  // namespace validators
