// Amounts, dates, names and exit codes: what people type and read.

#include <gtest/gtest.h>

#include <set>

#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/exit.h"
#include "wallet/fee.h"
#include "wallet/parameter.h"
#include "wallet/plain_text.h"
#include "wallet/refusal.h"
#include "wallet/suggest.h"

namespace wallet {
namespace {

using labor::v1::ASSET_LBR;
using labor::v1::ASSET_USD;

TEST(Amounts, AreReadExactly) {
  struct Row {
    std::string_view text;
    labor::v1::Asset asset;
    std::uint64_t minor;
  };
  Row const rows[] = {
      {"120.50 USD", ASSET_USD, 120'500'000},
      {"120.5usd", ASSET_USD, 120'500'000},
      {"0.000001 LBR", ASSET_LBR, 1},
      {"0 USD", ASSET_USD, 0},
      {"007 LBR", ASSET_LBR, 7'000'000},
      {"18446744073709.551615 USD", ASSET_USD, 18'446'744'073'709'551'615u},
  };
  for (auto const& row : rows) {
    auto const money = parse_money(row.text);
    ASSERT_TRUE(money.has_value()) << row.text;
    EXPECT_EQ(money->asset, row.asset) << row.text;
    EXPECT_EQ(money->amount.value(), row.minor) << row.text;
  }
}

TEST(Amounts, ThatAreNoneAreRefused) {
  for (std::string_view const text :
       {"", "USD", "-1 USD", "+1 USD", "1,5 USD", "1. USD", ".5 USD", "1.2.3 USD", "1e6 USD",
        "0x10 USD", "1.0000001 USD", "18446744073709.551616 USD", "99999999999999999999 USD", "1",
        "1 EUR", "1 USD USD", "nan USD", "1_000 USD", "1 000 USD"}) {
    auto const money = parse_money(text);
    ASSERT_FALSE(money.has_value()) << text;
    EXPECT_EQ(money.error().exit, Exit::usage) << text;
  }
}

TEST(Amounts, OfOneAssetAreNotThoseOfAnother) {
  EXPECT_EQ(parse_amount("5", ASSET_LBR)->value(), 5'000'000u);
  EXPECT_EQ(parse_amount("5 USD", ASSET_LBR).error().reason, "INVALID_ASSET");
}

TEST(Amounts, AreShownInWholeUnits) {
  auto const usd = [](std::uint64_t minor) { return show(protocol::Amount{minor}, ASSET_USD); };
  EXPECT_EQ(usd(120'500'000), "120.50 USD");
  EXPECT_EQ(usd(1), "0.000001 USD");
  EXPECT_EQ(usd(0), "0.00 USD");
  EXPECT_EQ(show(protocol::Amount{1'000'000'000}, ASSET_LBR), "1000 LBR");
  EXPECT_EQ(show(protocol::Amount{500'000}, ASSET_LBR), "0.5 LBR");
  EXPECT_EQ(usd(18'446'744'073'709'551'615u), "18446744073709.551615 USD");
}

TEST(Amounts, ComeBackFromWhatIsShown) {
  for (std::uint64_t const minor : {0ull, 1ull, 999'999ull, 1'000'000ull, 123'456'789ull}) {
    EXPECT_EQ(parse_money(show(protocol::Amount{minor}, ASSET_USD))->amount.value(), minor);
  }
}

TEST(Fees, AreTheChainsArithmetic) {
  EXPECT_EQ(client_fee(500'000'000, 1000), 50'000'000u);
  EXPECT_EQ(client_fee(9'999, 1), 0u);
  EXPECT_EQ(client_fee(18'446'744'073'709'551'615u, 10'000), 18'446'744'073'709'551'615u);
  labor::v1::Milestone milestone;
  milestone.set_funded(100);
  milestone.set_fee(10);
  milestone.set_released(33);
  milestone.set_fee_taken(3);
  EXPECT_EQ(fee_taken_on(milestone, 33), 3u);
  EXPECT_EQ(fee_taken_on(milestone, 67), 7u);
  EXPECT_EQ(locked_of(milestone), 67u);
  EXPECT_EQ(unearned_fee_of(milestone), 7u);
  EXPECT_EQ(show_bps(1000), "10%");
  EXPECT_EQ(show_bps(1250), "12.5%");
}

TEST(Durations, AreReadInTheirUnits) {
  EXPECT_EQ(*parse_duration("14d"), 14ull * 86'400'000);
  EXPECT_EQ(*parse_duration("1d12h"), 36ull * 3'600'000);
  EXPECT_EQ(*parse_duration("90s"), 90'000u);
  for (std::string_view const text : {"", "14", "d", "1x", "-1d", "0s", "1.5d", "99999999w"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
  EXPECT_EQ(show_duration(14ull * 86'400'000), "14 d");
  EXPECT_EQ(show_duration(36ull * 3'600'000), "1 d 12 h");
  EXPECT_EQ(show_duration(90'000), "1 min 30 s");
}

TEST(Dates, AreUtcAndReal) {
  protocol::TimeMs const now{1'000'000'000'000};
  EXPECT_EQ(parse_time("2026-01-05", now)->value(), 1'767'571'200'000u);
  EXPECT_EQ(parse_time("2026-01-05T01:30Z", now)->value(), 1'767'576'600'000u);
  EXPECT_EQ(parse_time("2026-01-05 01:30:05", now)->value(), 1'767'576'605'000u);
  EXPECT_EQ(parse_time("1h", now)->value(), now.value() + 3'600'000);
  for (std::string_view const text :
       {"2026-02-30", "2026-13-01", "26-01-05", "2026-01-05T25:00", "2026-01-05T", "1969-01-01"}) {
    EXPECT_FALSE(parse_time(text, now).has_value()) << text;
  }
  EXPECT_TRUE(
      show_time(protocol::TimeMs{1'767'571'200'000}).starts_with("2026-01-05 00:00:00 UTC"));
  EXPECT_EQ(show_time(protocol::TimeMs{~std::uint64_t{0}}), "after the year 9999");
}

TEST(WrongNames, AreMetWithTheNearestRightOne) {
  std::vector<std::string> const names{"show", "send", "sponsor", "history"};
  EXPECT_EQ(nearest("shwo", names), "show");
  EXPECT_EQ(nearest("sned", names), "send");
  EXPECT_EQ(nearest("sponser", names), "sponsor");
  EXPECT_FALSE(nearest("delete", names).has_value());
  EXPECT_FALSE(nearest("", names).has_value());
}

TEST(PlainText, CannotMoveTheCursorOrFakeALine) {
  EXPECT_EQ(plain_text("Logo für 5 €, 図"), "Logo für 5 €, 図");
  EXPECT_EQ(plain_text("a\x1b[2Kb\nc\rd\x7f"), "a\ufffd[2Kb\ufffdc\ufffdd\ufffd");
  EXPECT_EQ(plain_text("pay \u202eDSU 5"), "pay \ufffdDSU 5");
  EXPECT_EQ(plain_text("\u009b31m"), "\ufffd31m");
  EXPECT_EQ(plain_text("\xff\xc0\xaf\xed\xa0\x80x"), "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdx");
  EXPECT_EQ(plain_text("\xe2\x82"), "\ufffd\ufffd");
}

TEST(ExitCodes, AreThoseThatScriptsRelyOn) {
  std::set<int> codes;
  for (auto const& row : exit_meanings()) codes.insert(static_cast<int>(row.exit));
  EXPECT_EQ(codes, (std::set<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130}));
  EXPECT_EQ(static_cast<int>(Exit::failed), 5);
  EXPECT_EQ(static_cast<int>(Exit::refused), 6);
  EXPECT_EQ(static_cast<int>(Exit::unknown), 7);
  EXPECT_EQ(static_cast<int>(Exit::expired), 8);
  EXPECT_EQ(static_cast<int>(Exit::unreachable), 9);
  EXPECT_EQ(static_cast<int>(Exit::unverified), 10);
}

TEST(Refusals, EndInTheExitCodeOfTheirKind) {
  struct Row {
    int code;
    std::string_view reason;
    Exit exit;
  };
  Row const rows[] = {
      {3, "INVALID_ARGUMENT", Exit::refused},
      {4, "DEADLINE_EXCEEDED", Exit::unreachable},
      {5, "NOT_FOUND", Exit::usage},
      {8, "RESOURCE_EXHAUSTED", Exit::refused},
      {9, "FAILED_PRECONDITION", Exit::refused},
      {12, "UNIMPLEMENTED", Exit::unreachable},
      {13, "INTERNAL", Exit::unexpected},
      {14, "NODE_UNREACHABLE", Exit::unreachable},
      {99, "UNKNOWN", Exit::unexpected},
  };
  for (auto const& row : rows) {
    auto const problem =
        problem_of(Refusal{.code = row.code, .message = "m", .reason = {}, .metadata = {}});
    EXPECT_EQ(problem.exit, row.exit) << row.code;
    EXPECT_EQ(problem.reason, row.reason);
  }
  auto const wrong =
      problem_of(Refusal{.code = 9, .message = {}, .reason = "WRONG_CHAIN", .metadata = {}});
  EXPECT_EQ(wrong.exit, Exit::unreachable);
}

TEST(Parameters, AreTypedAsPeopleSayThem) {
  EXPECT_EQ(parse_change("client_fee_bps=9%")->value(), 900u);
  EXPECT_EQ(parse_change("client_fee_bps=9.25%")->value(), 925u);
  EXPECT_EQ(parse_change("client_fee_bps=900")->value(), 900u);
  EXPECT_EQ(parse_change("first_review_ms=7d")->value(), 7ull * 86'400'000);
  EXPECT_EQ(parse_change("ballot_deposit=100 LBR")->value(), 100'000'000u);
  EXPECT_EQ(parse_change("client_fe_bps=9%").error().hint, "Did you mean `client_fee_bps`?");
  for (std::string_view const text : {"", "client_fee_bps", "client_fee_bps=", "client_fee_bps=x%",
                                      "client_fee_bps=101%", "first_review_ms=9%"}) {
    EXPECT_FALSE(parse_change(text).has_value()) << text;
  }
  EXPECT_EQ(show_parameter(labor::v1::PARAMETER_CLIENT_FEE_BPS, 900), "9%");
}

}  // namespace
}  // namespace wallet
