// What ballots do beyond parameters, validators, issuers and payments: arbiters, apps, assets,
// upgrades and elections; each refused with its reason, and carried out.

#include "protocol/governance/actions.h"

#include <functional>

#include "protocol/bank/pay_asset.h"
#include "protocol/execution/feature.h"
#include "protocol/governance/election.h"
#include "protocol/limits.h"
#include "protocol/mandates/app.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

namespace limits = protocol::limits;

class Acting : public Ballots {
 protected:
  // Dave registers an app and is an arbiter already.
  static Genesis with_arbiter() {
    auto made = genesis();
    made.mutable_accounts(3)->set_arbiter(true);
    return made;
  }
  Acting() : Ballots{with_arbiter()} {
    enrol(alice_);
    enrol(bob_);
    lock(alice_, 100 * lbr, 900);
    RegisterApp app;
    app.set_name("gigs");
    app.set_share_bps(100);
    EXPECT_EQ(send(dave_, app), TX_STATUS_OK);
  }

  static void arbiter(Actions& actions, Person const& who, bool recall = false) {
    auto& change = *actions.add_arbiters();
    change.set_account(who.address().str());
    change.set_recall(recall);
  }
  static void app(Actions& actions, std::string const& name, bool strike) {
    auto& change = *actions.add_apps();
    change.set_name(name);
    change.set_strike(strike);
  }
  static void asset(Actions& actions, Asset asset, bool close) {
    auto& change = *actions.add_assets();
    change.set_asset(asset);
    change.set_close(close);
  }
  static Upgrade& upgrade(Actions& actions, std::uint32_t feature = 1) {
    auto& made = *actions.add_upgrades();
    made.set_feature(feature);
    made.set_name("votes_leave");
    made.set_version("0.2.0");
    made.set_blocks(10);
    return made;
  }
  Election& election(Actions& actions, std::uint32_t seats = 1) const {
    auto& made = *actions.mutable_election();
    std::vector<std::string> addresses;
    for (auto const* const who : {&alice_, &bob_, &carol_})
      addresses.push_back(who->address().str());
    std::ranges::sort(addresses);
    for (auto const& address : addresses) made.add_candidates(address);
    made.set_seats(seats);
    made.set_term_ms(365 * day_ms);
    return made;
  }
  template <class F>
  static SubmitBallot with(F add) {
    auto made = proposal();
    add(*made.mutable_actions());
    return made;
  }
  Juror juror(Person const& who) const {
    return chain_.find<Juror>(state::keys::juror(who.address())).value_or(Juror{});
  }
};

