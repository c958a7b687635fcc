// Validators in the wallet: what is shown of them is proved, and what owners are to decide on is
// said in full.

#include "wallet/validator.h"

#include "protocol/base/hex.h"
#include "protocol/validators/seats.h"
#include "tests/unit/wallet/wallet_test.h"
#include "wallet/teller.h"

namespace wallet {
namespace {

using Validators = WalletTest;

std::string key_text(std::uint64_t number) {
  return base::hex(testing_support::secret_key(number).public_key().view());
}

TEST_F(Validators, AreListedAndShownAsTheChainHasThem) {
  ASSERT_EQ(labor({"validator", "list", "--json"}), 0) << console_.err;
  auto const seats = validators::seats(chain_.state());
  auto const whole = answer();
  auto const& rows = whole.at("data").as_array();
  ASSERT_EQ(rows.size(), seats.size());
  for (std::size_t i = 0; i < seats.size(); ++i) {
    EXPECT_EQ(rows[i].at("validator").at("name").as_string(), seats[i].validator().name());
    EXPECT_EQ(rows[i].at("state").as_string(), "seated");
  }

  ASSERT_EQ(labor({"validator", "show", "v2"}), 0) << console_.err;
  EXPECT_NE(console_.out.find(key_text(1002)), std::string::npos) << console_.out;
  EXPECT_EQ(labor({"validator", "show", "nobody", "--json"}), 2);
  EXPECT_EQ(error_reason(), "NOT_FOUND");
}

TEST_F(Validators, AreAdmittedAndRemovedByABallotThatSaysWho) {
  auto const admitted = "zug " + key_text(3000) + " " + key_text(4000) + " bob";
  ASSERT_EQ(labor_yes({"ballot", "new", "--title", "Zug for v3", "--admit", admitted, "--remove",
                       key_text(1003)}),
            0)
      << console_.err;
  auto const ballot = chain_.find<labor::v1::Ballot>(state::keys::ballot(1));
  ASSERT_TRUE(ballot.has_value());
  ASSERT_EQ(ballot->actions().validators_size(), 2);
  auto const& validator = ballot->actions().validators(0).admit().validator();
  EXPECT_EQ(validator.name(), "zug");
  EXPECT_EQ(base::hex(validator.consensus_key()), key_text(3000));
  EXPECT_EQ(base::hex(validator.node_key()), key_text(4000));
  EXPECT_EQ(validator.operator_(), bob_.address().str());
  EXPECT_EQ(base::hex(ballot->actions().validators(1).remove().consensus_key()), key_text(1003));

  ASSERT_EQ(labor({"ballot", "show", "1"}), 0) << console_.err;
  for (auto const& said : {key_text(3000), key_text(4000), key_text(1003), std::string{"zug"}}) {
    EXPECT_NE(console_.out.find(said), std::string::npos) << console_.out;
  }
}

TEST_F(Validators, AreNotAdmittedByHalfAnArgument) {
  struct Case {
    std::string option;
    std::string text;
    std::string code;
  };
  std::vector<Case> const cases = {
      {"--admit", "zug", "INVALID_ADMISSION"},
      {"--admit", "zug " + key_text(3000), "INVALID_ADMISSION"},
      {"--admit", "zug " + key_text(3000) + " abc", "INVALID_KEY"},
      {"--admit", "zug xyz " + key_text(3000), "INVALID_KEY"},
      {"--remove", "v3", "INVALID_KEY"},
  };
  for (auto const& [option, text, code] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(labor_yes({"ballot", "new", "--title", "x", option, text, "--json"}), 2);
    EXPECT_EQ(error_reason(), code);
  }
  EXPECT_EQ(node_.submitted, 0);
}

TEST_F(Validators, AreGivenNewKeysByTheirOperatorAlone) {
  std::vector<std::string> command{"validator",    "rotate",       key_text(1000),
                                   key_text(3000), key_text(2000), std::string(128, '0'),
                                   "--json"};
  EXPECT_NE(labor_yes(command), 0);
  EXPECT_EQ(error_reason(), "NOT_YOUR_SEAT");
  command[5] = "00";
  EXPECT_EQ(labor_yes(command), 2);
  EXPECT_EQ(error_reason(), "INVALID_PROOF");
}

}  // namespace
}  // namespace wallet
