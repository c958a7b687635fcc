// From a message to the function that applies it: the only place that knows every module's
// messages.

#pragma once

#include <labor/v1/transaction.pb.h>

#include "protocol/execution/context.h"

namespace execution {

// What the message's module says; ACCOUNT_CLOSED before that, but for transfers and opening it
// again. `message` is set (check_body).
Done dispatch(Context& context, labor::v1::Message const& message);

}  // namespace execution
