// Events as people and scripts read them; for `watch` and `account history`.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <string>

#include "wallet/session.h"

namespace wallet {

// "120.50 USD from alice to escrow of contract 7 (milestone.fund)"
std::string event_text(Session& session, labor::v1::WatchEventsResponse const& event);

// {cursor, transaction_id, block_time_ms, event}
json::object event_json(Session& session, labor::v1::WatchEventsResponse const& event);

}  // namespace wallet
