// WatchEvents: each stream reads the store from its cursor on, at its reader's pace.
//
//   at least once, in order; a filtered or idle stream gets a heartbeat with the cursor reached,
//   the first as soon as it has caught up with the chain
//   a cursor whose history is pruned ends the stream with HISTORY_PRUNED {oldest}
//   a reader that takes nothing for slow_after is dropped with SLOW_READER
//
// Nothing is buffered but one page of events a stream; what a reader has not taken stays in the
// store.
//
// Threads: open() from gRPC's; one thread of this object reads the store for all streams when a
// block is final or a page has been written.

#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>
#include <labor/v1/node_service.pb.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "node/engine/final_blocks.h"
#include "node/store/store.h"

namespace node {

class EventStream;

class EventStreams {
 public:
  struct Options {
    std::size_t streams_max = 256;
    std::size_t page_events = 64;
    std::chrono::milliseconds heartbeat_every{5000};
    std::chrono::milliseconds slow_after{30'000};
  };

  EventStreams(Store const& store, FinalBlocks& blocks, Options options);
  ~EventStreams();
  EventStreams(EventStreams const&) = delete;
  EventStreams& operator=(EventStreams const&) = delete;

  grpc::ServerWriteReactor<labor::v1::WatchEventsResponse>* open(
      grpc::CallbackServerContext& context, labor::v1::WatchEventsRequest const& request);

  // Ends every stream with NODE_STOPPING, refuses further ones.
  void stop();

 private:
  friend class EventStream;

  void wake(std::shared_ptr<EventStream> const& stream);
  void closed(std::shared_ptr<EventStream> const& stream);
  void work();

  Store const& store_;
  Options options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::shared_ptr<EventStream>> streams_;
  std::vector<std::shared_ptr<EventStream>> ready_;  // Have written their page.
  bool moved_ = false;                               // A block is final.
  bool stopping_ = false;
  FinalBlocks::Subscription subscription_;
  std::thread thread_;
};

}  // namespace node
