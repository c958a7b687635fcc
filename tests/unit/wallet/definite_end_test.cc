// Every transaction ends in a way that a person and a script can tell, whatever the node does.

#include "tests/unit/wallet/wallet_test.h"

namespace wallet {
namespace {

class DefiniteEnd : public WalletTest {
 protected:
  std::vector<std::string> const pay_ = {"account", "send", "bob", "120.50", "USD", "--json"};

  // Signed transactions kept on disk.
  std::size_t kept() const {
    std::error_code error;
    std::size_t count = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator{home() / "transactions" / "test", error}) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }
};

TEST_F(DefiniteEnd, FinalAndSucceededIsZeroAndMovesTheMoney) {
  ASSERT_EQ(labor_yes(pay_), 0) << console_.err;
  auto const data = answer().at("data").as_object();
  EXPECT_EQ(data.at("outcome").as_string(), "final");
  EXPECT_EQ(data.at("status").as_string(), "OK");
  EXPECT_EQ(data.at("height").as_string(), "1");
  EXPECT_EQ(kept(), 1u);
  EXPECT_NE(console_.err.find("Transaction " + std::string{data.at("transaction_id").as_string()}),
            std::string::npos);
  ASSERT_EQ(labor({"account", "show", "bob", "--json"}), 0) << console_.err;
  EXPECT_EQ(answer().at("data").at("balances").at("USD").as_string(), "120500000");
}

TEST_F(DefiniteEnd, FinalAndFailedIsFiveWithTheReason) {
  // Good when it is signed; its deadline is over when it is executed.
  ASSERT_EQ(labor_yes({"job", "post", "--title", "Late", "--budget", "5 USD", "--deadline", "5m",
                       "--sign-only"}),
            0)
      << console_.err;
  console_.in = console_.out;
  chain_.block({}, 6 * 60 * testing_support::second_ms);
  ASSERT_EQ(labor({"tx", "send", "--json"}), 5) << console_.err;
  EXPECT_EQ(error_reason(), "INVALID_TIME");
  EXPECT_NE(console_.err.find("FAILED"), std::string::npos);
}

TEST_F(DefiniteEnd, WhatWouldFailIsSixAndNothingIsSigned) {
  EXPECT_EQ(labor_yes({"account", "send", "bob", "1001", "USD", "--json"}), 6);
  EXPECT_EQ(error_reason(), "INSUFFICIENT_BALANCE");
  EXPECT_EQ(node_.submitted, 0);
}

TEST_F(DefiniteEnd, ExpiredIsEightOnceABlockIsPastItsTime) {
  node_.mood = Mood::lets_expire;
  EXPECT_EQ(labor_yes(pay_), 8) << console_.err;
  EXPECT_EQ(error_reason(), "EXPIRED");
}

TEST_F(DefiniteEnd, UnknownIsSevenAndNamesTheCommandThatWillTell) {
  node_.mood = Mood::keeps_pending;
  EXPECT_EQ(labor_yes(pay_), 7) << console_.err;
  auto const error = answer().at("error").as_object();
  EXPECT_EQ(error.at("reason").as_string(), "OUTCOME_UNKNOWN");
  std::string const id{error.at("metadata").at("transaction_id").as_string()};
  std::string const hint{error.at("hint").as_string()};
  EXPECT_NE(hint.find("labor tx wait " + id), std::string::npos) << hint;
  // The bytes are there to be sent again, and that is still one transaction.
  node_.mood = Mood::honest;
  EXPECT_EQ(labor({"tx", "send", id, "--json"}), 0) << console_.err;
  EXPECT_EQ(labor({"tx", "wait", id, "--json"}), 0) << console_.err;
}

TEST_F(DefiniteEnd, ALostAnswerIsNoRefusal) {
  node_.mood = Mood::loses_answer;
  EXPECT_EQ(labor_yes(pay_), 0) << console_.err;
  EXPECT_EQ(answer().at("data").at("outcome").as_string(), "final");
}

TEST_F(DefiniteEnd, ARefusalIsSixWithTheNodesNumbers) {
  node_.mood = Mood::refuses;
  EXPECT_EQ(labor_yes(pay_), 6) << console_.err;
  EXPECT_EQ(error_reason(), "SEQUENCE_MISMATCH");
  EXPECT_EQ(answer().at("error").at("metadata").at("expected").as_string(), "4");
}

TEST_F(DefiniteEnd, SendingTheSameBytesAfterTheyAreFinalTellsTheirEnd) {
  ASSERT_EQ(labor_yes(pay_), 0) << console_.err;
  std::string const id{answer().at("data").at("transaction_id").as_string()};
  node_.mood = Mood::refuses;
  EXPECT_EQ(labor({"tx", "send", id, "--json"}), 0) << console_.err;
}

TEST_F(DefiniteEnd, InterruptingTheWaitSaysHowToGoOn) {
  node_.mood = Mood::keeps_pending;
  console_.stop = true;
  EXPECT_EQ(labor_yes(pay_), 130);
  EXPECT_NE(console_.err.find("labor tx wait "), std::string::npos);
}

TEST_F(DefiniteEnd, NoAnswerAtAllIsNine) {
  node_.stop();
  EXPECT_EQ(labor_yes(pay_), 9);
  EXPECT_EQ(error_reason(), "NODE_UNREACHABLE");
  EXPECT_EQ(kept(), 0u);
}

TEST_F(DefiniteEnd, AnotherChainIsNineBeforeAnyPasswordIsAskedFor) {
  node_.mood = Mood::other_chain;
  console_.terminal = true;
  auto words = pay_;
  words.emplace_back("--yes");
  EXPECT_EQ(labor(words), 9);
  EXPECT_EQ(error_reason(), "WRONG_CHAIN");
  EXPECT_TRUE(console_.asked.empty());
}

TEST_F(DefiniteEnd, ALieInAReceiptIsTen) {
  node_.mood = Mood::lies_in_receipt;
  EXPECT_EQ(labor_yes(pay_), 10) << console_.err;
  EXPECT_EQ(error_reason(), "WRONG_RECEIPT");
}

TEST_F(DefiniteEnd, AForgedCertificateIsTen) {
  ASSERT_EQ(labor_yes(pay_), 0) << console_.err;
  node_.mood = Mood::forges_certificate;
  EXPECT_EQ(labor({"account", "show", "--json"}), 10) << console_.err;
  EXPECT_EQ(error_reason(), "BAD_CERTIFICATE");
}

TEST_F(DefiniteEnd, ALieAboutMoneyIsTenUnlessNothingIsVerified) {
  node_.mood = Mood::lies_about_money;
  EXPECT_EQ(labor({"account", "show", "--json"}), 10) << console_.err;
  EXPECT_EQ(error_reason(), "BAD_PROOF");
  EXPECT_EQ(labor({"account", "show", "--json", "--no-verify"}), 0);
  EXPECT_NE(console_.err.find("Not verified"), std::string::npos);
}

TEST_F(DefiniteEnd, AnExpiryWithoutABlockPastItsTimeIsTen) {
  node_.mood = Mood::says_expired;
  EXPECT_EQ(labor_yes(pay_), 10) << console_.err;
  EXPECT_EQ(error_reason(), "NOT_EXPIRED");
}

TEST_F(DefiniteEnd, AnExpiryIsNotBelievedWhenTheNumberWasUsed) {
  node_.mood = Mood::hides_inclusion;
  EXPECT_EQ(labor_yes(pay_), 7) << console_.err;
}

TEST_F(DefiniteEnd, NoMeansNothingWasSigned) {
  console_.terminal = true;
  console_.answers = {"n"};
  EXPECT_EQ(labor(pay_), 3);
  EXPECT_EQ(error_reason(), "CANCELLED");
  EXPECT_EQ(node_.submitted, 0);
  EXPECT_EQ(kept(), 0u);
}

TEST_F(DefiniteEnd, OnePasswordIsAskedForAndAWrongOneIsFour) {
  console_.terminal = true;
  console_.answers = {"y", "wrong"};
  EXPECT_EQ(labor(pay_), 4);
  EXPECT_EQ(error_reason(), "WRONG_PASSWORD");
  console_.asked.clear();
  console_.answers = {"y", "devnet"};
  EXPECT_EQ(labor(pay_), 0) << console_.err;
  EXPECT_EQ(console_.asked.size(), 2u);
}

TEST_F(DefiniteEnd, WithoutATerminalItSaysWhatToGive) {
  EXPECT_EQ(labor(pay_), 2);
  EXPECT_EQ(error_reason(), "CONFIRMATION_NEEDED");
}

}  // namespace
}  // namespace wallet
