// SEED=147, SEED=591 and SEED=816 of the simulator: crashes that make everybody forget what ended a
// view, and power cuts that take a notarized block from all who had it.

#include <gtest/gtest.h>

#include <variant>

#include "tests/support/core_cluster.h"

namespace consensus {
namespace {

bool is_proposal(Speech const& speech) {
  return std::holds_alternative<OwnProposal>(speech) ||
         std::holds_alternative<ProposalAgain>(speech);
}

// What would tell its receiver how view 1 ended.
bool tells_of_view_1(Speech const& speech) {
  auto const* const certificate = std::get_if<Certificate>(&speech);
  auto const* const vote = std::get_if<Vote>(&speech);
  return (certificate != nullptr && certificate->statement.view == View{1}) ||
         (vote != nullptr && vote->statement.view == View{1});
}

// View 1 is nullified by 0, 1 and 2, and 3 jumps over it. All crash, and 2 stays away: nobody holds
// a certificate of view 1 any more, and two votes do not make one.
TEST(ForgottenView, AQuorumFinalizesAgainAfterACrashOfAll) {
  Cluster cluster{{.validators = 4, .delay_ms = 10}};
  cluster.crash(3);
  cluster.cut([](std::size_t, std::size_t to, Speech const& speech) {
    return is_proposal(speech) || (to == 3 && tells_of_view_1(speech));
  });
  cluster.submit(0, 1);
  ASSERT_TRUE(cluster.run_until(60'000, [&] { return cluster.state(0).current == View{3}; }));
  cluster.restart(3);
  ASSERT_TRUE(cluster.run_until(60'000, [&] { return cluster.state(3).current == View{4}; }));
  cluster.submit(3, 1);
  ASSERT_TRUE(cluster.run_until(60'000, [&] { return !cluster.state(3).safety.own().empty(); }));
  ASSERT_TRUE(cluster.state(3).safety.own(View{4}).nullify);
  ASSERT_FALSE(cluster.state(3).safety.own(View{1}).nullify);
  ASSERT_FALSE(cluster.state(3).safety.nullified(View{1}));

  for (std::size_t node = 0; node < 4; ++node) cluster.crash(node);
  cluster.cut([](std::size_t, std::size_t, Speech const&) { return false; });
  for (std::size_t const node : {0u, 1u, 3u}) cluster.restart(node);
  cluster.submit(0, 2);
  EXPECT_TRUE(cluster.run_until(
      120'000, [&] { return cluster.committed(0, 2) && cluster.committed(3, 2); }));
  EXPECT_EQ(cluster.disagreement(), "");
}

// Validator 1 hears nothing and stays in view 1; 0, 2 and 3 go on to view 3, and 3 has not voted in
// view 1. All crash, and 2 stays away: 1 cannot leave view 1, and the others cannot leave view 3
// without it.
TEST(ForgottenView, AQuorumThatIsSpreadOverViewsMeetsAgain) {
  Cluster cluster{{.validators = 4, .delay_ms = 10}};
  cluster.crash(3);
  cluster.cut([](std::size_t, std::size_t to, Speech const& speech) {
    return is_proposal(speech) || to == 1;
  });
  cluster.submit(0, 1);
  ASSERT_TRUE(cluster.run_until(60'000, [&] { return cluster.state(0).current == View{2}; }));
  cluster.restart(3);
  cluster.submit(3, 1);
  ASSERT_TRUE(cluster.run_until(60'000, [&] {
    return cluster.state(0).safety.own(View{3}).nullify &&
           cluster.state(3).safety.own(View{3}).nullify;
  }));
  ASSERT_FALSE(cluster.state(3).safety.own(View{1}).nullify);
  ASSERT_EQ(cluster.state(1).current, View{1});

  for (std::size_t node = 0; node < 4; ++node) cluster.crash(node);
  cluster.cut([](std::size_t, std::size_t, Speech const&) { return false; });
  for (std::size_t const node : {0u, 1u, 3u}) cluster.restart(node);
  cluster.submit(0, 2);
  EXPECT_TRUE(cluster.run_until(
      120'000, [&] { return cluster.committed(0, 2) && cluster.committed(1, 2); }));
  EXPECT_EQ(cluster.disagreement(), "");
}

bool is_own(VoteKind kind, Speech const& speech) {
  auto const* const own = std::get_if<OwnVote>(&speech);
  return own != nullptr && own->statement.kind == kind;
}

bool proposes_in_view_1(Speech const& speech) {
  auto const* const proposal = std::get_if<OwnProposal>(&speech);
  return proposal != nullptr && proposal->statement.view == View{1};
}

// SEED=591. The block of view 1 is notarized by 0, 1 and 3, while 2 says NULLIFY; 2 builds on it in
// view 2, and that block is notarized too. All crash, and 3 stays away: two votes do not make the
// notarization of view 1 again, and 0 and 1, which said FINALIZE there, can say NULLIFY no more.
TEST(ForgottenView, ANotarizationThatAnybodyBuiltOnOutlivesACrashOfAll) {
  Cluster cluster{{.validators = 4, .delay_ms = 10}};
  cluster.cut([](std::size_t from, std::size_t to, Speech const& speech) {
    return (proposes_in_view_1(speech) && to == 2) || from == 3;
  });
  cluster.submit(0, 1);
  ASSERT_TRUE(cluster.run_until(
      1000, [&] { return cluster.state(2).safety.own(View{1}).nullify.has_value(); }));
  cluster.cut([](std::size_t, std::size_t to, Speech const& speech) {
    return (proposes_in_view_1(speech) && to == 2) || is_own(VoteKind::finalize, speech);
  });
  cluster.restart(3);  // And says its NOTARIZE again.
  ASSERT_TRUE(cluster.run_until(
      1000, [&] { return cluster.state(0).safety.own(View{1}).finalize.has_value(); }));
  cluster.submit(0, 2);
  ASSERT_TRUE(cluster.run_until(
      1000, [&] { return cluster.state(0).safety.notarized(View{2}).has_value(); }));
  ASSERT_FALSE(cluster.state(2).safety.own(View{1}).notarize);

  for (std::size_t node = 0; node < 4; ++node) cluster.crash(node);
  cluster.cut([](std::size_t, std::size_t, Speech const&) { return false; });
  for (std::size_t const node : {0u, 1u, 2u}) cluster.restart(node);
  cluster.submit(0, 3);
  EXPECT_TRUE(cluster.run_until(
      120'000, [&] { return cluster.committed(0, 3) && cluster.committed(2, 3); }));
  EXPECT_EQ(cluster.disagreement(), "");
}

// The block of view 1 is notarized and a child built on it; then the power fails everywhere before
// anybody has synced its body. It is nowhere, so it is not final and never will be.
TEST(ForgottenView, ANotarizedBlockThatNobodyHasAnyMoreIsGivenUp) {
  Cluster cluster{{.validators = 4, .delay_ms = 10, .sync_ms = 3'600'000}};
  cluster.submit(0, 1);
  ASSERT_TRUE(cluster.run_until(
      5000, [&] { return cluster.state(0).safety.own(View{2}).notarize.has_value(); }));
  ASSERT_TRUE(cluster.state(0).safety.notarized(View{1}));
  ASSERT_FALSE(cluster.state(0).safety.own(View{1}).finalize);

  for (std::size_t node = 0; node < 4; ++node) cluster.crash(node);
  cluster.lose_bodies();
  cluster.set_sync(1);
  for (std::size_t node = 0; node < 4; ++node) cluster.restart(node);
  ASSERT_TRUE(cluster.state(0).safety.notarized(View{1})) << "its notarization is on disk";
  cluster.submit(0, 2);
  EXPECT_TRUE(cluster.run_until(120'000, [&] { return cluster.committed_everywhere(2); }));
  EXPECT_TRUE(cluster.committed(0, 1)) << "in another block";
  EXPECT_EQ(cluster.disagreement(), "");
}

}  // namespace
}  // namespace consensus
