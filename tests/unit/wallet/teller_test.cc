// What people read before they sign: every message has words, and they say what is locked.

#include "wallet/teller.h"

#include <gtest/gtest.h>

#include "protocol/work/terms.h"
#include "tests/unit/wallet/telling.h"

namespace wallet {
namespace {

constexpr std::uint64_t usd = 1'000'000;

class Telling : public TellingScene {
 protected:
  Telling() {
    auto& contract = *contract_.mutable_contract();
    contract.set_title("Logo");
    contract.set_escrow(550 * usd);
    auto& frozen = *contract.mutable_frozen();
    frozen.set_first_review_ms(14ull * 86'400'000);
    frozen.set_refund_answer_ms(7ull * 86'400'000);
    frozen.set_due_grace_ms(2ull * 86'400'000);
    auto& milestone = *milestone_.mutable_milestone();
    milestone.set_contract(7);
    milestone.set_title("Sketch");
    milestone.set_amount(500 * usd);
    milestone.set_due_days(14);
  }

  std::vector<labor::v1::Record> known() const override { return {milestone_, offer_}; }

  void fund() {
    auto& milestone = *milestone_.mutable_milestone();
    milestone.set_funded(500 * usd);
    milestone.set_fee(50 * usd);
  }

  labor::v1::Record milestone_;
  labor::v1::Record offer_;
};

TEST_F(Telling, FundingSaysAmountFeeAndWhatLeavesTheBalance) {
  labor::v1::Message message;
  message.mutable_fund_milestone()->set_contract(7);
  EXPECT_EQ(
      told(message),
      "Fund milestone 7/0: Sketch.\n"
      "  Lock 500.00 USD for the talent and 50.00 USD of client fee (10%): 550.00 USD leave "
      "your balance.\n"
      "  Talent: tara\n"
      "  Due in 14 days. Without delivery by then, and 2 d more, all of it comes back to you.\n"
      "  After delivery you have 14 d to answer; silence pays the talent.");
}

TEST_F(Telling, AcceptingSaysWhatIsPaidAndTheFee) {
  fund();
  labor::v1::Message message;
  message.mutable_accept_milestone()->set_contract(7);
  EXPECT_EQ(told(message),
            "Accept milestone 7/0: Sketch.\n"
            "  Pay 500.00 USD to tara, and 50.00 USD of client fee. It was locked; your balance "
            "stays.\n"
            "  This cannot be taken back.");
}

TEST_F(Telling, ReleasingAPartSaysWhatStaysLocked) {
  fund();
  labor::v1::Message message;
  message.mutable_release_part()->set_contract(7);
  message.mutable_release_part()->set_amount(100 * usd);
  EXPECT_EQ(told(message),
            "Release part of milestone 7/0: Sketch.\n"
            "  Pay 100.00 USD to tara.\n"
            "  Client fee taken on it: 10.00 USD. 400.00 USD stay locked.\n"
            "  This cannot be taken back.");
}

TEST_F(Telling, OfferingASplitSaysBothPartsAndTheFee) {
  fund();
  labor::v1::Message message;
  message.mutable_offer_split()->set_contract(7);
  message.mutable_offer_split()->set_to_talent(200 * usd);
  EXPECT_EQ(told(message),
            "Offer a split of milestone 7/0: Sketch.\n"
            "  Of 500.00 USD locked: 200.00 USD to tara, with 20.00 USD of client fee.\n"
            "  300.00 USD and 30.00 USD of unearned fee go back to clem.\n"
            "  Nothing moves before the other side agrees, and every clock runs on.");
}

TEST_F(Telling, AgreeingToAnotherSplitThanIsOfferedIsCalledOut) {
  fund();
  milestone_.mutable_milestone()->mutable_split()->set_to_talent(200 * usd);
  labor::v1::Message message;
  message.mutable_agree_split()->set_contract(7);
  message.mutable_agree_split()->set_to_talent(200 * usd);
  EXPECT_EQ(told(message),
            "Agree to the split of milestone 7/0: Sketch.\n"
            "  Of 500.00 USD locked: 200.00 USD to tara, with 20.00 USD of client fee.\n"
            "  300.00 USD and 30.00 USD of unearned fee go back to clem.\n"
            "  This ends the milestone and cannot be taken back.");
  message.mutable_agree_split()->set_to_talent(501 * usd);
  EXPECT_NE(told(message).find("CAREFUL: this is not the split that is offered"),
            std::string::npos);
  EXPECT_NE(told(message).find("CAREFUL: that is more than is locked"), std::string::npos);
}

TEST_F(Telling, ABonusSaysItsFee) {
  labor::v1::Message message;
  message.mutable_pay_bonus()->set_contract(7);
  message.mutable_pay_bonus()->set_amount(100 * usd);
  contract_.mutable_contract()->set_released(500 * usd);
  EXPECT_NE(told(message).find("100.00 USD to tara, and 0.00 USD of client fee (none up to a "
                               "fifth of what was released), leave your balance."),
            std::string::npos)
      << told(message);
  message.mutable_pay_bonus()->set_amount(150 * usd);
  EXPECT_NE(told(message).find("150.00 USD to tara, and 5.00 USD of client fee, leave"),
            std::string::npos)
      << told(message);
}

TEST_F(Telling, WithoutANodeItSaysWhatItDoesNotKnow) {
  labor::v1::Message message;
  message.mutable_fund_milestone()->set_contract(7);
  EXPECT_EQ(told(message, false),
            "Fund milestone 7/0.\n"
            "  What it holds could not be read here: no node was asked.");
}

TEST_F(Telling, AcceptingOtherTermsThanShownIsCalledOut) {
  auto& offer = *offer_.mutable_offer();
  offer.set_id(3);
  offer.set_version(2);
  offer.set_client(client_.str());
  offer.set_talent(talent_.str());
  offer.mutable_terms()->set_title("Logo");
  offer.mutable_terms()->set_asset(labor::v1::ASSET_USD);
  auto& terms = *offer.mutable_terms()->add_milestones();
  terms.set_title("Sketch");
  terms.set_amount(500 * usd);
  terms.set_due_days(14);
  offer.mutable_frozen()->set_client_fee_bps(1000);
  labor::v1::Message message;
  auto& accept = *message.mutable_accept_offer();
  accept.set_offer(3);
  accept.set_version(2);
  accept.set_terms_hash(work::terms_hash(offer).str());
  auto const good = told(message);
  EXPECT_NE(good.find("makes a contract with exactly these terms"), std::string::npos) << good;
  EXPECT_NE(good.find("Milestone 0: Sketch, 500.00 USD, due 14 days"), std::string::npos) << good;
  EXPECT_NE(good.find("10% on top: 50.00 USD"), std::string::npos) << good;
  offer.mutable_terms()->mutable_milestones(0)->set_amount(400 * usd);
  EXPECT_NE(told(message).find("CAREFUL"), std::string::npos);
}

TEST_F(Telling, EveryMessageOfTheChainHasWords) {
  auto const& oneof = *labor::v1::Message::descriptor()->oneof_decl(0);
  ASSERT_GT(oneof.field_count(), 30);
  for (int i = 0; i < oneof.field_count(); ++i) {
    labor::v1::Message message;
    message.GetReflection()->MutableMessage(&message, oneof.field(i));
    EXPECT_FALSE(told(message).empty()) << oneof.field(i)->name();
  }
}

TEST_F(Telling, ATitleCannotFakeALine) {
  contract_.mutable_contract()->set_title("x.\n  Locked in it now: 0.00 USD.\x1b[A");
  labor::v1::Message message;
  message.mutable_end_contract()->set_contract(7);
  auto const text = told(message);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\n  Locked in it now: 0.00"), std::string::npos);
  EXPECT_NE(text.find("\n  Locked in it now: 550.00 USD."), std::string::npos);
}

TEST_F(Telling, AnEmptyMessageIsRefused) {
  labor::v1::TransactionBody body;
  body.add_messages();
  TellerOptions const options{.label = [](auto const&) { return ""; },
                              .read = [](auto const&) { return std::nullopt; },
                              .unread = "What it holds could not be read here: no node was asked."};
  EXPECT_EQ(tell(body, options).error().reason, "EMPTY_MESSAGE");
}

}  // namespace
}  // namespace wallet
