// The state as rules of the protocol read it, a record at a time, each proved through one node: so
// that the wallet asks the very functions that the chain runs.
//
// Only records of the kinds that say what a vote weighs; others are CHECKed against. A read that
// fails reads as nothing, and problem() tells: ask it before the answer is believed.
//
// Threads: one at a time. Each record is read once.

#pragma once

#include <map>
#include <optional>

#include "protocol/state/reader.h"
#include "wallet/chain.h"
#include "wallet/problem.h"

namespace wallet {

class ProvedState final : public state::Reader {
 public:
  // `chain` outlives it.
  explicit ProvedState(Chain const& chain) : chain_{chain} {}

  std::optional<std::string> get(state::Key const& key) const override;
  std::optional<std::string> next(state::Module module, std::string_view from) const override;
  std::optional<std::string> node(state::Module module, std::string_view prefix) const override;

  std::optional<Problem> const& problem() const { return problem_; }

 private:
  Chain const& chain_;
  mutable std::map<state::Key, std::optional<std::string>> known_;
  mutable std::optional<Problem> problem_;
};

}  // namespace wallet