TEST_F(Acting, IsRefusedAtSubmissionWithItsReason) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(Actions&)> add;
  };
  Person const stranger{77};
  Case const cases[] = {
      {"an arbiter twice", TX_STATUS_ACTION_TWICE,
       [&](Actions& a) { arbiter(a, alice_), arbiter(a, alice_, true); }},
      {"one who is one", TX_STATUS_NOTHING_TO_CHANGE, [&](Actions& a) { arbiter(a, dave_); }},
      {"one recalled who is none", TX_STATUS_NOTHING_TO_CHANGE,
       [&](Actions& a) { arbiter(a, alice_, true); }},
      {"nobody's account", TX_STATUS_ARBITER_NOT_A_MEMBER,
       [&](Actions& a) { arbiter(a, stranger); }},
      {"no address", TX_STATUS_INVALID_ADDRESS,
       [](Actions& a) { a.add_arbiters()->set_account("short"); }},
      {"an app that is none", TX_STATUS_APP_NOT_FOUND, [](Actions& a) { app(a, "nobody", true); }},
      {"an app that stands", TX_STATUS_NOTHING_TO_CHANGE,
       [](Actions& a) { app(a, "gigs", false); }},
      {"the ownership token", TX_STATUS_INVALID_ASSET,
       [](Actions& a) { asset(a, ASSET_LBR, true); }},
      {"an asset that is open", TX_STATUS_NOTHING_TO_CHANGE,
       [](Actions& a) { asset(a, ASSET_USD, false); }},
      {"a feature without number", TX_STATUS_INVALID_UPGRADE, [](Actions& a) { upgrade(a, 0); }},
      {"a feature beyond all", TX_STATUS_INVALID_UPGRADE,
       [](Actions& a) { upgrade(a, limits::features_max + 1); }},
      {"a feature at once", TX_STATUS_INVALID_UPGRADE,
       [](Actions& a) { upgrade(a).set_blocks(limits::upgrade_blocks_min - 1); }},
      {"no version", TX_STATUS_INVALID_UPGRADE, [](Actions& a) { upgrade(a).clear_version(); }},
      {"a version of control characters", TX_STATUS_INVALID_UPGRADE,
       [](Actions& a) { upgrade(a).set_version("1\n2"); }},
      {"a feature twice", TX_STATUS_ACTION_TWICE, [](Actions& a) { upgrade(a), upgrade(a); }},
      {"an election and more", TX_STATUS_INVALID_ELECTION,
       [&](Actions& a) { election(a), arbiter(a, alice_); }},
      {"more seats than candidates", TX_STATUS_INVALID_ELECTION,
       [&](Actions& a) { election(a, 4); }},
      {"no seat", TX_STATUS_INVALID_ELECTION, [&](Actions& a) { election(a, 0); }},
      {"a candidate twice", TX_STATUS_INVALID_ELECTION,
       [&](Actions& a) { election(a).set_candidates(1, a.election().candidates(0)); }},
      {"for a day", TX_STATUS_INVALID_ELECTION,
       [&](Actions& a) { election(a).set_term_ms(day_ms); }},
      {"for ever", TX_STATUS_INVALID_ELECTION,
       [&](Actions& a) { election(a).set_term_ms(limits::term_ms_max + 1); }},
      {"sound", TX_STATUS_OK, [&](Actions& a) {
         arbiter(a, alice_), arbiter(a, dave_, true), app(a, "gigs", true);
         asset(a, ASSET_USD, true), upgrade(a);
       }}};
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(send(bob_, with(row.add)), row.want);
  }
}

TEST_F(Acting, IsOfTheHighestClassOfItsActions) {
  struct Case {
    BallotClass want;
    std::function<void(Actions&)> add;
  };
  auto const fee = [](Actions& a) {
    auto& change = *a.add_parameters();
    change.set_parameter(PARAMETER_CLIENT_FEE_BPS);
    change.set_value(900);
  };
  Case const cases[] = {
      {BALLOT_CLASS_ORDINARY, [&](Actions& a) { arbiter(a, alice_), app(a, "gigs", true); }},
      {BALLOT_CLASS_ORDINARY, [&](Actions& a) { election(a); }},
      {BALLOT_CLASS_VALIDATORS, [](Actions& a) { a.add_validators(); }},
      {BALLOT_CLASS_FEE, [&](Actions& a) { fee(a), a.add_validators(); }},
      {BALLOT_CLASS_UPGRADE, [](Actions& a) { upgrade(a), a.add_validators(); }},
      {BALLOT_CLASS_FEE, [&](Actions& a) { upgrade(a), fee(a); }},
      {BALLOT_CLASS_CONSTITUTION, [](Actions& a) { upgrade(a).set_constitutional(true); }}};
  for (auto const& row : cases) {
    Actions actions;
    row.add(actions);
    EXPECT_EQ(class_of(actions), row.want);
  }
}

TEST_F(Acting, MakesAndRecallsArbiters) {
  EXPECT_EQ(decided(with([&](Actions& a) { arbiter(a, carol_), arbiter(a, dave_, true); })),
            BALLOT_STATE_EXECUTED);
  EXPECT_TRUE(juror(carol_).arbiter());
  EXPECT_EQ(juror(carol_).number(), 2u);
  EXPECT_FALSE(juror(dave_).arbiter());
}

