// The witness must not believe what does not fit together: each case is a fault that it has to
// find.

#include "tests/e2e/witness.h"

#include <gtest/gtest.h>

namespace e2e {
namespace {

using labor::v1::GetBlockResponse;
using labor::v1::WatchEventsResponse;
using protocol::TransactionId;

TransactionId id_of(char c) {
  return TransactionId::from(std::string(TransactionId::size, c)).value();
}

WatchEventsResponse event_at(std::uint64_t height) {
  WatchEventsResponse event;
  event.mutable_cursor()->set_height(height);
  return event;
}

// The block at `height`, with a transfer for each letter.
GetBlockResponse block_of(std::uint64_t height, std::string const& letters) {
  GetBlockResponse block;
  block.set_block_hash("hash");
  block.mutable_header()->set_height(height);
  block.mutable_header()->set_state_root("root");
  for (auto const letter : letters) {
    auto& receipt = *block.add_receipts();
    receipt.set_transaction_id(id_of(letter).str());
    receipt.set_status(labor::v1::TX_STATUS_OK);
  }
  return block;
}

labor::v1::GetTransactionResponse answer_of(GetBlockResponse const& block, int index) {
  labor::v1::GetTransactionResponse answer;
  answer.set_height(block.header().height());
  answer.set_index(static_cast<std::uint32_t>(index));
  *answer.mutable_receipt() = block.receipts(index);
  return answer;
}

class WitnessOfTwo : public testing::Test {
 protected:
  void both_tell(char letter, std::uint64_t height) {
    for (unsigned validator : {0u, 1u}) witness_.told(validator, id_of(letter), event_at(height));
  }

  Witness witness_{2};
};

TEST_F(WitnessOfTwo, IsContentWithAChainThatHoldsAllThatWasTold) {
  auto const block = block_of(1, "ab");
  both_tell('a', 1);
  both_tell('b', 1);
  witness_.answered(0, id_of('b'), answer_of(block, 1));
  EXPECT_TRUE(witness_.hold_against(block));
  EXPECT_TRUE(witness_.nothing_lost());
  EXPECT_EQ(witness_.transactions(), 2u);
  EXPECT_EQ(witness_.receipts(), 1u);
}

TEST_F(WitnessOfTwo, LeavesAsideWhatNodesSayOfThemselves) {
  auto block = block_of(1, "ab");
  auto& event = *block.mutable_receipts(0)->add_events();
  event.mutable_record_changed()->set_cause("randomness.commit");
  both_tell('b', 1);
  EXPECT_TRUE(witness_.hold_against(block));
  EXPECT_TRUE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, MissesATransactionThatWasTold) {
  both_tell('a', 1);
  EXPECT_TRUE(witness_.hold_against(block_of(1, "")));
  EXPECT_FALSE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, MissesATransactionOfWhichOnlyAnAnswerTold) {
  witness_.answered(0, id_of('a'), answer_of(block_of(1, "a"), 0));
  EXPECT_TRUE(witness_.hold_against(block_of(1, "")));
  EXPECT_FALSE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, MissesAnEventInOneStream) {
  witness_.told(0, id_of('a'), event_at(1));
  EXPECT_TRUE(witness_.hold_against(block_of(1, "a")));
  EXPECT_FALSE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, MissesABlockThatWasShown) {
  labor::v1::GetNodeInfoResponse info;
  info.set_height(2);
  witness_.showed(0, info);
  EXPECT_TRUE(witness_.hold_against(block_of(1, "")));
  EXPECT_FALSE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, FindsATransactionElsewhereThanItWasTold) {
  both_tell('a', 2);
  EXPECT_FALSE(witness_.hold_against(block_of(1, "a")));
}

TEST_F(WitnessOfTwo, FindsATransactionTwice) {
  both_tell('a', 1);
  EXPECT_TRUE(witness_.hold_against(block_of(1, "a")));
  EXPECT_FALSE(witness_.hold_against(block_of(2, "a")));
}

TEST_F(WitnessOfTwo, FindsATransactionThatNobodyWasTold) {
  EXPECT_FALSE(witness_.hold_against(block_of(1, "a")));
}

TEST_F(WitnessOfTwo, FindsAnotherReceiptThanWasGiven) {
  auto block = block_of(1, "a");
  both_tell('a', 1);
  witness_.answered(0, id_of('a'), answer_of(block, 0));
  block.mutable_receipts(0)->set_fee_charged(1);
  EXPECT_FALSE(witness_.hold_against(block));
}

TEST_F(WitnessOfTwo, FindsATransferThatFailed) {
  auto block = block_of(1, "a");
  both_tell('a', 1);
  block.mutable_receipts(0)->set_status(labor::v1::TX_STATUS_EXPIRED);
  EXPECT_FALSE(witness_.hold_against(block));
}

TEST_F(WitnessOfTwo, FindsAnotherBlockThanWasShown) {
  labor::v1::GetNodeInfoResponse info;
  info.set_height(1);
  info.set_block_hash("another");
  info.set_state_root("root");
  witness_.showed(0, info);
  EXPECT_FALSE(witness_.hold_against(block_of(1, "")));
}

TEST_F(WitnessOfTwo, ObjectsWhenTwoValidatorsShowDifferentBlocks) {
  labor::v1::GetNodeInfoResponse info;
  info.set_height(1);
  info.set_block_hash("one");
  witness_.showed(0, info);
  info.set_block_hash("another");
  witness_.showed(1, info);
  EXPECT_FALSE(witness_.objection().empty());
  EXPECT_FALSE(witness_.nothing_lost());
}

TEST_F(WitnessOfTwo, ObjectsWhenTwoValidatorsTellDifferentHeights) {
  witness_.told(0, id_of('a'), event_at(1));
  witness_.told(1, id_of('a'), event_at(2));
  EXPECT_FALSE(witness_.objection().empty());
}

TEST_F(WitnessOfTwo, WaitsInVainForABlockOfBefore) {
  auto event = event_at(1);
  event.set_block_time_ms(1'000);
  witness_.told(0, id_of('a'), event);
  EXPECT_TRUE(witness_.wait_made_since(1'000, 0));
  EXPECT_FALSE(witness_.wait_made_since(1'001, 0));
  EXPECT_FALSE(witness_.wait_beyond(1, 0));
  EXPECT_FALSE(witness_.wait_reached(1, 1, 0));
  EXPECT_GE(witness_.now_ms(), 1'000u);
}

}  // namespace
}  // namespace e2e
