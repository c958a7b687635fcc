// People with known keys, a devnet genesis they live in, and what they sign.

#pragma once

#include <labor/v1/genesis.pb.h>
#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/crypto/sign.h"
#include "protocol/execution/transaction.h"
#include "protocol/genesis.h"
#include "protocol/types.h"

namespace support {

// A key from a number: BLAKE2b of it is the seed. Different numbers, different keys.
crypto::SecretKey key_of(std::uint64_t number);

struct Person {
  explicit Person(std::uint64_t number);

  crypto::SecretKey key;
  protocol::Address address;
};

inline constexpr std::uint64_t genesis_time_ms = 1'800'000'000'000;

// A devnet of `validators` (keys 1000, 1001, ...; node keys 2000, ...) whose `people` are members
// with 10^12 minor units of each asset.
protocol::Chain make_chain(std::vector<Person> const& people, std::size_t validators = 4);

// Consensus keys of make_chain()'s validators, in the order of the set.
std::vector<crypto::SecretKey> validator_keys(std::size_t validators = 4);

struct Draft {
  std::uint64_t sequence = 0;
  std::uint64_t amount = 1;
  std::uint64_t valid_until_ms = genesis_time_ms + 60'000;
  std::string memo = {};
};

labor::v1::TransactionBody transfer_body(protocol::Chain const& chain, Person const& from,
                                         protocol::Address const& to, Draft const& draft);

// An encoded Transaction, signed by `by`.
std::string sign(protocol::Chain const& chain, labor::v1::TransactionBody const& body,
                 Person const& by);

std::string transfer(protocol::Chain const& chain, Person const& from, protocol::Address const& to,
                     Draft const& draft);

// CHECKs that it passes.
execution::CheckedPtr checked(protocol::Chain const& chain, std::string bytes);

}  // namespace support
