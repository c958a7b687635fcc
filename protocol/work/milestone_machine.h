// The life of a milestone: planned -> funded -> submitted -> accepted, with changes, refunds,
// splits and disputes.

#pragma once

#include <labor/v1/work.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct MilestoneAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Contract contract;
  labor::v1::Milestone milestone;
  // What the message says.
  std::uint64_t amount = 0;         // To release, or of a split for the talent.
  std::string hash;                 // Of the delivery, or of the reason for changes.
  labor::v1::MilestoneTerms terms;  // What both sides have amended it to.
  std::uint64_t dispute = 0;        // That is opened about it.
  std::uint64_t pause_ms = 0;       // By which the day due moves, or moves back.
  std::string cause;
};

using MilestoneMachine = execution::Machine<MilestoneAct, labor::v1::MilestoneState>;
MilestoneMachine const& milestone_machine();

}  // namespace work
