#include "tests/sim/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "tests/sim/mutants/mutants.h"
#include "tests/sim/picture.h"
#include "tests/sim/replay.h"
#include "tests/support/consensus_words.h"

namespace sim {
namespace {

constexpr std::uint64_t ms = 1000;
constexpr std::uint64_t s = 1000 * ms;

// The storm ends at a height or after a time, whichever comes first.
constexpr std::uint64_t storm_us_max = 60 * s;
constexpr std::uint64_t rotations_us_max = 180 * s;  // For all keys, one after another.
constexpr std::uint64_t storm_blocks_max = 40;
// A healed core has this long for its blocks: clocks that were 8 s ahead may have to be waited
// for, and time-outs that had grown eightfold to shrink.
constexpr std::uint64_t core_us_max = 180 * s;
constexpr std::uint64_t core_blocks_min = 10;
constexpr std::uint64_t calm_us_max = 60 * s;
constexpr std::uint64_t byzantine_every = 3;
constexpr std::uint64_t aftermath_us = 1 * s;
// The set is ordered by key: finds the number of the known key that stands at `index`. Those who
// are not of the first set come after it.
std::size_t number_at(consensus::Committee const& committee, std::size_t index) {
  if (index >= committee.validators.size()) return index;
  for (std::size_t i = 0; i < committee.validators.size(); ++i) {
    auto const key = known_key("consensus", i);
    auto const place = consensus::words::validator(index);
    if (key.public_key() == committee.validators.key(place)) return i;
  }
  UNREACHABLE();
}

}  // namespace

World::World(SeedOptions const& options)
    : options_{options},
      prng_{options.seed},
      rates_{draw_rates(options, prng_)},
      plan_{draw_set_plan(options.validators, prng_)},
      trace_{options.trace},
      chain_{simulated_chain(options.validators, plan_.spares, plan_.epoch_blocks)},
      epochs_{chain_},
      honest_{draw_honest(options, plan_, prng_)},
      oracle_{honest_, execution::genesis_block(chain_).hash},
      ledger_{chain_},
      opener_{epochs_, chain_},
      network_{options.validators + plan_.spares,
               rates_,
               prng_.split(),
               events_,
               faults_,
               [this](Packet const& packet) {
                 if (auto const& life = nodes_[packet.to].life) life->receive(packet);
               }},
      load_{chain_, prng_.split()},
      around_{.chain = chain_,
              .epochs = epochs_,
              .rates = rates_,
              .events = events_,
              .network = network_,
              .opener = opener_,
              .oracle = oracle_,
              .ledger = ledger_,
              .trace = trace_,
              .faults = faults_,
              .rules = rules_,
              .honest = honest_,
              .final = [this](auto height, auto const& held) { became_final(height, held); },
              .stopped = [this](std::size_t node, std::string const& why) { stop(node, why); }},
      misfortune_prng_{prng_.split()} {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < honest_.size(); ++i) {
    numbers.push_back(number_at(epochs_.at({}).committee, i));
    auto key = known_key("consensus", numbers.back());
    epochs_.run_with(key.public_key(), i);
    nodes_.push_back({.disk = std::make_unique<SimulatedDisk>(rates_, prng_.split(), faults_),
                      .number = numbers.back(),
                      .key = std::move(key),
                      .clock = {},
                      .life = nullptr});
  }
  operators_.emplace(chain_, plan_, std::move(numbers));
  while (to_go_.size() < plan_.removals) {
    auto const node = static_cast<std::size_t>(prng_.below(options.validators));
    if (std::ranges::count(to_go_, node) == 0) to_go_.push_back(node);
  }
  Oracle::Seats first;
  for (auto const node : epochs_.at({}).nodes) first[node] = epochs_.key_of(node).str();
  oracle_.set_of_epoch(0, first);
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): nodes_ owns what it is given.

FaultRates World::draw_rates(SeedOptions const& options, Prng& prng) {
  auto rates = draw_fault_rates(prng);
  for (auto const trouble : options.left_out.trouble) leave_out(rates, trouble);
  return rates;
}

