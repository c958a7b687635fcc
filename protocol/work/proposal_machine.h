// The life of a proposal: submitted -> shortlisted -> offered | declined | withdrawn | lapsed.

#pragma once

#include <labor/v1/work.pb.h>

#include <optional>
#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

// By whether an invitation was the reason.
struct OpenProposals {
  std::uint32_t own = 0;
  std::uint32_t invited = 0;
};

struct ProposalAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Proposal proposal;
  labor::v1::Job job;             // Blank when it has left the state before the proposal.
  bool active_profile = false;    // Of the talent, when the proposal is submitted.
  OpenProposals open;             // Of the talent, when one more is submitted,
  bool proposed_already = false;  // and whether one of them is to this job.
  std::optional<labor::v1::Invitation> invitation;  // That it answers.
  bool blocked = false;  // The other side wants to hear nothing from who acts.
  std::string cause;
};

using ProposalMachine = execution::Machine<ProposalAct, labor::v1::ProposalState>;
ProposalMachine const& proposal_machine();

}  // namespace work
