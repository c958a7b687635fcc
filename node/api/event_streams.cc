#include "node/api/event_streams.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>
#include <utility>

#include "node/api/refusal.h"

namespace node {

using labor::v1::WatchEventsRequest;
using labor::v1::WatchEventsResponse;
using Steady = std::chrono::steady_clock;

namespace {

Refusal stream_refusal(grpc::StatusCode code, std::string reason, std::string message) {
  return {.code = code,
          .reason = std::move(reason),
          .message = std::move(message),
          .metadata = {},
          .retry_after_ms = std::nullopt};
}

Refusal stopping() {
  return stream_refusal(grpc::StatusCode::UNAVAILABLE, "NODE_STOPPING",
                        "the node is stopping; resume elsewhere with the last cursor");
}

// Where the stream begins, or why it cannot.
Answer<EventPlace> start_of(WatchEventsRequest const& request, Snapshot const& snapshot) {
  auto const& filter = request.filter();
  if (!filter.address().empty() && filter.address().size() != protocol::Address::size) {
    return std::unexpected{invalid_field("filter.address", "an address is 32 bytes")};
  }
  auto const head = snapshot.head().height;
  if (!request.has_after()) return EventPlace{head, std::numeric_limits<std::uint32_t>::max()};
  auto const after =
      EventPlace{protocol::Height{request.after().height()}, request.after().index()};
  if (after.height > head) {
    return std::unexpected{stream_refusal(grpc::StatusCode::OUT_OF_RANGE, "CURSOR_AHEAD",
                                          "the cursor is beyond this node's last final block")};
  }
  return after;
}

}  // namespace

// One reader. Lives until gRPC says OnDone.
class EventStream final : public grpc::ServerWriteReactor<WatchEventsResponse> {
 public:
  EventStream(EventStreams& owner, grpc::CallbackServerContext& context)
      : owner_{owner}, context_{context} {}

  void begin(std::shared_ptr<EventStream> self, EventPlace after,
             WatchEventsRequest const& request) {
    self_ = std::move(self);
    query_ = {.after = after,
              .account = request.filter().address(),
              .cause_prefix = request.filter().cause_prefix(),
              .count_max = owner_.options_.page_events};
    reached_ = after;
    spoke_ = Steady::now();
    StartSendInitialMetadata();
  }

  // On the owner's thread: reads and writes on, unless a write is under way.
  void pump(Snapshot const& snapshot) {
    std::lock_guard const lock{mutex_};
    if (finished_ || writing_) return;
    // An event of a block whose history is gone may be missing: say so, never skip.
    if (query_.after.height < snapshot.lowest()) {
      return finish_locked(to_status(history_pruned(snapshot.lowest())));
    }
    auto page = snapshot.events(query_);
    for (auto& placed : page.events) {
      auto& response = pages_.emplace_back();
      response.mutable_cursor()->set_height(placed.place.height.value());
      response.mutable_cursor()->set_index(placed.place.index);
      *response.mutable_event() = std::move(placed.event);
      response.set_transaction_id(std::move(placed.transaction_id));
      response.set_block_time_ms(placed.time.value());
    }
    query_.after = std::max(query_.after, page.reached);
    reached_ = query_.after;
    more_ = !page.at_head;
    auto const first_at_head = page.at_head && !std::exchange(caught_up_, true);
    auto const silent = pages_.empty() && Steady::now() - spoke_ >= owner_.options_.heartbeat_every;
    if (first_at_head || silent) {
      auto& heartbeat = pages_.emplace_back();
      heartbeat.mutable_cursor()->set_height(reached_.height.value());
      heartbeat.mutable_cursor()->set_index(reached_.index);
      heartbeat.set_block_time_ms(snapshot.head().time.value());
    }
    write_locked();
  }

  // On the owner's thread, now and then.
  void check_pace() {
    std::lock_guard const lock{mutex_};
    if (!writing_ || Steady::now() - spoke_ < owner_.options_.slow_after) return;
    if (finished_) return context_.TryCancel();
    spoke_ = Steady::now();
    finish_locked(to_status(
        stream_refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "SLOW_READER",
                       "nothing was read for too long; resume with the last cursor received")));
  }

  void finish(grpc::Status const& status) {
    std::lock_guard const lock{mutex_};
    finish_locked(status);
  }

  // Whether it has more to read at once.
  bool hungry() {
    std::lock_guard const lock{mutex_};
    return more_ && !writing_ && !finished_;
  }

