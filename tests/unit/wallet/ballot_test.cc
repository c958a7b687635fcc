// Votes in the wallet: what one's own weighs and why, and every vote counted again.

#include "protocol/execution/context.h"
#include "protocol/talent/attestation.h"
#include "tests/unit/wallet/wallet_test.h"

namespace wallet {
namespace {

using testing_support::day_ms;

class Ballots : public WalletTest {
 protected:
  // By an issuer that the chain knows from now on.
  void attest(KeyFile const& who) {
    chain_.tamper([&](state::Overlay& overlay) {
      auto const issuer = testing_support::Person{900}.address();
      labor::v1::Issuer known;
      known.set_account(issuer.str());
      known.set_name("An issuer");
      overlay.put(state::key_of(known), canonical::encode(known));
      execution::Context context{
          overlay, {.height = {}, .time = chain_.time(), .genesis = chain_.chain().hash()}, issuer};
      labor::v1::Attest identity;
      identity.set_subject(who.address().str());
      identity.set_schema(std::string{talent::identity_schema});
      identity.set_data_hash(who.address().str());
      identity.set_expires_at_ms(chain_.time().value() + 900 * day_ms);
      CHECK(talent::apply(context, identity).has_value());
    });
  }
  bool said(std::string const& what) const { return console_.out.find(what) != std::string::npos; }
};

TEST_F(Ballots, TellWhatOnesOwnVoteWeighsAndWhy) {
  attest(alice_);
  ASSERT_EQ(labor_yes({"token", "lock", "60", "LBR", "--until", "90d"}), 0) << console_.err;
  attest(bob_);
  ASSERT_EQ(labor_yes({"ballot", "delegate", "bob"}), 0) << console_.err;
  ASSERT_EQ(labor({"ballot", "delegations", "--from", "bob"}), 0) << console_.err;
  EXPECT_TRUE(said("DELEGATE")) << console_.out;
  ASSERT_EQ(labor_yes({"ballot", "undelegate"}), 0) << console_.err;
  EXPECT_EQ(labor_yes({"ballot", "undelegate", "--json"}), 6);
  EXPECT_EQ(error_reason(), "SAME_DELEGATE");
  EXPECT_EQ(labor_yes({"ballot", "enrol", "--json"}), 6);
  EXPECT_EQ(error_reason(), "TOO_FEW_FEES");

  chain_.tamper([](state::Overlay& overlay) {
    labor::v1::ParameterValue deposit;
    deposit.set_parameter(labor::v1::PARAMETER_BALLOT_DEPOSIT);
    deposit.set_value(50 * testing_support::lbr);
    overlay.put(state::key_of(deposit), canonical::encode(deposit));
  });
  node_.pass(day_ms);  // A block whose root has it.
  ASSERT_EQ(labor_yes({"ballot", "new", "--title", "Shorter lists", "--change", "job_idle_ms=20d"}),
            0)
      << console_.err;
  ASSERT_EQ(labor({"ballot", "show", "1"}), 0) << console_.err;
  EXPECT_TRUE(said("set job_idle_ms to 20 d")) << console_.out;
  EXPECT_TRUE(said("3 LBR: 60 LBR of your own, 0 LBR of others; more counts for nobody"))
      << console_.out;
  EXPECT_TRUE(said("none in the members' house")) << console_.out;
  EXPECT_TRUE(said("nobody is eligible") == false) << "nothing is said of a vote before it begins";

  node_.pass(7 * day_ms);
  ASSERT_EQ(labor_yes({"ballot", "vote", "1", "yes"}), 0) << console_.err;
  ASSERT_EQ(labor({"ballot", "show", "1"}), 0) << console_.err;
  EXPECT_TRUE(said("no quorum yet: 15 LBR more must vote, in any way")) << console_.out;
  EXPECT_TRUE(said("nobody is eligible: it cannot pass")) << console_.out;
  EXPECT_TRUE(said("You voted")) << console_.out;

  ASSERT_EQ(labor({"ballot", "audit", "1"}), 0) << console_.err;
  EXPECT_TRUE(said("1 votes read, each proved")) << console_.out;
  EXPECT_TRUE(said("a house has no quorum")) << console_.out;
}

TEST_F(Ballots, ThatDoNotAddUpAreNotBelieved) {
  labor::v1::Ballot ballot;
  ballot.set_id(1);
  ballot.set_state(labor::v1::BALLOT_STATE_EXECUTED);
  ballot.mutable_tokens()->set_eligible(100);
  ballot.mutable_tokens()->mutable_tally()->set_yes(60);
  labor::v1::Vote vote;
  vote.set_ballot(1);
  vote.set_account(alice_.address().str());
  vote.set_choice(labor::v1::CHOICE_YES);
  vote.set_weight(59);
  chain_.tamper_with(ballot);
  chain_.tamper_with(vote);
  node_.pass(day_ms);  // A block whose root has them.
  EXPECT_EQ(labor({"ballot", "audit", "1", "--json"}), 10);
  EXPECT_EQ(error_reason(), "TALLY_DIFFERS");
  EXPECT_EQ(labor({"ballot", "audit", "2", "--json"}), 2);
  EXPECT_EQ(error_reason(), "NOT_FOUND");
}

TEST_F(Ballots, PayNobodyByHalfAnArgument) {
  for (auto const* text :
       {"bob", "=100 USD", "bob=", "bob=100 EUR", "nobody=1 USD", "bob=-1 USD"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(labor_yes({"ballot", "new", "--title", "x", "--spend", text, "--json"}), 2);
  }
  EXPECT_EQ(node_.submitted, 0);
  EXPECT_EQ(labor_yes({"ballot", "new", "--title", "x", "--spend", "bob=1 USD", "--json"}), 6);
  EXPECT_EQ(error_reason(), "INSUFFICIENT_BALANCE");
}

}  // namespace
}  // namespace wallet
