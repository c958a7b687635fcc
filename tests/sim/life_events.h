// What one life of a node has ahead of it: actions that happen only if the life still lasts and
// has power when their time comes.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "tests/sim/event_queue.h"
#include "tests/sim/power.h"

namespace sim {

class LifeEvents {
 public:
  LifeEvents(EventQueue& events, std::shared_ptr<Power> const& power)
      : events_{events}, power_{power} {}

  std::uint64_t now_us() const { return events_.now_us(); }

  void after(std::uint64_t delay_us, std::function<void()> action) {
    events_.after(delay_us, [power = power_, act = std::move(action)] {
      if (auto const lives = power.lock(); lives && lives->on()) act();
    });
  }

 private:
  EventQueue& events_;
  std::weak_ptr<Power> power_;
};

}  // namespace sim
