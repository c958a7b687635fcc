// Contracts: an accepted offer, its milestones or weeks, and what they hold. contract_machine.h has
// the rows.
//
// Invariant: escrow = sum over milestones and weeks of locked amount + unearned fee; parts_locked
// of them hold something. A contract that holds nothing for 90 days ends by itself.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <expected>

#include "protocol/execution/context.h"
#include "protocol/work/contract_machine.h"

namespace work {

// CONTRACT_NOT_FOUND, NOT_YOUR_CONTRACT, DEADLINE_PASSED {until_ms}, CONTRACT_NOT_ACTIVE.
execution::Done apply(execution::Context& context, labor::v1::EndContract const& message);

// As above; NO_PAUSE_LEFT, CONTRACT_PAUSED.
execution::Done apply(execution::Context& context, labor::v1::PauseContract const& message);
// As above; CONTRACT_NOT_PAUSED.
execution::Done apply(execution::Context& context, labor::v1::ResumeContract const& message);

// INVALID_AMOUNT before; BONUS_TOO_LATE {until_ms}, AMOUNT_OVERFLOW, INSUFFICIENT_BALANCE after.
execution::Done apply(execution::Context& context, labor::v1::PayBonus const& message);

// A clock of the contract has run out.
execution::Done fire(execution::Context& context, labor::v1::Contract const& contract);

// ---- for the other nouns of this folder ----

// What the sender does with a contract. CONTRACT_NOT_FOUND.
std::expected<ContractAct, execution::Failure> act_on_contract(execution::Context& context,
                                                               std::uint64_t id);

// Both sides signed: makes the contract and plans its milestones.
execution::Done sign_contract(execution::Context& context, labor::v1::Offer const& offer);

// Stores a contract whose milestones have moved money, and ends it if that was the last of it.
execution::Done keep(execution::Context& context, labor::v1::Contract const& contract,
                     std::string_view cause);
// The same, where a step of one of its parts has made it another than `before`.
execution::Done keep_changed(execution::Context& context, labor::v1::Contract const& contract,
                             labor::v1::Contract const& before, std::string_view cause);

}  // namespace work
