// What a node says it waits for: one core fed with inputs, and the sentence about its state.

#include "node/engine/consensus_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "consensus/core/step.h"
#include "tests/support/consensus_words.h"

namespace node {
namespace {

using consensus::BlockRef;
using consensus::BodyDurable;
using consensus::BodyHeld;
using consensus::Built;
using consensus::Config;
using consensus::Heard;
using consensus::Input;
using consensus::Proposal;
using consensus::State;
using consensus::TimerKind;
using consensus::Verdict;
using consensus::Work;
using namespace consensus::words;

constexpr std::size_t observer = 99;
constexpr auto work = Work{.transactions = true, .due = false};

Heard heard_in(std::size_t peer, std::uint64_t view) {
  return {.peer = validator(peer), .statement = nullify(view), .certificate = false};
}

Built nothing_to_build(std::uint64_t view) {
  auto const root = BlockRef{.view = {}, .height = {}, .block = block('r')};
  return {.epoch = {}, .view = consensus::View{view}, .parent = root, .block = std::nullopt};
}

// leader(v) is v mod 4; the validators are called alice, bob, carol and dave.
struct Row {
  char const* name;
  std::size_t self;
  std::vector<Input> inputs;
  std::vector<std::size_t> away;  // Not connected for 32 seconds.
  std::string says;
};

Row const rows[] = {
    {"nothing has happened", 0, {}, {}, "idle, nothing to do"},
    {"there is work",
     0,
     {work},
     {},
     "waiting for a proposal from bob; else the view is given up in 500 ms"},
    {"the leader is away",
     0,
     {work},
     {1},
     "waiting for a proposal from bob (not connected for 32.0 s); else the view is given up in 500 "
     "ms"},
    {"it leads", 1, {work}, {}, "leading view 1: building its block"},
    {"it leads, and nothing can be in a block",
     1,
     {work, nothing_to_build(1)},
     {},
     "leading view 1: no transaction offered can be in a block now"},
    {"the proposal has come", 0, {work, proposal(1, 'A')}, {}, "executing the proposal of bob"},
    {"it has voted",
     0,
     {work, proposal(1, 'A'), executed(1, 'A')},
     {},
     "waiting for votes: 2 of 3 NOTARIZE for height 1 in view 1; missing carol, dave; else the "
     "view is given up in 750 ms"},
    {"the proposal is too old",
     0,
     {work, proposal(1, 'A', {}, 'r', Proposal::Form::stale), executed(1, 'A')},
     {},
     "the proposal of bob came too old to vote for; the view is given up in 750 ms"},
    {"t_l has fired",
     0,
     {work, fired(TimerKind::leader, 1), vote(2, nullify(1))},
     {3},
     "waiting for votes: 2 of 3 NULLIFY in view 1; missing bob, dave (not connected for 32.0 s); "
     "said again in 2.0 s"},
    {"it has given the view up, and the work is gone",
     0,
     {work, fired(TimerKind::leader, 1), Work{.transactions = false, .due = false}},
     {},
     "idle, nothing to do"},
    {"the notarized block has no body here",
     0,
     {certificate(notarize(1, 'A'))},
     {},
     "waiting for the body of block 41414141, asked of bob, to say FINALIZE"},
    {"the notarized block is not executed here",
     0,
     {certificate(notarize(1, 'A')), BodyHeld{block('A')}},
     {},
     "executing and storing height 1 of view 1, to say FINALIZE"},
    {"it has said FINALIZE",
     0,
     {certificate(notarize(1, 'A')), BodyHeld{block('A')}, executed(1, 'A'),
      BodyDurable{block('A')}},
     {},
     "waiting for votes: 1 of 3 FINALIZE for height 1 in view 1; missing bob, carol, dave; else a "
     "block to push it in 250 ms"},
    {"the proposal's parent is not known",
     0,
     {certificate(nullify(1)), proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A')},
     {},
     "waiting for certificates of view 1, asked of carol, to judge the proposal"},
    {"it leads and does not know what is below",
     3,
     {certificate(nullify(2)), work},
     {},
     "waiting for certificates of view 1, asked of alice, to lead"},
    {"it leads and lacks the block to build on",
     2,
     {certificate(notarize(1, 'A')), work},
     {},
     "leading view 2: waiting for the body of block 41414141, asked of bob, to build on"},
    {"it leads and executes the block to build on",
     2,
     {certificate(notarize(1, 'A')), BodyHeld{block('A')}, work},
     {},
     "leading view 2: executing the block to build on"},
    {"an observer",
     observer,
     {work},
     {},
     "observing: waiting for a proposal from bob; else the view is given up in 500 ms"},
    {"an observer of an idle chain", observer, {}, {}, "observing: idle, nothing to do"},
    {"two of four are away",
     0,
     {work},
     {1, 3},
     "quorum lost: 2 of 4 validators connected, itself included, 3 needed; missing bob (not "
     "connected for 32.0 s), dave (not connected for 32.0 s)"},
    {"two others are far ahead",
     0,
     {heard_in(1, 9), heard_in(2, 7)},
     {},
     "behind: bob, carol have shown view 9, this node is in view 1, without what led there"},
    {"one liar shows a view far ahead", 0, {heard_in(1, 9)}, {}, "idle, nothing to do"},
    {"others computed something else",
     0,
     {proposal(1, 'A'), executed(1, 'A', Verdict::invalid), certificate(notarize(1, 'A'))},
     {},
     "stopping: a quorum agreed on a block that this node does not; its log says which, and the "
     "labord.toml's folder holds diverged-*.txt"},
};

void obey(consensus::Output const& output, std::vector<DueTimer>& timers) {
  for (auto const& order : output.timers) {
    std::erase_if(timers, [&](DueTimer const& each) { return each.id == order.timer; });
    if (order.act == consensus::TimerOrder::Act::cancel) continue;
    timers.push_back({.id = order.timer, .due_in_ms = order.delay_ms});
  }
}

ConsensusReport report_of(Row const& row) {
  auto const self = row.self == observer ? std::nullopt : std::optional{row.self};
  auto const config = config_of(4, self);
  auto state = recover(config, nothing_yet(config));
  auto report = ConsensusReport{.members = {{"alice"}, {"bob"}, {"carol"}, {"dave"}}};
  std::deque<Input> queue{row.inputs.begin(), row.inputs.end()};
  while (!queue.empty()) {
    auto const input = queue.front();
    queue.pop_front();
    auto const output = step(config, state, input);
    obey(output, report.timers);
    for (auto const& said : output.write) queue.push_front(vote(row.self, said));
  }
  report.situation = situation(config, state);
  return report;
}

std::vector<Link> links_of(Row const& row) {
  std::vector<Link> links(4, {.kind = Link::Kind::connected, .since_ms = 60'000});
  if (row.self != observer) links[row.self] = {.kind = Link::Kind::here};
  for (auto const away : row.away) links[away] = {.kind = Link::Kind::away, .since_ms = 32'000};
  return links;
}

TEST(ConsensusReport, SaysInOneSentenceWhatTheNodeWaitsFor) {
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(why_it_waits(report_of(row), links_of(row)), row.says);
  }
}

TEST(ConsensusReport, FinalBlocksOnTheirWayComeBeforeVotes) {
  auto report = report_of({"", 0, {work}, {}, ""});
  report.situation.final.height = protocol::Height{400};
  report.situation.committed_height = protocol::Height{17};
  report.fetched_from = protocol::Height{18};
  EXPECT_EQ(why_it_waits(report, {}),
            "catching up: height 400 is final, 17 is in the database; fetching blocks from 18 on");
  report.fetched_from = {};
  EXPECT_EQ(why_it_waits(report, {}),
            "catching up: height 400 is final, 17 is in the database; executing what is between");
  report.situation.committed_height = protocol::Height{398};
  EXPECT_EQ(why_it_waits(report, {}),
            "waiting for a proposal from bob; else the view is given up in 500 ms");
  report.situation.wait = consensus::Wait::nothing;
  EXPECT_NE(why_it_waits(report, {}), "idle, nothing to do");
}

TEST(ConsensusReport, AValidatorThatTheSettingsDoNotNameOrThatOnlyObservesIsSaidToBe) {
  auto const report = report_of({"", observer, {work}, {}, ""});
  std::vector<Link> links(4);
  links[0].kind = Link::Kind::here;
  EXPECT_EQ(why_it_waits(report, links),
            "observing: quorum lost: 0 of 4 validators connected, 3 needed; missing alice (this "
            "node, which observes), bob (not among the peers in labord.toml), carol (not among the "
            "peers in labord.toml), dave (not among the peers in labord.toml)");
}

TEST(ConsensusReport, WhatKeepsTheNodeFromSpeakingIsSaidFirst) {
  auto report = report_of({"", 0, {work}, {}, ""});
  report.unsigned_votes = {nullify(1)};
  EXPECT_EQ(why_it_waits(report, {}),
            "its signer is away or refuses, so it says nothing: waiting for a proposal from bob; "
            "else the view is given up in 500 ms");
}

TEST(ConsensusReport, OfManyViewsWithoutFinalityTheHighestAreShownAndAllAreCounted) {
  auto const config = config_of(4, 0);
  auto state = recover(config, nothing_yet(config));
  for (std::uint64_t view = 1; view <= 40; ++view) {
    (void)step(config, state, certificate(nullify(view)));
  }
  auto const now = situation(config, state);
  EXPECT_EQ(now.passed_views, 40u);
  ASSERT_EQ(now.passed.size(), consensus::passed_views_max);
  EXPECT_EQ(now.passed.back().view, consensus::View{40});
  EXPECT_TRUE(now.passed.back().nullified);
}

TEST(ConsensusReport, DurationsAreReadable) {
  EXPECT_EQ(duration_text(7), "7 ms");
  EXPECT_EQ(duration_text(1'999), "1.9 s");
  EXPECT_EQ(duration_text(60'000), "1 min");
  EXPECT_EQ(duration_text(2 * 3'600'000 + 180'000), "2 h 3 min");
  EXPECT_EQ(duration_text(51ull * 3'600'000), "2 d 3 h");
}

}  // namespace
}  // namespace node