// In every third seed up to f validators of the first set are Byzantine.
std::vector<bool> World::draw_honest(SeedOptions const& options, SetPlan const& plan, Prng& prng) {
  auto honest = std::vector<bool>(options.validators + plan.spares, true);
  if (options.seed % byzantine_every != 0) return honest;
  for (auto left = prng.between(1, plan.faults_max()); left > 0; --left) {
    honest[static_cast<std::size_t>(prng.below(options.validators))] = false;
  }
  return honest;
}

// Their kinds take turns, so that a range of seeds has seen them all. A mutant is caught by what
// the most brazen of them does.
MakeDeviation World::deviation_of(std::size_t node) const {
  auto const mutates = !options_.mutant.empty();
  if (honest_[node]) return mutates ? mutant(options_.mutant) : MakeDeviation{};
  if (options_.left_out.trouble.contains(Trouble::lies)) return {};
  if (mutates) return make_equivocator;
  auto const& kinds = byzantine_kinds();
  auto const before = std::count(honest_.begin(), honest_.begin() + static_cast<long>(node), false);
  auto const turn = options_.seed / byzantine_every + static_cast<std::uint64_t>(before);
  return kinds[turn % kinds.size()].make;
}

SeedReport World::run() {
  play();
  SeedReport report{.seed = options_.seed,
                    .violation = oracle_.violation(),
                    .last_events = {},
                    .last_picture = {},
                    .final_blocks = oracle_.final_height(),
                    .commits = commits_,
                    .transactions = transactions_,
                    .misfortunes = misfortunes_,
                    .crashes = crashes_,
                    .stops = stops_,
                    .nullified_views = oracle_.nullified_views(),
                    .simulated_us = events_.now_us(),
                    .faults = faults_,
                    .rules = rules_,
                    .set_changes = set_changes_,
                    .absences = absences_,
                    .trace_hash = trace_.hash()};
  if (!report.violation) return report;
  report.last_events = trace_.last();
  report.last_picture = picture(trace_.last_events(), honest_);
  if (options_.trace) run_on();
  return report;
}

void World::play() {
  skew_clocks();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (!honest_[i]) trace_.line(events_.now_us(), i, "is Byzantine");
    boot(i);
  }
  auto const people = options_.left_out.trouble.contains(Trouble::load) ? 1 : load_.clients();
  for (std::size_t i = 0; i < people; ++i) person_acts(i, true);
  kill_one_that_goes();
  cut_one_off();
  operators_act();
  schedule_misfortunes();

  auto const storm_ends = prng_.between(storm_blocks_max / 2, storm_blocks_max);
  enter(Phase::storm);
  auto const storm_us =
      options_.left_out.storm_us_max.value_or(cut_off_ ? rotations_us_max : storm_us_max);
  auto const over = [&] {
    return oracle_.final_height() >= storm_ends && (!cut_off_ || others_have_rotated());
  };
  run_until(storm_us, over, "");
  bring_back();

  if (oracle_.violation()) return;
  enter(Phase::core);
  heal_core();
  auto const wanted = std::max(final_blocks_min, oracle_.final_height() + core_blocks_min);
  run_until(
      core_us_max, [&] { return core_is_equal_at(wanted); },
      "a healed quorum does not reach height " + std::to_string(wanted));

  if (oracle_.violation()) return;
  enter(Phase::calm);
  heal_all();
  people_rest_ = true;
  run_until(calm_us_max, [&] { return all_are_equal(); }, "healed nodes do not become equal");
  if (oracle_.violation()) return;
  check_replay();
  check_work_was_done();
}

void World::run_until(std::uint64_t limit_us, std::function<bool()> const& done,
                      std::string const& otherwise) {
  auto const end_us = events_.now_us() + limit_us;
  while (!oracle_.violation() && !done()) {
    if (events_.now_us() >= end_us) {
      if (!otherwise.empty()) oracle_.violate(otherwise + " (" + heights() + ")");
      return;
    }
    CHECK(events_.run_next());
  }
}

