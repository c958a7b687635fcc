// What befalls a world: each misfortune has its number, so that a run can be repeated without some
// of them.

#include <algorithm>

#include "protocol/base/check.h"
#include "tests/sim/world.h"

namespace sim {

void World::schedule_misfortunes() {
  schedule(rates_.crash_every_us, &World::crash_somebody);
  schedule(rates_.partition_every_us, &World::partition);
  schedule(rates_.pause_every_us, &World::pause_somebody);
  schedule(rates_.disk_trouble_every_us, &World::trouble_a_disk);
  schedule(rates_.key_loss_every_us, &World::lose_a_journal);
}

void World::schedule(std::uint64_t every_us, void (World::*strike)()) {
  if (every_us == 0) return;
  events_.after(misfortune_prng_.around(every_us), [this, every_us, strike] {
    if (phase_ != Phase::calm && !options_.left_out.misfortunes.contains(++misfortunes_))
      (this->*strike)();
    schedule(every_us, strike);
  });
}

std::size_t World::somebody() {
  return static_cast<std::size_t>(misfortune_prng_.below(nodes_.size()));
}

// Nothing where this one is down or must not fail.
Life* World::victim(std::size_t i) {
  auto const& life = nodes_[i].life;
  return may_fail(i) && life && life->power().on() ? life.get() : nullptr;
}

void World::crash_somebody() {
  auto const i = somebody();
  auto const kind = misfortune_prng_.below(4);
  auto const skip = misfortune_prng_.below(4);
  auto* const life = victim(i);
  if (life == nullptr) return;
  if (kind < 3) {
    life->power().fail_before(static_cast<CrashPoint>(kind), skip);
  } else {
    cut_power(i);
  }
}

// What a start reads back and puts in order may be cut short as well.
void World::trouble_a_start(std::size_t i, Power& power) {
  auto const cut = misfortune_prng_.one_in(8);
  auto const point = misfortune_prng_.one_in(2) ? CrashPoint::append : CrashPoint::sync;
  auto const skip = misfortune_prng_.below(8);
  if (!cut || rates_.crash_every_us == 0 || !may_fail(i)) return;
  if (!options_.left_out.misfortunes.contains(++misfortunes_)) power.fail_before(point, skip);
}

void World::cut_power(std::size_t i) {
  nodes_[i].life->power().off();
  faults_.add(Fault::crash_at_rest);
  bury(i);
}

void World::pause_somebody() {
  auto const i = somebody();
  auto const pause_us = misfortune_prng_.around(rates_.pause_mean_us);
  auto* const life = victim(i);
  if (life == nullptr || pause_us == 0) return;
  life->power().pause_until(events_.now_us() + pause_us);
  faults_.add(Fault::process_paused);
  trace_.add({events_.now_us(), i, Happening::paused, pause_us / 1000, 0});
}

void World::trouble_a_disk() {
  auto& node = nodes_[somebody()];
  auto const kind = misfortune_prng_.below(4);
  auto const skip = misfortune_prng_.below(8);
  auto const i = static_cast<std::size_t>(&node - nodes_.data());
  if (!may_fail(i)) return;
  if (kind < 3) {
    node.disk->fail_next(static_cast<DiskCall>(kind), skip);
  } else {
    node.disk->fill();
  }
  // Reading is for starts.
  if (static_cast<DiskCall>(kind) == DiskCall::read && victim(i) != nullptr) cut_power(i);
}

// At most as many keys are spent as there may be faulty validators, all that fail among them.
void World::lose_a_journal() {
  auto const i = somebody();
  auto const wiped = misfortune_prng_.one_in(2);
  auto& node = nodes_[i];
  if (faulty() >= plan_.faults_max() || !honest_[i] || node.spent) return;
  if (phase_ != Phase::storm || victim(i) == nullptr) return;
  cut_power(i);
  if (wiped) {
    node.disk->wipe_all();
    oracle_.wiped(i);
    faults_.add(Fault::disk_wiped);
    node.spent = true;
  } else {
    node.spent = node.disk->damage_journal(node.journal_folder());
  }
  if (node.spent) trace_.add({events_.now_us(), i, Happening::key_spent, wiped ? 1ull : 0ull, 0});
}

void World::partition() {
  Network::Partition cut{.a = std::vector<bool>(nodes_.size()),
                         .one_way = misfortune_prng_.one_in(2)};
  if (misfortune_prng_.one_in(2)) {
    cut.a[somebody()] = true;
  } else {
    for (std::size_t i = 0; i < nodes_.size(); ++i) cut.a[i] = misfortune_prng_.one_in(2);
  }
  divide(cut);
}

void World::divide(Network::Partition const& cut) {
  std::uint64_t sides = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) sides |= (cut.a[i] ? 1ull : 0ull) << i;
  trace_.add({events_.now_us(), 0, Happening::partitioned, cut.one_way ? 1ull : 0ull, sides});
  network_.cut(cut);
  events_.after(misfortune_prng_.around(rates_.partition_mean_us), [this] {
    if (phase_ == Phase::calm) return;
    network_.mend();
    trace_.add({events_.now_us(), 0, Happening::mended, 0, 0});
    connect_all();
  });
}

// This one is about to get a place in the set, which the others can give it without it; by chance
// that seldom falls together with a partition.
void World::cut_at_a_change(std::size_t i) {
  if (rates_.partition_every_us == 0 || misfortune_prng_.one_in(2)) return;
  if (options_.left_out.misfortunes.contains(++misfortunes_)) return;
  Network::Partition cut{.a = std::vector<bool>(nodes_.size()), .one_way = false};
  cut.a[i] = true;
  divide(cut);
}

}  // namespace sim
