// Bugs that other implementations shipped, or that a review of this design found. Each test is
// named for one and fails if we ship it too.

#include <gtest/gtest.h>

#include "consensus/core/leader.h"
#include "consensus/core/tally.h"
#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

bool says(std::string const& out, std::string_view what) {
  return out.find(what) != std::string::npos;
}

Story voter_after_own_nullify() {
  Story story{config_of(4, 0)};
  story.tell(Work{.transactions = true, .due = false});
  story.tell_all(fired(TimerKind::leader, 1));
  EXPECT_TRUE(story.state().safety.own(View{1}).nullify);
  return story;
}

TEST(ShippedBugs, Ava280FinalizeAfterATimeOut) {
  auto story = voter_after_own_nullify();
  story.tell(proposal(1, 'A'));
  story.tell(certificate(notarize(1, 'A')));
  EXPECT_FALSE(says(story.tell(executed(1, 'A')), "finalize"));
  EXPECT_FALSE(says(story.tell(BodyDurable{.block = block('A')}), "finalize"));
}

TEST(ShippedBugs, Ava290FinalizeOnARebroadcastPath) {
  auto story = voter_after_own_nullify();
  story.tell(proposal(1, 'A'));
  story.tell(certificate(notarize(1, 'A')));
  story.tell(executed(1, 'A'));
  story.tell(BodyDurable{.block = block('A')});
  for (Input const& again : {Input{fired(TimerKind::standstill)}, Input{Connected{validator(2)}},
                             Input{certificate(notarize(1, 'A'))}, Input{Started{}}}) {
    EXPECT_FALSE(says(story.tell(again), "kind=finalize"));
  }
}

// commonware 2695: no certification after an own NULLIFY, so the block's children stood still.
TEST(ShippedBugs, Commonware2695CertificationGoesOnAfterAnOwnNullify) {
  auto story = voter_after_own_nullify();
  auto out = story.tell(certificate(notarize(1, 'A')));
  EXPECT_TRUE(says(out, "fetch_body block=A")) << out;
  out = story.tell(BodyHeld{.block = block('A')});
  EXPECT_TRUE(says(out, "store block=A")) << out;
  EXPECT_TRUE(says(out, "execute v=1 block=A")) << out;
}

TEST(ShippedBugs, CertificationGoesOnAfterTheNullificationOfItsView) {
  Story story{config_of(4, 0)};
  story.tell(proposal(1, 'A'));
  story.tell(certificate(nullify(1)));
  story.tell(certificate(notarize(1, 'A')));
  story.tell(executed(1, 'A'));
  EXPECT_TRUE(says(story.tell(BodyDurable{.block = block('A')}), "write=[v=1 kind=finalize"));
}

