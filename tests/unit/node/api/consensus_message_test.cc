#include "node/api/consensus_message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "consensus/core/step.h"
#include "tests/support/consensus_words.h"

namespace node {
namespace {

using namespace consensus::words;

protocol::PublicKey key(std::uint8_t number) {
  protocol::PublicKey key;
  key.data[0] = number;
  return key;
}

Member member(char const* name, std::uint8_t number) {
  return {
      .name = name, .key = key(number), .node_key = key(static_cast<std::uint8_t>(number + 100))};
}

// View 2 of alice, who has the notarization of view 1 and two votes of bob that contradict.
ConsensusReport report() {
  auto const config = config_of(4, 0);
  auto state = recover(config, nothing_yet(config));
  for (auto const& input : std::vector<consensus::Input>{
           consensus::Work{.transactions = true, .due = false}, vote(1, finalize(1, 'A')),
           vote(1, nullify(1)), certificate(notarize(1, 'A')), vote(3, nullify(2))}) {
    (void)step(config, state, input);
  }
  return {
      .situation = situation(config, state),
      .members = {member("alice", 1), member("bob", 2), member("carol", 3), member("dave", 4)},
      .timers = {{.id = {.kind = consensus::TimerKind::leader, .view = consensus::View{2}},
                  .due_in_ms = 320}},
      .view_age_ms = 180,
      .final_age_ms = 2'000,
      .fetched_from = {},
      .unsigned_votes = {},
      .accusations = {
          {.name = "bob", .conflict = state.conflicts.at(validator(1)), .noticed = 3, .sent = 1}}};
}

// Bob's TLS key is not what the set says, carol's stream has never been open.

ReportedBy by_alice() {
  return {
      .node_name = "alice",
      .consensus_key = key(1),
      .observes_because = {},
      .peers = {
          {.name = "b", .node_key = key(7), .key = key(2), .connected = true, .since_ms = 9'000},
          {.name = "c", .node_key = key(103), .connected = false, .since_ms = 9'000},
          {.name = "d", .node_key = key(104), .key = key(4), .since_ms = 32'000}}};
}

TEST(ConsensusMessage, NamesValidatorsAndSaysWhatIsKnownOfEach) {
  auto const message = to_message(report(), by_alice());
  EXPECT_EQ(message.waits_for(),
            "quorum lost: 2 of 4 validators connected, itself included, 3 needed; missing carol "
            "(not connected for 9.0 s), dave (not connected for 32.0 s)");
  EXPECT_EQ(message.node(), "alice");
  EXPECT_TRUE(message.votes());
  EXPECT_EQ(message.view(), 2u);
  EXPECT_EQ(message.view_age_ms(), 180u);
  EXPECT_EQ(message.leader(), "carol");
  EXPECT_EQ(message.quorum(), 3u);
  EXPECT_EQ(message.final_age_ms(), 2'000u);
  EXPECT_TRUE(message.work().transactions());
  EXPECT_FALSE(message.work().due());
  ASSERT_EQ(message.timers_size(), 1);
  EXPECT_EQ(message.timers(0).name(), "t_l");

  ASSERT_EQ(message.polls_size(), 2);
  EXPECT_EQ(message.polls(0).vote(), "FINALIZE");
  EXPECT_EQ(message.polls(0).view(), 1u);
  EXPECT_EQ(message.polls(0).voted(0), "bob");
  EXPECT_EQ(message.polls(1).vote(), "NULLIFY");
  EXPECT_EQ(message.polls(1).voted(0), "dave");
  EXPECT_EQ(message.polls(1).missing_size(), 3);

  ASSERT_EQ(message.views_size(), 1);
  EXPECT_EQ(message.views(0).notarized_block(), block('A').str());
  EXPECT_FALSE(message.views(0).stored());
  ASSERT_EQ(message.missing_size(), 1);
  EXPECT_EQ(message.missing(0).block(), block('A').str());
  EXPECT_EQ(message.missing(0).asked(), "carol") << "whoever contradicts itself is not asked";

  ASSERT_EQ(message.validators_size(), 4);
  EXPECT_TRUE(message.validators(0).this_node());
  EXPECT_TRUE(message.validators(1).connected());
  EXPECT_FALSE(message.validators(2).connected());
  EXPECT_EQ(message.validators(2).since_ms(), 9'000u);
  EXPECT_FALSE(message.validators(3).connected());
  EXPECT_EQ(message.validators(3).since_ms(), 32'000u);
  ASSERT_EQ(message.conflicts_size(), 1);
  EXPECT_EQ(message.conflicts(0).name(), "bob");
  EXPECT_EQ(message.conflicts(0).first(), "FINALIZE");
  EXPECT_EQ(message.conflicts(0).second(), "NULLIFY");
  EXPECT_EQ(message.conflicts(0).view(), 1u);
  EXPECT_EQ(message.conflicts(0).noticed(), 3u);
  EXPECT_EQ(message.conflicts(0).evidence_sent(), 1u);
  EXPECT_FALSE(message.conflicts(0).settled());
}

TEST(ConsensusMessage, WhatTheSignerHasNotSignedIsTold) {
  auto waiting = report();
  waiting.unsigned_votes = {notarize(2, 'B'), nullify(2)};
  auto const message = to_message(waiting, by_alice());
  ASSERT_EQ(message.unsigned_votes_size(), 2);
  EXPECT_EQ(message.unsigned_votes(0).vote(), "NOTARIZE");
  EXPECT_EQ(message.unsigned_votes(1).vote(), "NULLIFY");
  EXPECT_EQ(message.unsigned_votes(1).view(), 2u);
}

TEST(ConsensusMessage, ANodeThatObservesSaysWhy) {
  auto observing = report();
  EXPECT_EQ(to_message(observing, by_alice()).observes_because(), "");
  observing.situation.self = {};
  EXPECT_EQ(to_message(observing, by_alice()).observes_because(),
            "its consensus key is not among the validators of this epoch");
  auto spent = by_alice();
  spent.observes_because = "the journal is gone";
  EXPECT_EQ(to_message(observing, spent).observes_because(), "the journal is gone");
}

}  // namespace
}  // namespace node
