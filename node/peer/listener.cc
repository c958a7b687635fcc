#include "node/peer/listener.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include <labor/v1/peer_service.grpc.pb.h>

#include "node/peer/buffer.h"
#include "node/peer/inflow.h"
#include "node/peer/outbox.h"
#include "node/peer/tls.h"
#include "protocol/base/hex.h"

namespace node::peer {
namespace {

using labor::v1::ConnectResponse;
using labor::v1::PeerMessage;

// A peer keeps one stream; the second is the one that replaces it after a half-open connection.
constexpr std::size_t streams_per_peer_max = 4;
constexpr int handshake_ms_max = 5000;
// A cut cable is noticed within the sum of the two.
constexpr int keepalive_ms = 5000;
constexpr int keepalive_timeout_ms = 5000;
// Correct peers ping every keepalive_ms; leave room for their clocks.
constexpr int ping_interval_ms_min = 2000;
constexpr auto drain_ms = std::chrono::milliseconds{500};

}  // namespace

// Generated code with the parsing left to us: bounds come before messages.
using RawService =
    labor::v1::PeerService::WithRawCallbackMethod_Connect<labor::v1::PeerService::Service>;
using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

class Listener::Service final : public RawService {
 public:
  explicit Service(Options const& options) : options_{options} {}

  Reactor* Connect(grpc::CallbackServerContext* context) override;

  Options const& options() const { return options_; }
  // Makes `stream` the one of this node key, of which the pinned ones are all there are.
  std::shared_ptr<Inflow> bind(protocol::PublicKey const& node_key, std::weak_ptr<Stream> stream);
  bool count(protocol::PublicKey const& node_key);
  void uncount(protocol::PublicKey const& node_key);

 private:
  Options const& options_;
  std::mutex mutex_;  // Guards what follows.
  std::map<protocol::PublicKey, std::shared_ptr<Inflow>> inflows_;
  std::map<protocol::PublicKey, std::weak_ptr<Stream>> current_;
  std::map<protocol::PublicKey, std::size_t> streams_;
};

// One incoming call. It owns itself until gRPC is done with it, so that whoever still waits to
// resume it may find it gone.
class Listener::Stream final : public Reactor, public std::enable_shared_from_this<Stream> {
 public:
  Stream(Service& service, grpc::CallbackServerContext& context, protocol::PublicKey node_key)
      : service_{service}, context_{context}, node_key_{node_key} {}

  void start() {
    self_ = shared_from_this();
    StartRead(&buffer_);
  }
  void replace() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    auto const bytes = bytes_of(buffer_);
    auto messages = decode(bytes);
    if (!messages) return close(grpc::StatusCode::INVALID_ARGUMENT, explain(messages.error()));
    if (!inflow_ && !greeted(*messages)) return;
    if (!deliver(std::move(*messages), bytes.size())) return;

    paused_ = true;
    inflow_->when_room([weak = weak_from_this()] {
      if (auto const stream = weak.lock()) stream->resume();
    });
    if (context_.IsCancelled()) resume();
  }
  // A read of a cancelled call fails at once, and so ends the stream.
  void OnCancel() override { resume(); }
  void OnDone() override {
    service_.uncount(node_key_);
    self_ = nullptr;
  }

 private:
  void resume() {
    if (paused_.exchange(false)) StartRead(&buffer_);
  }

  void close(grpc::StatusCode code, std::string_view reason) {
    spdlog::warn("peer {}: its stream is closed: {}", name(), reason);
    Finish({code, std::string{reason}});
  }

  std::string name() const { return inflow_ ? base::hex(peer_.view()) : context_.peer(); }

  // Takes the Hello off the front, binds the stream and answers.
  bool greeted(std::vector<PeerMessage>& messages) {
    if (messages.empty() || !messages.front().has_hello()) {
      close(grpc::StatusCode::INVALID_ARGUMENT, "the first message is not a Hello");
      return false;
    }
    auto const& options = service_.options();
    auto const peer = check_hello(*options.seat, messages.front().hello(), node_key_);
    if (!peer) {
      close(grpc::StatusCode::FAILED_PRECONDITION, explain(peer.error()));
      return false;
    }
    messages.erase(messages.begin());
    peer_ = *peer;
    inflow_ = service_.bind(node_key_, weak_from_this());
    hello_ = buffer_of({options.hello});
    StartWrite(&hello_);
    options.greeted(node_key_);
    return true;
  }

