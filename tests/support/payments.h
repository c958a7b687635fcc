// People who pay each other: the plainest transactions there are, for tests of what carries them.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/execution/transaction.h"
#include "tests/support/person.h"
#include "tests/support/test_chain.h"

namespace testing_support {

// A devnet whose `people` are members with 10^6 of each asset; the first operates all validators.
// `epoch_blocks` is the most that an epoch has; 0: as the parameter has it.
protocol::Chain paying_chain(std::vector<Person> const& people, int validators = 4,
                             std::uint64_t epoch_blocks = 0);

// Signing keys of its validators, in the order of the set.
std::vector<crypto::SecretKey> validator_keys(int validators = 4);
// Their node keys, in the same order.
std::vector<crypto::SecretKey> validator_node_keys(int validators = 4);

struct Payment {
  std::uint64_t sequence = 0;
  std::uint64_t amount = 1;
  std::uint64_t valid_until_ms = genesis_time_ms + hour_ms;
  std::string memo = {};
};

labor::v1::TransactionBody payment_body(protocol::Chain const& chain, Person const& from,
                                        Person const& to, Payment const& payment);

// An encoded Transaction, signed by `from`.
std::string payment(protocol::Chain const& chain, Person const& from, Person const& to,
                    Payment const& payment);

// CHECKs that its form and signatures are good.
execution::CheckedPtr checked(protocol::Chain const& chain, std::string bytes);

}  // namespace testing_support
