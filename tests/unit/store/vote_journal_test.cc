#include "node/store/vote_journal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "node/store/frame.h"
#include "tests/support/consensus_words.h"
#include "tests/support/memory_disk.h"

namespace node {
namespace {

using consensus::Certificate;
using consensus::DiskFailure;
using consensus::JournalEntry;
using consensus::Vote;
using State = VoteJournal::Opened::State;
using testing_support::MemoryDisk;

constexpr auto epoch = protocol::Epoch{3};
constexpr consensus::JournalId id{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

Vote vote(std::uint64_t view, consensus::VoteKind kind = consensus::VoteKind::notarize) {
  Vote made;
  made.statement.epoch = epoch;
  made.statement.view = protocol::View{view};
  made.statement.kind = kind;
  if (kind != consensus::VoteKind::nullify) {
    made.statement.height = protocol::Height{view};
    made.statement.block.data.fill(static_cast<std::uint8_t>(view));
  }
  made.voter = protocol::ValidatorIndex{2};
  made.signature.data.fill(7);
  return made;
}

Vote finalize(std::uint64_t view) {
  return vote(view, consensus::VoteKind::finalize);
}

// What makes FINALIZE(view) legal.
Certificate notarization(std::uint64_t view) {
  auto const quorum = consensus::words::set_of(4).quorum();
  return {.statement = vote(view).statement,
          .signers = consensus::SignerSet::first(quorum),
          .signatures = std::vector<protocol::Signature>(quorum)};
}

JournalEntry only(std::vector<Vote> votes) {
  return {.grounds = {}, .votes = std::move(votes)};
}

JournalOptions options(std::size_t segment_bytes = 1u << 12) {
  return {.folder = "journal",
          .epoch = epoch,
          .validators = consensus::words::set_of(4),
          .segment_bytes = segment_bytes};
}

std::unique_ptr<VoteJournal> created(MemoryDisk& disk, JournalOptions const& with = options()) {
  auto journal = VoteJournal::create(with, disk, id, protocol::View{0});
  EXPECT_TRUE(journal.has_value());
  return std::move(*journal);
}

VoteJournal::Opened reopened(MemoryDisk& disk, std::optional<JournalMark> const& mark) {
  auto opened = VoteJournal::open(options(), disk, mark);
  EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().what);
  return opened ? std::move(*opened) : VoteJournal::Opened{};
}

TEST(VoteJournal, WhatWasAppendedIsThereAfterAPowerCut) {
  MemoryDisk disk;
  auto journal = created(disk);
  std::vector<Vote> all;
  for (std::uint64_t view = 1; view <= 9; ++view) {
    ASSERT_TRUE(journal->append_and_sync(only({vote(view), finalize(view)})));
    all.push_back(vote(view));
    all.push_back(finalize(view));
  }
  auto const mark = journal->mark();
  EXPECT_EQ(mark.highest_view, protocol::View{9});
  disk.crash();
  auto const opened = reopened(disk, mark);
  ASSERT_EQ(opened.state, State::found);
  EXPECT_EQ(opened.entry.votes, all);
  EXPECT_EQ(opened.segment.id, id);
  EXPECT_EQ(opened.journal->mark(), mark);
}

TEST(VoteJournal, ATurnCutShortAtAnyByteIsDroppedWholeAndTheNextOneHolds) {
  MemoryDisk measure;
  auto const measured = created(measure);
  auto const turn = std::vector{vote(2), finalize(1)};
  std::size_t const turn_bytes =
      8 + consensus::encode_record(turn[0]).size() + consensus::encode_record(turn[1]).size();
  for (std::size_t kept = 0; kept <= turn_bytes; ++kept) {
    SCOPED_TRACE(kept);
    MemoryDisk disk;
    auto journal = created(disk);
    ASSERT_TRUE(journal->append_and_sync(only({vote(1)})));
    auto const mark = journal->mark();
    disk.fail(1);  // The write is done, its sync fails.
    ASSERT_FALSE(journal->append_and_sync(only(turn)));
    disk.heal();
    disk.crash(kept);
    auto opened = reopened(disk, mark);
    ASSERT_EQ(opened.state, State::found);
    // Whole if all of it got there: more than was promised does no harm.
    auto const whole = kept == turn_bytes;
    EXPECT_EQ(opened.entry.votes,
              whole ? (std::vector{vote(1), turn[0], turn[1]}) : std::vector{vote(1)});
    ASSERT_TRUE(opened.journal->append_and_sync(only({vote(7)})));
    disk.crash();
    EXPECT_EQ(reopened(disk, mark).entry.votes.back(), vote(7));
  }
}

TEST(VoteJournal, NothingIsAppendedAfterAFailedSync) {
  MemoryDisk disk;
  auto const journal = created(disk);
  disk.fail(1, true);
  auto const failed = journal->append_and_sync(only({vote(1)}));
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().what.find("free space"), std::string::npos) << failed.error().what;
  disk.heal();  // The next sync might say that all is well, though the page was dropped.
  EXPECT_FALSE(journal->append_and_sync(only({vote(2)})));
  EXPECT_FALSE(journal->committed(protocol::View{1}));
}

// Runs a life of a journal until the disk fails; what was acknowledged.
struct Life {
  std::set<Vote> acknowledged;
  std::uint64_t floor = 0;
  std::optional<JournalMark> mark;
};
Life live(MemoryDisk& disk) {
  Life life;
  auto journal = VoteJournal::create(options(600), disk, id, protocol::View{0});
  if (!journal) return life;
  life.mark = (*journal)->mark();
  for (std::uint64_t view = 1; view <= 12; ++view) {
    auto const entry =
        JournalEntry{.grounds = {notarization(view)}, .votes = {vote(view), finalize(view)}};
    if (!(*journal)->append_and_sync(entry)) return life;
    life.acknowledged.insert({vote(view), finalize(view)});
    if (view % 2 != 0) continue;
    life.floor = view - 1;
    life.mark = (*journal)->mark();
    if (!(*journal)->committed(protocol::View{life.floor})) return life;
  }
  return life;
}

TEST(VoteJournal, NoVoteAboveTheFloorIsLostWhereverTheDiskFails) {
  MemoryDisk whole;
  live(whole);
  ASSERT_GT(whole.operations(), 60u);
  ASSERT_LE(whole.paths().size(), 1u) << "old segments go";
  for (std::size_t after = 0; after <= whole.operations(); ++after) {
    for (std::size_t const kept : {std::size_t{0}, std::size_t{100}, std::size_t{1000}}) {
      SCOPED_TRACE("failing after " + std::to_string(after) + ", kept " + std::to_string(kept));
      MemoryDisk disk;
      disk.fail(after);
      auto const life = live(disk);
      disk.heal();
      disk.crash(kept);
      auto opened = VoteJournal::open(options(600), disk, life.mark);
      ASSERT_TRUE(opened.has_value()) << opened.error().what;
      if (!life.mark) continue;  // It never came to be, and nobody relied on it.
      ASSERT_EQ(opened->state, State::found) << opened->reason;
      for (auto const& promised : life.acknowledged) {
        if (promised.statement.view.value() <= life.floor) continue;
        EXPECT_NE(std::ranges::find(opened->entry.votes, promised), opened->entry.votes.end())
            << "view " << promised.statement.view.value();
        auto const ground = notarization(promised.statement.view.value());
        EXPECT_NE(std::ranges::find(opened->entry.grounds, ground), opened->entry.grounds.end())
            << "view " << promised.statement.view.value();
      }
      ASSERT_TRUE(opened->journal->append_and_sync(only({vote(99)})));
      ASSERT_TRUE(opened->journal->committed(protocol::View{98}));
      disk.crash();
      auto const again = reopened(disk, life.mark);
      ASSERT_EQ(again.state, State::found) << again.reason;
      ASSERT_FALSE(again.entry.votes.empty());
      EXPECT_EQ(again.entry.votes.back(), vote(99));
    }
  }
}

// A vote after hundreds of skipped views has as many grounds.
TEST(VoteJournal, GroundsThatFillManyFramesAreAllThereAndASegmentGrowsOnRatherThanLoseThem) {
  MemoryDisk disk;
  auto journal = created(disk);
  JournalEntry entry;
  for (std::uint64_t view = 1; view <= 600; ++view) entry.grounds.push_back(notarization(view));
  entry.votes = {vote(601)};
  ASSERT_TRUE(journal->append_and_sync(entry));
  ASSERT_TRUE(journal->committed(protocol::View{0}));
  disk.crash();
  auto opened = reopened(disk, journal->mark());
  ASSERT_EQ(opened.state, State::found);
  EXPECT_EQ(opened.entry, entry);
  EXPECT_EQ(disk.paths().size(), 1u);
  ASSERT_TRUE(opened.journal->committed(protocol::View{600}));
  disk.crash();
  EXPECT_EQ(reopened(disk, opened.journal->mark()).entry, only({vote(601)})) << "a new segment";
}

TEST(VoteJournal, NoDamagedByteMakesItForgetWhatWasMarked) {
  MemoryDisk disk;
  auto journal = created(disk, options(0));
  for (std::uint64_t view = 1; view <= 4; ++view)
    ASSERT_TRUE(journal->append_and_sync(only({vote(view)})));
  auto const mark = journal->mark();
  auto const path = disk.paths().front();
  auto const sound = disk.bytes(path);
  int damaged = 0;
  int torn = 0;
  for (std::size_t at = 0; at < sound.size(); ++at) {
    SCOPED_TRACE(at);
    disk.bytes(path) = sound;
    disk.bytes(path)[at] = static_cast<char>(sound[at] ^ 0x40);
    auto const opened = VoteJournal::open(options(0), disk, mark);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->state, State::lost);
    EXPECT_NE(opened->reason.find(path.string()), std::string::npos) << opened->reason;
    EXPECT_NE(opened->reason.find("runbook"), std::string::npos) << opened->reason;
    // Damage to the last frame cannot be told from a torn tail; the mark tells.
    ++(opened->reason.find("is damaged") != std::string::npos ? damaged : torn);
  }
  EXPECT_GT(damaged, torn);
  EXPECT_GT(torn, 0);
}

