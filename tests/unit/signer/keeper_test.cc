// A signer from epoch to epoch: what makes it go on, and what does not.

#include "node/signer/keeper.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"
#include "tests/support/consensus_keys.h"
#include "tests/support/memory_disk.h"

namespace node::signer {
namespace {

using consensus::SafetyRefusal;
using consensus::Statement;
using consensus::VoteKind;
using labor::v1::EpochChange;
using protocol::Epoch;
using protocol::Height;
using protocol::View;
using testing_support::MemoryDisk;

constexpr std::size_t self = 1;
constexpr std::uint64_t last_height = 7;  // Of epoch 0.

Statement nullify(std::uint64_t epoch, std::uint64_t view) {
  return consensus::nullify(Epoch{epoch}, View{view});
}

class SignerEpochs : public testing::Test {
 protected:
  SignerEpochs() {
    auto const id = consensus::JournalId{7};
    begin({.set = set(0, 0, 4),
           .journal = *VoteJournal::create(options(), disk, id, View{0}),
           .entry = {},
           .dropped = {}});
  }
  JournalOptions options() const {
    return {.folder = "votes", .epoch = {}, .validators = keys.committee().validators};
  }
  void begin(Keeper::Epoch epoch) {
    keeper = std::make_unique<Keeper>(
        keys.committee().genesis, keys.secret(self), std::move(epoch),
        [this](auto const&, auto const&) -> std::expected<void, consensus::DiskFailure> {
          if (keeps) return {};
          return std::unexpected{consensus::DiskFailure{"no"}};
        });
  }
  labor::v1::ValidatorSet set(std::uint64_t epoch, std::size_t from, std::size_t to) const {
    labor::v1::ValidatorSet made;
    made.set_epoch(epoch);
    made.set_first_height(epoch == 0 ? 1 : last_height + 1);
    for (std::size_t i = from; i < to; ++i) {
      made.add_validators()->set_consensus_key(keys.secret(i).public_key().str());
    }
    return made;
  }
  // Finalized by a quorum of epoch 0, unless `kind` is another.
  EpochChange change_to(labor::v1::ValidatorSet const& next,
                        VoteKind kind = VoteKind::finalize) const {
    labor::v1::BlockHeader header;
    header.set_height(last_height);
    header.set_next_set_hash(validators::hash_of(next).str());
    EpochChange change;
    change.set_boundary_header(canonical::encode(header));
    change.set_finalization(consensus::encode(
        keys.certificate({.epoch = {},
                          .view = View{9},
                          .kind = kind,
                          .parent_view = View{8},
                          .height = Height{last_height},
                          .block = execution::block_hash(change.boundary_header())}),
        keys.committee().validators));
    *change.mutable_next_set() = next;
    return change;
  }
  std::expected<consensus::Vote, SafetyRefusal> sign(Statement const& statement) {
    return keeper->guard()->sign({statement})->at(0);
  }

  consensus::Keys keys{4};
  MemoryDisk disk;
  bool keeps = true;
  std::unique_ptr<Keeper> keeper;
};

TEST_F(SignerEpochs, BeginOnTheWordOfAQuorumAndTheLastOneIsSignedInNoMore) {
  ASSERT_TRUE(sign(nullify(0, 1)));
  EXPECT_EQ(keeper->advance(change_to(set(1, 0, 4))), true);
  EXPECT_EQ(keeper->committee().epoch, Epoch{1});
  EXPECT_EQ(sign(nullify(0, 2)).error(), SafetyRefusal::wrong_epoch);
  EXPECT_TRUE(sign(nullify(1, 1)));
  EXPECT_EQ(keeper->mark().epoch, Epoch{1});
}

TEST_F(SignerEpochs, DoNotBeginOnWhatIsNotProved) {
  auto const next = set(1, 0, 4);
  auto const changed = [&](std::function<void(EpochChange&)> const& change) {
    auto made = change_to(next);
    change(made);
    return made;
  };
  struct Row {
    std::string_view name;
    EpochChange change;
  };
  Row const rows[] = {
      {"nothing", {}},
      {"a notarization", change_to(next, VoteKind::notarize)},
      {"another header", changed([&](auto& change) {
         change.set_boundary_header(change_to(set(1, 0, 3)).boundary_header());
       })},
      {"another set", changed([&](auto& change) { *change.mutable_next_set() = set(1, 2, 4); })},
      {"a later epoch", change_to(set(2, 0, 4))},
      {"an empty set", change_to(set(1, 2, 2))},
      {"no finalization", changed([](auto& change) { change.clear_finalization(); })},
  };
  for (auto const& row : rows) {
    EXPECT_EQ(keeper->advance(row.change), false) << row.name;
    EXPECT_EQ(keeper->committee().epoch, Epoch{0}) << row.name;
  }
}

TEST_F(SignerEpochs, WithoutTheKeyAreNotSignedInAndLeaveNoJournalBehind) {
  EXPECT_EQ(keeper->advance(change_to(set(1, 2, 4))), true);
  EXPECT_EQ(keeper->guard(), nullptr);
  EXPECT_EQ(disk.list("votes")->size(), 1U);
}

TEST_F(SignerEpochs, ThatACrashCutOffAreBegunAgain) {
  ASSERT_TRUE(sign(nullify(0, 1)));
  keeps = false;
  EXPECT_FALSE(keeper->advance(change_to(set(1, 0, 4))));
  keeper = nullptr;
  disk.crash();
  keeps = true;
  auto opened = VoteJournal::open(options(), disk, std::nullopt);
  ASSERT_TRUE(opened);
  ASSERT_EQ(opened->state, VoteJournal::Opened::State::found);
  begin({.set = set(0, 0, 4),
         .journal = std::move(opened->journal),
         .entry = std::move(opened->entry),
         .dropped = {}});
  EXPECT_TRUE(sign(nullify(0, 1)));
  EXPECT_EQ(keeper->advance(change_to(set(1, 0, 4))), true);
  EXPECT_TRUE(sign(nullify(1, 1)));
}

}  // namespace
}  // namespace node::signer
