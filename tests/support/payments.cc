#include "tests/support/payments.h"

#include <algorithm>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"

namespace testing_support {
namespace {

// As test_genesis() numbers them.
constexpr std::uint64_t first_validator = 1000;
constexpr std::uint64_t first_node = 2000;
constexpr std::uint64_t riches = 1'000'000;

// Numbers of the validators, from 0.
std::vector<std::uint64_t> in_order_of_the_set(int validators) {
  std::vector<std::uint64_t> numbers;
  for (int i = 0; i < validators; ++i) numbers.push_back(static_cast<std::uint64_t>(i));
  std::ranges::sort(numbers, {}, [](std::uint64_t number) {
    return secret_key(first_validator + number).public_key();
  });
  return numbers;
}

}  // namespace

protocol::Chain paying_chain(std::vector<Person> const& people, int validators,
                             std::uint64_t epoch_blocks) {
  auto genesis = test_genesis(validators);
  if (epoch_blocks > 0) set_parameter(genesis, labor::v1::PARAMETER_EPOCH_BLOCKS_MAX, epoch_blocks);
  if (!people.empty()) {
    for (auto& validator : *genesis.mutable_validators()) {
      validator.set_operator_(people.front().address().str());
    }
  }
  for (auto const& person : people) endow(genesis, person, true, riches * lbr, riches * usd);
  if (!people.empty()) make_councillor(genesis, people.front());
  return test_chain(genesis);
}

std::vector<crypto::SecretKey> validator_keys(int validators) {
  std::vector<crypto::SecretKey> keys;
  for (auto const number : in_order_of_the_set(validators)) {
    keys.push_back(secret_key(first_validator + number));
  }
  return keys;
}

std::vector<crypto::SecretKey> validator_node_keys(int validators) {
  std::vector<crypto::SecretKey> keys;
  for (auto const number : in_order_of_the_set(validators)) {
    keys.push_back(secret_key(first_node + number));
  }
  return keys;
}

labor::v1::TransactionBody payment_body(protocol::Chain const& chain, Person const& from,
                                        Person const& to, Payment const& payment) {
  labor::v1::TransactionBody body;
  body.set_chain_id(chain.id());
  body.set_account(from.address().str());
  body.set_sequence(payment.sequence);
  body.set_valid_until_ms(payment.valid_until_ms);
  body.set_memo(payment.memo);
  *body.add_messages() = message(transfer(to, payment.amount));
  return body;
}

std::string payment(protocol::Chain const& chain, Person const& from, Person const& to,
                    Payment const& payment) {
  return sign(payment_body(chain, from, to, payment), {&from}, chain.hash());
}

execution::CheckedPtr checked(protocol::Chain const& chain, std::string bytes) {
  auto transaction = execution::check_transaction(std::move(bytes), chain);
  CHECK(transaction.has_value());
  return *std::move(transaction);
}

}  // namespace testing_support