TEST(VoteJournal, IsLostWhenMissingForeignOrOlderThanWhatWasSigned) {
  struct Row {
    char const* name;
    JournalMark mark;
    State want;
  };
  auto const as_signed = JournalMark{.id = id, .epoch = epoch, .highest_view = protocol::View{5}};
  auto other_id = as_signed;
  other_id.id[0] = 99;
  auto later_view = as_signed;
  later_view.highest_view = protocol::View{6};
  auto later_epoch = as_signed;
  later_epoch.epoch = protocol::Epoch{4};
  auto earlier_epoch = as_signed;
  earlier_epoch.epoch = protocol::Epoch{2};
  earlier_epoch.highest_view = protocol::View{900};
  auto earlier_view = as_signed;
  earlier_view.highest_view = protocol::View{3};
  Row const rows[] = {
      {"as signed", as_signed, State::found},
      {"the mark lags behind", earlier_view, State::found},
      {"first of a new epoch", earlier_epoch, State::found},
      {"another journal's", other_id, State::lost},
      {"an old copy", later_view, State::lost},
      {"of an epoch gone by", later_epoch, State::lost},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    MemoryDisk disk;
    auto const journal = created(disk);
    ASSERT_TRUE(journal->append_and_sync(only({vote(4), vote(5)})));
    auto const opened = reopened(disk, row.mark);
    EXPECT_EQ(opened.state, row.want);
    EXPECT_EQ(opened.reason.empty(), row.want == State::found) << opened.reason;
    EXPECT_EQ(opened.journal != nullptr, row.want == State::found);
  }
  MemoryDisk empty;
  EXPECT_EQ(reopened(empty, as_signed).state, State::lost);
  EXPECT_EQ(reopened(empty, std::nullopt).state, State::fresh);
}

