// The runner with a signer that comes and goes (R18): nothing is said that was not signed, nothing
// stops, and what was missed is said when the signer is back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "consensus/certificate/attestation.h"
#include "consensus/shell/journaled_signer.h"
#include "tests/support/consensus_blocks.h"

namespace consensus {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::StartsWith;

// Key and journal behind a door that can be shut, or shut for some statements.
class Door final : public Signer {
 public:
  explicit Door(Signer& inside) : inside_{inside} {}

  std::expected<std::vector<Vote>, DiskFailure> sign(SigningOrder const& order) override {
    if (away) return std::vector<Vote>{};
    auto granted = order;
    std::erase_if(granted.statements,
                  [&](auto const& said) { return std::ranges::count(refused, said) > 0; });
    if (granted.statements.empty()) return std::vector<Vote>{};
    return inside_.sign(granted);
  }
  std::expected<void, DiskFailure> committed(View floor) override {
    return inside_.committed(floor);
  }

  bool away = false;
  std::vector<Statement> refused;

 private:
  Signer& inside_;
};

// Validator 0 of four. View 1 is led by 1, view 4 by 0.
class SignerAway : public testing::Test {
 protected:
  SignerAway() {
    root.data.fill(0x72);
    block = make_block(keys.committee().genesis, {.parent = root, .height = 1, .proposer = 1});
    ports.sign_with(door);
  }

  Runner runner() {
    auto const config = Config{.epoch = Epoch{0},
                               .self = ValidatorIndex{0},
                               .validators = keys.committee().validators,
                               .root = {.view = {}, .height = {}, .block = root},
                               .timing = {}};
    return Runner{config, {.final = config.root, .committed_block = root}, ports.ports()};
  }
  Statement about(VoteKind kind) const {
    return {.epoch = Epoch{0},
            .view = View{1},
            .kind = kind,
            .parent_view = View{0},
            .height = block.height,
            .block = block.hash};
  }
  Verified<Certificate> certificate(Statement const& statement) const {
    return Attestation::of(keys.certificate(statement));
  }
  // The leader's block has come and is sound: a vote would follow.
  void propose(Runner& one) {
    one.start();
    one.received(ReceivedProposal{.vote = Attestation::of(keys.vote(1, about(VoteKind::notarize))),
                                  .block = block,
                                  .certificates = {}});
    one.turn();
    one.executed(Epoch{0}, View{1}, block.hash, Verdict::valid);
    one.turn();
  }
  std::vector<std::string> said() {
    auto lines = ports.take();
    std::erase_if(lines, [](auto const& line) { return !line.starts_with("send"); });
    return lines;
  }

  Keys keys{4};
  RecordingPorts ports{keys, 0};
  JournaledSigner inside{ports, ports};
  Door door{inside};
  BlockHash root;
  Block block;
};

TEST_F(SignerAway, NothingIsSaidWhileItIsAwayAndAllThatWasMissedWhenItIsBack) {
  auto one = runner();
  door.away = true;
  propose(one);
  EXPECT_THAT(ports.take(), AllOf(Contains("store 1"), Not(Contains(StartsWith("send"))),
                                  Not(Contains(StartsWith("journal")))));
  one.fired({.kind = TimerKind::advance, .view = View{1}});
  one.turn();
  EXPECT_THAT(said(), ElementsAre());
  EXPECT_FALSE(one.halted());
  auto const null = Statement{.epoch = Epoch{0}, .view = View{1}, .kind = VoteKind::nullify};
  EXPECT_THAT(one.unsigned_votes(), ElementsAre(about(VoteKind::notarize), null));

  door.away = false;
  one.signer_back({}, {});
  one.turn();
  EXPECT_THAT(one.unsigned_votes(), ElementsAre());
  EXPECT_THAT(said(), ElementsAre("send NOTARIZE 1", "send NULLIFY 1"));
  one.fired({.kind = TimerKind::retry, .view = View{1}});
  one.turn();
  EXPECT_THAT(said(), ElementsAre("send NULLIFY 1")) << "and it is repeated like any other (R8)";
}

TEST_F(SignerAway, ItFollowsTheChainMeanwhileAndWhatIsFinalByThenIsNotSaid) {
  auto one = runner();
  door.away = true;
  propose(one);
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::finalize)));
  one.turn();
  EXPECT_THAT(ports.take(), Contains("commit 1"));
  EXPECT_THAT(one.unsigned_votes(), ElementsAre());
  one.committed(Height{1}, block.hash, 0);
  one.turn();
  door.away = false;
  one.signer_back({}, {});
  one.turn();
  EXPECT_THAT(said(), ElementsAre());
}

TEST_F(SignerAway, OneStatementRefusedDoesNotHoldUpTheOthersOfItsTurn) {
  auto one = runner();
  door.refused = {about(VoteKind::notarize)};
  one.start();
  one.received(ReceivedProposal{.vote = Attestation::of(keys.vote(1, about(VoteKind::notarize))),
                                .block = block,
                                .certificates = {}});
  one.turn();
  one.executed(Epoch{0}, View{1}, block.hash, Verdict::valid);
  one.body_durable(block.hash);
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::notarize)));
  one.turn();
  EXPECT_THAT(said(), ElementsAre("send certificate NOTARIZE 1", "send FINALIZE 1"));
}

// All crash after their signers have signed FINALIZE(1) and before they have heard so: the signers
// refuse NULLIFY(1) for ever, and only they have the notarization.
TEST_F(SignerAway, WhatItRemembersAndTheNodeDoesNotCountsAgain) {
  auto one = runner();
  one.start();
  one.turn();
  one.signer_back({certificate(about(VoteKind::notarize))},
                  {Attestation::of(keys.vote(0, about(VoteKind::notarize))),
                   Attestation::of(keys.vote(0, about(VoteKind::finalize)))});
  one.turn();
  EXPECT_EQ(one.state().current, View{2});
  EXPECT_TRUE(one.state().safety.own(View{1}).notarize);
  EXPECT_TRUE(one.state().safety.own(View{1}).finalize);
  ports.take();
  one.fired({.kind = TimerKind::standstill, .view = View{0}});
  one.turn();
  EXPECT_THAT(said(),
              ElementsAre("send certificate NOTARIZE 1", "send NOTARIZE 1", "send FINALIZE 1"));
}

TEST_F(SignerAway, ARememberedFinalizeWithoutItsNotarizationChangesNothing) {
  auto one = runner();
  one.start();
  one.turn();
  one.signer_back({}, {Attestation::of(keys.vote(0, about(VoteKind::finalize)))});
  one.turn();
  EXPECT_EQ(one.state().current, View{1});
  EXPECT_FALSE(one.state().safety.own(View{1}).finalize);
}

}  // namespace
}  // namespace consensus
