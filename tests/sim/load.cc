#include "tests/sim/load.h"

#include <labor/v1/transaction.pb.h>

#include <utility>

#include "protocol/address.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"

namespace sim {
namespace {

constexpr std::size_t people = 6;
constexpr std::uint64_t wealth_of_one = 1'000'000'000;
constexpr std::uint64_t wealth_of_owner = 100 * wealth_of_one;
constexpr std::uint64_t day_ms = 24ull * 60 * 60 * 1000;
constexpr std::uint64_t valid_for_ms = 12ull * 60 * 60 * 1000;
constexpr std::uint64_t too_much = 10 * wealth_of_owner;
constexpr std::uint64_t one_decides = 10'000;  // The owner's vote passes what it proposes.

}  // namespace

crypto::SecretKey known_key(std::string const& name, std::size_t number) {
  auto const text = name + "/" + std::to_string(number);
  auto const seed = crypto::hash(crypto::Domain{"LBRsimkey"}, {base::bytes_of(text)});
  return crypto::SecretKey{seed.view()};
}

protocol::Chain simulated_chain(std::size_t validators, std::size_t spares,
                                std::uint64_t epoch_blocks) {
  labor::v1::Genesis genesis;
  genesis.set_chain_id("simulation");
  genesis.set_time_ms(genesis_time_ms);
  genesis.set_devnet(true);
  using enum labor::v1::Parameter;
  for (auto const& [parameter, value] : {std::pair{PARAMETER_BALLOT_DEPOSIT, ballot_deposit},
                                         std::pair{PARAMETER_BALLOT_REVIEW_MS, 1 * day_ms},
                                         std::pair{PARAMETER_BALLOT_VOTING_MS, 3 * day_ms},
                                         std::pair{PARAMETER_BALLOT_TIMELOCK_MS, 1 * day_ms},
                                         std::pair{PARAMETER_EPOCH_BLOCKS_MAX, epoch_blocks},
                                         std::pair{PARAMETER_HOLDER_CAP_BPS, one_decides}}) {
    auto& set = *genesis.add_parameters();
    set.set_parameter(parameter);
    set.set_value(value);
  }
  for (std::size_t i = 0; i < validators; ++i) fill_validator(*genesis.add_validators(), i);
  auto const add = [&](crypto::SecretKey const& key, std::uint64_t wealth) {
    auto& account = *genesis.add_accounts();
    account.set_address(protocol::address_of(key.public_key()).str());
    account.set_member(true);
    for (auto const asset : {labor::v1::ASSET_LBR, labor::v1::ASSET_USD}) {
      auto& balance = *account.add_balances();
      balance.set_asset(asset);
      balance.set_amount(wealth);
    }
  };
  for (std::size_t i = 0; i < people; ++i) add(known_key("person", i), wealth_of_one);
  for (std::size_t i = 0; i < validators + spares; ++i) {
    add(known_key("operator", i), wealth_of_one);
  }
  add(known_key("owner", 0), wealth_of_owner);
  auto& owner = *genesis.mutable_accounts()->rbegin();
  owner.set_person(owner.address());  // Any 32 bytes.
  genesis.add_council(owner.address());
  auto& issuer = *genesis.add_issuers();
  issuer.set_address(owner.address());
  issuer.set_name("The owner");
  auto chain = protocol::Chain::from(genesis);
  CHECK(chain);
  return *std::move(chain);
}

std::string signed_transaction(protocol::Chain const& chain, labor::v1::TransactionBody const& body,
                               crypto::SecretKey const& key) {
  labor::v1::Transaction transaction;
  transaction.set_body(canonical::encode(body));
  auto const bytes = crypto::signing_bytes(crypto::tags::transaction, chain.hash(),
                                           base::bytes_of(transaction.body()));
  auto& signature = *transaction.add_signatures();
  signature.set_public_key(key.public_key().str());
  signature.set_signature(key.sign(base::bytes_of(bytes)).str());
  return canonical::encode(transaction);
}

Load::Load(protocol::Chain const& chain, Prng prng) : chain_{chain}, prng_{prng} {
  for (std::size_t i = 0; i < people; ++i) {
    auto key = known_key("person", i);
    auto const address = protocol::address_of(key.public_key());
    clients_.push_back({std::move(key), address, 0, {}});
  }
  for (auto& client : clients_) write_next(client, genesis_time_ms);
}

std::optional<std::size_t> Load::final(protocol::Address const& account, std::uint64_t sequence,
                                       std::uint64_t now_ms) {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    auto& client = clients_[i];
    if (client.address != account || client.sequence != sequence) continue;
    ++client.sequence;
    write_next(client, now_ms);
    return i;
  }
  return std::nullopt;
}

void Load::renew(std::uint64_t now_ms) {
  for (auto& client : clients_) write_next(client, now_ms);
}

void Load::write_next(Client& client, std::uint64_t now_ms) {
  labor::v1::TransactionBody body;
  body.set_chain_id(chain_.id());
  body.set_account(client.address.str());
  body.set_sequence(client.sequence);
  body.set_valid_until_ms(now_ms + valid_for_ms);
  auto& transfer = *body.add_messages()->mutable_transfer();
  transfer.set_to(prng_.pick(clients_).address.str());
  transfer.set_asset(prng_.one_in(2) ? labor::v1::ASSET_LBR : labor::v1::ASSET_USD);
  transfer.set_amount(prng_.one_in(8) ? too_much : prng_.between(1, 1000));

  client.pending = signed_transaction(chain_, body, client.key);
}

}  // namespace sim
