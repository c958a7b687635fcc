// What one life of a node has ahead of it: actions that happen only if the life still lasts and
// has power when their time comes; a paused process gets to them when it goes on.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "tests/sim/event_queue.h"
#include "tests/sim/power.h"
#include "tests/sim/simulated_disk.h"

namespace sim {

class LifeEvents {
 public:
  // `stopped` is told why the disk has stopped the node.
  LifeEvents(EventQueue& events, std::shared_ptr<Power> const& power,
             std::function<void(std::string const&)> stopped)
      : events_{events}, power_{power}, stopped_{std::move(stopped)} {}

  std::uint64_t now_us() const { return events_.now_us(); }

  // All that a life does happens in here: its disk may stop it in the middle.
  void live(std::function<void()> const& action) const {
    try {
      action();
    } catch (Stopped const& stopped) {
      stopped_(stopped.message);
    }
  }

  // True while the life is paused; `action` happens when it goes on.
  bool put_off(std::function<void()> action) {
    auto const lives = power_.lock();
    if (!lives || lives->paused_until_us() <= now_us()) return false;
    after(0, std::move(action));
    return true;
  }

  void after(std::uint64_t delay_us, std::function<void()> action) {
    events_.after(delay_us, [later = *this, act = std::move(action)]() mutable {
      auto const lives = later.power_.lock();
      if (!lives || !lives->on()) return;
      auto const paused_until_us = lives->paused_until_us();
      if (paused_until_us > later.now_us()) {
        later.after(paused_until_us - later.now_us(), std::move(act));
      } else {
        later.live(act);
      }
    });
  }

 private:
  EventQueue& events_;
  std::weak_ptr<Power> power_;
  std::function<void(std::string const&)> stopped_;
};

}  // namespace sim
