// What may be done next with a record, by whom and until when, read off the same tables that the
// chain runs: for wallets, dashboards and tools.
//
// Pure: of the records, an account and a time; no state is read. Conditions that depend on what a
// message will say (an amount, a terms hash) or on the money somebody has are not foreseen.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include <optional>
#include <string_view>
#include <vector>

#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

// What the block itself does if nobody acts.
struct BlockAct {
  std::string_view act;  // "review_over"
  protocol::TimeMs at;

  bool operator==(BlockAct const&) const = default;
};

struct NextActions {
  // Open to the account now. Empty once `block` is due: the block has the word.
  std::vector<execution::Action> actions;
  std::optional<BlockAct> block;
};

NextActions next_actions(labor::v1::Job const& job, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Proposal const& proposal, labor::v1::Job const& job,
                         protocol::Address const& account, protocol::TimeMs now);
NextActions next_actions(labor::v1::Offer const& offer, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Contract const& contract, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Milestone const& milestone, labor::v1::Contract const& contract,
                         protocol::Address const& account, protocol::TimeMs now);

// Of one side's feedback; without a state where it has given none. `other` likewise.
NextActions next_actions(labor::v1::Feedback const& feedback, labor::v1::Feedback const& other,
                         labor::v1::Contract const& contract, protocol::Address const& account,
                         protocol::TimeMs now);

}  // namespace work
