// The people of the simulation: each sends small transfers, one at a time, and asks again until
// it is final. Some transfers ask for more than there is, so that blocks hold failures too.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/address.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"
#include "tests/support/prng.h"

namespace sim {

// 2023-11-14; simulated clocks start here.
inline constexpr std::uint64_t genesis_time_ms = 1'700'000'000'000;
// Simulated time 0, so that a clock may be behind it.
inline constexpr std::uint64_t start_after_genesis_ms = 30'000;

// A signing key that a test may know: derived from its name and number.
crypto::SecretKey known_key(std::string const& name, std::size_t number);

// The validator with these of the known keys "consensus", "node" and "operator".
void fill_validator(auto& validator, std::size_t number) {
  validator.set_name("validator-" + std::to_string(number));
  validator.set_consensus_key(known_key("consensus", number).public_key().str());
  validator.set_node_key(known_key("node", number).public_key().str());
  auto const& key = known_key("operator", number).public_key();
  validator.set_operator_(protocol::address_of(key).str());
}

inline constexpr std::uint64_t ballot_deposit = 1'000'000;

// `validators` of equal weight, a few members who own something of each asset, an owner of much,
// and operators for the validators and `spares` more; an epoch has `epoch_blocks`, and a ballot is
// as short as it may be.
protocol::Chain simulated_chain(std::size_t validators, std::size_t spares,
                                std::uint64_t epoch_blocks);

// Encoded, with the signature of `key`.
std::string signed_transaction(protocol::Chain const& chain, labor::v1::TransactionBody const& body,
                               crypto::SecretKey const& key);

class Load {
 public:
  Load(protocol::Chain const& chain, Prng prng);

  std::size_t clients() const { return clients_.size(); }

  // The encoded transaction that the client waits for.
  std::string const& pending(std::size_t client) const { return clients_[client].pending; }

  // What became void while days passed is written anew.
  void renew(std::uint64_t now_ms);

  // A final block held a transaction of `account` with this sequence: its client moves on, and
  // is named.
  std::optional<std::size_t> final(protocol::Address const& account, std::uint64_t sequence,
                                   std::uint64_t now_ms);

 private:
  struct Client {
    crypto::SecretKey key;
    protocol::Address address{};
    std::uint64_t sequence = 0;
    std::string pending;
  };
  void write_next(Client& client, std::uint64_t now_ms);

  protocol::Chain const& chain_;
  Prng prng_;
  std::vector<Client> clients_;
};

}  // namespace sim
