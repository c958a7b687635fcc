// What may be done next with a record, by whom and until when, read off the same tables that the
// chain runs: for wallets, dashboards and tools.
//
// Pure: of the records, an account and a time; no state is read. Conditions that depend on what a
// message will say (an amount, a terms hash) or on the money somebody has are not foreseen.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace execution {

// What the block itself does if nobody acts.
struct BlockAct {
  std::string_view act;  // "review_over"
  protocol::TimeMs at;

  bool operator==(BlockAct const&) const = default;
};

struct NextActions {
  // Open to the account now. Empty once `block` is due: the block has the word.
  std::vector<Action> actions;
  std::optional<BlockAct> block;
};

// `stored` is what the record says, `state` what it is now: for most the same (work/proposal.h).
template <class Subject, class State>
NextActions next_of(Machine<Subject, State> const& machine, Subject subject, State stored,
                    State state, std::optional<protocol::TimeMs> due) {
  NextActions next;
  next.actions = machine.actions(state, subject);
  if (!due) return next;
  subject.now = *due;
  if (auto const* row = machine.due(stored, subject)) {
    next.block = BlockAct{.act = row->act, .at = *due};
  }
  return next;
}

}  // namespace execution
