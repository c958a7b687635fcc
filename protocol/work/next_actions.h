// What may be done next with the records of work (execution/next_actions.h).

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include "protocol/execution/next_actions.h"
#include "protocol/types.h"

namespace work {

using execution::NextActions;

NextActions next_actions(labor::v1::Job const& job, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Invitation const& invitation, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Proposal const& proposal, labor::v1::Job const& job,
                         protocol::Address const& account, protocol::TimeMs now);
NextActions next_actions(labor::v1::Offer const& offer, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Contract const& contract, protocol::Address const& account,
                         protocol::TimeMs now);
NextActions next_actions(labor::v1::Milestone const& milestone, labor::v1::Contract const& contract,
                         protocol::Address const& account, protocol::TimeMs now);
NextActions next_actions(labor::v1::Week const& week, labor::v1::Contract const& contract,
                         protocol::Address const& account, protocol::TimeMs now);

// Of one side's feedback; without a state where it has given none. `other` likewise.
NextActions next_actions(labor::v1::Feedback const& feedback, labor::v1::Feedback const& other,
                         labor::v1::Contract const& contract, protocol::Address const& account,
                         protocol::TimeMs now);

}  // namespace work
