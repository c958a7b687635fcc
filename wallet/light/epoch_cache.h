// The last sets of validators that were proved, kept between commands so that a chain of a thousand
// epochs is not proved anew by each. Only a cache: what is damaged or of another chain is passed
// over and proved again.
//
//   HOME/epochs/GENESIS_HASH.json = {"genesis_hash": hex, "sets": [{"hash": hex, "set": {...}}]}
//   `set` is a labor.v1.ValidatorSet as json.h writes it, `hash` its hash: what its boundary block
//   names

#pragma once

#include <cstddef>
#include <filesystem>

#include "wallet/light/trust.h"
#include "wallet/problem.h"

namespace wallet {

// Of 100 validators, some 40 kB each. Proofs of older epochs are rare; they cost the way from the
// genesis.
inline constexpr std::size_t cached_sets_max = 16;

// Adds to `trust` what the cache has.
void load_epochs(std::filesystem::path const& home, Trust& trust);
// The latest that `trust` knows.
Result<void> save_epochs(std::filesystem::path const& home, Trust const& trust);

}  // namespace wallet