// For those who read the trace: what came of the violation.
void World::run_on() {
  auto const end_us = events_.now_us() + aftermath_us;
  while (events_.now_us() < end_us) CHECK(events_.run_next());
}

void World::enter(Phase phase) {
  phase_ = phase;
  trace_.add({events_.now_us(), 0, Happening::phase, static_cast<std::uint64_t>(phase), 0});
}

bool World::core_is_equal_at(std::uint64_t height) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].core && oracle_.committed_height(i) < height) return false;
  }
  return true;
}

bool World::all_are_equal() const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (honest_[i] && oracle_.committed_height(i) != oracle_.final_height()) return false;
  }
  return true;
}

std::string World::heights() const {
  std::string text;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto const& life = nodes_[i].life;
    text += fmt::format("{}node {} {}{} height {} view {}", i == 0 ? "" : ", ", i,
                        honest_[i] ? "" : "Byzantine ", nodes_[i].core ? "core" : "rest",
                        oracle_.committed_height(i),
                        life ? std::to_string(life->state().current.value()) : "down");
  }
  return text;
}

// ---- people ----

void World::person_acts(std::size_t client, bool again) {
  constexpr std::uint64_t patience_us = 500 * ms;
  if (!people_rest_ || again) {
    for (int i = 0; i < 2; ++i) {
      auto& node = nodes_[static_cast<std::size_t>(prng_.below(nodes_.size()))];
      if (node.life) node.life->submit(load_.pending(client));
    }
  }
  if (again) events_.after(patience_us, [this, client] { person_acts(client, true); });
}

void World::became_final(protocol::Height height,
                         std::vector<execution::CheckedPtr> const& transactions) {
  ++commits_;
  if (height.value() <= highest_final_) return;
  highest_final_ = height.value();
  transactions_ += transactions.size();
  for (auto const& transaction : transactions) {
    for (auto const& message : transaction->body().messages()) {
      if (message.has_ready_seat()) oracle_.ready(message.ready_seat().consensus_key());
    }
  }
  auto const* const next = epochs_.find(told_epoch_.next());
  if (next != nullptr && next->root.height == height) {
    told_epoch_ = told_epoch_.next();
    set_changed(told_epoch_);
  }
  for (auto const& transaction : transactions) {
    operators_->final(transaction->account(), transaction->sequence().value());
    auto const client =
        load_.final(transaction->account(), transaction->sequence().value(), now_ms());
    if (client) events_.after(1 * ms, [this, c = *client] { person_acts(c, false); });
  }
}

// ---- the last checks ----

// From genesis, with nothing but the blocks: the same bytes as every disk holds.
void World::check_replay() {
  std::optional<Replay> replay;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (!honest_[i]) continue;
    auto& node = nodes_[i];
    node.life.reset();
    node.disk->crash();
    Power power{[](CrashPoint) {}};
    node.disk->boot(power);
    NodeStore const store{chain_, *node.disk};
    auto const snapshot = store->latest();
    if (!replay) {
      replay.emplace(chain_);
      for (std::uint64_t height = 1; height <= store.head().height.value(); ++height) {
        auto const block = snapshot->block(protocol::Height{height});
        if (block && replay->execute(*block, opener_)) continue;
        return oracle_.violate("a final block does not execute again");
      }
    }
    if (store.head().hash != replay->head().hash || values_of(*snapshot) != replay->values()) {
      oracle_.violate(fmt::format("replay from genesis gives other bytes than node {} holds", i));
    }
  }
}

void World::check_work_was_done() {
  if (oracle_.final_height() < final_blocks_min || transactions_ < oracle_.final_height() / 2) {
    oracle_.violate(fmt::format("too little was done: {} final blocks, {} transactions",
                                oracle_.final_height(), transactions_));
  }
}

SeedReport run_seed(SeedOptions const& options) {
  return World{options}.run();
}

}  // namespace sim
