// What happens to the nodes of a world: crashes, partitions, clocks, healing.

#include <algorithm>
#include <memory>
#include <utility>

#include "tests/sim/mutants/mutants.h"
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
  node.life =
      std::make_unique<Life>(i, around_, Remains{*node.disk, *node.store, node.key, node.clock},
                             power, prng_.split(), deviation_of(i));
  node.life->start();
  for (std::size_t peer = 0; peer < nodes_.size(); ++peer) {
    if (peer != i) connect(i, peer);
  }
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

void World::schedule_crash() {
  if (rates_.crash_every_us == 0) return;
  events_.after(prng_.around(rates_.crash_every_us), [this] {
    crash_somebody();
    schedule_crash();
  });
}

void World::crash_somebody() {
  auto const i = static_cast<std::size_t>(prng_.below(nodes_.size()));
  auto const kind = prng_.below(4);
  auto const skip = prng_.below(4);
  auto& node = nodes_[i];
  if (!may_fail(i) || !node.life || !node.life->power().on()) return;
  if (kind < 3) {
    node.life->power().fail_before(static_cast<CrashPoint>(kind), skip);
    return;
  }
  node.life->power().off();
  faults_.add(Fault::crash_at_rest);
  bury(i);
}

void World::schedule_partition() {
  if (rates_.partition_every_us == 0) return;
  events_.after(prng_.around(rates_.partition_every_us), [this] {
    partition();
    events_.after(prng_.around(rates_.partition_mean_us), [this] {
      if (phase_ == Phase::calm) return;
      network_.mend();
      trace_.add({events_.now_us(), 0, Happening::mended, 0, 0});
      connect_all();
      schedule_partition();
    });
  });
}

void World::partition() {
  if (phase_ == Phase::calm) return;
  Network::Partition cut{.a = std::vector<bool>(nodes_.size()), .one_way = prng_.one_in(2)};
  if (prng_.one_in(2)) {
    cut.a[static_cast<std::size_t>(prng_.below(nodes_.size()))] = true;
  } else {
    for (std::size_t i = 0; i < nodes_.size(); ++i) cut.a[i] = prng_.one_in(2);
  }
  std::uint64_t sides = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) sides |= (cut.a[i] ? 1ull : 0ull) << i;
  trace_.add({events_.now_us(), 0, Happening::partitioned, cut.one_way ? 1ull : 0ull, sides});
  network_.cut(cut);
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
  auto const quorum = committee_.validators.quorum();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (honest_[i]) order.push_back(i);
  }
  prng_.shuffle(order);
  std::vector<bool> core(nodes_.size());
  for (std::size_t i = 0; i < quorum; ++i) core[order[i]] = true;
  network_.heal(core);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& node = nodes_[i];
    node.core = core[i];
    if (core[i]) {
      node.clock.skew_ms = static_cast<std::int64_t>(prng_.below(41)) - 20;
      if (node.life) node.life->power().disarm();
      boot(i);
    } else if (honest_[i] && prng_.one_in(3)) {
      node.stays_down = true;
      if (!node.life || !node.life->power().on()) continue;
      node.life->power().off();
      faults_.add(Fault::crash_at_rest);
      bury(i);
    }
  }
  connect_all();
}

void World::heal_all() {
  network_.mend();
  network_.heal(std::vector<bool>(nodes_.size(), true));
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& node = nodes_[i];
    node.stays_down = false;
    node.clock.skew_ms = 0;
    if (node.life) node.life->power().disarm();
    boot(i);
  }
  connect_all();
}

}  // namespace sim
