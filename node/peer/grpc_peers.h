// The validators around this node: a listener, and a dialer for each of them. Every pair has two
// streams; each side speaks only on the one it dialled, so a vote's stream is its signer's.

#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "node/engine/peers.h"
#include "node/peer/dialer.h"
#include "node/peer/hello.h"
#include "node/peer/identity.h"
#include "node/peer/listener.h"

namespace node::peer {

class GrpcPeers final : public Peers {
 public:
  struct Options {
    std::string listen;  // host:port; port 0 lets the system choose.
    std::vector<Remote> remotes;
    Identity identity;
    Seat seat;
  };

  // `hello` is ours (make_hello). The sink must outlive stop().
  GrpcPeers(Options options, labor::v1::Hello const& hello, PeerSink& sink);
  ~GrpcPeers() override;

  // Listens and begins to dial. False if the address cannot be listened on.
  bool start();
  // Blocks for a second at most; nothing is delivered after it.
  void stop();
  std::uint16_t port() const { return listener_.port(); }

  void send(PeerId const& to, labor::v1::PeerMessage const& message) override;
  void broadcast(labor::v1::PeerMessage const& message) override;
  std::vector<PeerStatus> status() const override;
  std::uint64_t bytes_sent() const override;

 private:
  void dial_back(protocol::PublicKey const& node_key);

  Options const options_;
  Encoded const hello_;
  Listener listener_;
  std::vector<std::unique_ptr<Dialer>> dialers_;
};

}  // namespace node::peer
