// Says Ready (validators.proto) for a seat that waits for this node's consensus key: one to which a
// ballot has admitted it, or whose operator rotates to it. A node says so once it has the chain up
// to a block of the last moments, which is what Ready promises.
//
// A block names no time after which it is old, so "the last moments" are of its block time: an idle
// chain has a block a minute (the heartbeat), and who has none of the last two minutes is behind,
// or the chain stands still and nothing would come of it.
//
// Threads: the loop's.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "node/engine/clock.h"
#include "node/engine/own_account.h"
#include "node/store/store.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"

namespace node {

// The consensus key's signature over validators::ready_bytes(). Nothing: whoever has the key is
// away.
using SignReady = std::function<std::optional<protocol::Signature>(
    std::uint64_t seat, protocol::Height height, protocol::BlockHash const& block)>;
// By this process; all outlive it.
SignReady ready_signed_by(crypto::SecretKey const& key, protocol::Chain const& chain);

class Readiness {
 public:
  static constexpr std::uint64_t look_ms = 1000;
  static constexpr std::uint64_t recent_ms = 120'000;

  struct Parts {
    Store const& store;
    Clock const& clock;
    OwnAccount& account;
    // The consensus key. Nothing: it is spent.
    std::optional<protocol::PublicKey> key;
    SignReady sign;
  };

  explicit Readiness(Parts parts) : parts_{std::move(parts)} {}

  void tick();

 private:
  Parts const parts_;
  protocol::TimeMs due_{};
};

}  // namespace node
