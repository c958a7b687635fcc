// What jurors are paid, and who bears it in the end.
//
//   put down   by the opener for the first panel, by who appeals for the second: the fee of each
//              juror, before anybody is drawn
//   paid       a juror whose verdict is within limits::coherent_within of what was decided in the
//              end; where the sides agree after the draw, everybody who has committed
//   unspent    back to who put it down; of an appeal that moved the award by less than
//              limits::appeal_moves_min, to the treasury
//   borne      of what the first panel was paid, the client that share which the talent gets of the
//              claim, the talent the rest; of the second, all of it by the other side if the appeal
//              moved the award. Taken from what the other side has just got, of a team's from each
//              member the member's part, and never more: the shortfall stays with who put it down
//   on loan    all of that goes back to the treasury, and what its borrower has just got, as far as
//              more is missing (loan.h)
//
// Shares are rounded down. Nothing is held for the dispute afterwards, and no stake is locked.

#pragma once

#include <labor/v1/justice.pb.h>

#include "protocol/execution/failure.h"
#include "protocol/justice/dispute_machine.h"

namespace justice {

// The dispute is over, and dispute.to_talent was paid.
execution::Done settle_costs(DisputeAct& act, bool as_ruled);

}  // namespace justice
