#include "consensus/core/invariants.h"

#include "consensus/core/missing.h"
#include "consensus/core/pace.h"
#include "protocol/base/check.h"

namespace consensus {
namespace {

// Everything kept is above the floor.
template <class T>
void check_above(View floor, std::map<View, T> const& kept) {
  CHECK(kept.empty() || kept.begin()->first > floor);
}

void check_safety(State const& state) {
  auto const& safety = state.safety;
  check_above(safety.floor(), safety.notarizations());
  check_above(safety.floor(), safety.nullifications());
  check_above(safety.floor(), safety.own());
  auto const own = safety.own(state.current);
  CHECK(!own.finalize);  // FINALIZE(v) needs notarization(v), which ends view v.
  CHECK(state.current > safety.floor());
  CHECK(!safety.notarizations().contains(state.current));
  CHECK(!safety.nullified(state.current));
}

void check_bounds(Config const& config, State const& state) {
  CHECK(state.peers.size() == config.validators.size());
  CHECK(state.missing.size() <= missing_max);
  CHECK(state.conflicts.size() <= config.validators.size());
  CHECK(state.backoff_level <= backoff_level_max);
  check_above(state.safety.floor(), state.rounds);
  CHECK(state.rounds.empty() || state.rounds.rbegin()->first <= state.current.next());
  for (auto const& timer : state.armed) {
    CHECK(timer.view == View{0} || timer.view == state.current);
  }
}

}  // namespace

void check_invariants(Config const& config, State const& state) {
  // Any two quorums share an honest validator.
  CHECK(2 * config.validators.quorum() > config.validators.size() + config.validators.faults_max());
  CHECK(!config.self || config.validators.contains(*config.self));
  check_safety(state);
  check_bounds(config, state);
}

}  // namespace consensus
