// What a node says of itself, in the messages of its API: to clients by gRPC (node_service.h), to
// those who watch it by HTTP (node/web).
//
// Threads: any. Lives after Engine::start(), ends before Engine::stop().

#pragma once

#include <labor/v1/node_service.pb.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "node/engine/clock.h"
#include "node/engine/engine.h"
#include "node/engine/peers.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

class Documents;

class NodeFacts {
 public:
  struct Names {
    std::string node;
    std::string version;
    PeerId consensus_key{};          // Its own, also where it does not vote.
    std::string observes_because{};  // Why it signs nothing in any epoch; empty: it does.
  };
  // All outlive it.
  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Engine& engine;
    Peers const& peers;
    Clock const& clock;
    // Since when the signer apart is away, in milliseconds of the wall clock; empty: there is none.
    std::function<std::optional<std::uint64_t>()> signer_away_since{};
    Documents const* documents = nullptr;  // Null: it keeps none.
  };
  NodeFacts(Names names, Parts parts);
  NodeFacts(NodeFacts const&) = delete;
  NodeFacts& operator=(NodeFacts const&) = delete;

  labor::v1::GetNodeInfoResponse info() const;
  // As Engine::report(): `told` is called on the loop's thread, or false.
  using Told = std::function<void(labor::v1::GetConsensusResponse)>;
  [[nodiscard]] bool consensus(Told told) const;

 private:
  void add_stages(labor::v1::GetNodeInfoResponse& info) const;

  Names names_;
  Parts parts_;
  std::atomic<std::uint64_t> final_transactions_{0};  // Since start.
  FinalBlocks::Subscription counting_;
};

}  // namespace node
