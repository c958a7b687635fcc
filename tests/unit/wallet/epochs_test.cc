// Validators change from epoch to epoch, and the wallet believes no node about it: sets made by
// hand grow from four to seven, turn to new keys and go on, and every lie about them is refused.

#include "wallet/light/epochs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/unit/wallet/signed_sets.h"
#include "wallet/light/verify.h"

namespace wallet {
namespace {

using labor::v1::BlockHeader;
using labor::v1::EpochChange;
using labor::v1::GetEpochsRequest;
using labor::v1::GetEpochsResponse;
using protocol::Epoch;
using protocol::Height;

std::string reason_of(Result<void> const& result) {
  return result ? "no problem" : result.error().reason;
}

class LightEpochs : public testing::Test {
 protected:
  SignedSets sets_;
  Trust trust_ = *Trust::from(sets_.chain());
};

TEST_F(LightEpochs, AreFollowedThroughGrowthAndNewKeys) {
  for (std::uint64_t e = 0; e < SignedSets::last_epoch; ++e) {
    EXPECT_EQ(trust_.find(Epoch{e + 1}), nullptr);
    ASSERT_EQ(reason_of(take_change(trust_, Epoch{e}, sets_.change(e))), "no problem") << e;
    ASSERT_NE(trust_.find(Epoch{e + 1}), nullptr);
  }
  EXPECT_EQ(trust_.find(Epoch{0})->committee.validators.size(), 4u);
  EXPECT_EQ(trust_.find(Epoch{1})->committee.validators.size(), 7u);
  for (std::uint64_t e = 0; e <= SignedSets::last_epoch; ++e) {
    auto const header = sets_.header(e, SignedSets::first_height(e));
    labor::v1::FinalityProof proof;
    proof.set_header(canonical::encode(header));
    proof.set_finalization(sets_.finalization(e, header));
    EXPECT_TRUE(verify_finality(trust_, proof, Height{header.height()}).has_value()) << e;
  }
}

// Each is about the end of epoch 1, whose validators are known, and true but for one thing.
TEST_F(LightEpochs, EndWithNoLieThatIsBelieved) {
  using Lie = std::function<EpochChange()>;
  struct Row {
    std::string name;
    std::string reason;
    Lie told;
  };
  auto const resigned =
      [this](std::function<void(BlockHeader&, labor::v1::ValidatorSet&)> const& change) {
        return [this, change] {
          auto next = sets_.set(2);
          auto header = sets_.boundary(1);
          change(header, next);
          return sets_.change_of(header, next, sets_.finalization(1, header));
        };
      };
  auto const renamed = [&](std::function<void(labor::v1::ValidatorSet&)> const& change) {
    return resigned([change](BlockHeader& header, labor::v1::ValidatorSet& next) {
      change(next);
      header.set_next_set_hash(validators::hash_of(next).str());
    });
  };
  auto const certified = [this](std::function<std::string(BlockHeader const&)> const& certificate) {
    return [this, certificate] {
      auto const header = sets_.boundary(1);
      return sets_.change_of(header, sets_.set(2), certificate(header));
    };
  };
  Row const rows[] = {
      {"a header that is none", "BAD_HEADER",
       [this] {
         auto change = sets_.change(1);
         change.set_boundary_header("no header");
         return change;
       }},
      {"another chain", "WRONG_GENESIS",
       resigned([](BlockHeader& header, auto&) { header.set_genesis_hash(std::string(32, 'x')); })},
      {"a boundary is left out", "WRONG_EPOCH", [this] { return sets_.change(2); }},
      {"the boundary before once more", "WRONG_EPOCH", [this] { return sets_.change(0); }},
      {"an end before the beginning", "WRONG_HEIGHT", resigned([](BlockHeader& header, auto&) {
         header.set_height(SignedSets::first_height(1) - 1);
       })},
      {"signed by the next validators", "BAD_CERTIFICATE",
       certified([this](BlockHeader const& header) { return sets_.finalization(2, header); })},
      {"signed by those of the genesis", "BAD_CERTIFICATE",
       certified([this](BlockHeader const& header) { return sets_.finalization(0, header); })},
      {"one signature forged", "BAD_CERTIFICATE", certified([this](BlockHeader const& header) {
         auto bytes = sets_.finalization(1, header);
         bytes.back() = static_cast<char>(bytes.back() ^ 1);
         return bytes;
       })},
      {"signed for another epoch", "BAD_CERTIFICATE", certified([this](BlockHeader header) {
         header.set_epoch(0);
         return sets_.finalization(1, header);
       })},
      {"no certificate", "BAD_CERTIFICATE",
       certified([](BlockHeader const&) { return std::string{}; })},
      {"a notarization", "NOT_FINAL", certified([this](BlockHeader const& header) {
         return sets_.certificate(1, header, consensus::VoteKind::notarize);
       })},
      {"a finalization of another block", "WRONG_BLOCK", certified([this](BlockHeader header) {
         header.set_time_ms(header.time_ms() + 1);
         return sets_.finalization(1, header);
       })},
      {"a block that ends no epoch", "NO_BOUNDARY",
       resigned([](BlockHeader& header, auto&) { header.clear_next_set_hash(); })},
      {"one key of another", "WRONG_SET", resigned([](auto&, labor::v1::ValidatorSet& next) {
         next.mutable_validators(3)->set_consensus_key(std::string(32, 'k'));
       })},
      {"a validator left out", "WRONG_SET", resigned([](auto&, labor::v1::ValidatorSet& next) {
         next.mutable_validators()->RemoveLast();
       })},
      {"a set of an epoch beyond", "BAD_SET",
       renamed([](labor::v1::ValidatorSet& next) { next.set_epoch(3); })},
      {"a set that begins later", "BAD_SET", renamed([](labor::v1::ValidatorSet& next) {
         next.set_first_height(next.first_height() + 1);
       })},
      {"nobody", "BAD_SET",
       renamed([](labor::v1::ValidatorSet& next) { next.clear_validators(); })},
      {"validators out of order", "BAD_SET", renamed([](labor::v1::ValidatorSet& next) {
         next.mutable_validators()->SwapElements(0, 1);
       })},
      {"one validator twice", "BAD_SET", renamed([](labor::v1::ValidatorSet& next) {
         *next.mutable_validators(1) = next.validators(0);
       })},
      {"a key that is none", "BAD_SET", renamed([](labor::v1::ValidatorSet& next) {
         next.mutable_validators(0)->set_consensus_key("short");
       })},
  };
  ASSERT_EQ(reason_of(take_change(trust_, Epoch{0}, sets_.change(0))), "no problem");
  for (auto const& row : rows) {
    auto const taken = take_change(trust_, Epoch{1}, row.told());
    ASSERT_EQ(reason_of(taken), row.reason) << row.name;
    EXPECT_EQ(taken.error().exit, Exit::unverified) << row.name;
    EXPECT_EQ(trust_.find(Epoch{2}), nullptr) << row.name;
  }
  EXPECT_EQ(reason_of(take_change(trust_, Epoch{1}, sets_.change(1))), "no problem");
}

// A node that answers GetEpochs: in pages of `page`, as `told` has it.
struct Teller {
  std::vector<EpochChange> told;
  std::size_t page = 64;
  std::vector<std::uint64_t> asked = {};

