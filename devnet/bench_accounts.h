// Accounts of a benchmark. The first `bench_senders_max` have keys and send; the rest are
// addresses that only receive, so that a state of any size costs no key derivation.

#pragma once

#include <cstdint>
#include <vector>

#include "protocol/crypto/sign.h"
#include "protocol/types.h"

namespace devnet {

inline constexpr std::uint64_t bench_senders_max = 2'000;
// In whole units: LBR pays the fees of a flood beyond the allowance.
inline constexpr std::uint64_t bench_usd = 1'000'000;
inline constexpr std::uint64_t bench_lbr = 1'000'000;

crypto::SecretKey bench_key(std::uint64_t number);
protocol::Address bench_address(std::uint64_t number);
// Those of the first `count`.
std::vector<protocol::Address> bench_addresses(std::uint64_t count);

}  // namespace devnet
