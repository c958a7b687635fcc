#include "node/consensus_text.h"

#include <gtest/gtest.h>

#include <string>

#include "node/ask.h"

namespace node {
namespace {

void add_views(labor::v1::GetConsensusResponse& now) {
  auto& poll = *now.add_polls();
  poll.set_vote("FINALIZE");
  poll.set_view(811);
  poll.set_height(791);
  poll.set_block(std::string(32, '\x42'));
  poll.add_voted("alice");
  for (auto const* name : {"bob", "carol", "dave"}) poll.add_missing(name);
  auto& view = *now.add_views();
  view.set_view(811);
  view.set_notarized_block(std::string(32, '\x42'));
  view.set_height(791);
  view.set_executed(true);
  view.add_said("NOTARIZE");
  now.set_views_above_final(1);
  auto& missing = *now.add_missing();
  missing.set_view(809);
  missing.set_asked("bob");
  missing.set_times_asked(2);
  auto& late = *now.add_unsigned_votes();
  late.set_vote("FINALIZE");
  late.set_view(811);
}

void add_validators(labor::v1::GetConsensusResponse& now) {
  auto& alice = *now.add_validators();
  alice.set_name("alice");
  alice.set_this_node(true);
  auto& bob = *now.add_validators();
  bob.set_name("bob");
  bob.set_connected(true);
  bob.set_since_ms(60'000);
  bob.set_view(812);
  auto& dave = *now.add_validators();
  dave.set_name("dave");
  dave.set_since_ms(32'000);
  dave.set_silent_views(8);
  dave.set_inactive(true);
  auto& conflict = *now.add_conflicts();
  conflict.set_name("dave");
  conflict.set_view(700);
  conflict.set_first("FINALIZE");
  conflict.set_second("NULLIFY");
  conflict.set_epoch(3);
  conflict.set_noticed(5);
  conflict.set_evidence_sent(1);
  auto& settled = *now.add_conflicts();
  settled.set_name("erin");
  settled.set_view(12);
  settled.set_first("NOTARIZE");
  settled.set_second("NOTARIZE");
  settled.set_noticed(1);
  settled.set_settled(true);
}

labor::v1::GetConsensusResponse response() {
  labor::v1::GetConsensusResponse now;
  now.set_waits_for("waiting for a proposal from carol; else the view is given up in 320 ms");
  now.set_node("alice");
  now.set_votes(true);
  now.set_view(812);
  now.set_view_age_ms(180);
  now.set_leader("carol");
  now.set_quorum(3);
  now.set_final_view(810);
  now.set_final_height(790);
  now.set_final_block(std::string(32, '\x41'));
  now.set_final_age_ms(2'400);
  now.set_committed_height(789);
  now.set_leader_timeout_ms(510);
  now.set_advance_timeout_ms(760);
  now.mutable_work()->set_transactions(true);
  auto& no_proposal = *now.add_timers();
  no_proposal.set_name("t_l");
  no_proposal.set_due_in_ms(320);
  auto& no_certificate = *now.add_timers();
  no_certificate.set_name("t_a");
  no_certificate.set_due_in_ms(570);
  add_views(now);
  add_validators(now);
  return now;
}

constexpr std::uint64_t clock_ms = 50'563'000;  // 14:02:43

TEST(ConsensusText, ShowsOnOneScreenWhatIsKnown) {
  EXPECT_EQ(consensus_text(response(), clock_ms),
            "waiting for a proposal from carol; else the view is given up in 320 ms\n"
            "\n"
            "node       alice, votes\n"
            "view       812 of epoch 0, entered 180 ms ago, leader carol\n"
            "final      height 790, block 41414141, of view 810, 2.4 s ago; in the database: "
            "height 789\n"
            "work       transactions\n"
            "timers     t_l in 320 ms; t_a in 570 ms; back-off level 0\n"
            "quorum     2 of 3 validators connected, this node included; 3 needed\n"
            "votes      view 811 FINALIZE height 791 block 42424242: 1 of 3: alice; missing bob, "
            "carol, dave\n"
            "above      view 811 notarized height 791 block 42424242, not stored, executed; said "
            "NOTARIZE\n"
            "missing    certificates of view 809, asked of bob, 2 times so far\n"
            "unsigned   FINALIZE of view 811: said once the signer is back\n"
            "validators alice  this node\n"
            "           bob    connected for 1 min (since 14:01:43Z), has shown view 812\n"
            "           dave   NOT connected for 32.0 s (since 14:02:11Z), inactive as a leader\n"
            "conflicts  dave signed FINALIZE and NULLIFY of view 700 of epoch 3, which no honest "
            "validator does (such votes noticed: 5, evidence sent from here: 1, settled on chain: "
            "not yet)\n"
            "           erin signed NOTARIZE and NOTARIZE of view 12 of epoch 0, which no honest "
            "validator does (such votes noticed: 1, evidence sent from here: 0, settled on chain: "
            "yes)\n");
}

TEST(ConsensusText, AnIdleObserverNeedsFewLinesAndSaysWhyItDoesNotVote) {
  labor::v1::GetConsensusResponse now;
  now.set_waits_for("observing: idle, nothing to do");
  now.set_node("alice");
  now.set_observes_because("the journal is gone");
  now.set_view(1);
  now.set_leader("bob");
  now.set_leader_inactive(true);
  now.set_final_block(std::string(32, '\x41'));
  EXPECT_EQ(consensus_text(now, clock_ms),
            "observing: idle, nothing to do\n"
            "\n"
            "node       alice, observes and does not vote: the journal is gone\n"
            "view       1 of epoch 0, entered 0 ms ago, leader bob (inactive: not waited for)\n"
            "final      height 0, block 41414141, of view 0, before this node started\n"
            "work       none\n"
            "timers     with work this view is given up at once; back-off level 0\n");
  now.set_leader_timeout_ms(510);
  now.set_advance_timeout_ms(760);
  EXPECT_NE(consensus_text(now, clock_ms)
                .find("timers     with work t_l is 510 ms, t_a is 760 ms; back-off level 0\n"),
            std::string::npos);
}

TEST(NoAnswer, SaysWhatToDo) {
  using grpc::StatusCode;
  auto const asked = Asked{.address = "127.0.0.1:7301", .home = "/srv/node"};
  EXPECT_EQ(no_answer(asked, {StatusCode::UNAVAILABLE, "connection refused"}).message,
            "no node answers at 127.0.0.1:7301: it is not running, or api.listen in its "
            "labord.toml is another address. Its log says why it stopped; start it with `labord "
            "run --home /srv/node`");
  EXPECT_NE(no_answer(asked, {StatusCode::DEADLINE_EXCEEDED, ""}).message.find("paused"),
            std::string::npos);
  EXPECT_NE(no_answer(asked, {StatusCode::UNIMPLEMENTED, ""}).message.find("older labord"),
            std::string::npos);
  EXPECT_EQ(no_answer(asked, {StatusCode::INTERNAL, "odd"}).message,
            "the node at 127.0.0.1:7301 answers: odd");
  EXPECT_EQ(no_answer(asked, {StatusCode::INTERNAL, "odd"}).code, ExitCode::unavailable);
}

}  // namespace
}  // namespace node
