#include "tests/e2e/dead_leader.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "tests/e2e/ordeal.h"

namespace e2e {
namespace {

// t_l (R6).
constexpr std::uint64_t leader_timeout_ms = 2 * delta_ms;

}  // namespace

DeadLeaders::DeadLeaders(std::vector<Kill> kills, std::size_t validators)
    : kills_{std::move(kills)}, validators_{validators}, paid_(kills_.size()) {}

bool DeadLeaders::passed_over(Kill const& kill, unsigned proposer) const {
  for (auto seat = (proposer_ + 1) % validators_; seat != proposer;
       seat = (seat + 1) % validators_) {
    if (std::ranges::find(kill.seats, seat) != kill.seats.end()) return true;
  }
  return false;
}

void DeadLeaders::look(labor::v1::BlockHeader const& header) {
  for (std::size_t i = 0; i < kills_.size(); ++i) {
    auto const& kill = kills_[i];
    // The block before must be of the time, too.
    if (header.height() <= kill.from + 1 || header.height() > kill.to) continue;
    if (!passed_over(kill, header.proposer())) continue;
    if (header.time_ms() - time_ms_ >= leader_timeout_ms) {
      ++paid_[i];
    } else {
      ++skipped_;
    }
  }
  proposer_ = header.proposer();
  time_ms_ = header.time_ms();
}

std::uint64_t DeadLeaders::paid() const {
  return std::accumulate(paid_.begin(), paid_.end(), std::uint64_t{0});
}

std::uint64_t DeadLeaders::paid_by_one_kill_max() const {
  return paid_.empty() ? 0 : std::ranges::max(paid_);
}

}  // namespace e2e
