// All that ever happened to an account, in its order; the node's word.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <functional>
#include <string>

#include "wallet/session.h"

namespace wallet {

// Up to the last block there is. STATEMENT_INCOMPLETE where that is more than one person can have
// done, or the user interrupts.
Result<void> each_event_of(Session& session, std::string const& address,
                           std::function<void(labor::v1::WatchEventsResponse const&)> const& take);

}  // namespace wallet
