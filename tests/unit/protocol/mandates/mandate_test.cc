// Mandates: what is given, what may be done under it, and what is left of it.

#include "protocol/mandates/mandate.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/bank/account.h"
#include "protocol/mandates/scope.h"
#include "tests/support/real_time.h"
#include "tests/support/work_scene.h"

namespace mandates {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

// The outsider may act for the client.
class MandateTest : public testing::Test {
 protected:
  GiveMandate mandate() const {
    GiveMandate message;
    message.set_holder(scene.outsider.str());
    for (auto const scope :
         {MANDATE_SCOPE_POST, MANDATE_SCOPE_HIRE, MANDATE_SCOPE_FUND, MANDATE_SCOPE_APPROVE}) {
      message.add_scopes(scope);
    }
    message.set_expires_at_ms(scene.now_ms() + 30 * day_ms);
    message.set_spend_each(600 * usd);
    message.set_spend_total(1000 * usd);
    message.set_pay_each(600 * usd);
    message.set_pay_total(700 * usd);
    return message;
  }
  void give() { ASSERT_EQ(scene.act(scene.client, mandate()), TX_STATUS_OK); }

  template <class M>
  static void add(ActFor& outer, M const& inner) {
    auto& act = *outer.add_acts();
    auto const* const choices = MandatedAct::descriptor()->oneof_decl(0);
    for (int i = 0; i < choices->field_count(); ++i) {
      if (choices->field(i)->message_type() != inner.GetDescriptor()) continue;
      act.GetReflection()->MutableMessage(&act, choices->field(i))->CopyFrom(inner);
    }
  }
  template <class... M>
  TxStatus act_for_client(M const&... inner) {
    ActFor outer;
    outer.set_account(scene.client.str());
    (add(outer, inner), ...);
    return scene.act(scene.outsider, outer);
  }
  std::optional<Mandate> held() const {
    return find_mandate(scene.state(), scene.client, scene.outsider);
  }

  WorkScene scene;
};

TEST_F(MandateTest, IsRefusedForItsForm) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(GiveMandate&)> change;
  };
  Case const cases[] = {
      {"no address", TX_STATUS_INVALID_ADDRESS, [](auto& m) { m.clear_holder(); }},
      {"past", TX_STATUS_INVALID_TIME, [&](auto& m) { m.set_expires_at_ms(scene.now_ms()); }},
      {"for ever", TX_STATUS_INVALID_TIME,
       [&](auto& m) { m.set_expires_at_ms(scene.now_ms() + 731 * day_ms); }},
      {"to oneself", TX_STATUS_SAME_ACCOUNT, [&](auto& m) { m.set_holder(scene.client.str()); }},
      {"for nothing", TX_STATUS_INVALID_SCOPE, [](auto& m) { m.clear_scopes(); }},
      {"for no such thing", TX_STATUS_INVALID_SCOPE,
       [](auto& m) { m.set_scopes(0, MANDATE_SCOPE_UNSPECIFIED); }},
      {"for one thing twice", TX_STATUS_INVALID_SCOPE,
       [](auto& m) { m.set_scopes(1, m.scopes(0)); }},
      {"not ascending", TX_STATUS_INVALID_SCOPE,
       [](auto& m) { m.mutable_scopes()->SwapElements(0, 1); }},
      {"more in one act than in all", TX_STATUS_INVALID_LIMIT,
       [](auto& m) { m.set_spend_each(m.spend_total() + 1); }},
      {"likewise to others", TX_STATUS_INVALID_LIMIT,
       [](auto& m) { m.set_pay_each(m.pay_total() + 1); }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto message = mandate();
    row.change(message);
    EXPECT_EQ(scene.act(scene.client, message), row.want);
  }
}

TEST_F(MandateTest, LetsSomebodyHireForAnotherAndMoneyIsTheOthers) {
  give();
  auto const before = scene.balance(scene.client);
  PostJob post;
  *post.mutable_details() = job_details();
  ASSERT_EQ(act_for_client(post), TX_STATUS_OK);
  EXPECT_EQ(scene.job()->client(), scene.client.str());
  MakeOffer offer;
  offer.set_talent(scene.talent.str());
  *offer.mutable_terms() = terms_of({500 * usd});
  ASSERT_EQ(act_for_client(offer), TX_STATUS_OK);
  ASSERT_EQ(scene.act(scene.talent, scene.acceptance()), TX_STATUS_OK);
  ASSERT_EQ(act_for_client(on_milestone<FundMilestone>()), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.client), before - 550 * usd);
  EXPECT_EQ(held()->spend_left(), 450 * usd);
  ASSERT_EQ(act_for_client(on_milestone<AcceptMilestone>()), TX_STATUS_WRONG_STATE)
      << "the other account's messages are refused like its own";
  ASSERT_EQ(scene.act(scene.talent, delivery()), TX_STATUS_OK);
  ASSERT_EQ(act_for_client(on_milestone<AcceptMilestone>()), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.talent), 500 * usd);
  EXPECT_EQ(held()->pay_left(), 200 * usd) << "the fee is not paid to anybody";
  EXPECT_EQ(scene.balance(scene.outsider), 0u);
}