// SignerApart found one cut short believed once: an epoch had just begun, and nothing was in it.
TEST(VoteJournal, CutShortIsLostWhereverAVoteWasMarkedAndFoundWhereNothingWasSignedYet) {
  for (auto const votes : {0u, 1u}) {
    MemoryDisk disk;
    auto const journal = created(disk);
    auto const path = disk.paths().front();
    auto const first = read_frames(disk.bytes(path), disk.bytes(path).size()).sound_bytes;
    if (votes != 0) {
      ASSERT_TRUE(journal->append_and_sync(only({vote(1)})));
    }
    auto const sound = disk.bytes(path);
    auto const end = read_frames(sound, sound.size()).sound_bytes;
    for (std::size_t length = 0; length < end; ++length) {
      SCOPED_TRACE(testing::Message() << votes << " votes, cut to " << length);
      disk.bytes(path) = sound.substr(0, length);
      auto const state = reopened(disk, journal->mark()).state;
      EXPECT_EQ(state, State::lost);
    }
    disk.bytes(path) = sound.substr(0, first);
    EXPECT_EQ(reopened(disk, journal->mark()).state, votes == 0 ? State::found : State::lost);
  }
}

TEST(VoteJournal, IsFoundAgainWhenTheDatabaseIsNew) {
  MemoryDisk disk;
  auto const journal = created(disk);
  ASSERT_TRUE(journal->append_and_sync(only({vote(4)})));
  auto const opened = reopened(disk, std::nullopt);
  ASSERT_EQ(opened.state, State::found);
  EXPECT_EQ(opened.entry.votes, std::vector{vote(4)});
}

