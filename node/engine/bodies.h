// Bodies of blocks that are not final yet or have just become so, by hash: what a validator that
// lacks one is answered with.
//
// Bounds: a body is kept until `kept_below` heights above it are final; what is held above the
// last final block is bounded by count_max, the lowest going first.
// Threads: any.

#pragma once

#include <cstddef>
#include <map>
#include <mutex>

#include "consensus/shell/body.h"

namespace node {

class Bodies {
 public:
  static constexpr std::uint64_t kept_below = 4;
  static constexpr std::size_t count_max = 32;

  void keep(consensus::Block const& block);
  void settled(protocol::Height final);
  // Nothing if it is not here.
  consensus::Body find(protocol::BlockHash const& hash) const;
  std::size_t count() const;

 private:
  mutable std::mutex mutex_;
  std::map<protocol::BlockHash, consensus::Block> by_hash_;
  std::multimap<protocol::Height, protocol::BlockHash> by_height_;
};

}  // namespace node
