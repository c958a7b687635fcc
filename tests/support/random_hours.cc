#include "tests/support/random_hours.h"

#include <algorithm>

#include "protocol/state/keys.h"
#include "tests/support/random_contracts.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages about hours.

namespace {

std::uint64_t hourly_contract(Draws& draws) {
  return likely_contract(draws, [](Contract const& contract) {
    return contract.has_hours() && contract.ended_at_ms() == 0;
  });
}

std::uint64_t worked_contract(Draws& draws) {
  return likely_contract(draws, [](Contract const& contract) {
    return contract.hours().weeks() > 0 && contract.ended_at_ms() == 0;
  });
}

// One of the latest two weeks.
std::uint32_t latest_week(Draws& draws, std::uint64_t contract) {
  auto const found = draws.chain().find<Contract>(state::keys::contract(contract));
  auto const weeks = found ? found->hours().weeks() : 0;
  auto const back = std::min<std::uint32_t>(weeks, 1 + static_cast<std::uint32_t>(draws.below(2)));
  return weeks - back;
}

Week week_of(Draws& draws, std::uint64_t contract, std::uint32_t index) {
  auto const found = draws.chain().find<Week>(state::keys::week(contract, index));
  return found.value_or(Week{});
}

}  // namespace

HourlyTerms random_hourly_terms(Draws& draws) {
  HourlyTerms terms;
  terms.set_rate((1 + draws.below(20)) * usd + draws.below(usd));
  terms.set_minutes_per_week(static_cast<std::uint32_t>(draws.below(600)));
  return terms;
}

void fill(Draws& draws, FundWeek& message) {
  message.set_contract(hourly_contract(draws));
}

void fill(Draws& draws, SetTopUp& message) {
  message.set_contract(hourly_contract(draws));
  message.set_limit(draws.below(6) == 0 ? 0 : draws.below(500 * usd));
}

void fill(Draws& draws, LogHours& message) {
  message.set_contract(worked_contract(draws));
  message.set_week(latest_week(draws, message.contract()));
  auto const week = week_of(draws, message.contract(), message.week());
  auto const entries = static_cast<std::uint64_t>(week.entries_size());
  message.set_entry(
      static_cast<std::uint32_t>(draws.below(4) == 0 ? draws.below(entries + 2) : entries));
  auto const now = draws.chain().time().value();
  message.set_ended_at_ms(week.ends_at_ms() == 0 ? now : std::min(now, week.ends_at_ms()));
  message.set_minutes(static_cast<std::uint32_t>(draws.below(240)));
  message.set_memo("Work");
  if (draws.below(12) == 0) message.clear_memo();
}

void fill(Draws& draws, ApproveWeek& message) {
  message.set_contract(worked_contract(draws));
  message.set_week(latest_week(draws, message.contract()));
}

void fill(Draws& draws, DisputeHours& message) {
  message.set_contract(worked_contract(draws));
  message.set_week(latest_week(draws, message.contract()));
  message.add_entries(static_cast<std::uint32_t>(draws.below(2)));
  if (draws.below(3) == 0) message.add_entries(message.entries(0) + 1);
  message.set_reason_hash(draws.hash());
}

}  // namespace testing_support
