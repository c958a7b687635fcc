// What every part of a step is handed. Internal to the core.

#pragma once

#include "consensus/core/config.h"
#include "consensus/core/output.h"
#include "consensus/core/state.h"

namespace consensus {

struct Context {
  Config const& config;
  State& state;
  Output& out;

  // Every validator but ourselves.
  SignerSet others() const {
    auto everyone = SignerSet::first(config.validators.size());
    if (config.self) everyone.erase(*config.self);
    return everyone;
  }
  void send(SignerSet to, Speech speech) const {
    if (!to.empty()) out.send.push_back({.to = to, .speech = std::move(speech)});
  }
  OwnVotes own() const { return state.safety.own(state.current); }
};

}  // namespace consensus