// commonware 2137, 2192: some hold notarization(1), others nullification(1), each refuses the
// other's parent.
TEST(ShippedBugs, Commonware2137ASplitViewHealsByFetching) {
  Story notarized{config_of(4, 0)};
  notarized.tell(certificate(notarize(1, 'A')));
  auto out = notarized.tell(proposal(2, 'B', {.parent_view = 0, .height = 1}, 'r'));
  EXPECT_TRUE(says(out, "fetch_view v=1 from=2")) << out;
  notarized.tell(executed(2, 'B'));
  out = notarized.tell(certificate(nullify(1)));
  EXPECT_TRUE(says(out, "write=[v=2 kind=notarize p=0 h=1 block=B]")) << out;

  Story nullified{config_of(4, 0)};
  nullified.tell(certificate(nullify(1)));
  out = nullified.tell(proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A'));
  EXPECT_TRUE(says(out, "fetch_view v=1 from=2")) << out;
  EXPECT_FALSE(says(out, "write")) << "missing is never wrong";
}

TEST(ShippedBugs, Commonware2192AFetchBelowTheFloorIsAnsweredWithTheFinalization) {
  Story story{config_of(4, 0)};
  story.tell(certificate(finalize(3, 'C')));
  EXPECT_EQ(story.tell(Asked{.peer = validator(2), .epoch = Epoch{0}, .view = View{1}}),
            "send=[certificate v=3 kind=finalize p=0 h=1 block=C to=2]");
}

// ava 546: a verified vote was overwritten by a later one, poisoning the certificate.
TEST(ShippedBugs, Ava546TheFirstVoteStands) {
  Story story{config_of(4, 0)};
  auto first = *vote(2, notarize(1, 'A'));
  first.signature.data[0] = 1;
  auto second = first;
  second.signature.data[0] = 2;
  story.tell(Attestation::of(first));
  story.tell(Attestation::of(second));
  story.tell(vote(2, notarize(1, 'B')));
  story.tell(vote(1, notarize(1, 'A')));
  story.tell(vote(3, notarize(1, 'A')));
  auto const& made = story.state().safety.notarizations().at(View{1});
  EXPECT_EQ(made.statement.block, block('A'));
  EXPECT_EQ(made.signers, SignerSet::of({validator(1), validator(2), validator(3)}));
  EXPECT_EQ(made.signatures[1].data[0], 1);
}

// ava PR 328: a restart by the last record of the journal started a view twice.
TEST(ShippedBugs, Ava328ARestartIsByViewNotByRecord) {
  auto config = config_of(4, 0);
  auto recovered = nothing_yet(config);
  recovered.own_votes = {vote(0, nullify(5)), vote(0, notarize(4, 'D')), vote(0, finalize(2, 'B'))};
  auto const by_view = recover(config, recovered);
  std::ranges::reverse(recovered.own_votes);
  EXPECT_EQ(recover(config, recovered), by_view);
  EXPECT_EQ(by_view.current, View{5});
}

TEST(ShippedBugs, ARestartAfterFinalizeBeginsInTheNextView) {
  auto config = config_of(4, 0);
  auto recovered = nothing_yet(config);
  recovered.own_votes = {vote(0, finalize(2, 'B')), vote(0, notarize(2, 'B'))};
  Story story{config, recovered};
  EXPECT_EQ(story.state().current, View{3});
  // Malformed first proposal after FINALIZE: its view is over.
  auto const out = story.tell(proposal(2, 'X', {}, 'r', Proposal::Form::malformed));
  EXPECT_FALSE(says(out, "write")) << out;
}

// commonware 4275: a restarted node did not count its own replayed NULLIFY.
TEST(ShippedBugs, Commonware4275AReplayedNullifyCountsAndIsSaidAgain) {
  auto config = config_of(4, 0);
  auto recovered = nothing_yet(config);
  recovered.own_votes = {vote(0, nullify(1))};
  Story story{config, recovered};
  EXPECT_EQ(story.tell(Started{}), "send=[again v=1 kind=nullify to=1,2,3] timers=[retry/1+2000]");
  story.tell(vote(1, nullify(1)));
  story.tell(vote(2, nullify(1)));
  EXPECT_EQ(story.state().current, View{2});
}

TEST(ShippedBugs, ARestartedValidatorSignsNothingThatItsJournalForbids) {
  auto config = config_of(4, 0);
  auto recovered = nothing_yet(config);
  recovered.own_votes = {vote(0, notarize(1, 'A'))};
  Story story{config, recovered};
  story.tell(Started{});
  story.tell(proposal(1, 'B'));
  EXPECT_FALSE(says(story.tell(executed(1, 'B')), "write"));
}

// A vote of 600 ms late, everybody nullifying: the slow one alone must not bring it about.
TEST(ShippedBugs, OneSlowVoterNullifiesNothing) {
  Story story{config_of(4, 0)};
  story.tell(vote(3, nullify(1)));
  EXPECT_FALSE(says(story.tell(proposal(1, 'A')), "nullify"));
  EXPECT_TRUE(says(story.tell(executed(1, 'A')), "kind=notarize"));
}

// One leader with a wrong root stopped everyone: only a quorum that disagrees may stop a node.
TEST(ShippedBugs, AWrongRootStopsTheNodeOnlyOnceItIsNotarized) {
  Story story{config_of(4, 0)};
  story.tell(proposal(1, 'A'));
  EXPECT_FALSE(says(story.tell(executed(1, 'A', Verdict::invalid)), "diverged"));
  EXPECT_TRUE(says(story.tell(certificate(notarize(1, 'A'))), "diverged v=1 h=1 block=A"));
  EXPECT_FALSE(says(story.tell(fired(TimerKind::standstill)), "diverged")) << "said once";
}

TEST(ShippedBugs, TwoNotarizedBlocksInOneViewStopTheNode) {
  Story story{config_of(4, 0)};
  story.tell(certificate(notarize(1, 'A')));
  EXPECT_TRUE(says(story.tell(certificate(notarize(1, 'B'))), "diverged"));
  Story other{config_of(4, 0)};
  other.tell(certificate(notarize(1, 'A')));
  auto const out = other.tell(certificate(finalize(1, 'B')));
  EXPECT_TRUE(says(out, "diverged")) << out;
  EXPECT_FALSE(says(out, "commit")) << out;
}

// ava 562 and the votes of far views: memory that a liar fills.
TEST(ShippedBugs, VotesOutsideTheWindowAreNotKept) {
  Story story{config_of(4, 0)};
  story.tell(certificate(finalize(3, 'C')));
  auto const before = story.state().rounds.size();
  for (std::uint64_t view : {1u, 3u, 6u, 7u, 1000u}) story.tell(vote(2, nullify(view)));
  EXPECT_EQ(story.state().rounds.size(), before);
  story.tell(vote(2, nullify(5)));
  EXPECT_EQ(story.state().rounds.size(), before + 1);
}

TEST(ShippedBugs, AtMostSixtyFourThingsAreLookedForAtOnce) {
  Story story{config_of(4, 0)};
  story.tell(certificate(nullify(999)));
  story.tell(proposal(1000, 'A', {.parent_view = 0, .height = 1}));
  EXPECT_EQ(story.state().missing.size(), 64u);
}

// The last block of an idle chain: the FINALIZE votes were lost, nothing new comes.
TEST(ShippedBugs, TheLastBlockOfAnIdleChainIsPushedByAnEmptyOne) {
  Story story{config_of(4, 2)};
  story.tell(proposal(1, 'A'));
  story.tell(executed(1, 'A'));
  auto out = story.tell(certificate(notarize(1, 'A')));
  EXPECT_FALSE(says(out, "build")) << "FINALIZE votes get their time: " << out;
  EXPECT_TRUE(says(out, "settle/2+250")) << out;
  out = story.tell(fired(TimerKind::settle, 2));
  EXPECT_TRUE(says(out, "build v=2 empty=1")) << out;
}

TEST(ShippedBugs, BackOffIsCappedAndComesDownOneStepAtATime) {
  Story story{config_of(4, 0)};
  for (std::uint64_t v = 1; v <= 200; ++v) story.tell(certificate(nullify(v)));
  EXPECT_EQ(story.state().backoff_level, 6u);
  auto const out = story.tell(Work{.transactions = true, .due = false});
  EXPECT_TRUE(says(out, "advance/201+6000")) << out;  // 8 x 3 x 250.
  story.tell(certificate(finalize(201, 'A')));
  EXPECT_EQ(story.state().backoff_level, 5u);
}

TEST(ShippedBugs, AnAbandonedExecutionIsOrderedAgainOnlyWhenTheFetchTimerFires) {
  Story story{config_of(4, 0)};
  story.tell(proposal(1, 'A'));
  auto out = story.tell(executed(1, 'A', Verdict::abandoned));
  EXPECT_FALSE(says(out, "execute")) << out;
  EXPECT_TRUE(says(out, "fetch/0+500")) << out;
  EXPECT_TRUE(says(story.tell(fired(TimerKind::fetch)), "execute v=1 block=A"));
}

TEST(ShippedBugs, AnEquivocatorIsNotAskedForAnything) {
  Story story{config_of(4, 0)};
  story.tell(vote(2, notarize(1, 'A')));
  story.tell(vote(2, notarize(1, 'B')));
  ASSERT_TRUE(story.state().conflicts.contains(validator(2)));
  auto out = story.tell(certificate(notarize(2, 'C')));  // Led by 2.
  EXPECT_TRUE(says(out, "fetch_body block=C from=3")) << out;
}

TEST(ShippedBugs, NullifyWithFinalizeIsEvidenceAndNullifyWithNotarizeIsNot) {
  Story story{config_of(4, 0)};
  story.tell(vote(2, notarize(1, 'A')));
  story.tell(vote(2, nullify(1)));
  EXPECT_TRUE(story.state().conflicts.empty());
  story.tell(vote(2, finalize(1, 'A')));
  EXPECT_TRUE(story.state().conflicts.contains(validator(2)));
}

TEST(ShippedBugs, LateAnswersAreIgnored) {
  Story story{config_of(4, 0)};
  auto old = executed(1, 'A');
  old.epoch = Epoch{7};
  for (Input const& late :
       {Input{old}, Input{executed(1, 'A')}, Input{BodyHeld{block('A')}},
        Input{BodyDurable{block('A')}}, Input{fired(TimerKind::leader, 9)},
        Input{Built{.epoch = Epoch{0}, .view = View{1}, .parent = {}, .block = block('A')}},
        Input{Asked{.peer = validator(1), .epoch = Epoch{9}, .view = View{1}}}}) {
    auto const before = story.state();
    EXPECT_EQ(story.tell(late), "");
    EXPECT_EQ(story.state(), before);
  }
}

TEST(Observer, FollowsAndNeverVotes) {
  Story story{config_of(4, std::nullopt)};
  story.tell(proposal(1, 'A'));
  EXPECT_EQ(story.tell(executed(1, 'A')), "");
  auto const out = story.tell(certificate(notarize(1, 'A')));
  EXPECT_TRUE(says(out, "store block=A")) << out;
  EXPECT_EQ(story.tell(BodyDurable{.block = block('A')}), "");
  EXPECT_TRUE(says(story.tell(certificate(finalize(1, 'A'))), "commit=[v=1"));
  EXPECT_TRUE(story.state().safety.own().empty());
}

TEST(StepDeath, AVoteFromOutsideTheSetIsAProgrammersError) {
  Story story{config_of(4, 0)};
  EXPECT_DEATH(story.tell(vote(4, nullify(1))), "validators.contains");
}

TEST(StepDeath, AVoteOfAnotherEpochIsAProgrammersError) {
  Story story{config_of(4, 0)};
  auto statement = nullify(1);
  statement.epoch = Epoch{1};
  EXPECT_DEATH(story.tell(vote(1, statement)), "config.epoch");
}

TEST(StepDeath, AProposalNotOfTheLeaderIsAProgrammersError) {
  Story story{config_of(4, 0)};
  auto stolen = *proposal(1, 'A');
  stolen.vote.voter = validator(2);
  EXPECT_DEATH(story.tell(Attestation::of(stolen)), "leader");
}

TEST(StepDeath, AViewAtOrBelowTheFloorIsAProgrammersError) {
  Story story{config_of(4, 0)};
  story.state().current = View{0};
  EXPECT_DEATH(story.tell(Started{}), "safety.floor");
}

}  // namespace
}  // namespace consensus
