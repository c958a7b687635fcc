// The members' house: persons who work and hire here, one vote each, which nobody else can cast.
// enrolment_machine.h has the rows.
//
// Whoever enrols is a person (talent/identity.h), no team and no agent, and has brought fees within
// the last year, with other persons (work/contribution.h): so that a vote costs more to make than
// it is worth to buy.
//
// Invariant: counter "house.enrolled" = Enrolment records.

#pragma once

#include <labor/v1/governance.pb.h>

#include <optional>
#include <string_view>

#include "protocol/execution/context.h"

namespace governance {

inline constexpr std::string_view enrolment_counter = "enrolment";
inline constexpr std::string_view enrolled_counter = "house.enrolled";

std::optional<labor::v1::Enrolment> find_enrolment(state::Reader const& state,
                                                   protocol::Address const& account);

// NOT_A_PERSON, DEADLINE_PASSED {until_ms}, ENROLLED_ALREADY {until_ms}, TOO_FEW_FEES {have, need},
// TOO_FEW_COUNTERPARTIES {have, need}. Makes an enrolment id, unless it renews one.
execution::Done apply(execution::Context& context, labor::v1::Enrol const& message);

// A clock of the enrolment has run out.
execution::Done fire(execution::Context& context, labor::v1::Enrolment const& enrolment);

}  // namespace governance
