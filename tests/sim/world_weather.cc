// How the nodes of a world come up, go down and heal.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "tests/sim/world.h"

namespace sim {
namespace {

constexpr std::uint64_t ms = 1000;

Fault fault_of(CrashPoint point) {
  switch (point) {
    case CrashPoint::append:
      return Fault::crash_before_append;
    case CrashPoint::sync:
      return Fault::crash_before_sync;
    case CrashPoint::send:
      return Fault::crash_before_send;
  }
  UNREACHABLE();
}

}  // namespace

void World::skew_clocks() {
  for (auto& node : nodes_) {
    auto const most_ms = rates_.skew_max_us / ms;
    auto const drawn = static_cast<std::int64_t>(prng_.below(2 * most_ms + 1));
    node.clock.skew_ms = drawn - static_cast<std::int64_t>(most_ms);
    if (node.clock.skew_ms != 0) faults_.add(Fault::clock_skewed);
  }
}

void World::boot(std::size_t i) {
  auto& node = nodes_[i];
  if (node.life || node.stays_down) return;
  auto const power = std::make_shared<Power>([this, i](CrashPoint point) {
    faults_.add(fault_of(point));
    events_.after(0, [this, i] { bury(i); });
  });
  node.disk->boot(*power);
  trouble_a_start(i, *power);
  try {
    node.life =
        std::make_unique<Life>(i, around_,
                               Remains{*node.disk, node.key, node.clock, node.journal_folder(),
                                       node.begins_journal, node.spent},
                               power, prng_.split(), deviation_of(i));
    node.begins_journal = false;
    node.life->start();
  } catch (Stopped const& stopped) {
    if (!power->on()) return;  // It crashed while it started, and what came of that is nothing.
    power->off();
    stop(i, stopped.message);
    return;
  }
  for (std::size_t peer = 0; peer < nodes_.size(); ++peer) {
    if (peer != i) connect(i, peer);
  }
}

// Fail-stop: the node has ended itself, before or after it had started. Its operator does what it
// says.
void World::stop(std::size_t i, std::string const& why) {
  auto& node = nodes_[i];
  ++stops_;
  trace_.add({events_.now_us(), i, Happening::stopped, stops_, 0});
  trace_.line(events_.now_us(), i, why);
  if (why.contains("free space and start again") || why.contains("free space, then")) {
    if (!misfortune_prng_.one_in(3)) node.disk->mend();
  } else if (!why.contains("check the disk, then start again") &&
             !why.contains("check the disk and the folder's owner, then start again")) {
    oracle_.violate(fmt::format("node {} stops: {}", i, why));
  }
  events_.after(0, [this, i] { bury(i); });
}

void World::bury(std::size_t i) {
  auto& node = nodes_[i];
  trace_.add({events_.now_us(), i, Happening::crashed, crashes_, 0});
  ++crashes_;
  node.life.reset();
  node.disk->crash();
  auto const down_us = may_fail(i) ? prng_.around(rates_.down_mean_us) : 10 * ms;
  events_.after(down_us, [this, i] { boot(i); });
}

bool World::may_fail(std::size_t i) const {
  return phase_ == Phase::storm || (phase_ == Phase::core && !nodes_[i].core);
}

void World::connect_all() {
  for (std::size_t a = 0; a < nodes_.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) connect(a, b);
  }
}

// Both ends learn that the stream is up, each in its time.
void World::connect(std::size_t a, std::size_t b) {
  for (auto const& [self, peer] : {std::pair{a, b}, std::pair{b, a}}) {
    events_.after(prng_.around(5 * ms), [this, self, peer] {
      auto& node = nodes_[self];
      if (node.life && node.life->power().on() && nodes_[peer].life) node.life->connected(peer);
    });
  }
}

// Some quorum of honest nodes; of the rest, one kind of trouble each.
void World::heal_core() {
  complete_core();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& node = nodes_[i];
    if (!node.core && honest_[i] && prng_.one_in(3)) {
      node.stays_down = true;
      if (!node.life || !node.life->power().on()) continue;
      node.life->power().off();
      faults_.add(Fault::crash_at_rest);
      bury(i);
    }
  }
}

// With the key that the latest set holds.
bool World::votes_in_latest(std::size_t i) const {
  auto const& node = nodes_[i];
  auto const& validators = epochs_.latest().committee.validators;
  return honest_[i] && !node.spent && !node.dead &&
         validators.index_of(node.key.public_key()).has_value();
}

void World::add_to_core(std::size_t i) {
  auto& node = nodes_[i];
  node.core = true;
  node.stays_down = false;
  node.disk->mend();
  node.clock.skew_ms = static_cast<std::int64_t>(prng_.below(41)) - 20;
  if (node.life) node.life->power().disarm();
  boot(i);
}

void World::complete_core() {
  auto lacking = epochs_.latest().committee.validators.quorum();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (!votes_in_latest(i)) continue;
    if (nodes_[i].core) {
      lacking -= std::min<std::size_t>(lacking, 1);
    } else {
      order.push_back(i);
    }
  }
  prng_.shuffle(order);
  CHECK(order.size() >= lacking);
  for (std::size_t i = 0; i < lacking; ++i) add_to_core(order[i]);
  std::vector<bool> core;
  for (auto const& node : nodes_) core.push_back(node.core);
  network_.heal(core);
  connect_all();
}

void World::heal_all() {
  network_.mend();
  network_.heal(std::vector<bool>(nodes_.size(), true));
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& node = nodes_[i];
    node.stays_down = false;
    node.dead = false;
    node.disk->mend();
    node.clock.skew_ms = 0;
    if (node.life) node.life->power().disarm();
    boot(i);
  }
  connect_all();
}

}  // namespace sim
