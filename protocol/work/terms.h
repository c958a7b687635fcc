// What an offer says, and the hash that names it:
//
//   terms hash = BLAKE2b-256[LBRterms1](offer id (8) || version (4) || client (32) || talent (32)
//                || length of terms (4) || terms || frozen parameters)
//
// Integers big-endian; terms and frozen parameters in the canonical encoding. The wallet computes
// it from what it shows and signs nothing else.

#pragma once

#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// INVALID_ASSET, ASSET_CLOSED, INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING, AMOUNT_OVERFLOW (the sum
// with its fees), INVALID_TERMS (neither milestones nor hourly terms, or both),
// TOO_MANY_MILESTONES, AMOUNT_TOO_SMALL {got, least}, INVALID_DUE_DAYS {got, most}; or as
// check_hourly_terms() does.
execution::Done check_terms(execution::Context const& context, labor::v1::OfferTerms const& terms);

// The same of some milestones alone: TEXT_TOO_LONG, TEXT_MISSING, AMOUNT_TOO_SMALL,
// INVALID_DUE_DAYS.
using Steps = google::protobuf::RepeatedPtrField<labor::v1::MilestoneTerms>;
execution::Done check_milestone_terms(execution::Context const& context, Steps const& milestones);

// AMOUNT_OVERFLOW unless all amounts and their fees together are an amount, so that no sum in
// escrow overflows.
execution::Done check_sum(Steps const& milestones, std::uint32_t client_fee_bps);

// The parameters as they are in this block.
labor::v1::FrozenParameters frozen_now(execution::Context const& context);

// Of an offer with version, people, terms and frozen parameters set.
protocol::Hash terms_hash(labor::v1::Offer const& offer);

}  // namespace work