  AskEpochs ask() {
    return [this](GetEpochsRequest const& request) -> Result<GetEpochsResponse> {
      asked.push_back(request.first_epoch());
      GetEpochsResponse response;
      for (auto at = request.first_epoch(); at < told.size(); ++at) {
        if (static_cast<std::size_t>(response.changes_size()) == page) break;
        *response.add_changes() = told.at(at);
      }
      return response;
    };
  }
};

TEST_F(LightEpochs, ComeInPagesAndOnlyAsFarAsTheyAreNeeded) {
  Teller node{.told = sets_.changes(), .page = 1};
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{0}, node.ask())), "no problem");
  EXPECT_TRUE(node.asked.empty());
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{2}, node.ask())), "no problem");
  EXPECT_EQ(node.asked, (std::vector<std::uint64_t>{0, 1}));
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{3}, node.ask())), "no problem");
  EXPECT_EQ(node.asked, (std::vector<std::uint64_t>{0, 1, 2}));
}

TEST_F(LightEpochs, OfANodeThatHoldsThemBackAreRefused) {
  Teller silent{.told = {}};
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{3}, silent.ask())), "MISSING_EPOCH");

  // Says that there is an epoch far beyond, and has the true changes only.
  Teller boaster{.told = sets_.changes()};
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{~0ull}, boaster.ask())), "MISSING_EPOCH");
  EXPECT_EQ(boaster.asked, (std::vector<std::uint64_t>{0, SignedSets::last_epoch}));
}

