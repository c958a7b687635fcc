// Proposals that came before their block was due by this node's clock, until it is. Of the present
// view and the next at most, one each: a leader's first.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "consensus/core/input.h"
#include "consensus/shell/verify.h"

namespace consensus {

class EarlyProposals {
 public:
  // For how long, at most: no view lasts longer, however slow the network, so a proposal due later
  // would come after its view.
  static constexpr std::uint64_t hold_ms_max = 60'000;

  static TimerId timer(View view) { return {.kind = TimerKind::hold, .view = view}; }

  // Whether it is kept, to be released in `hold_ms`.
  bool hold(ReceivedProposal proposal, std::uint64_t hold_ms, View current) {
    auto const view = proposal.vote->statement.view;
    if (hold_ms > hold_ms_max || view < current || view > current.next()) return false;
    return held_.emplace(view, std::move(proposal)).second;
  }

  std::optional<ReceivedProposal> release(View view) {
    auto node = held_.extract(view);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  }

  // Drops those of views below, which are only evidence, and whose votes have been heard by then.
  // The views dropped.
  std::vector<View> drop_below(View view) {
    std::vector<View> dropped;
    while (!held_.empty() && held_.begin()->first < view) {
      dropped.push_back(held_.extract(held_.begin()).key());
    }
    return dropped;
  }

  std::vector<View> drop_all() {
    std::vector<View> dropped;
    for (auto const& [view, proposal] : held_) dropped.push_back(view);
    held_.clear();
    return dropped;
  }

 private:
  std::map<View, ReceivedProposal> held_;
};

}  // namespace consensus
