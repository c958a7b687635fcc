// Whole nodes' worth of peers in one process, over real TLS on Unix sockets: no ports to choose.

#include "node/peer/grpc_peers.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "node/peer/buffer.h"
#include "node/peer/inflow.h"
#include "node/peer/tls.h"

namespace node::peer {
namespace {

// Far beyond what any step takes, even with sanitizers on a busy machine.
constexpr auto patience = std::chrono::seconds{60};

labor::v1::PeerMessage vote(std::string bytes) {
  labor::v1::PeerMessage message;
  message.set_vote(std::move(bytes));
  return message;
}

class RecordingSink final : public PeerSink {
 public:
  void deliver(PeerDelivery delivery) override {
    std::lock_guard const lock{mutex_};
    seen_.push_back(delivery.message.vote());
    if (keep_) kept_.push_back(std::move(delivery.credit));
    changed_.notify_all();
  }
  void connected(PeerId const&) override {
    std::lock_guard const lock{mutex_};
    ++connections_;
    changed_.notify_all();
  }

  bool wait_connections(int count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return connections_ >= count; });
  }
  bool wait_for(std::string const& bytes) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience,
                             [&] { return std::ranges::find(seen_, bytes) != seen_.end(); });
  }
  std::vector<std::string> seen() {
    std::lock_guard const lock{mutex_};
    return seen_;
  }
  void keep_credits() { keep_ = true; }
  void let_go() {
    std::vector<std::shared_ptr<void const>> credits;
    std::lock_guard const lock{mutex_};
    keep_ = false;
    credits.swap(kept_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> seen_;
  std::vector<std::shared_ptr<void const>> kept_;
  int connections_ = 0;
  bool keep_ = false;
};

// Two validators that know each other. Peers are made and unmade by the tests.
class Pair : public testing::Test {
 protected:
  struct Side {
    crypto::SecretKey consensus_key;
    Identity identity;
    std::string address;
    Seat seat;
    RecordingSink sink{};
    std::unique_ptr<GrpcPeers> peers{};
  };

  ~Pair() override {
    stop(a_);
    stop(b_);
  }

  void start(Side& side, Side const& other) {
    side.peers = std::make_unique<GrpcPeers>(
        GrpcPeers::Options{.listen = side.address,
                           .remotes = {{"other", other.address, other.identity.key}},
                           .identity = side.identity,
                           .seat = side.seat},
        hello_of(side), side.sink);
    ASSERT_TRUE(side.peers->start());
  }
  static void stop(Side& side) { side.peers = nullptr; }
  static labor::v1::Hello hello_of(Side const& side) {
    return make_hello(side.seat, side.consensus_key, side.identity.key, "test");
  }

  static crypto::SecretKey key_of(char seed) {
    return crypto::SecretKey{base::bytes_of(std::string(32, seed))};
  }
  static Side side(char seed) {
    std::string const node_seed(32, seed == 'a' ? 'y' : 'z');
    auto const socket = testing::TempDir() + "peers-" + std::to_string(getpid()) + seed;
    return {.consensus_key = key_of(seed),
            .identity = identity_of(base::bytes_of(node_seed)),
            .address = "unix:" + socket,
            .seat = {.genesis = {}, .epoch = {}, .self = key_of(seed).public_key()}};
  }

  Side a_ = side('a');
  Side b_ = side('b');
};

using PeerStreams = Pair;

TEST_F(PeerStreams, CarryMessagesBothWaysInOrderAndToTheNamedPeer) {
  start(a_, b_);
  start(b_, a_);
  ASSERT_TRUE(a_.sink.wait_connections(1));
  ASSERT_TRUE(b_.sink.wait_connections(1));
  EXPECT_TRUE(a_.peers->status().front().connected);

  std::vector<std::string> sent;
  for (int i = 0; i < 1000; ++i) {
    sent.push_back("a" + std::to_string(i));
    a_.peers->broadcast(vote(sent.back()));
  }
  b_.peers->send(a_.seat.self, vote("to a"));
  b_.peers->send(b_.seat.self, vote("to myself"));
  ASSERT_TRUE(b_.sink.wait_for("a999"));
  ASSERT_TRUE(a_.sink.wait_for("to a"));
  EXPECT_EQ(b_.sink.seen(), sent);
  EXPECT_EQ(a_.sink.seen(), std::vector<std::string>{"to a"});
  EXPECT_GT(a_.peers->bytes_sent(), 1000u);
}

TEST_F(PeerStreams, ComeBackWhenThePeerRestarts) {
  start(a_, b_);
  start(b_, a_);
  ASSERT_TRUE(a_.sink.wait_connections(1));
  ASSERT_TRUE(b_.sink.wait_connections(1));  // Else its first life may end without one.
  stop(b_);
  start(b_, a_);
  ASSERT_TRUE(a_.sink.wait_connections(2));
  ASSERT_TRUE(b_.sink.wait_connections(2));
  a_.peers->broadcast(vote("again"));
  b_.peers->broadcast(vote("and back"));
  EXPECT_TRUE(b_.sink.wait_for("again"));
  EXPECT_TRUE(a_.sink.wait_for("and back"));
}

TEST_F(PeerStreams, AreNotReadWhileTooMuchIsHeldAndGoOnAfterwards) {
  b_.sink.keep_credits();
  start(a_, b_);
  start(b_, a_);
  ASSERT_TRUE(a_.sink.wait_connections(1));
  // Four are just within the bound, the fifth is beyond.
  std::string const filler(Inflow::held_bytes_max / 4 - 100, 'f');
  for (int i = 0; i < 5; ++i) {
    a_.peers->broadcast(vote(filler + std::to_string(i)));
    ASSERT_TRUE(b_.sink.wait_for(filler + std::to_string(i)));
  }
  a_.peers->broadcast(vote("last"));
  EXPECT_EQ(b_.sink.seen().size(), 5u);
  b_.sink.let_go();
  EXPECT_TRUE(b_.sink.wait_for("last"));
}

// A pinned peer that says what it likes.
class Liar final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Liar(std::string const& address, Identity const& identity, protocol::PublicKey const& server,
       std::string const& bytes)
      : stub_{grpc::CreateChannel(address, channel_credentials(identity, server))},
        bytes_{buffer_of({std::make_shared<std::string const>(bytes)})} {
    stub_.PrepareBidiStreamingCall(&context_, "/labor.v1.PeerService/Connect", {}, this);
    StartWrite(&bytes_);
    StartRead(&answer_);
    StartCall();
  }
  grpc::Status wait() {
    auto future = ended_.get_future();
    if (future.wait_for(patience) != std::future_status::ready) context_.TryCancel();
    return future.get();
  }

  void OnReadDone(bool ok) override {
    if (ok) StartRead(&answer_);
  }
  void OnDone(grpc::Status const& status) override { ended_.set_value(status); }

 private:
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer bytes_;
  grpc::ByteBuffer answer_;
  std::promise<grpc::Status> ended_;
};

