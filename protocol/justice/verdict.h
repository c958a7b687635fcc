// Verdicts: what a juror of a panel says, committed to unseen and then revealed.
//
//   commitment = BLAKE2b-256[D](case (8) || panel (1) || juror (32) || salt (32) || award (1))
//
// D is LBRverd1 for a dispute, LBRvetv1 for a vetting, LBRrepv1 for a report. Integers big-endian;
// the first panel is 1. Who says nothing, or does not reveal, loses what the seat locks. Whoever
// knows a commitment's preimage while the panel still commits may post it: half of what the seat
// locks is theirs, and the verdict does not count. So nobody can sell a vote: to prove it to the
// buyer is to hand over the stake.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/justice/sitting.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/types.h"

namespace justice {

// Refused in this order: INVALID_HASH, INVALID_AWARD, INVALID_CASE (not exactly one of a dispute, a
// vetting and a report); DISPUTE_NOT_FOUND, VETTING_NOT_FOUND, REPORT_NOT_FOUND, NOT_ON_PANEL;
// OWN_VERDICT; DEADLINE_PASSED {until_ms}; VERDICT_GIVEN; then as listed.

// NOT_VOTING.
execution::Done apply(execution::Context& context, labor::v1::CommitVerdict const& message);
// NOT_REVEALING, VERDICT_MISMATCH.
execution::Done apply(execution::Context& context, labor::v1::RevealVerdict const& message);
// NOT_VOTING, VERDICT_MISMATCH.
execution::Done apply(execution::Context& context, labor::v1::ExposeVerdict const& message);

protocol::Hash verdict_commitment(Sitting const& sitting, protocol::Address const& juror,
                                  protocol::Hash const& salt, std::uint32_t award);

// ---- for the rows of a case, of the panel that sits ----

// Seats whoever was drawn, and locks what a seat does.
execution::Done seat_jurors(execution::Context& context, Sitting const& sitting,
                            std::vector<protocol::Address> const& jurors, labor::v1::Panel& panel);
// Whoever has not revealed has lost the seat's stake by now.
execution::Done note_absent(execution::Context& context, Sitting const& sitting,
                            labor::v1::Panel& panel);

}  // namespace justice
