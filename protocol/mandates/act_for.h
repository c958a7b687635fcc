// Acting for another account: the messages run as that account's, under the mandate that the sender
// holds, and count against its limits. The sender's transaction carries and pays for them, so whose
// first steps these are needs no allowance.

#pragma once

#include <labor/v1/mandate.pb.h>

#include "protocol/execution/context.h"

namespace mandates {

// INVALID_ADDRESS, MANDATE_NOT_FOUND, DEADLINE_PASSED {until_ms}, OUT_OF_SCOPE; whatever an act is
// refused for; OVER_LIMIT {got, most}, and then nothing has happened.
execution::Done apply(execution::Context& context, labor::v1::ActFor const& message);

}  // namespace mandates
