#include "wallet/statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/bank/holders.h"

namespace wallet {
namespace {

using namespace labor::v1;  // Events and holders by name.
using protocol::Address;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint64_t usd = 1'000'000;
constexpr std::uint64_t year_start_ms = 1'767'225'600'000;  // 2026-01-01 00:00 UTC.
constexpr std::uint64_t year_end_ms = 1'798'761'600'000;    // 2027-01-01 00:00 UTC.

Address address(std::uint8_t byte) {
  Address made;
  made.data.fill(byte);
  return made;
}

Address const me = address(1);
Address const other = address(2);

WatchEventsResponse at(std::uint64_t time_ms) {
  WatchEventsResponse event;
  event.set_block_time_ms(time_ms);
  event.set_transaction_id(std::string(32, 'T'));
  return event;
}

WatchEventsResponse moved(Holder const& from, Holder const& to, std::uint64_t amount,
                          std::string const& cause, std::uint64_t time_ms = year_start_ms) {
  auto event = at(time_ms);
  auto& move = *event.mutable_event()->mutable_money_moved();
  *move.mutable_from() = from;
  *move.mutable_to() = to;
  move.set_asset(ASSET_USD);
  move.set_amount(amount);
  move.set_cause(cause);
  return event;
}

struct Said {
  std::uint64_t released = 0;
  std::uint64_t fee = 0;
  std::uint64_t bonus = 0;
};

WatchEventsResponse changed(Address const& client, Address const& talent, Said const& said,
                            std::uint64_t time_ms = year_start_ms) {
  auto event = at(time_ms);
  auto& change = *event.mutable_event()->mutable_record_changed();
  change.set_cause("milestone.accept");
  auto& contract = *change.mutable_record()->mutable_contract();
  contract.set_id(7);
  contract.set_title("=SUM(A1), a \"logo\"");
  contract.set_client(client.str());
  contract.set_talent(talent.str());
  contract.set_asset(ASSET_USD);
  contract.set_released(said.released);
  contract.set_fee_earned(said.fee);
  contract.set_bonus(said.bonus);
  return event;
}

Statement statement() {
  return {me, protocol::Network::devnet, 2026};
}

Holder mine() {
  return bank::account_holder(me);
}

TEST(Statement, CountsWhatAContractPaidSinceItLastSaidSo) {
  auto as_talent = statement();
  auto as_client = statement();
  for (auto const& said : {Said{}, Said{.released = 100 * usd, .fee = 10 * usd},
                           Said{.released = 100 * usd, .fee = 10 * usd, .bonus = 5 * usd}}) {
    as_talent.add(changed(other, me, said));
    as_client.add(changed(me, other, said));
  }
  ASSERT_EQ(as_talent.rows().size(), 2u);
  EXPECT_EQ(as_talent.rows()[0].received, 100 * usd);
  EXPECT_EQ(as_talent.rows()[0].fee, 0u);
  EXPECT_EQ(as_talent.rows()[1].received, 5 * usd);
  ASSERT_EQ(as_client.rows().size(), 2u);
  EXPECT_EQ(as_client.rows()[0].paid, 100 * usd);
  EXPECT_EQ(as_client.rows()[0].fee, 10 * usd);
  EXPECT_EQ(as_client.rows()[1].paid, 5 * usd);
}

TEST(Statement, OfAYearHoldsThatYearAndCountsFromWhatWasBefore) {
  auto made = statement();
  made.add(changed(other, me, {.released = 40 * usd}, year_start_ms - 1));
  made.add(changed(other, me, {.released = 100 * usd}, year_start_ms));
  made.add(changed(other, me, {.released = 130 * usd}, year_end_ms - 1));
  made.add(changed(other, me, {.released = 200 * usd}, year_end_ms));
  ASSERT_EQ(made.rows().size(), 2u);
  EXPECT_EQ(made.rows()[0].received, 60 * usd);
  EXPECT_EQ(made.rows()[1].received, 30 * usd);
}

TEST(Statement, DoesNotTakeEscrowForPayment) {
  auto made = statement();
  made.add(moved(mine(), bank::escrow_holder(7), 110 * usd, "milestone.fund"));
  made.add(moved(bank::escrow_holder(7), mine(), 110 * usd, "milestone.overdue"));
  made.add(moved(mine(), bank::account_holder(other), 5 * usd, "contract.bonus"));
  EXPECT_TRUE(made.rows().empty());
}

TEST(Statement, TellsWhatWasPutAsideFromWhatWasPaid) {
  auto made = statement();
  made.add(moved(mine(), bank::account_holder(other), 3 * usd, "transfer"));
  made.add(moved(bank::account_holder(other), mine(), 4 * usd, "transfer"));
  made.add(moved(mine(), bank::treasury_holder(), 1, "fee"));
  made.add(moved(mine(), bank::juror_stake_holder(me), 100 * usd, "juror.stake"));
  made.add(moved(bank::juror_stake_holder(me), mine(), 40 * usd, "juror.withdraw"));
  made.add(moved(bank::dispute_holder(9), mine(), 5 * usd, "dispute.finish"));
  std::vector<std::uint64_t> aside;
  std::vector<std::uint64_t> back;
  for (auto const& row : made.rows()) {
    aside.push_back(row.put_aside);
    back.push_back(row.came_back);
  }
  EXPECT_THAT(aside, ElementsAre(0, 0, 0, 100 * usd, 0, 0));
  EXPECT_THAT(back, ElementsAre(0, 0, 0, 0, 40 * usd, 0));
  auto const totals = made.to_json().at("totals").at("USD").as_object();
  EXPECT_EQ(totals.at("received").as_string(), "9.00");
  EXPECT_EQ(totals.at("paid").as_string(), "3.000001");
  EXPECT_EQ(totals.at("put_aside").as_string(), "100.00");
  EXPECT_EQ(totals.at("came_back").as_string(), "40.00");
}

TEST(Statement, TakesWhatASideGetsBackFromItsDisputeForNoPay) {
  auto made = statement();
  made.add(moved(mine(), bank::dispute_holder(9), 15 * usd, "dispute.open"));
  auto event = at(year_start_ms);
  auto& dispute = *event.mutable_event()->mutable_record_changed()->mutable_record();
  dispute.mutable_dispute()->set_id(9);
  dispute.mutable_dispute()->set_client(me.str());
  made.add(event);
  made.add(moved(bank::dispute_holder(9), mine(), 15 * usd, "dispute.default"));
  ASSERT_EQ(made.rows().size(), 2u);
  EXPECT_EQ(made.rows()[0].put_aside, 15 * usd);
  EXPECT_EQ(made.rows()[1].came_back, 15 * usd);
  EXPECT_EQ(made.rows()[1].received, 0u);
}

TEST(Statement, TakesABondOfOnesOwnForMoneyPutAsideAndAPartOfAnothersForIncome) {
  auto made = statement();
  made.add(moved(mine(), bank::job_bond_holder(3), 100 * usd, "job.post"));
  auto event = at(year_start_ms);
  auto& job = *event.mutable_event()->mutable_record_changed()->mutable_record()->mutable_job();
  job.set_id(3);
  job.set_client(me.str());
  made.add(event);
  made.add(moved(bank::job_bond_holder(3), mine(), 95 * usd, "job.close"));
  made.add(moved(bank::job_bond_holder(8), mine(), 5 * usd, "proposal.lapse"));
  ASSERT_EQ(made.rows().size(), 3u);
  EXPECT_EQ(made.rows()[0].put_aside, 100 * usd);
  EXPECT_EQ(made.rows()[1].came_back, 95 * usd);
  EXPECT_EQ(made.rows()[2].received, 5 * usd);
  EXPECT_EQ(made.rows()[2].with, "bond of job 8");
}

TEST(Statement, HoldsSharesOfFeesOfContractsThatAreOthers) {
  auto made = statement();
  made.add(moved(bank::escrow_holder(7), mine(), 2 * usd, "fee.referral"));
  made.add(moved(bank::escrow_holder(7), mine(), 3 * usd, "fee.app"));
  ASSERT_EQ(made.rows().size(), 2u);
  EXPECT_EQ(made.rows()[0].received, 2 * usd);
  EXPECT_EQ(made.rows()[1].with, "contract 7");
}

TEST(Statement, AsCsvIsQuotedAndRunsNothingInASpreadsheet) {
  auto made = statement();
  made.add(changed(other, me, {.released = 100 * usd}));
  auto const csv = made.csv();
  EXPECT_THAT(
      csv, HasSubstr("time,what,contract,title,with,asset,received,paid,fee,put_aside,came_back,"));
  EXPECT_THAT(csv, HasSubstr("\r\n2026-01-01 00:00:00,milestone.accept,7,"
                             "\"'=SUM(A1), a \"\"logo\"\"\",tlabor1"));
  EXPECT_THAT(csv, HasSubstr(",USD,100.00,0.00,0.00,0.00,0.00,"));
}

}  // namespace
}  // namespace wallet
