// The events of a block in the order of their places.
//
// Threads: pure functions.

#pragma once

#include <functional>
#include <string_view>

#include "node/store/snapshot.h"

namespace node {

// `transaction_id` is empty for what the block itself did. Stops when `visit` returns false.
using VisitEvent = std::function<bool(std::uint32_t index, labor::v1::Event const& event,
                                      std::string_view transaction_id)>;
void for_each_event(labor::v1::BlockEvents const& events,
                    std::vector<labor::v1::Receipt> const& receipts, VisitEvent const& visit);

bool matches(labor::v1::Event const& event, EventQuery const& query);

}  // namespace node
