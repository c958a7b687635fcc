#include "node/peer/grpc_peers.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "node/peer/tls.h"
#include "protocol/limits.h"

namespace node::peer {
namespace {

// How a channel knocks at a peer that is down: a restarted one is found within 100 ms on a LAN.
constexpr int reconnect_ms_first = 50;
constexpr int reconnect_ms_max = 1000;
constexpr int keepalive_ms = 5000;
constexpr int keepalive_timeout_ms = 5000;

std::shared_ptr<grpc::Channel> channel_to(Remote const& remote, Identity const& identity) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // A connection is one peer's alone.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, reconnect_ms_first);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, reconnect_ms_max);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, reconnect_ms_max);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, keepalive_timeout_ms);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(remote.address, channel_credentials(identity, remote.node_key),
                                   arguments);
}

Encoded encoded(labor::v1::Hello const& hello) {
  labor::v1::PeerMessage message;
  *message.mutable_hello() = hello;
  return encode(message);
}

std::vector<protocol::PublicKey> node_keys(std::vector<Remote> const& remotes) {
  std::vector<protocol::PublicKey> keys(remotes.size());
  std::ranges::transform(remotes, keys.begin(), &Remote::node_key);
  return keys;
}

}  // namespace

GrpcPeers::GrpcPeers(Options options, labor::v1::Hello const& hello, PeerSink& sink)
    : options_{std::move(options)},
      hello_{encoded(hello)},
      listener_{{.address = options_.listen,
                 .identity = &options_.identity,
                 .seat = &options_.seat,
                 .sink = &sink,
                 .hello = hello_,
                 .pinned = node_keys(options_.remotes),
                 .greeted = [this](auto const& node_key) { dial_back(node_key); }}} {
  for (auto const& remote : options_.remotes) {
    dialers_.push_back(std::make_unique<Dialer>(
        Dialer::Options{.remote = remote,
                        .channel = channel_to(remote, options_.identity),
                        .seat = &options_.seat,
                        .hello = hello_,
                        .opened = [&sink](PeerId const& peer) { sink.connected(peer); }}));
  }
}

GrpcPeers::~GrpcPeers() {
  stop();
}

bool GrpcPeers::start() {
  if (!listener_.start()) return false;
  for (auto const& dialer : dialers_) dialer->start();
  return true;
}

void GrpcPeers::stop() {
  for (auto const& dialer : dialers_) dialer->stop();
  listener_.stop();
}

// A validator that restarts is heard again as soon as it speaks, however long it was away.
void GrpcPeers::dial_back(protocol::PublicKey const& node_key) {
  for (auto const& dialer : dialers_) {
    if (dialer->remote().node_key == node_key) dialer->peer_is_up();
  }
}

void GrpcPeers::send(PeerId const& to, labor::v1::PeerMessage const& message) {
  for (auto const& dialer : dialers_) {
    if (dialer->peer() == to) dialer->send(lane_of(message), encode(message));
  }
}

void GrpcPeers::broadcast(labor::v1::PeerMessage const& message) {
  auto const lane = lane_of(message);
  auto const encoded = encode(message);
  for (auto const& dialer : dialers_) dialer->send(lane, encoded);
}

std::vector<PeerStatus> GrpcPeers::status() const {
  std::vector<PeerStatus> rows;
  rows.reserve(dialers_.size());
  for (auto const& dialer : dialers_) {
    rows.push_back({.name = dialer->remote().name,
                    .node_key = dialer->remote().node_key,
                    .key = dialer->peer(),
                    .connected = dialer->connected(),
                    .since_ms = dialer->since_ms()});
  }
  return rows;
}

std::uint64_t GrpcPeers::bytes_sent() const {
  return std::accumulate(dialers_.begin(), dialers_.end(), std::uint64_t{0},
                         [](auto sum, auto const& dialer) { return sum + dialer->bytes_sent(); });
}

}  // namespace node::peer
