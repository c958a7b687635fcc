// One life of a simulated node: from its start to its crash. Everything the node does to the
// world passes a point at which the power can fail; after that nothing it does has any effect,
// and the life is over when its turn returns. So a crash falls between any two effects without
// the product knowing.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

namespace sim {

enum class CrashPoint : std::uint8_t { append, sync, send };

class Power {
 public:
  // `failed` is called once, at the moment of the failure; it must not destroy the node.
  explicit Power(std::function<void(CrashPoint)> failed) : failed_{std::move(failed)} {}

  bool on() const { return on_; }

  // The process is frozen until then, and what comes to it waits.
  void pause_until(std::uint64_t time_us) { paused_until_us_ = time_us; }
  std::uint64_t paused_until_us() const { return paused_until_us_; }

  void off() { on_ = false; }

  // The power fails before the next effect of this kind but `skip`.
  void fail_before(CrashPoint point, std::uint64_t skip) { armed_ = {{point, skip}}; }

  void disarm() { armed_.reset(); }

  // Whether the effect may happen.
  bool reach(CrashPoint point) {
    if (!on_) return false;
    if (!armed_ || armed_->first != point) return true;
    if (armed_->second > 0) {
      --armed_->second;
      return true;
    }
    on_ = false;
    failed_(point);
    return false;
  }

 private:
  bool on_ = true;
  std::uint64_t paused_until_us_ = 0;
  std::optional<std::pair<CrashPoint, std::uint64_t>> armed_;
  std::function<void(CrashPoint)> failed_;
};

}  // namespace sim
