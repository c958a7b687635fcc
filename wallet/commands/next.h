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

// Proved; NOT_FOUND.
Result<labor::v1::Record> existing_dispute(Session& session, std::uint64_t id);

// A side's view of a contract; without a state where it has given none.
Result<labor::v1::Feedback> feedback_of(Chain const& chain, labor::v1::Contract const& contract,
                                        labor::v1::ContractSide side);

}  // namespace wallet
