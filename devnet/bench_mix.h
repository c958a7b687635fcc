// `labor-devnet bench --mix labor`: transactions a second of people at work (bench_contracts.h), on
// one network, or on two of different size in turn, so that their rates can be compared however
// noisy the machine is.
//
// First every contract is signed and funded, by transactions like any other. Then slices of work
// are measured; between them all that was said becomes final and the devnet's clock moves by an
// hour, in which hours are worked.

#pragma once

#include <string>
#include <string_view>

#include "devnet/bench.h"
#include "devnet/network.h"

namespace devnet {

inline constexpr std::string_view labor_mix = "labor";

// What is wrong with the options for this; empty: nothing.
std::string misuse_of_mix(BenchOptions const& options);

// Prints the figures, then fails if anybody was refused.
Result<> bench_mix(BenchOptions const& options);

}  // namespace devnet
