// The last block of an epoch (R17): it has no children, and is proposed again until it is final.
// The validator is number 0 of four; view v is led by v mod 4.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/consensus_words.h"
#include "tests/support/core_cluster.h"

namespace consensus {
namespace {

using namespace words;

constexpr On on_itself{.parent_view = 1, .height = 1};

// Validator 0 in view 2: block A of view 1 is notarized, executed and stored.
Story after_a_boundary() {
  Story story{config_of(4, 0)};
  story.tell_all(Started{});
  auto first = *proposal(1, 'A');
  first.boundary = true;
  story.tell_all(Attestation::of(first));
  story.tell_all(executed(1, 'A'));
  story.tell_all(BodyDurable{.block = block('A')});
  story.tell_all(certificate(notarize(1, 'A')));
  EXPECT_EQ(story.state().current, View{2});
  EXPECT_TRUE(story.state().safety.own(View{1}).finalize);
  return story;
}

bool voted(Story& story, std::uint64_t view) {
  return story.state().safety.own(View{view}).notarize.has_value();
}

bool gave_up(Story& story, std::uint64_t view) {
  return story.state().safety.own(View{view}).nullify.has_value();
}

TEST(Boundary, IsTakenAgainWhoeverMadeIt) {
  auto story = after_a_boundary();
  story.tell_all(proposal_again(2, 'A', on_itself, 1));
  EXPECT_TRUE(voted(story, 2));
  EXPECT_FALSE(gave_up(story, 2));
}

TEST(Boundary, IsTakenAgainHoweverOldItIs) {
  auto story = after_a_boundary();
  auto old = *proposal_again(2, 'A', on_itself, 1);
  old.form = Proposal::Form::stale;
  story.tell_all(Attestation::of(old));
  EXPECT_TRUE(voted(story, 2));
}

TEST(Boundary, IsCertifiedInEachViewInWhichItIsNotarized) {
  auto story = after_a_boundary();
  story.tell_all(proposal_again(2, 'A', on_itself, 1));
  story.tell_all(certificate(notarize(2, 'A', on_itself)));
  EXPECT_TRUE(story.state().safety.own(View{2}).finalize);
}

TEST(Boundary, IsGivenUpWithAnotherHeightThanItHas) {
  auto story = after_a_boundary();
  story.tell_all(proposal_again(2, 'A', {.parent_view = 1, .height = 2}, 1));
  EXPECT_FALSE(voted(story, 2));
  EXPECT_TRUE(gave_up(story, 2));
}

TEST(Boundary, ABlockThatIsNoneIsNotTakenAgain) {
  auto story = after_a_boundary();
  auto plain = *proposal_again(2, 'A', on_itself, 1);
  plain.boundary = false;
  story.tell_all(Attestation::of(plain));
  EXPECT_FALSE(voted(story, 2));
  EXPECT_TRUE(gave_up(story, 2));
}

TEST(Boundary, AFirstProposalOfAnothersBlockIsGivenUp) {
  auto story = after_a_boundary();
  auto stolen = *proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A');
  stolen.proposer = validator(1);
  story.tell_all(Attestation::of(stolen));
  EXPECT_TRUE(gave_up(story, 2));
}

TEST(Boundary, WithoutItsNotarizationOneIsFetchedAndNothingSaid) {
  Story story{config_of(4, 0)};
  story.tell_all(Started{});
  story.tell_all(certificate(nullify(1)));
  auto const out = story.tell_all(proposal_again(2, 'A', on_itself, 1));
  EXPECT_NE(out.find("fetch_view v=1"), std::string::npos) << out;
  EXPECT_FALSE(gave_up(story, 2));
}

TEST(Boundary, TheRootOfAnEpochIsNotProposedAgainInIt) {
  Story story{config_of(4, 0)};
  story.tell_all(Started{});
  story.tell_all(proposal_again(1, 'r', {.parent_view = 0, .height = 0}, 3));
  EXPECT_FALSE(voted(story, 1));
  EXPECT_TRUE(gave_up(story, 1));
}

TEST(Boundary, ALeaderProposesItAgain) {
  Story story{config_of(4, 2)};  // Leads view 2.
  story.tell_all(Started{});
  story.tell_all(certificate(notarize(1, 'A')));
  story.tell_all(BodyHeld{.block = block('A')});
  story.tell_all(executed(1, 'A'));
  auto const order = story.tell_all(Work{.transactions = true, .due = false});
  EXPECT_NE(order.find("build"), std::string::npos) << order;
  auto const a1 = BlockRef{.view = View{1}, .height = Height{1}, .block = block('A')};
  auto const said =
      story.tell_all(Built{.epoch = Epoch{0}, .view = View{2}, .parent = a1, .block = block('A')});
  EXPECT_NE(said.find("write=[v=2 kind=notarize p=1 h=1 block=A]"), std::string::npos) << said;
}

TEST(Boundary, SafetyAllowsABlockOnItself) {
  Safety safety{Epoch{0}, {.view = View{0}, .height = Height{0}, .block = block('r')}, {}};
  safety.learn(*certificate(notarize(1, 'A')));
  EXPECT_TRUE(safety.check(notarize(2, 'A', on_itself)));
  EXPECT_EQ(safety.check(notarize(2, 'A', {.parent_view = 1, .height = 2})).error(),
            SafetyRefusal::parent_does_not_match);
  EXPECT_EQ(safety.check(notarize(3, 'A', on_itself)).error(),
            SafetyRefusal::skipped_view_not_nullified);
}

TEST(Boundary, WhoseFinalizeVotesAreLostBecomesFinalInALaterView) {
  Cluster cluster{{.boundary = Height{3}}};
  cluster.cut([](std::size_t, std::size_t, Speech const& speech) {
    auto const* said = std::get_if<OwnVote>(&speech);
    return said != nullptr && said->statement.kind == VoteKind::finalize &&
           said->statement.height == Height{3} && said->statement.view < View{6};
  });
  for (int i = 0; i < 20; ++i) cluster.submit(static_cast<std::size_t>(i % 4), i);
  auto const final = [&] { return cluster.chain(0).size() == 3; };
  for (int i = 20; i < 400 && !final(); ++i) {
    cluster.submit(static_cast<std::size_t>(i % 4), i);
    cluster.run_for(20);
  }
  ASSERT_TRUE(final());
  EXPECT_EQ(cluster.disagreement(), "");
  EXPECT_GE(cluster.state(0).safety.floor(), View{6});
  cluster.run_for(60'000);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(cluster.chain(i).size(), 3u) << i;
}

}  // namespace
}  // namespace consensus
