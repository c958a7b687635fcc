// What people read before they sign about hours: what a week locks, what is logged and paid.

#include <gtest/gtest.h>

#include "tests/unit/wallet/telling.h"

namespace wallet {
namespace {

constexpr std::uint64_t usd = 1'000'000;
constexpr std::uint64_t day_ms = 86'400'000;

class TellingHours : public TellingScene {
 protected:
  TellingHours() {
    auto& contract = *contract_.mutable_contract();
    contract.set_title("Upkeep");
    auto& disputes = *contract.mutable_frozen()->mutable_disputes();
    disputes.set_answer_ms(7 * day_ms);
    disputes.set_fee_bps(500);
    disputes.set_fee_min(3 * usd);
    disputes.set_fee_max(100 * usd);
    auto& terms = *contract.mutable_hours()->mutable_terms();
    terms.set_rate(40 * usd);
    terms.set_minutes_per_week(20 * 60);
    auto& week = *week_.mutable_week();
    week.set_contract(7);
    *week.mutable_terms() = terms;
    week.set_funded(800 * usd);
    week.set_fee(80 * usd);
    week.set_minutes(210);
    add_entry(150, "Search");
    add_entry(60, "Meeting");
  }

  std::vector<labor::v1::Record> known() const override { return {week_}; }

  void add_entry(std::uint32_t minutes, char const* memo) {
    auto& entry = *week_.mutable_week()->add_entries();
    entry.set_minutes(minutes);
    entry.set_memo(memo);
  }

  labor::v1::Record week_;
};

TEST_F(TellingHours, FundingAWeekSaysWhatItLocksAndWhenItEnds) {
  labor::v1::Message message;
  message.mutable_fund_week()->set_contract(7);
  EXPECT_EQ(told(message),
            "Fund the present week of contract 7: Upkeep.\n"
            "  A week locks 800.00 USD (40.00 USD an hour, at most 20 h a week) and 80.00 USD of "
            "client fee (10%): 880.00 USD in all.\n"
            "  Talent: tara\n"
            "  The week ends on Monday 00:00 UTC, however late it began.\n"
            "  You review the hours from Monday 12:00 until Saturday 00:00; silence pays them.\n"
            "  What no hours are logged for comes back to you then, with its fee.");
}

TEST_F(TellingHours, ATopUpSaysItsLimitAndThatNoneEndsIt) {
  labor::v1::Message message;
  message.mutable_set_top_up()->set_contract(7);
  message.mutable_set_top_up()->set_limit(2000 * usd);
  EXPECT_NE(told(message).find("lock by themselves, up to 2000.00 USD in all"), std::string::npos)
      << told(message);
  message.mutable_set_top_up()->set_limit(0);
  EXPECT_NE(told(message).find("Let no more weeks"), std::string::npos) << told(message);
}

TEST_F(TellingHours, LoggingSaysWhatTheWeekThenIsWorth) {
  labor::v1::Message message;
  auto& hours = *message.mutable_log_hours();
  hours.set_contract(7);
  hours.set_entry(2);
  hours.set_minutes(90);
  hours.set_memo("Checkout");
  auto const said = told(message);
  EXPECT_NE(said.find("Log hours in week 7/0: Upkeep."), std::string::npos) << said;
  EXPECT_NE(said.find("The week then has 5 h of 20 h, worth 200.00 USD to you."), std::string::npos)
      << said;
  hours.set_entry(1);
  EXPECT_NE(told(message).find("In place of 1 h."), std::string::npos) << told(message);
  hours.set_minutes(0);
  EXPECT_NE(told(message).find("Strike out entry 1 of week 7/0"), std::string::npos);
}

TEST_F(TellingHours, ApprovingSaysWhatIsPaidAndWhatComesBack) {
  labor::v1::Message message;
  message.mutable_approve_week()->set_contract(7);
  EXPECT_EQ(told(message),
            "Approve week 7/0: Upkeep.\n"
            "  Pay 140.00 USD to tara for 3 h 30 min, and 14.00 USD of client fee. It was locked.\n"
            "  660.00 USD and 66.00 USD of fee come back to you.\n"
            "  This cannot be taken back.");
}

TEST_F(TellingHours, DisputingSaysWhichEntriesWhatIsPaidAndWhatIsPutDown) {
  labor::v1::Message message;
  message.mutable_dispute_hours()->set_contract(7);
  message.mutable_dispute_hours()->add_entries(1);
  auto const said = told(message);
  EXPECT_NE(said.find("Entry 1: 1 h, Meeting"), std::string::npos) << said;
  EXPECT_NE(said.find("The other hours are paid at once: 100.00 USD to tara."), std::string::npos)
      << said;
  EXPECT_NE(said.find("40.00 USD stay locked, and you put down 3.00 USD: 1.00 USD for each of 3"),
            std::string::npos)
      << said;
}

TEST_F(TellingHours, WhereNothingCanBeReadSaysSo) {
  labor::v1::Message message;
  message.mutable_dispute_hours()->set_contract(7);
  message.mutable_dispute_hours()->add_entries(1);
  auto const said = told(message, false);
  EXPECT_NE(said.find("could not be read here"), std::string::npos) << said;
  EXPECT_NE(said.find("Entry 1"), std::string::npos) << said;
}

}  // namespace
}  // namespace wallet
