// What this node's seat contributes to the chain's randomness (protocol/validators/randomness.h):
// it commits to a chain of values once it has a seat, and tells the next one when a round is open.
//
//   chain g:  x(n) = BLAKE2b-256[LBRrand1](signature by the node key over "LABOR/random/v1"
//             zero-padded to 16 bytes, genesis hash (32), g (8)), n = chain_values
//
// Ed25519 signatures are the same each time, and nobody else can make this one: so nothing is kept,
// and a node that comes back from a backup knows where it is. A node key that was rotated, or a
// chain told to its end, begins the next one.
//
// Threads: the loop's.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "node/engine/clock.h"
#include "node/engine/own_account.h"
#include "node/store/store.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"

namespace node {

class Beacon {
 public:
  static constexpr std::uint64_t look_ms = 1000;
  // Told one a round, of which there are at most 24 a day: half a year, and 128 kB.
  static constexpr std::size_t chain_values = 4096;

  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Clock const& clock;
    OwnAccount& account;
    // The node key. Null: this node has no account, and says nothing.
    crypto::SecretKey const* key;
  };

  explicit Beacon(Parts parts) : parts_{parts} {}

  void tick();

 private:
  void commit(std::uint64_t generation);
  void reveal(std::uint64_t round, protocol::Hash const& value);
  // x(0), x(1), ... of a generation; those of the last one asked for are kept.
  std::vector<protocol::Hash> const& values(std::uint64_t generation);
  // What hashes to `tip`; nothing if the tip is not of this generation, or its last.
  std::optional<protocol::Hash> value_after(std::uint64_t generation, protocol::Hash const& tip);

  Parts const parts_;
  protocol::TimeMs look_due_{};
  protocol::TimeMs commit_due_{};
  protocol::TimeMs reveal_due_{};
  std::uint64_t told_round_ = 0;
  std::optional<std::uint64_t> kept_generation_;
  std::vector<protocol::Hash> kept_values_;
};

}  // namespace node
