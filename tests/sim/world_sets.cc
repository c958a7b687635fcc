// How the set of validators of a world changes: what its operators see and do, and what comes of
// it.

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/sim/world.h"

namespace sim {
namespace {

constexpr std::uint64_t ms = 1000;
constexpr std::uint64_t look_us = 300 * ms;
// A block for each thing that falls due, before the clock moves again.
constexpr std::uint64_t days_us = 1000 * ms;
constexpr std::uint64_t rotates_every = 8;  // Looks of an operator.

std::string name_of_key(std::size_t number) {
  return "key-" + std::to_string(number);
}

}  // namespace

std::uint64_t World::now_ms() const {
  return genesis_time_ms + start_after_genesis_ms + leapt_ms_ + events_.now_us() / 1000;
}

// Of the nodes that can be counted on, now or ever.
std::size_t World::faulty() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto const& node = nodes_[i];
    auto const turns = node.next_key.has_value();
    if (!honest_[i] || node.spent || node.dead || turns || cut_off_ == i) ++count;
  }
  return count;
}

// Nothing: no node has power.
Life* World::furthest() {
  Life* found = nullptr;
  for (auto const& node : nodes_) {
    if (!node.life || !node.life->power().on()) continue;
    auto const height = node.life->state().committed_height;
    if (found == nullptr || height > found->state().committed_height) found = node.life.get();
  }
  return found;
}

// One whose place is given to another may be gone from the start.
void World::kill_one_that_goes() {
  if (!plan_.replaces() || faulty() >= plan_.faults_max() || !prng_.one_in(2)) return;
  auto const i = to_go_.front();
  auto& node = nodes_[i];
  node.dead = true;
  node.stays_down = true;
  if (node.life) cut_power(i);
}

// It and one between its keys may be all that can fail: nobody else does, or the keys would not
// get around.
void World::cut_one_off() {
  if (!plan_.cuts_off || faulty() + 2 > plan_.faults_max()) return;
  auto const i = static_cast<std::size_t>(prng_.below(nodes_.size()));
  if (!honest_[i]) return;
  cut_off_ = i;
  network_.set_apart(i);
  trace_.line(events_.now_us(), i, "is cut off");
  rates_.crash_every_us = 0;
  rates_.partition_every_us = 0;
  rates_.pause_every_us = 0;
  rates_.disk_trouble_every_us = 0;
  rates_.key_loss_every_us = 0;
  rates_.down_mean_us = std::min(rates_.down_mean_us, 500 * ms);
}

bool World::others_have_rotated() const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto const rotated = nodes_[i].keys > 1 && !nodes_[i].next_key;
    if (honest_[i] && cut_off_ != i && !rotated) return false;
  }
  return true;
}

// Whoever was away knows nobody's key but its own.
void World::bring_back() {
  if (!cut_off_) return;
  if (others_have_rotated()) ++absences_;
  trace_.line(events_.now_us(), *cut_off_, "is back");
  cut_off_.reset();
  network_.bring_back();
  connect_all();
}

void World::operators_act() {
  if (!plan_.votes() && !plan_.rotates) return;
  if (phase_ != Phase::storm) return;
  auto wait_us = look_us;
  if (auto* const seen = furthest()) {
    seen->look([&](node::Store const& store) { wait_us = operators_see(store); });
  }
  events_.after(wait_us, [this] { operators_act(); });
}

// How long they wait for the next look.
std::uint64_t World::operators_see(state::Reader const& state) {
  auto wait_us = look_us;
  if (auto const wait = operators_->to_wait_ms(state, now_ms()); wait > 0) {
    days_pass(wait + 1);
    wait_us = days_us;
  }
  owner_acts(state);
  for (std::size_t node = 0; node < nodes_.size(); ++node) operator_acts(node, state);
  return wait_us;
}

void World::send_pending(std::size_t account) {
  auto const pending = operators_->pending(account, now_ms());
  if (!pending) return;
  for (int i = 0; i < 2; ++i) {
    auto& node = nodes_[static_cast<std::size_t>(prng_.below(nodes_.size()))];
    if (node.life) node.life->submit(*pending);
  }
}

