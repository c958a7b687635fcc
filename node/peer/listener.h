// The other half of a pair: the streams on which peers speak to this node. A stream is bound to
// its validator by TLS and Hello, then read message by message into the sink, within the bounds
// of inflow.h; garbage or haste closes it with the reason. A new stream of the same validator
// replaces the old one: after a cut cable the peer is back before its old connection times out.
//
// Threads: start() and stop() from one; messages arrive at the sink on gRPC threads.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "node/engine/peers.h"
#include "node/peer/hello.h"
#include "node/peer/identity.h"
#include "node/peer/wire.h"

namespace grpc {
class Server;
}

namespace node::peer {

class Listener {
 public:
  struct Options {
    std::string address;                 // host:port; port 0 lets the system choose.
    Identity const* identity = nullptr;  // These three outlive the listener.
    Seat const* seat = nullptr;
    PeerSink* sink = nullptr;
    Encoded hello;
    std::vector<protocol::PublicKey> pinned;
    // A stream of the peer with this node key is open. On gRPC threads; must not block.
    std::function<void(protocol::PublicKey const&)> greeted;
  };

  explicit Listener(Options options);
  ~Listener();

  // Whether it listens; if not, the address is not ours or taken.
  bool start();
  // The port in use. After start().
  std::uint16_t port() const { return port_; }
  // Ends all streams and returns when none will deliver any more.
  void stop();

 private:
  class Service;
  class Stream;

  Options const options_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace node::peer
