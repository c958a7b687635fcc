// What the treasury pays by ballots: of each asset, in a quarter of 90 days, at most
// PARAMETER_SPENDING_BPS of what it had at the quarter's first payment. Beanstalk and Compound lost
// theirs to one ballot; here it takes years.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

using Spends = google::protobuf::RepeatedPtrField<labor::v1::Spend>;

// Whether a ballot may make all of them at `when`: INVALID_ADDRESS, INVALID_ASSET, INVALID_AMOUNT,
// AMOUNT_OVERFLOW (of their sum), INSUFFICIENT_BALANCE {have, need} of the treasury, QUARTER_SPENT
// {have, need, until_ms}.
execution::Done may_spend(execution::Context const& context, Spends const& spends,
                          protocol::TimeMs when);
execution::Done spend(execution::Context& context, Spends const& spends);

}  // namespace governance
