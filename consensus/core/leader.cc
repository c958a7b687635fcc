#include "consensus/core/leader.h"

#include <algorithm>
#include <map>

#include "consensus/core/tally.h"

namespace consensus {

namespace {

// R7: all views between two turns of a leader. So whoever dies is waited for once.
std::uint32_t silence_max(Config const& config) {
  return static_cast<std::uint32_t>(std::max<std::size_t>(config.validators.size(), 2) - 1);
}

// In the current view. Votes that come after their certificate are not looked at, so it counts too.
bool quorum_voted_without(Config const& config, State const& state, ValidatorIndex who) {
  auto const view = state.current;
  if (voters(state, view, who) >= config.validators.quorum()) return true;
  auto const tells = [&](std::map<View, Certificate> const& certificates) {
    auto const found = certificates.find(view);
    return found != certificates.end() && !found->second.signers.contains(who);
  };
  return tells(state.safety.notarizations()) || tells(state.safety.nullifications());
}

}  // namespace

ValidatorIndex leader(Config const& config, View view) {
  return config.validators.leader(config.epoch, view);
}

bool leads(Config const& config, State const& state) {
  return config.self == leader(config, state.current);
}

bool inactive(Config const& config, State const& state, ValidatorIndex who) {
  if (config.self == who) return false;
  return state.peers[who.value()].silent_views >= silence_max(config);
}

bool inactive_leader(Config const& config, State const& state) {
  return inactive(config, state, leader(config, state.current));
}

SignerSet next_leaders(Config const& config, State const& state) {
  auto const round = state.rounds.find(state.current);
  auto const proposed = round != state.rounds.end() && round->second.proposal;
  auto const first = proposed ? state.current.next() : state.current;
  auto const last = state.current.next();
  auto next = SignerSet{};
  for (auto view = first; view < View{last.value() + config.validators.size()};
       view = view.next()) {
    auto const who = leader(config, view);
    next.insert(who);
    if (view >= last && !inactive(config, state, who)) break;
  }
  return next;
}

void note_silence(Config const& config, State& state) {
  auto const long_ago = silence_max(config);
  for (std::size_t i = 0; i < state.peers.size(); ++i) {
    auto const who = ValidatorIndex{static_cast<std::uint8_t>(i)};
    auto& peer = state.peers[i];
    if (!peer.heard && quorum_voted_without(config, state, who)) {
      peer.silent_views = std::min(peer.silent_views + 1, long_ago);
    }
    peer.heard = false;
  }
}

void note_heard(State& state, ValidatorIndex peer, View view) {
  auto& known = state.peers[peer.value()];
  known.heard = true;
  known.silent_views = 0;
  known.view = std::max(known.view, view);
}

bool executed(State const& state, BlockHash const& block) {
  if (block == state.committed_block) return true;
  auto const known = state.blocks.find(block);
  return known != state.blocks.end() && known->second.execution == BlockState::Execution::valid;
}

Foothold foothold(State const& state) {
  auto const floor = state.safety.floor();
  for (auto u = state.current.value() - 1; u > floor.value(); --u) {
    auto const view = View{u};
    auto const block = state.safety.notarized(view);
    if (block && executed(state, block->block)) return {.parent = block, .missing = {}};
    if (state.safety.nullified(view)) continue;
    if (block) return {};
    return {.parent = {}, .missing = view};
  }
  return {.parent = state.safety.final(), .missing = {}};
}

}  // namespace consensus
