// On-chain parameters: what each is, its default, and the hard bounds that no vote can leave.
// Genesis may override defaults within the bounds; a ballot changes values within them.

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "protocol/execution/failure.h"
#include "protocol/types.h"

namespace governance {

struct ParameterRow {
  labor::v1::Parameter parameter{};
  std::uint64_t initial = 0;
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::string_view unit;    // "ms", "bps", "USD minor units", ...
  std::string_view reason;  // Why it exists and why the bounds lie there.
};

// Every parameter, ascending by number.
std::span<ParameterRow const> parameters();

// Nothing if the number is not a parameter.
ParameterRow const* find_parameter(labor::v1::Parameter parameter);

// The class of a ballot that changes this parameter.
labor::v1::BallotClass class_of(labor::v1::Parameter parameter);

// The client fee may rise by at most this much in this long (4-labor.md), counted from its last
// change by vote; lowering is free.
inline constexpr std::uint64_t fee_rise_bps_max = 100;
inline constexpr std::uint64_t fee_rise_period_ms = 90ull * 24 * 60 * 60 * 1000;

// The reference rate moves by at most one part in so many, in so long.
inline constexpr std::uint64_t rate_part_max = 10;
inline constexpr std::uint64_t rate_period_ms = 90ull * 24 * 60 * 60 * 1000;

// Whether `change` may be executed at `when` over the value that holds now:
// UNKNOWN_PARAMETER, PARAMETER_OUT_OF_BOUNDS {got, least, most}, and for the client fee
// FEE_RISES_TOO_FAST, for the reference rate RATE_MOVES_TOO_FAST {have, got, until_ms}.
execution::Done may_change(labor::v1::ParameterChange const& change,
                           labor::v1::ParameterValue const& now, protocol::TimeMs when);

}  // namespace governance
