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
constexpr std::uint64_t wealth = 1'000'000'000;
constexpr std::uint64_t valid_for_ms = 12ull * 60 * 60 * 1000;
constexpr std::uint64_t too_much = 10 * people * wealth;

}  // namespace

crypto::SecretKey known_key(std::string const& name, std::size_t number) {
  auto const text = name + "/" + std::to_string(number);
  auto const seed = crypto::hash(crypto::Domain{"LBRsimkey"}, {base::bytes_of(text)});
  return crypto::SecretKey{seed.view()};
}

protocol::Chain simulated_chain(std::size_t validators, std::uint64_t epoch_blocks) {
  labor::v1::Genesis genesis;
  genesis.set_chain_id("simulation");
  genesis.set_time_ms(genesis_time_ms);
  genesis.set_devnet(true);
  auto& epoch = *genesis.add_parameters();
  epoch.set_parameter(labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
  epoch.set_value(epoch_blocks);
  for (std::size_t i = 0; i < validators; ++i) {
    auto& validator = *genesis.add_validators();
    validator.set_name("validator-" + std::to_string(i));
    validator.set_consensus_key(known_key("consensus", i).public_key().str());
    validator.set_node_key(known_key("node", i).public_key().str());
  }
  for (std::size_t i = 0; i < people; ++i) {
    auto& account = *genesis.add_accounts();
    account.set_address(protocol::address_of(known_key("person", i).public_key()).str());
    account.set_member(true);
    for (auto const asset : {labor::v1::ASSET_LBR, labor::v1::ASSET_USD}) {
      auto& balance = *account.add_balances();
      balance.set_asset(asset);
      balance.set_amount(wealth);
    }
  }
  auto chain = protocol::Chain::from(genesis);
  CHECK(chain);
  return *std::move(chain);
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

  labor::v1::Transaction transaction;
  transaction.set_body(canonical::encode(body));
  auto& signature = *transaction.add_signatures();
  signature.set_public_key(client.key.public_key().str());
  signature.set_signature(
      client.key
          .sign(base::bytes_of(crypto::signing_bytes(crypto::tags::transaction, chain_.hash(),
                                                     base::bytes_of(transaction.body()))))
          .str());
  client.pending = canonical::encode(transaction);
}

}  // namespace sim
