// Times as people type and read them. Block time is milliseconds since 1970 UTC.
//
//   duration = 1*( 1*digit unit )         unit = "s" | "m" | "h" | "d" | "w"        "1d12h"
//   date     = YYYY-MM-DD [ ("T" | " ") HH:MM [":" SS] ] [ "Z" ]                    always UTC

#pragma once

#include <string>
#include <string_view>

#include "protocol/types.h"
#include "wallet/problem.h"

namespace wallet {

// Milliseconds; at least one second, at most 100 years.
Result<std::uint64_t> parse_duration(std::string_view text);

// A date, or a duration from `now`.
Result<protocol::TimeMs> parse_time(std::string_view text, protocol::TimeMs now);

// "2026-12-01 15:00:00 UTC (16:00:00 CET)"; "not set" for 0.
std::string show_time(protocol::TimeMs time);
// "2026-12-01T15:00:00Z": for other programs.
std::string iso_time(protocol::TimeMs time);
// "14 d", "1 d 12 h": the two largest units.
std::string show_duration(std::uint64_t duration_ms);
// "14 days", "1 day": as terms have it.
std::string show_days(std::uint32_t days);
// "in 14 d" or "3 h ago".
std::string show_distance(protocol::TimeMs time, protocol::TimeMs now);

}  // namespace wallet
