// Feedback: blind until both sides have spoken, so that neither answers what it has heard. Whoever
// speaks first commits; the other, knowing nothing of it, posts in clear; then the first reveals
// what cannot be changed any more, or is shown as withholding it. feedback_machine.h has the rows.
//
//   commitment = BLAKE2b-256[LBRfeed1](contract (8) || author (32) || salt (32) ||
//                FeedbackContent in the canonical encoding)
//
//   ended ------ 14 d ------ | ------ 7 d ------ |       the other side is silent
//     commit     (too early)   reveal              withheld
//   ended -- post -- 7 d -- |                            the other side posts
//              reveal         withheld
//
// Invariant: of the two sides at most one has ever committed; both records stay.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

protocol::Hash feedback_commitment(std::uint64_t contract, protocol::Address const& author,
                                   protocol::Hash const& salt,
                                   labor::v1::FeedbackContent const& content);

// The view that this account has given or may give of the other side; nothing if it is no side.
std::optional<labor::v1::ContractSide> side_of(labor::v1::Contract const& contract,
                                               protocol::Address const& account);

labor::v1::ContractSide other_side(labor::v1::ContractSide side);
// The view that a side has not given: whose it would be, and of whom.
labor::v1::Feedback no_feedback(labor::v1::Contract const& contract, labor::v1::ContractSide side);

// Every act is refused in this order: INVALID_HASH, INVALID_RATING; CONTRACT_NOT_FOUND,
// FEEDBACK_NOT_FOUND; NOT_YOUR_CONTRACT; DEADLINE_PASSED {until_ms}; FEEDBACK_GIVEN; then as
// listed.

// CONTRACT_NOT_ENDED, NOTHING_TO_RATE, FEEDBACK_NOT_BLIND.
execution::Done apply(execution::Context& context, labor::v1::CommitFeedback const& message);
// CONTRACT_NOT_ENDED, NOTHING_TO_RATE, FEEDBACK_BLIND.
execution::Done apply(execution::Context& context, labor::v1::PostFeedback const& message);
// FEEDBACK_TOO_EARLY {until_ms}, FEEDBACK_MISMATCH.
execution::Done apply(execution::Context& context, labor::v1::RevealFeedback const& message);
// FEEDBACK_ANSWERED.
execution::Done apply(execution::Context& context, labor::v1::ReplyToFeedback const& message);

// Its clock has run out.
execution::Done fire(execution::Context& context, labor::v1::Feedback const& feedback);

}  // namespace work
