// The bodies that the core may still ask for, by hash.
//
// Bounded: kept while the core has a record of the block, or until it is committed for what came
// from the block log. Above bodies_bytes_max only small bodies are taken in, so that a chain that
// has not found finality for long can still find it with empty blocks.

#pragma once

#include <cstddef>
#include <map>

#include "consensus/core/state.h"
#include "consensus/shell/body.h"

namespace consensus {

inline constexpr std::size_t bodies_bytes_max = 128u << 20;
inline constexpr std::size_t small_body_bytes = 64u << 10;

class Bodies {
 public:
  // False: no room.
  bool add(Block const& block);
  // From the block log: durable, and kept although the core does not know it yet.
  void restore(Block const& block);
  void mark_durable(BlockHash const& block);

  Block const* find(BlockHash const& block) const;
  bool durable(BlockHash const& block) const;

  // Drops what nobody can ask for any more.
  void retain(State const& state);

 private:
  struct Entry {
    Block block;
    bool durable = false;
    bool restored = false;
  };
  std::map<BlockHash, Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace consensus
