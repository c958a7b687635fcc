// What the rows of a milestone do. milestone_machine.cc says when.
//
// Each updates the milestone, and the contract by what it moves; the caller stores both. Refused:
// INSUFFICIENT_BALANCE where money is locked, INTERNAL where the two do not hold what they should.

#pragma once

#include "protocol/execution/failure.h"
#include "protocol/work/milestone_machine.h"

namespace work {

execution::Done fund(MilestoneAct& act);
execution::Done deliver(MilestoneAct& act);
execution::Done ask_for_changes(MilestoneAct& act);
execution::Done pay_part(MilestoneAct& act);
execution::Done pay_rest(MilestoneAct& act);
execution::Done refund_rest(MilestoneAct& act);
execution::Done ask_for_refund(MilestoneAct& act);
execution::Done refuse_refund(MilestoneAct& act);
execution::Done note_split(MilestoneAct& act);
execution::Done forget_split(MilestoneAct& act);
execution::Done divide_as_told(MilestoneAct& act);
execution::Done dispute(MilestoneAct& act);
execution::Done reinstate(MilestoneAct& act);
execution::Done move_day_due(MilestoneAct& act);
execution::Done move_day_due_back(MilestoneAct& act);
execution::Done take_terms(MilestoneAct& act);
execution::Done take_more(MilestoneAct& act);

}  // namespace work