TEST(VoteJournal, OfTheNextEpochLeavesThePresentOneAloneUntilItsFloorIsCommitted) {
  MemoryDisk disk;
  auto const present = created(disk);
  ASSERT_TRUE(present->append_and_sync(only({vote(4)})));
  auto next_options = options();
  next_options.epoch = epoch.next();
  auto const next = VoteJournal::create(next_options, disk, id, protocol::View{0});
  ASSERT_TRUE(next.has_value());
  disk.crash();
  EXPECT_EQ(reopened(disk, present->mark()).entry.votes, std::vector{vote(4)});
  ASSERT_TRUE((*next)->committed(protocol::View{0}));
  disk.crash();
  EXPECT_EQ(disk.paths().size(), 1u);
}

// A crash after the successor is made and before the boundary's batch: the old epoch goes on.
TEST(VoteJournal, ASuccessorThatACrashLeftBehindIsReplaced) {
  MemoryDisk disk;
  auto journal = created(disk);
  ASSERT_TRUE(journal->append_and_sync(only({vote(1), finalize(1)})));
  auto const mark = journal->mark();
  ASSERT_TRUE(journal->successor(consensus::words::set_of(7)));
  disk.crash();

  auto const again = reopened(disk, mark);
  ASSERT_EQ(again.state, State::found);
  EXPECT_EQ(again.entry.votes.size(), 2u);
  auto const next = again.journal->successor(consensus::words::set_of(7));
  ASSERT_TRUE(next);
  EXPECT_EQ((*next)->mark(),
            (JournalMark{.id = id, .epoch = epoch.next(), .highest_view = protocol::View{0}}));
  ASSERT_TRUE((*next)->committed(protocol::View{1}));
  auto with = options();
  with.epoch = epoch.next();
  with.validators = consensus::words::set_of(7);
  disk.crash();
  auto const found = VoteJournal::open(with, disk, (*next)->mark());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, State::found);
  EXPECT_TRUE(found->entry.votes.empty()) << "votes of the epoch before are not replayed (ava 551)";
}

}  // namespace
}  // namespace node
