// labor statement: a year of an account, as CSV or JSON.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>

#include "wallet/commands/account_events.h"
#include "wallet/commands/arguments.h"
#include "wallet/statement.h"

namespace wallet {

namespace {

constexpr int year_min = 1970;
constexpr int year_max = 9998;

struct StatementArguments {
  std::string year;
  std::string account;
};

// The node's word, so it may be anything.
int year_of(std::uint64_t time_ms) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates are written in it.
  constexpr std::uint64_t last_ms = 253'370'764'799'999;  // Of year_max.
  auto const known_ms = static_cast<std::int64_t>(std::min(time_ms, last_ms));
  auto const day = floor<days>(sys_time<milliseconds>{milliseconds{known_ms}});
  return static_cast<int>(year_month_day{day}.year());
}

Result<int> parse_year(std::string_view text) {
  auto const number = parse_id(text, "year");
  if (number && *number >= year_min && *number <= year_max) return static_cast<int>(*number);
  return usage("INVALID_YEAR", fmt::format("`{}` is not a year.", text), "Write it like 2026.");
}

Result<Output> statement_of(Session& session, StatementArguments const& arguments) {
  TRY(bytes, address_or_mine(session, arguments.account));
  auto const account = protocol::Address::from(bytes);
  if (!account) return no_such("account", arguments.account);
  TRY(chain, session.chain());
  TRY(info, chain->info());
  auto year = year_of(info.block_time_ms());
  if (!arguments.year.empty()) {
    TRY(asked_for, parse_year(arguments.year));
    year = asked_for;
  }
  Statement statement{*account, session.address_network(), year};
  TRY_VOID(each_event_of(session, bytes, [&](auto const& event) { statement.add(event); }));
  return Output{.data = statement.to_json(), .text = statement.csv()};
}

}  // namespace

void add_statement(Menu& menu) {
  auto const arguments = std::make_shared<StatementArguments>();
  auto verb = menu.verb(
      "statement", "A year's money as CSV, or JSON with --json; the node's word",
      [&session = menu.session(), arguments] { return statement_of(session, *arguments); });
  verb.argument("YEAR", arguments->year, "Like 2026, in UTC; the present one if left out",
                Need::optional);
  verb.option("--account", arguments->account, "Whose; yours if left out");
}

}  // namespace wallet
