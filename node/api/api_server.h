// The gRPC server for clients: NodeService with reflection, health and rich errors.
//
// Health ("" and "labor.v1.NodeService") is SERVING while the node has a final block and a quorum
// of validators, itself included, is connected.
//
// Bounds: message size, streams per connection, memory of all calls together; keepalive pings of
// watchers are allowed every ten seconds, also without a call.
//
// Threads: start() and stop() from the owner's. Begins after Engine::start() and
// Documents::start(), ends before either stops.

#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "node/api/node_facts.h"
#include "node/engine/clock.h"
#include "node/engine/engine.h"
#include "node/engine/peers.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

class Documents;

class ApiServer {
 public:
  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Engine& engine;
    Peers const& peers;
    Clock const& clock;
    NodeFacts const& facts;
    Documents& documents;
  };

  // `address` is like "127.0.0.1:50051"; port 0 lets the kernel choose. Or a sentence that says
  // what to do: the port is in use, the address is none.
  static std::expected<std::unique_ptr<ApiServer>, std::string> start(std::string const& address,
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
