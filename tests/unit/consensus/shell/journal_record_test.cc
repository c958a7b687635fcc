#include "consensus/shell/journal_record.h"

#include <gtest/gtest.h>

#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

Segment const segment{.id = {1, 2, 3}, .epoch = Epoch{0}, .floor = View{4}};

std::vector<Vote> sample_votes() {
  return {*vote(0, notarize(5, 'A', {4, 5})), *vote(0, nullify(7)),
          *vote(0, finalize(5, 'A', {4, 5}))};
}

Certificate sample_ground() {
  auto ground = *certificate(notarize(5, 'A', {4, 5}));
  for (std::size_t i = 0; i < ground.signatures.size(); ++i) ground.signatures[i].data.fill(9);
  return ground;
}

std::string sample_file() {
  auto file = encode_record(segment) + encode_record(sample_ground(), set_of(4));
  for (auto const& vote : sample_votes()) file += encode_record(vote);
  return file;
}

std::expected<Replay, JournalDamage> replayed_by_four(std::string_view file) {
  return replay(file, set_of(4));
}

TEST(JournalRecord, WhatWasWrittenIsReplayed) {
  auto const file = sample_file();
  auto const replayed = replayed_by_four(file);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(replayed->segment, segment);
  EXPECT_EQ(replayed->entry.votes, sample_votes());
  EXPECT_EQ(replayed->entry.grounds, std::vector{sample_ground()});
  EXPECT_EQ(replayed->sound_bytes, file.size());
  EXPECT_EQ(replayed->highest_view, View{7}) << "the highest, not the last";
  EXPECT_EQ(replayed_by_four(encode_record(segment))->highest_view, View{4});
}

TEST(JournalRecord, ATornTailIsDroppedWhereverItIsTorn) {
  auto const file = sample_file();
  auto const last = encode_record(sample_votes().back()).size();
  for (std::size_t cut = 1; cut <= last; ++cut) {
    auto const replayed = replayed_by_four(file.substr(0, file.size() - cut));
    ASSERT_TRUE(replayed) << cut;
    EXPECT_EQ(replayed->entry.votes.size(), 2u) << cut;
    EXPECT_EQ(replayed->sound_bytes, file.size() - last) << cut;
  }
}

TEST(JournalRecord, ATailOfZerosOrGarbageIsDropped) {
  auto const file = sample_file();
  for (auto const& tail : {std::string(500, '\0'), std::string(500, '\xff'), std::string("x")}) {
    auto const replayed = replayed_by_four(file + tail);
    ASSERT_TRUE(replayed);
    EXPECT_EQ(replayed->sound_bytes, file.size());
  }
}

TEST(JournalRecord, DamageAnywhereBeforeTheLastRecordIsNotTakenForATornTail) {
  auto const file = sample_file();
  auto const last = encode_record(sample_votes().back()).size();
  auto const first = encode_record(segment).size();
  for (std::size_t at = 0; at < file.size() - last; ++at) {
    auto damaged = file;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    auto const replayed = replayed_by_four(damaged);
    ASSERT_FALSE(replayed) << at;
    EXPECT_EQ(replayed.error(),
              at < first ? JournalDamage::no_segment : JournalDamage::damaged_in_middle)
        << at;
  }
}

TEST(JournalRecord, AFileWithoutItsSegmentRecordIsRefused) {
  EXPECT_EQ(replayed_by_four("").error(), JournalDamage::no_segment);
  EXPECT_EQ(replayed_by_four(encode_record(sample_votes()[0])).error(), JournalDamage::no_segment);
  EXPECT_EQ(replayed_by_four(encode_record(segment).substr(0, 20)).error(),
            JournalDamage::no_segment);
  EXPECT_EQ(replayed_by_four(encode_record(segment) + encode_record(segment)).error(),
            JournalDamage::second_segment);
}

// ava 551: an old epoch's journal was replayed into a new one.
TEST(JournalRecord, AVoteOfAnotherEpochIsRefused) {
  auto old = *vote(0, nullify(5));
  old.statement.epoch = Epoch{3};
  EXPECT_EQ(replayed_by_four(encode_record(segment) + encode_record(old)).error(),
            JournalDamage::bad_payload);
}

TEST(JournalRecord, AGroundOfAnotherSetOrEpochIsRefused) {
  auto const begun = encode_record(segment);
  EXPECT_EQ(replay(begun + encode_record(sample_ground(), set_of(4)), set_of(7)).error(),
            JournalDamage::bad_payload);
  auto old = sample_ground();
  old.statement.epoch = Epoch{3};
  EXPECT_EQ(replayed_by_four(begun + encode_record(old, set_of(4))).error(),
            JournalDamage::bad_payload);
}

}  // namespace
}  // namespace consensus