TEST_F(Acting, StrikesAnAppAndLetsItBackIn) {
  EXPECT_EQ(decided(with([](Actions& a) { app(a, "gigs", true); })), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(mandates::must_be_app_or_empty(chain_.state(), "gigs").error().status,
            TX_STATUS_APP_STRUCK);
  EXPECT_EQ(decided(with([](Actions& a) { app(a, "gigs", false); })), BALLOT_STATE_EXECUTED);
  EXPECT_TRUE(mandates::must_be_app_or_empty(chain_.state(), "gigs"));
}

TEST_F(Acting, ClosesAnAssetToNewFunding) {
  EXPECT_TRUE(bank::must_take_funding(chain_.state(), ASSET_USD));
  EXPECT_EQ(decided(with([](Actions& a) { asset(a, ASSET_USD, true); })), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(bank::must_take_funding(chain_.state(), ASSET_USD).error().status,
            TX_STATUS_ASSET_CLOSED);
  EXPECT_EQ(decided(with([](Actions& a) { asset(a, ASSET_USD, false); })), BALLOT_STATE_EXECUTED);
  EXPECT_TRUE(bank::must_take_funding(chain_.state(), ASSET_USD));
}

TEST_F(Acting, TurnsOnAFeatureAFewBlocksLaterAndOnce) {
  auto const once = with([](Actions& a) { upgrade(a); });
  EXPECT_EQ(decided(once), BALLOT_STATE_EXECUTED);
  auto const features = chain_.find<Features>(state::keys::features()).value();
  ASSERT_EQ(features.features_size(), 1);
  auto const height = features.features(0).height();
  EXPECT_GE(height, chain_.parent().height.value() + 9);
  auto const at = [&](std::uint64_t h) {
    return execution::holds(chain_.state(), execution::Feature::votes_leave, protocol::Height{h});
  };
  EXPECT_FALSE(at(height - 1));
  EXPECT_TRUE(at(height));
  EXPECT_EQ(send(bob_, once), TX_STATUS_UPGRADE_EXISTS);

  auto const known = execution::known_features();
  EXPECT_FALSE(execution::lacking(chain_.state(), protocol::Height{height}, known));
  EXPECT_FALSE(execution::lacking(chain_.state(), protocol::Height{height - 1}, {}));
  auto const lack = execution::lacking(chain_.state(), protocol::Height{height}, {});
  ASSERT_TRUE(lack);
  EXPECT_NE(execution::explain_lack(*lack).find("0.2.0"), std::string::npos);
}

TEST_F(Acting, LetsOldVotesLeaveOnceTheFeatureHolds) {
  ASSERT_EQ(decided(with([](Actions& a) { upgrade(a); })), BALLOT_STATE_EXECUTED);
  for (int i = 0; i < 10; ++i) advance(second_ms);
  ASSERT_EQ(decided(proposal()), BALLOT_STATE_EXECUTED);
  auto const of = [&](Person const& who, std::uint64_t id) {
    return chain_.find<Vote>(state::keys::vote(id, who.address())).has_value();
  };
  EXPECT_TRUE(of(alice_, 2));
  advance(limits::over_kept_ms);
  for (auto const* const who : {&alice_, &bob_}) {
    EXPECT_TRUE(of(*who, 1)) << "that ballot was over before the feature held";
    EXPECT_FALSE(of(*who, 2));
  }
  EXPECT_TRUE(ballot(2).votes_left());
  EXPECT_EQ(ballot(2).ends_at_ms(), 0u);
  EXPECT_EQ(ballot(2).tokens().tally().yes(), 100 * lbr) << "what was decided stays";
}

TEST_F(Acting, ElectsWhomBothHousesApproveForATerm) {
  EXPECT_EQ(decided(with([&](Actions& a) { election(a, 2); }), {1}), BALLOT_STATE_EXECUTED);
  auto const winner = execution::find_record<Ballot>(chain_.state(), state::keys::ballot(1))
                          ->actions()
                          .election()
                          .candidates(1);
  int arbiters = 0;
  for (auto const* const who : {&alice_, &bob_, &carol_}) {
    if (!juror(*who).arbiter()) continue;
    ++arbiters;
    EXPECT_EQ(who->address().str(), winner);
    EXPECT_GT(juror(*who).term_ends_ms(), chain_.time().value());
  }
  EXPECT_EQ(arbiters, 1) << "of two seats one stays empty: nobody approves of the others";
  advance(366 * day_ms);
  for (auto const* const who : {&alice_, &bob_, &carol_}) EXPECT_FALSE(juror(*who).arbiter());
}

TEST_F(Acting, VotesNameCandidatesInAnElectionOnly) {
  auto const elects = submit(bob_, with([&](Actions& a) { election(a); }));
  auto const other = submit(bob_, proposal());
  to_voting();
  struct Case {
    char const* name;
    std::uint64_t ballot;
    Choice choice;
    std::vector<std::uint32_t> approvals;
    TxStatus want;
  };
  Case const cases[] = {
      {"yes without a name", elects, CHOICE_YES, {}, TX_STATUS_INVALID_APPROVALS},
      {"descending", elects, CHOICE_YES, {1, 0}, TX_STATUS_INVALID_APPROVALS},
      {"twice", elects, CHOICE_YES, {1, 1}, TX_STATUS_INVALID_APPROVALS},
      {"nobody's number", elects, CHOICE_YES, {3}, TX_STATUS_INVALID_APPROVALS},
      {"no with a name", elects, CHOICE_NO, {0}, TX_STATUS_INVALID_APPROVALS},
      {"on another ballot", other, CHOICE_YES, {0}, TX_STATUS_INVALID_APPROVALS},
      {"all of them", elects, CHOICE_YES, {0, 1, 2}, TX_STATUS_OK},
      {"no, instead", elects, CHOICE_NO, {}, TX_STATUS_OK},
      {"two, instead", elects, CHOICE_YES, {0, 2}, TX_STATUS_OK},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    CastVote vote;
    vote.set_ballot(row.ballot);
    vote.set_choice(row.choice);
    for (auto const candidate : row.approvals) vote.add_approvals(candidate);
    EXPECT_EQ(send(alice_, vote), row.want);
  }
  auto const counted = ballot(elects);
  EXPECT_EQ(counted.approvals(0).tokens(), 100 * lbr);
  EXPECT_EQ(counted.approvals(0).members(), 1u);
  EXPECT_EQ(counted.approvals(1).tokens(), 0u);
  EXPECT_EQ(counted.approvals(2).tokens(), 100 * lbr);
}

// Standing is the smaller of two shares; ties go to the one named first.
TEST(Elections, SeatThoseWhoStandHighestInTheHouseWhereTheyStandLower) {
  struct Candidate {
    std::uint64_t tokens;   // Of 100.
    std::uint64_t members;  // Of 10.
  };
  struct Case {
    char const* name;
    std::uint32_t seats;
    std::vector<Candidate> candidates;
    std::string want;  // Their letters.
  };
  Case const cases[] = {
      {"one house alone elects nobody", 2, {{100, 0}, {0, 10}}, ""},
      {"the lower share counts", 1, {{90, 3}, {40, 4}}, "b"},
      {"as many as there are seats", 2, {{10, 1}, {20, 2}, {30, 3}}, "cb"},
      {"a tie", 1, {{50, 5}, {50, 9}}, "a"},
      {"a tie across houses", 1, {{30, 9}, {90, 3}}, "a"},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    Ballot ballot;
    ballot.mutable_tokens()->mutable_tally()->set_yes(100);
    ballot.mutable_members()->mutable_tally()->set_yes(10);
    auto& election = *ballot.mutable_actions()->mutable_election();
    election.set_seats(row.seats);
    for (auto const& candidate : row.candidates) {
      election.add_candidates(std::string(1, static_cast<char>('a' + election.candidates_size())));
      auto& approval = *ballot.add_approvals();
      approval.set_tokens(candidate.tokens);
      approval.set_members(candidate.members);
    }
    std::string seated;
    for (auto const& account : elected(ballot)) seated += account;
    EXPECT_EQ(seated, row.want);
  }
}

}  // namespace
}  // namespace governance
