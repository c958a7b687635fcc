// What the turns of killed leaders cost, read from the chain: the proposers of its blocks follow
// each other in the order of the set, and where one is missing the block after it came late by its
// time-out, or, once the others had noticed (R7), did not.

#pragma once

#include <labor/v1/block.pb.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace e2e {

struct Kill {
  std::vector<unsigned> seats;  // In the set.
  // Dead from this height to that one.
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

class DeadLeaders {
 public:
  DeadLeaders(std::vector<Kill> kills, std::size_t validators);

  // Every block of the chain in turn.
  void look(labor::v1::BlockHeader const& header);

  std::uint64_t paid() const;
  std::uint64_t paid_by_one_kill_max() const;
  std::uint64_t skipped() const { return skipped_; }

 private:
  bool passed_over(Kill const& kill, unsigned proposer) const;

  std::vector<Kill> kills_;
  std::size_t validators_;
  std::vector<std::uint64_t> paid_;  // By kill.
  std::uint64_t skipped_ = 0;
  unsigned proposer_ = 0;  // Of the block before.
  std::uint64_t time_ms_ = 0;
};

}  // namespace e2e
