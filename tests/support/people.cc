#include "tests/support/people.h"

#include <algorithm>

#include "protocol/address.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"

namespace support {
namespace {

constexpr std::uint64_t first_validator = 1000;
constexpr std::uint64_t first_node = 2000;
constexpr std::uint64_t riches = 1'000'000'000'000;

}  // namespace

crypto::SecretKey key_of(std::uint64_t number) {
  auto const bytes = base::big_endian(number);
  auto const seed = crypto::hash(crypto::domains::value, {base::bytes_of(bytes)});
  return crypto::SecretKey{seed.view()};
}

Person::Person(std::uint64_t number)
    : key{key_of(number)}, address{protocol::address_of(key.public_key())} {}

protocol::Chain make_chain(std::vector<Person> const& people, std::size_t validators) {
  labor::v1::Genesis genesis;
  genesis.set_chain_id("test-chain");
  genesis.set_time_ms(genesis_time_ms);
  genesis.set_devnet(true);
  for (std::size_t i = 0; i < validators; ++i) {
    auto& validator = *genesis.add_validators();
    validator.set_name("validator-" + std::to_string(i));
    validator.set_consensus_key(key_of(first_validator + i).public_key().str());
    validator.set_node_key(key_of(first_node + i).public_key().str());
  }
  for (auto const& person : people) {
    auto& account = *genesis.add_accounts();
    account.set_address(person.address.str());
    account.set_member(true);
    for (auto const asset : {labor::v1::ASSET_LBR, labor::v1::ASSET_USD}) {
      auto& balance = *account.add_balances();
      balance.set_asset(asset);
      balance.set_amount(riches);
    }
  }
  auto chain = protocol::Chain::from(std::move(genesis));
  CHECK(chain.has_value());
  return *std::move(chain);
}

std::vector<crypto::SecretKey> validator_keys(std::size_t validators) {
  std::vector<crypto::SecretKey> keys;
  for (std::size_t i = 0; i < validators; ++i) keys.push_back(key_of(first_validator + i));
  std::ranges::sort(keys, {}, [](crypto::SecretKey const& key) { return key.public_key(); });
  return keys;
}

labor::v1::TransactionBody transfer_body(protocol::Chain const& chain, Person const& from,
                                         protocol::Address const& to, Draft const& draft) {
  labor::v1::TransactionBody body;
  body.set_chain_id(chain.id());
  body.set_account(from.address.str());
  body.set_sequence(draft.sequence);
  body.set_valid_until_ms(draft.valid_until_ms);
  body.set_memo(draft.memo);
  auto& transfer = *body.add_messages()->mutable_transfer();
  transfer.set_to(to.str());
  transfer.set_asset(labor::v1::ASSET_USD);
  transfer.set_amount(draft.amount);
  return body;
}

std::string sign(protocol::Chain const& chain, labor::v1::TransactionBody const& body,
                 Person const& by) {
  labor::v1::Transaction transaction;
  transaction.set_body(canonical::encode(body));
  auto const bytes = crypto::signing_bytes(crypto::tags::transaction, chain.hash(),
                                           base::bytes_of(transaction.body()));
  auto& signature = *transaction.add_signatures();
  signature.set_public_key(by.key.public_key().str());
  signature.set_signature(by.key.sign(base::bytes_of(bytes)).str());
  return canonical::encode(transaction);
}

std::string transfer(protocol::Chain const& chain, Person const& from, protocol::Address const& to,
                     Draft const& draft) {
  return sign(chain, transfer_body(chain, from, to, draft), from);
}

execution::CheckedPtr checked(protocol::Chain const& chain, std::string bytes) {
  auto transaction = execution::check_transaction(std::move(bytes), chain);
  CHECK(transaction.has_value());
  return *std::move(transaction);
}

}  // namespace support
