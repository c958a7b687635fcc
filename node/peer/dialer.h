// Our half of a pair: the stream on which this node speaks to one peer. It dials, says Hello,
// checks the answer, then writes what waits in the outbox: at once when idle, all that gathered
// when a write ends. Lost streams are dialled again for ever, with a bounded back-off.
//
// Threads: send() from any; events arrive on gRPC threads.

#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/channel.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "node/peer/hello.h"
#include "node/peer/outbox.h"

namespace node::peer {

// A validator as the operator names it.
struct Remote {
  std::string name;
  std::string address;  // host:port
  protocol::PublicKey node_key;
};

class Dialer {
 public:
  struct Options {
    Remote remote;
    std::shared_ptr<grpc::Channel> channel;
    Seat const* seat = nullptr;  // Outlives the dialer.
    Encoded hello;
    // The stream is open: what is sent from now on is carried.
    std::function<void(PeerId const&)> opened;
  };

  explicit Dialer(Options options);
  // After stop().
  ~Dialer();

  void start();
  // Returns when no event can come any more.
  void stop();

  // Whose stream it is, once it has been open.
  std::optional<PeerId> peer() const;
  bool connected() const;
  // For how long it has been so.
  std::uint64_t since_ms() const;
  // The peer has just spoken to us, so it is up: dials now instead of after the back-off.
  void peer_is_up();
  // Queues, if the stream is open.
  void send(Lane lane, Encoded const& message);

  Remote const& remote() const { return options_.remote; }
  std::uint64_t bytes_sent() const { return bytes_sent_; }

 private:
  class Stream;
  enum class Phase { idle, greeting, open, closed };

  void dial();
  // The events of the current stream.
  void greeted(std::string_view response);
  void written(bool ok);
  void lost();
  void done(std::string const& status);
  // Under mutex_: writes what waits, or lets the stream go if it is closed and no write is under
  // way.
  void pump();
  void redial_later();

  Options const options_;
  std::atomic<std::uint64_t> bytes_sent_ = 0;

  mutable std::mutex mutex_;  // Guards what follows.
  std::condition_variable ended_;
  Phase phase_ = Phase::idle;
  std::chrono::steady_clock::time_point changed_ = std::chrono::steady_clock::now();
  bool writing_ = false;
  bool stopping_ = false;
  bool waiting_ = false;  // To dial again: the alarm is set.
  std::optional<PeerId> peer_;
  Outbox outbox_;
  std::unique_ptr<Stream> stream_;
  std::string refusal_;      // Why we closed the stream ourselves.
  std::string last_reason_;  // Logged when it changes, not at every attempt.
  unsigned attempts_ = 0;    // Since the stream was last open.
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace node::peer
