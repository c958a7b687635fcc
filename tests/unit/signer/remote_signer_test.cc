// A node whose signer is absent, pauses and comes back: votes are skipped, and nothing is waited
// for beyond its deadline.

#include "node/signer/remote_signer.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "tests/unit/signer/served_signer.h"

namespace node::signer {
namespace {

using consensus::Statement;
using consensus::VoteKind;
using protocol::View;

constexpr std::chrono::milliseconds ample{60'000};
constexpr std::chrono::milliseconds brief{20};

Statement notarize(std::uint64_t view) {
  protocol::BlockHash block;
  block.data.fill(static_cast<std::uint8_t>(view));
  return {.epoch = {},
          .view = View{view},
          .kind = VoteKind::notarize,
          .parent_view = View{view - 1},
          .height = protocol::Height{view},
          .block = block};
}

class SignerAway : public ServedSigner {
 protected:
  std::unique_ptr<RemoteSigner> node(std::chrono::milliseconds timeout,
                                     std::optional<JournalMark> recorded = {}) const {
    return std::make_unique<RemoteSigner>(
        RemoteSigner::Options{.socket = socket(),
                              .timeout = timeout,
                              .genesis = keys.committee().genesis,
                              .key = keys.secret(self).public_key(),
                              .node_key = keys.secret(0).public_key(),
                              .boundary = [](protocol::Epoch) { return std::nullopt; },
                              .recorded = recorded});
  }
  std::vector<consensus::Vote> sign(RemoteSigner& node, Statement const& statement) const {
    auto votes = node.sign({.voter = protocol::ValidatorIndex{self},
                            .statements = {statement},
                            .grounds = {},
                            .safety = safety,
                            .validators = keys.committee().validators});
    EXPECT_TRUE(votes);
    return *std::move(votes);
  }

  consensus::Safety safety{protocol::Epoch{}, {}, std::nullopt};
};

TEST_F(SignerAway, FromTheStartIsNoErrorAndNothingIsSigned) {
  auto const remote = node(brief);
  EXPECT_FALSE(remote->greet());
  EXPECT_TRUE(sign(*remote, notarize(1)).empty());
  EXPECT_TRUE(remote->away_since());
}

TEST_F(SignerAway, NoMoreIsShownWhatAVoteStandsOnAndSigns) {
  ASSERT_NO_FATAL_FAILURE(serve(ample));
  auto const remote = node(ample);
  ASSERT_TRUE(remote->greet());
  EXPECT_FALSE(remote->away_since());
  EXPECT_EQ(sign(*remote, notarize(1)).size(), 1U);
  EXPECT_TRUE(sign(*remote, notarize(2)).empty()) << "it has no ground, so the signer refuses";
  EXPECT_FALSE(remote->away_since()) << "a refusal is an answer";
  safety.learn(keys.certificate(notarize(1)));
  auto const votes = sign(*remote, notarize(2));
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_TRUE(consensus::verify(keys.committee(), votes.front()));
}

TEST_F(SignerAway, IsNotReadyForASeatAndThereItIs) {
  protocol::BlockHash block;
  block.data.fill('b');
  auto const remote = node(ample);
  EXPECT_FALSE(remote->ready(3, protocol::Height{9}, block));
  ASSERT_NO_FATAL_FAILURE(serve(ample));
  ASSERT_TRUE(remote->greet());
  EXPECT_TRUE(remote->ready(3, protocol::Height{9}, block));
  EXPECT_FALSE(remote->away_since());
}

TEST_F(SignerAway, IsASignerWithAnOldCopyOfItsJournal) {
  ASSERT_NO_FATAL_FAILURE(serve(ample));
  auto remote = node(ample);
  ASSERT_TRUE(remote->greet());
  ASSERT_EQ(sign(*remote, notarize(1)).size(), 1U);
  EXPECT_TRUE(remote->greet()) << "it has all that it signed";
  auto const mark = remote->mark();
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->highest_view, View{1});
  remote = nullptr;

  // The signer's folder is put back as it was before.
  fall_silent();
  server = nullptr;
  disk.wipe();
  ASSERT_NO_FATAL_FAILURE(serve(ample));
  auto const knowing = node(ample, mark);
  EXPECT_FALSE(knowing->greet());
  EXPECT_TRUE(knowing->away_since());
  EXPECT_TRUE(sign(*knowing, notarize(1)).empty());
  EXPECT_EQ(knowing->mark(), mark) << "and it is not forgotten";

  auto of_another_journal = *mark;
  of_another_journal.id = consensus::JournalId{9};
  EXPECT_TRUE(node(ample, of_another_journal)->greet()) << "a new signer begins anew";
}

TEST_F(SignerAway, InTheMiddleSkipsTheVoteAndIsSaidWhenItIsBackWithWhatItRemembers) {
  ASSERT_NO_FATAL_FAILURE(serve(ample));
  ASSERT_TRUE(keeper->guard()->sign({notarize(1)}));
  auto const hasty = node(brief);
  // A paused process keeps its connections: only the deadline tells.
  auto welcome = std::optional<Welcome>{};
  while (!welcome) welcome = hasty->greet();
  fall_silent();
  EXPECT_TRUE(sign(*hasty, notarize(1)).empty());
  EXPECT_TRUE(hasty->away_since());

  std::promise<std::size_t> back;
  auto remembered = back.get_future();
  hasty->begin([&](Welcome const& again) { back.set_value(again.votes.size()); });
  answer();
  ASSERT_EQ(remembered.wait_for(deadline), std::future_status::ready);
  EXPECT_EQ(remembered.get(), 1U);
  EXPECT_FALSE(hasty->away_since());
  hasty->end();
}

}  // namespace
}  // namespace node::signer
