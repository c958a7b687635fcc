// What ballots pay from the treasury: within the quarter's cap, and all or nothing.

#include "protocol/governance/spending.h"

#include "protocol/bank/holders.h"
#include "protocol/limits.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

using testing_support::usd;
namespace limits = protocol::limits;

constexpr std::uint64_t treasury = 10'000 * usd;
constexpr std::uint64_t a_tenth = treasury / 10;  // The cap by default.

class Spendings : public Ballots {
 protected:
  Spendings() {
    lock(alice_, 100 * lbr, 400);
    chain_.tamper([](state::Overlay& overlay) {
      Balance balance;
      balance.set_address(bank::treasury_address().str());
      balance.set_asset(ASSET_USD);
      balance.set_amount(treasury);
      overlay.put(state::key_of(balance), canonical::encode(balance));
      Supply supply;
      supply.set_asset(ASSET_USD);
      supply.set_amount(treasury);
      overlay.put(state::key_of(supply), canonical::encode(supply));
    });
  }

  SubmitBallot spending(std::uint64_t amount) {
    auto made = proposal();
    auto& spend = *made.mutable_actions()->add_spends();
    spend.set_to(carol_.address().str());
    spend.set_asset(ASSET_USD);
    spend.set_amount(amount);
    return made;
  }
  std::uint64_t carol_has() const {
    return bank::balance_of(chain_.state(), carol_.address(), ASSET_USD).value();
  }
  void decide(std::vector<std::uint64_t> const& ballots) {
    to_voting();
    for (auto const id : ballots) ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
    advance(7 * day_ms);
    advance(2 * day_ms);
  }
};

TEST_F(Spendings, PayWhenTheBallotIsExecuted) {
  auto const id = submit(dave_, spending(a_tenth));
  EXPECT_EQ(ballot(id).ballot_class(), BALLOT_CLASS_ORDINARY);
  decide({id});
  EXPECT_EQ(state_of(id), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(carol_has(), a_tenth);
}

TEST_F(Spendings, AreRefusedWithAReason) {
  EXPECT_EQ(send(dave_, spending(0)), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(send(dave_, spending(a_tenth + 1)), TX_STATUS_QUARTER_SPENT);
  EXPECT_EQ(send(dave_, spending(treasury + 1)), TX_STATUS_INSUFFICIENT_BALANCE);
  auto to_nobody = spending(1);
  to_nobody.mutable_actions()->mutable_spends(0)->set_to("x");
  EXPECT_EQ(send(dave_, to_nobody), TX_STATUS_INVALID_ADDRESS);
  auto of_nothing = spending(1);
  of_nothing.mutable_actions()->mutable_spends(0)->set_asset(ASSET_UNSPECIFIED);
  EXPECT_EQ(send(dave_, of_nothing), TX_STATUS_INVALID_ASSET);
  auto too_much = spending(std::numeric_limits<std::uint64_t>::max());
  *too_much.mutable_actions()->add_spends() = too_much.actions().spends(0);
  EXPECT_EQ(send(dave_, too_much), TX_STATUS_AMOUNT_OVERFLOW);
  auto in_parts = spending(a_tenth);
  *in_parts.mutable_actions()->add_spends() = spending(1).actions().spends(0);
  EXPECT_EQ(send(dave_, in_parts), TX_STATUS_QUARTER_SPENT) << "together";
}

TEST_F(Spendings, OfASecondBallotFailAsAWholeOnceTheFirstHasSpentTheQuarter) {
  auto const first = submit(dave_, spending(a_tenth));
  auto both = spending(1);
  auto& change = *both.mutable_actions()->add_parameters();
  change.set_parameter(PARAMETER_JOB_IDLE_MS);
  change.set_value(20 * day_ms);
  auto const second = submit(dave_, both);
  decide({first, second});
  EXPECT_EQ(state_of(first), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(state_of(second), BALLOT_STATE_FAILED);
  EXPECT_EQ(carol_has(), a_tenth);
  EXPECT_EQ(execution::parameter_of(chain_.state(), PARAMETER_JOB_IDLE_MS), 30 * day_ms);
  EXPECT_EQ(send(dave_, spending(1)), TX_STATUS_QUARTER_SPENT);
}

TEST_F(Spendings, BeginAnewWithTheNextQuarterOfWhatIsLeft) {
  auto const first = submit(dave_, spending(a_tenth));
  decide({first});
  advance(limits::quarter_ms);
  auto const left = treasury - a_tenth;
  EXPECT_EQ(send(dave_, spending(left / 10 + 1)), TX_STATUS_QUARTER_SPENT);
  auto const second = submit(dave_, spending(left / 10));
  decide({second});
  EXPECT_EQ(state_of(second), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(carol_has(), a_tenth + left / 10);
}

}  // namespace
}  // namespace governance
