// Simulated time. Whatever happens is an action at a time in microseconds; actions of one time
// run in the order in which they were asked for, so a run depends on nothing but its seed.

#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "protocol/base/check.h"

namespace sim {

class EventQueue {
 public:
  using Action = std::function<void()>;

  std::uint64_t now_us() const { return now_us_; }

  void after(std::uint64_t delay_us, Action action) {
    heap_.push_back({now_us_ + delay_us, asked_++, std::move(action)});
    std::ranges::push_heap(heap_, later);
  }

  // Runs the earliest action. False when there is none.
  bool run_next() {
    if (heap_.empty()) return false;
    std::ranges::pop_heap(heap_, later);
    auto const event = std::move(heap_.back());
    heap_.pop_back();
    CHECK(event.time_us >= now_us_);
    now_us_ = event.time_us;
    event.action();
    return true;
  }

 private:
  struct Event {
    std::uint64_t time_us = 0;
    std::uint64_t asked = 0;
    Action action;
  };
  static bool later(Event const& a, Event const& b) {
    return std::pair{a.time_us, a.asked} > std::pair{b.time_us, b.asked};
  }

  std::uint64_t now_us_ = 0;
  std::uint64_t asked_ = 0;
  std::vector<Event> heap_;
};

}  // namespace sim
