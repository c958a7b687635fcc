// Accounts of a benchmark. The first `bench_keys_max` have keys; the rest are addresses that only
// receive, so that a state of any size costs no key derivation, and no locked memory.

#pragma once

#include <cstdint>
#include <vector>

#include "protocol/crypto/sign.h"
#include "protocol/types.h"

namespace devnet {

inline constexpr std::uint64_t bench_keys_max = 8'000;
// In whole units: LBR pays the fees of a flood beyond the allowance.
inline constexpr std::uint64_t bench_usd = 1'000'000;
inline constexpr std::uint64_t bench_lbr = 1'000'000;

crypto::SecretKey bench_key(std::uint64_t number);
protocol::Address bench_address(std::uint64_t number);
// Those of the first `count`.
std::vector<protocol::Address> bench_addresses(std::uint64_t count);

}  // namespace devnet
