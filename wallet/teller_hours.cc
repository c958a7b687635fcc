// Hours: what a week locks, what is logged, and what is paid.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "protocol/justice/dispute.h"
#include "protocol/limits.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/show_hours.h"
#include "wallet/teller.h"

namespace wallet {

namespace limits = protocol::limits;
using labor::v1::Contract;
using labor::v1::Week;
using protocol::Amount;
using protocol::TimeMs;

struct Teller::WorkedWeek {
  Contract contract;
  Week week;

  std::string money(std::uint64_t amount) const { return show(Amount{amount}, contract.asset()); }
  std::uint64_t worth() const { return pay_for(week.terms(), week.minutes()); }
};

Result<std::optional<Teller::WorkedWeek>> Teller::worked_week(std::uint64_t id, std::uint32_t index,
                                                              std::string_view act) {
  TRY(signed_contract, contract(id));
  labor::v1::Record key;
  key.mutable_week()->set_contract(id);
  key.mutable_week()->set_index(index);
  TRY(found, read(key));
  line(fmt::format("{} week {}/{}{}.", act, id, index,
                   signed_contract ? ": " + signed_contract->title() : ""));
  if (signed_contract && found) {
    return WorkedWeek{.contract = *signed_contract, .week = found->week()};
  }
  if (!options_.unread.empty()) detail(options_.unread);
  return std::nullopt;
}

// What each week locks.
void Teller::weekly_lock(Contract const& contract) {
  auto const& hourly = contract.hours().terms();
  auto const bps = contract.frozen().client_fee_bps();
  auto const pay = pay_for(hourly, hourly.minutes_per_week());
  auto const fee = client_fee(pay, bps);
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, contract.asset()); };
  detail(fmt::format("A week locks {} ({}) and {} of client fee ({}): {} in all.", money(pay),
                     show_hourly(hourly, contract.asset()), money(fee), show_bps(bps),
                     money(pay + fee)));
}

Result<void> Teller::say(labor::v1::FundWeek const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Fund the present week of contract {}{}.", message.contract(),
                   found ? ": " + found->title() : ""));
  if (!found) return {};
  weekly_lock(*found);
  detail(fmt::format("Talent: {}", who(found->talent())));
  detail("The week ends on Monday 00:00 UTC, however late it began.");
  detail("You review the hours from Monday 12:00 until Saturday 00:00; silence pays them.");
  detail("What no hours are logged for comes back to you then, with its fee.");
  return {};
}

Result<void> Teller::say(labor::v1::SetTopUp const& message) {
  TRY(found, contract(message.contract()));
  auto const asset = found ? found->asset() : labor::v1::ASSET_USD;
  auto const title = found ? ": " + found->title() : "";
  if (message.limit() == 0) {
    line(fmt::format("Let no more weeks of contract {} lock by themselves{}.", message.contract(),
                     title));
    detail("Weeks that are funded run on.");
    return {};
  }
  line(fmt::format("Let the weeks of contract {} lock by themselves, up to {} in all{}.",
                   message.contract(), show(Amount{message.limit()}, asset), title));
  if (found) weekly_lock(*found);
  detail("From next Monday on, each Monday, for as long as limit and balance suffice.");
  detail("What a week does not use comes back to you, and counts again.");
  detail("A week in which nothing is logged ends it.");
  return {};
}

Result<void> Teller::say(labor::v1::LogHours const& message) {
  auto const strike = message.minutes() == 0;
  TRY(found, worked_week(
                 message.contract(), message.week(),
                 strike ? fmt::format("Strike out entry {} of", message.entry()) : "Log hours in"));
  if (!strike) {
    detail(fmt::format("Entry {}: {}, ended {}: {}", message.entry(),
                       show_minutes(message.minutes()), show_time(TimeMs{message.ended_at_ms()}),
                       message.memo()));
  }
  hash("Evidence hash", message.evidence_hash());
  if (!found) return {};
  auto const& entries = found->week.entries();
  auto const known = message.entry() < static_cast<std::uint32_t>(entries.size());
  auto const before = known ? entries[static_cast<int>(message.entry())].minutes() : 0U;
  if (known && !strike) detail(fmt::format("In place of {}.", show_minutes(before)));
  auto const all = std::uint64_t{found->week.minutes()} - before + message.minutes();
  detail(fmt::format("The week then has {} of {}, worth {} to you.", show_minutes(all),
                     show_minutes(found->week.terms().minutes_per_week()),
                     found->money(pay_for(found->week.terms(), all))));
  if (!strike) detail("The memo is public on chain.");
  return {};
}

Result<void> Teller::say(labor::v1::ApproveWeek const& message) {
  TRY(found, worked_week(message.contract(), message.week(), "Approve"));
  if (!found) return {};
  auto const pay = found->worth();
  auto const fee = scaled(found->week.fee(), pay, found->week.funded());
  detail(fmt::format("Pay {} to {} for {}, and {} of client fee. It was locked.", found->money(pay),
                     who(found->contract.talent()), show_minutes(found->week.minutes()),
                     found->money(fee)));
  detail(fmt::format("{} and {} of fee come back to you.",
                     found->money(found->week.funded() - std::min(found->week.funded(), pay)),
                     found->money(found->week.fee() - fee)));
  detail("This cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::DisputeHours const& message) {
  TRY(found, worked_week(message.contract(), message.week(), "Dispute hours of"));
  hash("Reason hash", message.reason_hash());
  std::uint64_t disputed = 0;
  for (auto const number : message.entries()) {
    auto const known = found && number < static_cast<std::uint32_t>(found->week.entries_size());
    if (!known) {
      detail(fmt::format("Entry {}", number));
      continue;
    }
    auto const& entry = found->week.entries(static_cast<int>(number));
    disputed += entry.minutes();
    detail(fmt::format("Entry {}: {}, {}", number, show_minutes(entry.minutes()), entry.memo()));
  }
  if (!found) return {};
  auto const& week = found->week;
  auto const undisputed = week.minutes() - std::min<std::uint64_t>(week.minutes(), disputed);
  auto const others = pay_for(week.terms(), undisputed);
  auto const claim = found->worth() - others;
  auto const& frozen = found->contract.frozen().disputes();
  auto const fee = justice::juror_fee(frozen, claim);
  detail(fmt::format("The other hours are paid at once: {} to {}.", found->money(others),
                     who(found->contract.talent())));
  detail(fmt::format("{} stay locked, and {} {}: {} for each of {} jurors.", found->money(claim),
                     message.on_loan() ? "the treasury puts down" : "you put down",
                     found->money(fee * limits::jury_size), found->money(fee), limits::jury_size));
  detail("It comes back if no jury is drawn; else who gets less of the claim bears more of it.");
  if (message.on_loan()) fee_on_loan();
  detail(fmt::format("The talent has {} to answer; silence returns all of it to you.",
                     show_duration(frozen.answer_ms())));
  detail("No other week of this contract is funded before it is over.");
  return {};
}

}  // namespace wallet
