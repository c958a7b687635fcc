// labor hours: fund, top-up, log, strike, approve, show, list.

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "protocol/limits.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

using labor::v1::Message;

struct HoursArguments {
  std::string contract;
  std::string week;
  std::string time;
  std::vector<std::string> amount;
  std::string memo;
  std::string entry;
  std::string ended;
  std::string evidence;
};

Result<Output> top_up(Session& session, HoursArguments const& arguments) {
  TRY(contract, parse_id(arguments.contract, "contract"));
  TRY(limit, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_set_top_up()->set_contract(contract);
  message.mutable_set_top_up()->set_limit(limit.value());
  return perform(session, std::move(message));
}

Result<labor::v1::Week> read_week(Session& session, PartRef const& ref) {
  labor::v1::Record key;
  key.mutable_week()->set_contract(ref.contract);
  key.mutable_week()->set_index(ref.index);
  TRY(record, existing_record(session, key, "week", fmt::format("{}/{}", ref.contract, ref.index)));
  return record.week();
}

// CONTRACT/WEEK, or CONTRACT alone: its latest week.
Result<labor::v1::Week> named_week(Session& session, std::string const& text) {
  if (text.find('/') != std::string::npos) {
    TRY(ref, parse_week(text));
    return read_week(session, ref);
  }
  TRY(id, parse_id(text, "contract"));
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(record, existing_record(session, key, "contract", text));
  auto const weeks = record.contract().hours().weeks();
  if (weeks == 0) {
    return std::unexpected{Problem{
        .exit = Exit::refused,
        .reason = "WEEK_NOT_FOUND",
        .message =
            fmt::format("Contract {} has no week: hours are logged in one that is funded.", id),
        .hint = fmt::format("The client funds one: `labor hours fund {}`.", id),
        .metadata = {}}};
  }
  return read_week(session, {.contract = id, .index = weeks - 1});
}

Result<std::uint32_t> parse_minutes(std::string const& text) {
  TRY(length_ms, parse_duration(text));
  auto const minutes = length_ms / protocol::limits::minute_ms;
  auto const whole = length_ms % protocol::limits::minute_ms == 0;
  if (whole && minutes <= std::uint64_t{protocol::limits::hours_per_week_max} * 60) {
    return static_cast<std::uint32_t>(minutes);
  }
  return usage("INVALID_HOURS", fmt::format("`{}` is not a time that can be logged.", text),
               "Write hours and whole minutes of one week, like 3h30m.");
}

// In chain time: as told, or now, and no later than the week's end.
Result<std::uint64_t> end_of_work(Session& session, labor::v1::Week const& week,
                                  std::string const& told) {
  TRY(by, onlooker(session));
  auto const now_ms = chain_time(by).value();
  if (told.empty()) return std::min(now_ms, week.ends_at_ms());
  TRY(ended, parse_time(told, by.block_time));
  return ended.value() - std::min(ended.value(), by.outages_ms);
}

Result<Output> log_hours(Session& session, HoursArguments const& arguments) {
  TRY(minutes, parse_minutes(arguments.time));
  TRY(week, named_week(session, arguments.week));
  TRY(ended_at_ms, end_of_work(session, week, arguments.ended));
  Message message;
  auto& hours = *message.mutable_log_hours();
  hours.set_contract(week.contract());
  hours.set_week(week.index());
  hours.set_entry(static_cast<std::uint32_t>(week.entries_size()));
  if (!arguments.entry.empty()) {
    TRY(entry, parse_entry(arguments.entry));
    hours.set_entry(entry);
  }
  hours.set_ended_at_ms(ended_at_ms);
  hours.set_minutes(minutes);
  hours.set_memo(arguments.memo);
  if (!arguments.evidence.empty()) {
    TRY(evidence, parse_hash(arguments.evidence));
    hours.set_evidence_hash(evidence);
  }
  return perform(session, std::move(message));
}

Result<Output> strike(Session& session, HoursArguments const& arguments) {
  TRY(ref, parse_week(arguments.week));
  TRY(entry, parse_entry(arguments.entry));
  Message message;
  message.mutable_log_hours()->set_contract(ref.contract);
  message.mutable_log_hours()->set_week(ref.index);
  message.mutable_log_hours()->set_entry(entry);
  return perform(session, std::move(message));
}

Result<Output> approve(Session& session, HoursArguments const& arguments) {
  TRY(ref, parse_week(arguments.week));
  Message message;
  message.mutable_approve_week()->set_contract(ref.contract);
  message.mutable_approve_week()->set_week(ref.index);
  return perform(session, std::move(message));
}

Result<Output> show_week(Session& session, HoursArguments const& arguments) {
  TRY(week, named_week(session, arguments.week));
  labor::v1::Record record;
  *record.mutable_week() = week;
  TRY(by, onlooker(session));
  return shown(session, record, by);
}

}  // namespace

void add_hours(Menu& menu) {
  auto noun = menu.noun("hours", "Weeks of contracts that are paid by the hour");
  auto& session = menu.session();
  auto const arguments = std::make_shared<HoursArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  add_id_verb(session, noun,
              {.name = "fund",
               .help = "Lock the present week, until Monday: no hours without",
               .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                Message message;
                message.mutable_fund_week()->set_contract(id);
                return perform(acting, std::move(message));
              });
  verb("top-up", "Let the weeks from Monday on lock by themselves", top_up)
      .argument("CONTRACT", arguments->contract, "The contract")
      .words("LIMIT", arguments->amount, "What they may lock in all, fees included; 0 stops it");
  verb("log", "Log work that is done, or put an entry right", log_hours)
      .argument("WEEK", arguments->week, "CONTRACT/WEEK, or CONTRACT for its latest week")
      .argument("TIME", arguments->time, "Hours and minutes, like 3h30m")
      .option("--memo", arguments->memo, "What was done; public", Need::required)
      .option("--ended", arguments->ended, "When, like 2026-12-01T15:30; now, if left out")
      .option("--entry", arguments->entry, "In place of this one, by its number")
      .option("--evidence", arguments->evidence, "Hash of what shows it, or @FILE");
  verb("strike", "Strike an entry out", strike)
      .argument("WEEK", arguments->week, "CONTRACT/WEEK, like 7/0")
      .argument("ENTRY", arguments->entry, "Its number, from 0");
  verb("approve", "Pay a week before its review is over", approve)
      .argument("WEEK", arguments->week, "CONTRACT/WEEK, like 7/0");
  verb("show", "A week and its entries; proved", show_week)
      .argument("WEEK", arguments->week, "CONTRACT/WEEK, or CONTRACT for its latest week");
  add_id_verb(session, noun,
              {.name = "list", .help = "The weeks of a contract, latest first", .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                return list_records(acting,
                                    {.index = labor::v1::RECORD_INDEX_WEEKS_BY_CONTRACT, .id = id});
              });
}

}  // namespace wallet