  void OnWriteDone(bool ok) override {
    bool page_done = false;
    {
      std::lock_guard const lock{mutex_};
      writing_ = false;
      if (!ok) finish_locked(grpc::Status::CANCELLED);
      if (!finished_) {
        pages_.pop_front();
        page_done = pages_.empty();
        write_locked();
      }
    }
    if (page_done) owner_.wake(self_);
  }
  void OnCancel() override { finish(grpc::Status::CANCELLED); }
  void OnDone() override {
    auto const self = std::move(self_);  // The last but the owner's; this goes with it.
    owner_.closed(self);
  }

 private:
  void write_locked() {
    if (writing_ || finished_ || pages_.empty()) return;
    writing_ = true;
    spoke_ = Steady::now();
    // With more to come gRPC may gather messages: one send for many small events.
    grpc::WriteOptions options;
    if (pages_.size() > 1) options.set_buffer_hint();
    StartWrite(&pages_.front(), options);
  }
  void finish_locked(grpc::Status const& status) {
    if (std::exchange(finished_, true)) return;
    Finish(status);
  }

  EventStreams& owner_;
  grpc::CallbackServerContext& context_;
  std::shared_ptr<EventStream> self_;
  std::mutex mutex_;
  EventQuery query_;
  EventPlace reached_;
  std::deque<WatchEventsResponse> pages_;
  Steady::time_point spoke_{};
  bool more_ = false;
  bool caught_up_ = false;  // Has been at the head, and was told so.
  bool writing_ = false;
  bool finished_ = false;
};

EventStreams::EventStreams(Store const& store, FinalBlocks& blocks, Options options)
    : store_{store},
      options_{options},
      subscription_{blocks.subscribe([this](FinalNotice const&) {
        {
          std::lock_guard const lock{mutex_};
          moved_ = true;
        }
        changed_.notify_one();
      })},
      thread_{[this] { work(); }} {}

EventStreams::~EventStreams() {
  stop();
}

grpc::ServerWriteReactor<WatchEventsResponse>* EventStreams::open(
    grpc::CallbackServerContext& context, WatchEventsRequest const& request) {
  auto const stream = std::make_shared<EventStream>(*this, context);
  auto const start = start_of(request, *store_.latest());
  stream->begin(stream, start.value_or(EventPlace{}), request);
  if (!start) {
    stream->finish(to_status(start.error()));
    return stream.get();
  }
  bool taken = false;
  {
    std::lock_guard const lock{mutex_};
    taken = !stopping_ && streams_.size() < options_.streams_max;
    if (taken) {
      streams_.insert(stream);
      ready_.push_back(stream);
    }
  }
  if (!taken) stream->finish(to_status(busy("this node has as many event streams as it takes")));
  changed_.notify_one();
  return stream.get();
}

void EventStreams::stop() {
  subscription_.cancel();
  std::set<std::shared_ptr<EventStream>> streams;
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    streams = streams_;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  for (auto const& stream : streams) stream->finish(to_status(stopping()));
}

void EventStreams::wake(std::shared_ptr<EventStream> const& stream) {
  {
    std::lock_guard const lock{mutex_};
    ready_.push_back(stream);
  }
  changed_.notify_one();
}

void EventStreams::closed(std::shared_ptr<EventStream> const& stream) {
  std::lock_guard const lock{mutex_};
  streams_.erase(stream);
}

void EventStreams::work() {
  auto const tick = std::min(options_.heartbeat_every, options_.slow_after) / 4;
  auto checked = Steady::now();
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    changed_.wait_for(lock, tick, [this] { return stopping_ || moved_ || !ready_.empty(); });
    if (stopping_) return;
    auto const due = Steady::now() - checked >= tick;
    std::vector<std::shared_ptr<EventStream>> streams;
    if (moved_ || due) {
      streams.assign(streams_.begin(), streams_.end());
    } else {
      streams = ready_;
    }
    moved_ = false;
    ready_.clear();
    lock.unlock();
    if (due) checked = Steady::now();
    auto const snapshot = store_.latest();
    std::vector<std::shared_ptr<EventStream>> hungry;
    for (auto const& stream : streams) {
      if (due) stream->check_pace();
      stream->pump(*snapshot);
      if (stream->hungry()) hungry.push_back(stream);
    }
    streams.clear();
    lock.lock();
    ready_.insert(ready_.end(), hungry.begin(), hungry.end());
  }
}

}  // namespace node