TEST_F(MandateTest, HasLimitsForOneActAndForAllTogether) {
  scene.sign({600 * usd, 300 * usd, 100 * usd});
  auto message = mandate();
  message.set_spend_each(660 * usd);
  message.set_spend_total(1000 * usd);
  ASSERT_EQ(scene.act(scene.client, message), TX_STATUS_OK);
  ASSERT_EQ(act_for_client(on_milestone<FundMilestone>(0)), TX_STATUS_OK);
  ASSERT_EQ(act_for_client(on_milestone<FundMilestone>(1)), TX_STATUS_OK);
  EXPECT_EQ(act_for_client(on_milestone<FundMilestone>(2)), TX_STATUS_OVER_LIMIT)
      << "110 where 10 are left";
  EXPECT_EQ(act_for_client(part(600 * usd)), TX_STATUS_OK);
  EXPECT_EQ(act_for_client(part(100 * usd + 1, 1)), TX_STATUS_OVER_LIMIT);
  EXPECT_EQ(act_for_client(part(60 * usd, 1), part(40 * usd, 1)), TX_STATUS_OK);
  EXPECT_EQ(held()->pay_left(), 0u);

  message.set_pay_each(10 * usd);
  message.set_pay_total(100 * usd);
  ASSERT_EQ(scene.act(scene.client, message), TX_STATUS_OK) << "given anew";
  EXPECT_EQ(act_for_client(part(11 * usd, 1)), TX_STATUS_OVER_LIMIT);
  EXPECT_EQ(act_for_client(part(10 * usd, 1)), TX_STATUS_OK);
}

TEST_F(MandateTest, IsForItsScopesAndForNothingElse) {
  scene.sign();
  EXPECT_EQ(act_for_client(on_milestone<FundMilestone>()), TX_STATUS_MANDATE_NOT_FOUND);
  give();
  EXPECT_EQ(act_for_client(PauseProfile{}), TX_STATUS_OUT_OF_SCOPE);
  ActFor nobody;
  EXPECT_EQ(scene.act(scene.outsider, nobody), TX_STATUS_INVALID_ADDRESS);
}

TEST_F(MandateTest, DoesAllOfItOrNothing) {
  scene.sign();
  give();
  auto const before = scene.balance(scene.client);
  EXPECT_EQ(act_for_client(on_milestone<FundMilestone>(), on_milestone<AcceptMilestone>(7)),
            TX_STATUS_MILESTONE_NOT_FOUND);
  EXPECT_EQ(scene.balance(scene.client), before);
  EXPECT_EQ(held()->spend_left(), 1000 * usd);
}

TEST_F(MandateTest, EndsByEitherSideOrItsClock) {
  give();
  EndMandate end;
  EXPECT_EQ(scene.act(scene.client, end), TX_STATUS_INVALID_ADDRESS);
  end.set_account(scene.client.str());
  end.set_holder(scene.outsider.str());
  EXPECT_EQ(scene.act(scene.talent, end), TX_STATUS_MANDATE_NOT_FOUND) << "it is not theirs";
  EXPECT_EQ(scene.act(scene.outsider, end), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, end), TX_STATUS_MANDATE_NOT_FOUND);
  give();
  EXPECT_EQ(bank::account_of(scene.state(), scene.client).mandates(), 1u);
  scene.wait(30 * day_ms);
  EXPECT_EQ(act_for_client(on_job<CloseJob>()), TX_STATUS_DEADLINE_PASSED);
  scene.fire_due();
  EXPECT_FALSE(held());
  EXPECT_EQ(bank::account_of(scene.state(), scene.client).mandates(), 0u);
}

TEST_F(MandateTest, IsLongerByAnOutageInItsMiddle) {
  give();
  auto const until = held()->expires_at_ms();
  scene.wait(15 * day_ms);
  auto const middle = scene.now_ms();
  scene.block_after(outage_of_three_days_ms);
  EXPECT_EQ(scene.now_ms(), middle) << "it has taken somebody's time";
  scene.set_time(until - 2000);
  scene.block_after(1000);
  EXPECT_TRUE(held());
  scene.block_after(1000);
  EXPECT_FALSE(held());
}

TEST_F(MandateTest, IsGivenToFiftyAtOnce) {
  auto message = mandate();
  for (std::uint8_t i = 0; i < 50; ++i) {
    message.set_holder(address(i).str());
    ASSERT_EQ(scene.act(scene.client, message), TX_STATUS_OK);
  }
  message.set_holder(address(60).str());
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_TOO_MANY_MANDATES);
  message.set_holder(address(3).str());
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_OK) << "one that it has is replaced";
}

TEST(MandatedActs, AreNumberedAsTheMessagesTheyAreAndHaveAScopeEach) {
  auto const* const acts = MandatedAct::descriptor()->oneof_decl(0);
  for (int i = 0; i < acts->field_count(); ++i) {
    auto const* const field = acts->field(i);
    SCOPED_TRACE(field->name());
    auto const* const same = Message::descriptor()->FindFieldByNumber(field->number());
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(same->name(), field->name());
    EXPECT_EQ(same->message_type(), field->message_type());
    MandatedAct act;
    act.GetReflection()->MutableMessage(&act, field);
    EXPECT_NE(scope_of(act), MANDATE_SCOPE_UNSPECIFIED);
    EXPECT_EQ(as_message(act).message_case(), field->number());
    ASSERT_TRUE(as_act(as_message(act)));
    EXPECT_EQ(as_act(as_message(act))->act_case(), field->number());
  }
}

TEST(MandatedActs, HoldNothingThatMovesTokensKeysOrVotes) {
  for (auto const kind :
       {Message::kTransfer, Message::kLockTokens, Message::kRotateAuthority, Message::kSetGuardians,
        Message::kGiveMandate, Message::kActFor, Message::kCastVote, Message::kSubmitBallot,
        Message::kOpenDispute, Message::kOfferSplit, Message::kAgreeSplit, Message::kOfferAmendment,
        Message::kAgreeAmendment, Message::kSetTopUp, Message::kStakeAsJuror, Message::kAttest,
        Message::kClaimOwnership}) {
    Message message;
    auto const* const field = Message::descriptor()->FindFieldByNumber(kind);
    message.GetReflection()->MutableMessage(&message, field);
    EXPECT_FALSE(as_act(message)) << field->name();
  }
}

}  // namespace
}  // namespace mandates