TEST_F(LightEpochs, ThatAreToldWithoutEndAreRefused) {
  Teller endless{.told = std::vector(1000, sets_.change(0))};
  endless.page = 1000;
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{999}, endless.ask())), "TOO_MANY_EPOCHS");
  endless.page = 64;
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{999}, endless.ask())), "WRONG_EPOCH");
  EXPECT_EQ(endless.asked.size(), 2u);
}

TEST_F(LightEpochs, ThatWereProvedBeforeALieStayKnown) {
  Teller node{.told = sets_.changes()};
  node.told.at(1).mutable_next_set()->mutable_validators(0)->set_name("eve");
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{3}, node.ask())), "WRONG_SET");
  EXPECT_NE(trust_.find(Epoch{1}), nullptr);
  EXPECT_EQ(trust_.find(Epoch{2}), nullptr);
  Teller other{.told = sets_.changes()};
  EXPECT_EQ(reason_of(follow_epochs(trust_, Epoch{3}, other.ask())), "no problem");
  EXPECT_EQ(other.asked, (std::vector<std::uint64_t>{1}));
}

TEST_F(LightEpochs, CertifyTheirOwnBlocksAndNoOthers) {
  Teller node{.told = sets_.changes(), .page = 2};
  ASSERT_EQ(reason_of(follow_epochs(trust_, Epoch{2}, node.ask())), "no problem");
  auto const reason = [&](labor::v1::FinalityProof const& proof, std::uint64_t height) {
    auto const verified = verify_finality(trust_, proof, Height{height});
    return verified ? "no problem" : verified.error().reason;
  };
  auto const block = sets_.header(1, SignedSets::first_height(1));
  auto child = sets_.header(1, block.height() + 1);
  child.set_parent_hash(execution::block_hash(canonical::encode(block)).str());
  labor::v1::FinalityProof proof;
  proof.set_header(canonical::encode(block));
  proof.add_headers(canonical::encode(child));
  proof.set_finalization(sets_.finalization(1, child));
  EXPECT_EQ(reason(proof, block.height()), "no problem");

  // Former validators may have sold their keys.
  proof.clear_headers();
  proof.set_finalization(sets_.finalization(0, block));
  EXPECT_EQ(reason(proof, block.height()), "BAD_CERTIFICATE");
  proof.set_finalization(sets_.finalization(2, block));
  EXPECT_EQ(reason(proof, block.height()), "BAD_CERTIFICATE");

  // A boundary block has a finalization of its own: nothing crosses it.
  auto const boundary = sets_.boundary(1);
  auto beyond = sets_.header(2, boundary.height() + 1);
  beyond.set_parent_hash(execution::block_hash(canonical::encode(boundary)).str());
  proof.set_header(canonical::encode(boundary));
  proof.add_headers(canonical::encode(beyond));
  proof.set_finalization(sets_.finalization(2, beyond));
  EXPECT_EQ(reason(proof, boundary.height()), "WRONG_EPOCH");

  auto const unknown = sets_.header(3, SignedSets::first_height(3));
  proof.clear_headers();
  proof.set_header(canonical::encode(unknown));
  proof.set_finalization(sets_.finalization(3, unknown));
  EXPECT_EQ(reason(proof, unknown.height()), "UNKNOWN_EPOCH");
}

}  // namespace
}  // namespace wallet
