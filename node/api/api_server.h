// The gRPC server for clients: NodeService with reflection, health and rich errors.
//
// Health ("" and "labor.v1.NodeService") is SERVING while the node has a final block and a quorum
// of validators, itself included, is connected.
//
// Bounds: message size, streams per connection, memory of all calls together; keepalive pings of
// watchers are allowed every ten seconds, also without a call.
//
// Threads: start() and stop() from the owner's. Begins after Engine::start(), ends before
// Engine::stop().

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "node/engine/clock.h"
#include "node/engine/engine.h"
#include "node/engine/peers.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

struct ApiOptions {
  // "127.0.0.1:50051"; port 0 lets the kernel choose.
  std::string address;
  std::string node_name;
  std::string version;
  PeerId consensus_key{};          // Its own, also where it does not vote.
  std::string observes_because{};  // Why it signs nothing in any epoch; empty: it does.
};

class ApiServer {
 public:
  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Engine& engine;
    Peers const& peers;
    Clock const& clock;
    // Since when the signer apart is away, in milliseconds of the wall clock; empty: there is none.
    std::function<std::optional<std::uint64_t>()> signer_away_since{};
  };

  // Or a sentence that says what to do: the port is in use, the address is none.
  static std::expected<std::unique_ptr<ApiServer>, std::string> start(ApiOptions const& options,
                                                                      Parts const& parts);
  ~ApiServer();
  ApiServer(ApiServer const&) = delete;
  ApiServer& operator=(ApiServer const&) = delete;

  std::uint16_t port() const;
  // Not serving, ends streams and waits, lets calls under way finish for a moment, closes.
  void stop();

 private:
  class Running;
  explicit ApiServer(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace node
