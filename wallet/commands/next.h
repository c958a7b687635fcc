// What can be done next with what a command shows or lists.

#pragma once

#include <string>

#include "wallet/next_steps.h"
#include "wallet/session.h"

namespace wallet {

// The acting key, or nobody where this wallet has none; at the node's last block.
Result<Onlooker> onlooker(Session& session);

// Reads what the record is about, where its steps depend on it.
Result<NextSteps> next_of(Session& session, labor::v1::Record const& record, Onlooker const& by);

}  // namespace wallet
