#include "wallet/show_hours.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/fee.h"

namespace wallet {

using protocol::Amount;
using protocol::TimeMs;

namespace {

// As of milestones: USD is the only pay asset.
std::string usd(std::uint64_t amount) {
  return show(Amount{amount}, labor::v1::ASSET_USD);
}

std::string state_of(labor::v1::Week const& week) {
  return state_name(*labor::v1::WeekState_descriptor(), week.state());
}

std::string_view clock_name(labor::v1::Week const& week) {
  return week.state() == labor::v1::WEEK_STATE_OPEN ? "Hours may be logged until"
                                                    : "Paid by silence at";
}

std::string entry_text(labor::v1::WorkEntry const& entry) {
  if (entry.minutes() == 0) return "struck out";
  auto text = fmt::format("{}, ended {}: {}", show_minutes(entry.minutes()),
                          show_time(TimeMs{entry.ended_at_ms()}), entry.memo());
  if (!entry.evidence_hash().empty()) text += ", evidence " + base::hex(entry.evidence_hash());
  if (entry.disputed()) text += " (disputed)";
  return text;
}

}  // namespace

std::string show_minutes(std::uint64_t minutes) {
  if (minutes < 60) return fmt::format("{} min", minutes);
  if (minutes % 60 == 0) return fmt::format("{} h", minutes / 60);
  return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::string show_hourly(labor::v1::HourlyTerms const& terms, labor::v1::Asset asset) {
  return fmt::format("{} an hour, at most {} a week", show(Amount{terms.rate()}, asset),
                     show_minutes(terms.minutes_per_week()));
}

void add_hours(Facts& facts, labor::v1::Contract const& contract) {
  auto const& hours = contract.hours();
  facts.emplace_back("Paid", show_hourly(hours.terms(), contract.asset()));
  if (hours.next_week_ms() == 0) return;
  facts.emplace_back("Next week locks by itself",
                     fmt::format("{}, up to {} in all", show_time(TimeMs{hours.next_week_ms()}),
                                 show(Amount{hours.top_up()}, contract.asset())));
}

Facts facts_of(labor::v1::Week const& week) {
  Facts facts{{"Week", fmt::format("{}/{}", week.contract(), week.index())},
              {"State", state_of(week)},
              {"Paid", show_hourly(week.terms(), labor::v1::ASSET_USD)},
              {"Begins", show_time(TimeMs{week.starts_at_ms()})},
              {"Ends", show_time(TimeMs{week.ends_at_ms()})},
              {"Time logged", fmt::format("{}, worth {}", show_minutes(week.minutes()),
                                          usd(pay_for(week.terms(), week.minutes())))}};
  int number = 0;
  for (auto const& entry : week.entries()) {
    facts.emplace_back(fmt::format("Entry {}", number++), entry_text(entry));
  }
  facts.emplace_back("Locked", usd(locked_of(week)));
  facts.emplace_back("Paid to talent", usd(week.released()));
  facts.emplace_back("Returned", usd(week.refunded()));
  facts.emplace_back("Fee taken", usd(week.fee_taken()));
  if (week.until_ms() != 0) {
    facts.emplace_back(clock_name(week), show_time(TimeMs{week.until_ms()}));
  }
  if (week.dispute() != 0) {
    facts.emplace_back("Dispute", fmt::format("{0} (labor dispute show {0})", week.dispute()));
  }
  return facts;
}

std::vector<std::string> row_of(labor::v1::Week const& week) {
  return {fmt::format("{}/{}", week.contract(), week.index()),
          state_of(week),
          show_time(TimeMs{week.ends_at_ms()}),
          show_minutes(week.minutes()),
          usd(locked_of(week)),
          usd(week.released())};
}

}  // namespace wallet
