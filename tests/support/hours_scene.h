// Hourly work in the work scene: contract 1 at 40 USD an hour, 20 hours a week, and its first week.

#pragma once

#include <labor/v1/hours.pb.h>
#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/support/work_scene.h"

namespace testing_support {

inline constexpr std::uint64_t hour_rate = 40 * usd;
inline constexpr std::uint32_t weekly_minutes = 20 * 60;
inline constexpr std::uint64_t hour_length_ms = 60 * protocol::limits::minute_ms;

labor::v1::OfferTerms hourly_terms(std::uint64_t rate = hour_rate,
                                   std::uint32_t minutes = weekly_minutes);
std::optional<labor::v1::Week> week(WorkScene const& scene, std::uint32_t index = 0);

template <class M>
M on_week(std::uint32_t index = 0) {
  M message;
  message.set_contract(1);
  message.set_week(index);
  return message;
}
labor::v1::FundWeek week_funding();
labor::v1::SetTopUp top_up(std::uint64_t limit);
// Work that ended three hours after its week began.
labor::v1::LogHours hours_logged(WorkScene const& scene, std::uint32_t minutes = 120,
                                 std::uint32_t entry = 0, std::uint32_t index = 0);
labor::v1::DisputeHours hours_dispute(std::vector<std::uint32_t> const& entries,
                                      std::uint32_t index = 0);
labor::v1::OfferAmendment hourly_amendment(std::uint64_t rate, std::uint32_t minutes);

// Waits for the clock of a week, and fires it.
void pass_week_clock(WorkScene& scene, std::uint32_t index = 0);

// ---- the usual way: each starts with those before it ----

void sign_hourly(WorkScene& scene, labor::v1::OfferTerms const& terms = hourly_terms());
// And three hours have passed.
void fund_week(WorkScene& scene);
// Two entries, of two hours and of one.
void log_some(WorkScene& scene);
void review_week(WorkScene& scene);
// The second entry.
void dispute_week(WorkScene& scene);

}  // namespace testing_support