void World::owner_acts(state::Reader const& state) {
  auto const owner = operators_->owner();
  if (!operators_->pending(owner, now_ms())) {
    auto const next = operators_->next_of_owner(state, to_go_);
    if (next) operators_->begin(owner, *next, now_ms());
  }
  send_pending(owner);
}

void World::operator_acts(std::size_t i, state::Reader const& state) {
  auto& node = nodes_[i];
  auto const registered =
      node.next_key && validators::seat_of_key(state, node.next_key->public_key().chars());
  if (registered && node.next_key->public_key() != node.key.public_key()) {
    switch_key(i);
    return;
  }
  if (registered && votes_in_latest(i)) {
    node.next_key.reset();
  }
  if (!operators_->pending(i, now_ms())) {
    auto const runs = node.life && node.life->power().on() && !node.spent;
    std::optional<labor::v1::Message> ready;
    if (runs) {
      node.life->look([&](node::Store const& store) {
        ready = operators_->readiness(store, *store.head(), node.key, now_ms());
      });
    }
    if (ready) {
      operators_->begin(i, *ready, now_ms());
      cut_at_a_change(i);
    } else if (node.next_key && !registered) {
      operators_->begin(i, operators_->rotation(i, node.key, *node.next_key), now_ms());
    } else if (plan_.rotates && (cut_off_ || prng_.one_in(rotates_every))) {
      rotate(i, state);
    }
  }
  send_pending(i);
}

// One that is lost already costs no other.
void World::rotate(std::size_t i, state::Reader const& state) {
  auto& node = nodes_[i];
  if (node.next_key || node.dead || !honest_[i]) return;
  if (cut_off_ && (cut_off_ == i || (node.keys > 1 && !node.spent))) return;
  if (!node.spent && faulty() >= plan_.faults_max()) return;
  auto const seat = validators::seat_of_key(state, node.key.public_key().chars());
  if (!seat || seat->state() != labor::v1::SEAT_STATE_SEATED) return;
  node.next_key = known_key(name_of_key(++node.keys), node.number);
  epochs_.give(node.next_key->public_key(), i);
  operators_->begin(i, operators_->rotation(i, node.key, *node.next_key), now_ms());
}

// The new key is registered: the node is stopped, and started with it. It observes until a
// boundary.
void World::switch_key(std::size_t i) {
  auto& node = nodes_[i];
  node.key = known_key(name_of_key(node.keys), node.number);
  epochs_.run_with(node.key.public_key(), i);
  if (node.spent) {
    ++node.journals_lost;
    node.begins_journal = true;
    node.spent = false;
  }
  // Not at once: it may be the node whose store is looked at.
  events_.after(0, [this, i] {
    auto const& life = nodes_[i].life;
    if (life && life->power().on()) cut_power(i);
  });
}

void World::days_pass(std::uint64_t passed_ms) {
  leapt_ms_ += passed_ms;
  for (auto& node : nodes_) node.clock.leapt_ms = leapt_ms_;
  load_.renew(now_ms());
}

// The boundary block is final somewhere, and nobody has spoken in the next epoch.
void World::set_changed(consensus::Epoch next) {
  auto const& after = epochs_.at(next);
  auto const& before = epochs_.at(consensus::Epoch{next.value() - 1});
  Oracle::Seats seats;
  for (std::size_t i = 0; i < after.nodes.size(); ++i) {
    auto const& key = after.committee.validators.keys().at(i);
    auto const node = after.nodes[i];
    seats[node] = key.str();
    auto const was = before.place_of(node);
    if (!was && !plan_.replaces()) set_changes_.add(SetChange::grown);
    if (was && before.committee.validators.key(*was) != key) {
      set_changes_.add(SetChange::rotated);
    }
  }
  for (auto const node : before.nodes) {
    if (seats.contains(node)) continue;
    set_changes_.add(plan_.replaces() ? SetChange::replaced : SetChange::shrunk);
  }
  auto const changed = before.committee.validators != after.committee.validators;
  if (changed && network_.is_cut()) set_changes_.add(SetChange::during_partition);
  oracle_.set_of_epoch(next.value(), seats);
  if (phase_ == Phase::core) events_.after(0, [this] { complete_core(); });
}

}  // namespace sim
