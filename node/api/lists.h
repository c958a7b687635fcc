// Records by index, page by page, all pages as of one block.
//
// The first page pins the snapshot it was read from; the token carries its height. A pinned
// snapshot is kept for a minute after it was last used, and only the newest few are: a token whose
// snapshot is gone is refused as PAGE_TOKEN_EXPIRED, and the list begins again.
//
// Threads: any.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "node/api/refusal.h"
#include "node/store/snapshot.h"

namespace node {

class Lists {
 public:
  static constexpr std::uint32_t page_size_usual = 50;
  static constexpr std::uint32_t page_size_max = 200;
  // Each keeps the database from reclaiming what it shows.
  static constexpr std::size_t pinned_max = 32;
  static constexpr std::chrono::seconds pinned_for{60};

  Answer<labor::v1::ListRecordsResponse> list(std::shared_ptr<Snapshot const> latest,
                                              labor::v1::ListRecordsRequest const& request);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Pin {
    std::shared_ptr<Snapshot const> snapshot;
    Moment used;
  };

  void pin(std::shared_ptr<Snapshot const> const& snapshot);
  std::shared_ptr<Snapshot const> pinned(protocol::Height height);
  void forget(Moment now);

  std::mutex mutex_;
  std::map<protocol::Height, Pin> pins_;
};

}  // namespace node
