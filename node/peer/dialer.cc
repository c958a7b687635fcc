#include "node/peer/dialer.h"

#include <grpc/support/time.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/client_callback.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "node/peer/buffer.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace node::peer {
namespace {

constexpr auto method = "/labor.v1.PeerService/Connect";

// A restarted neighbour is back within a few hundred milliseconds; one that is down for long
// costs a handshake every two seconds.
constexpr std::int64_t redial_ms_first = 50;
constexpr std::int64_t redial_ms_max = 2000;

// The reason comes from the other side: it must not write lines of its own into our log.
std::string printable(std::string_view text) {
  constexpr std::size_t bytes_max = 300;
  std::string clean{text.substr(0, bytes_max)};
  std::ranges::replace_if(clean, [](char c) { return c < ' ' || c > '~'; }, '?');
  return clean.empty() ? "the stream ended" : clean;
}

}  // namespace

// One call. It forwards to its dialer, which lives longer and destroys it in OnDone, the last
// thing gRPC does with it. The hold lets send() start a write from outside of gRPC's callbacks.
class Dialer::Stream final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit Stream(Dialer& dialer) : dialer_{dialer}, stub_{dialer.options_.channel} {}

  void start(Encoded const& hello, bool wait_for_ready) {
    context_.set_wait_for_ready(wait_for_ready);
    stub_.PrepareBidiStreamingCall(&context_, method, {}, this);
    AddHold();
    write({hello});
    StartRead(&response_);
    StartCall();
  }
  void write(std::vector<Encoded> const& messages) {
    buffer_ = buffer_of(messages);
    dialer_.bytes_sent_ += buffer_.Length();
    StartWrite(&buffer_);
  }
  void cancel() { context_.TryCancel(); }
  void let_go() { RemoveHold(); }

  void OnReadDone(bool ok) override {
    if (!ok) return dialer_.lost();
    dialer_.greeted(bytes_of(response_));
    StartRead(&response_);
  }
  void OnWriteDone(bool ok) override { dialer_.written(ok); }
  void OnDone(grpc::Status const& status) override { dialer_.done(status.error_message()); }

 private:
  Dialer& dialer_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer buffer_;
  grpc::ByteBuffer response_;
};

Dialer::Dialer(Options options) : options_{std::move(options)} {}

Dialer::~Dialer() {
  CHECK(stream_ == nullptr && !waiting_);
}

void Dialer::start() {
  dial();
}

void Dialer::dial() {
  std::lock_guard const lock{mutex_};
  if (stopping_) return;
  phase_ = Phase::greeting;
  writing_ = true;
  refusal_.clear();
  stream_ = std::make_unique<Stream>(*this);
  // The first attempt fails with a reason that is worth a log line; those after it wait for the
  // channel, which knocks at its own pace.
  stream_->start(options_.hello, attempts_ > 0);
}

void Dialer::stop() {
  std::unique_lock lock{mutex_};
  stopping_ = true;
  if (stream_) stream_->cancel();
  if (waiting_) alarm_->Cancel();
  ended_.wait(lock, [this] { return stream_ == nullptr && !waiting_; });
}

std::optional<PeerId> Dialer::peer() const {
  std::lock_guard const lock{mutex_};
  return peer_;
}

bool Dialer::connected() const {
  std::lock_guard const lock{mutex_};
  return phase_ == Phase::open;
}

std::uint64_t Dialer::since_ms() const {
  std::lock_guard const lock{mutex_};
  auto const passed = std::chrono::steady_clock::now() - changed_;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
}

void Dialer::peer_is_up() {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || phase_ == Phase::open) return;
    if (waiting_) alarm_->Cancel();
  }
  grpc::experimental::ChannelResetConnectionBackoff(options_.channel.get());
}

void Dialer::send(Lane lane, Encoded const& message) {
  std::lock_guard const lock{mutex_};
  if (phase_ != Phase::open) return;
  outbox_.push(lane, message);
  pump();
}

void Dialer::pump() {
  if (writing_) return;
  if (phase_ == Phase::closed) return stream_->let_go();
  if (phase_ != Phase::open || outbox_.empty()) return;
  writing_ = true;
  stream_->write(outbox_.take());
}

void Dialer::greeted(std::string_view response) {
  {
    std::lock_guard const lock{mutex_};
    auto const messages = decode(response);
    auto const is_hello = messages && messages->size() == 1 && messages->front().has_hello();
    if (phase_ != Phase::greeting || !is_hello) {
      refusal_ = "it said something else than its Hello on our stream";
      return stream_->cancel();
    }
    auto const peer =
        check_hello(*options_.seat, messages->front().hello(), options_.remote.node_key);
    if (!peer) {
      refusal_ = explain(peer.error());
      return stream_->cancel();
    }
    peer_ = *peer;
    phase_ = Phase::open;
    changed_ = std::chrono::steady_clock::now();
    attempts_ = 0;
    last_reason_.clear();
  }
  spdlog::info("peer {}: our stream to {} is open, consensus key {}", options_.remote.name,
               options_.remote.address, base::hex(peer_->view()));
  options_.opened(*peer_);
}

void Dialer::written(bool ok) {
  std::lock_guard const lock{mutex_};
  writing_ = false;
  // What ends a stream ends its reads as well: lost() follows, unless it has been.
  if (!ok && phase_ != Phase::closed) return;
  pump();
}

void Dialer::lost() {
  std::lock_guard const lock{mutex_};
  if (phase_ == Phase::open) changed_ = std::chrono::steady_clock::now();
  phase_ = Phase::closed;
  outbox_.clear();
  pump();
}

void Dialer::done(std::string const& status) {
  std::lock_guard const lock{mutex_};
  auto const reason = refusal_.empty() ? printable(status) : refusal_;
  if (!stopping_ && reason != last_reason_) {
    spdlog::warn("peer {} at {}: not connected, dialling on: {}", options_.remote.name,
                 options_.remote.address, reason);
    last_reason_ = reason;
  }
  phase_ = Phase::idle;
  stream_ = nullptr;
  if (stopping_) return ended_.notify_all();
  redial_later();
}

void Dialer::redial_later() {
  auto const wait_ms = std::min(redial_ms_max, redial_ms_first << std::min(attempts_, 10u));
  ++attempts_;
  waiting_ = true;
  alarm_ = std::make_unique<grpc::Alarm>();
  auto const deadline =
      gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(wait_ms, GPR_TIMESPAN));
  alarm_->Set(deadline, [this](bool) {
    {
      std::lock_guard const lock{mutex_};
      waiting_ = false;
      if (stopping_) return ended_.notify_all();
    }
    dial();
  });
}

}  // namespace node::peer