TEST_F(PeerStreams, GarbageClosesThemWithTheReason) {
  start(a_, b_);
  auto const server = a_.identity.key;
  auto const node_key = b_.identity.key;
  labor::v1::PeerMessage hello;
  *hello.mutable_hello() = make_hello(b_.seat, b_.consensus_key, node_key, "liar");
  auto elsewhere = b_.seat;
  elsewhere.genesis.data.fill(1);
  labor::v1::PeerMessage wrong_chain;
  *wrong_chain.mutable_hello() = make_hello(elsewhere, b_.consensus_key, node_key, "liar");
  struct Row {
    char const* name;
    std::string bytes;
    grpc::StatusCode want;
    char const* reason;
  };
  Row const rows[] = {
      {"noise", "\xFF\xFE garbage", grpc::StatusCode::INVALID_ARGUMENT, "not a ConnectRequest"},
      {"no Hello", *encode(vote("v")), grpc::StatusCode::INVALID_ARGUMENT, "not a Hello"},
      {"another chain", *encode(wrong_chain), grpc::StatusCode::FAILED_PRECONDITION,
       "another chain"},
      {"two Hellos", *encode(hello) + *encode(hello), grpc::StatusCode::INVALID_ARGUMENT,
       "second Hello"},
      {"oversized", std::string((4u << 20) + 100, 'x'), grpc::StatusCode::RESOURCE_EXHAUSTED, ""},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    Liar liar{a_.address, b_.identity, server, row.bytes};
    auto const status = liar.wait();
    EXPECT_EQ(status.error_code(), row.want) << status.error_message();
    EXPECT_NE(status.error_message().find(row.reason), std::string::npos) << status.error_message();
  }
  EXPECT_TRUE(a_.sink.seen().empty());
}

TEST_F(PeerStreams, DoNotStartOnAnAddressThatIsTaken) {
  a_.address = "127.0.0.1:0";
  start(a_, b_);
  GrpcPeers second{{.listen = "127.0.0.1:" + std::to_string(a_.peers->port()),
                    .remotes = {},
                    .identity = b_.identity,
                    .seat = b_.seat},
                   hello_of(b_),
                   b_.sink};
  EXPECT_FALSE(second.start());
}

}  // namespace
}  // namespace node::peer