  // False if the stream has been closed for what it said.
  bool deliver(std::vector<PeerMessage> messages, std::size_t bytes) {
    auto const urgent = static_cast<std::size_t>(
        std::ranges::count_if(messages, [](auto const& m) { return !m.has_transactions(); }));
    if (!inflow_->within_rate(urgent, Inflow::Clock::now())) {
      close(grpc::StatusCode::RESOURCE_EXHAUSTED, "more messages a second than a node needs");
      return false;
    }
    auto const takes_transactions = inflow_->takes_transactions();
    auto const credit = inflow_->hold(bytes);
    for (auto& message : messages) {
      if (message.has_hello()) {
        close(grpc::StatusCode::INVALID_ARGUMENT, "a second Hello");
        return false;
      }
      if (lane_of(message) >= Lane::transactions && !takes_transactions) continue;
      service_.options().sink->deliver(
          {.from = peer_, .message = std::move(message), .credit = credit});
    }
    return true;
  }

  Service& service_;
  grpc::CallbackServerContext& context_;
  protocol::PublicKey const node_key_;
  std::shared_ptr<Stream> self_;
  grpc::ByteBuffer buffer_;
  grpc::ByteBuffer hello_;
  std::shared_ptr<Inflow> inflow_;  // Set with the Hello, as is:
  PeerId peer_{};
  std::atomic<bool> paused_ = false;
};

// A call that is refused before it begins.
class Refused final : public Reactor {
 public:
  Refused(grpc::StatusCode code, std::string const& reason) { Finish({code, reason}); }
  void OnDone() override { delete this; }
};

Reactor* Listener::Service::Connect(grpc::CallbackServerContext* context) {
  auto const node_key = node_key_of(*context->auth_context());
  if (!node_key) return new Refused{grpc::StatusCode::UNAUTHENTICATED, "no node key"};
  if (!count(*node_key)) {
    return new Refused{grpc::StatusCode::RESOURCE_EXHAUSTED, "more than 4 streams of one node key"};
  }
  auto const stream = std::make_shared<Stream>(*this, *context, *node_key);
  stream->start();
  return stream.get();
}

std::shared_ptr<Inflow> Listener::Service::bind(protocol::PublicKey const& node_key,
                                                std::weak_ptr<Stream> stream) {
  std::lock_guard const lock{mutex_};
  auto& current = current_[node_key];
  if (auto const old = current.lock()) old->replace();
  current = std::move(stream);
  auto& inflow = inflows_[node_key];
  if (!inflow) inflow = std::make_shared<Inflow>();
  return inflow;
}

bool Listener::Service::count(protocol::PublicKey const& node_key) {
  std::lock_guard const lock{mutex_};
  auto& streams = streams_[node_key];
  if (streams == streams_per_peer_max) return false;
  ++streams;
  return true;
}

void Listener::Service::uncount(protocol::PublicKey const& node_key) {
  std::lock_guard const lock{mutex_};
  --streams_[node_key];
}

Listener::Listener(Options options)
    : options_{std::move(options)}, service_{std::make_unique<Service>(options_)} {}

Listener::~Listener() {
  stop();
}

bool Listener::start() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.RegisterService(service_.get());
  builder.AddListeningPort(options_.address,
                           server_credentials(*options_.identity, options_.pinned), &port);
  builder.SetMaxReceiveMessageSize(protocol::limits::peer_message_bytes_max + framing_bytes_max);
  // Without this a second process could share the port and receive half of the streams.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, int{streams_per_peer_max});
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, handshake_ms_max);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, keepalive_timeout_ms);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             ping_interval_ms_min);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port == 0) return false;
  port_ = static_cast<std::uint16_t>(port);
  return true;
}

void Listener::stop() {
  if (server_ == nullptr) return;
  // Streams are open for ever; the deadline is what ends them.
  server_->Shutdown(std::chrono::system_clock::now() + drain_ms);
  server_ = nullptr;
}

}  // namespace node::peer
