#include "node/api/transaction_waits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace node {
namespace {

using protocol::Height;
using protocol::TimeMs;
using protocol::TransactionId;
using std::chrono::steady_clock;

TransactionId id_of(std::uint8_t number) {
  TransactionId id;
  id.data[0] = number;
  return id;
}

FinalNotice block(std::uint64_t height, std::vector<TransactionId> transactions,
                  std::uint64_t time = 0) {
  return {.height = Height{height},
          .hash = {},
          .time = TimeMs{time},
          .transactions = std::move(transactions)};
}

constexpr auto far = std::chrono::hours{1};

TEST(TransactionWaits, WakesWhoWaitsForATransactionOfTheBlockAndNobodyElse) {
  FinalBlocks blocks{block(0, {})};
  TransactionWaits waits{blocks};
  std::latch woken{2};
  std::atomic<bool> other{false};
  auto const later = steady_clock::now() + far;
  ASSERT_TRUE(waits.add({id_of(1), {}, later}, [&] { woken.count_down(); }));
  ASSERT_TRUE(waits.add({id_of(1), {}, later}, [&] { woken.count_down(); }));
  auto const ticket = waits.add({id_of(2), {}, later}, [&] { other = true; });
  blocks.publish(block(1, {id_of(1), id_of(3)}));
  woken.wait();
  EXPECT_FALSE(other.load());
  EXPECT_TRUE(waits.remove(*ticket));
  EXPECT_FALSE(waits.remove(*ticket)) << "once";
}

TEST(TransactionWaits, WakesWhenABlockIsPastTheExpiryAndNotAtIt) {
  FinalBlocks blocks{block(0, {})};
  TransactionWaits waits{blocks};
  std::latch woken{1};
  auto const later = steady_clock::now() + far;
  auto const ticket = waits.add({id_of(1), TimeMs{100}, later}, [&] { woken.count_down(); });
  blocks.publish(block(1, {}, 100));
  EXPECT_FALSE(woken.try_wait());
  blocks.publish(block(2, {}, 101));
  woken.wait();
  EXPECT_FALSE(waits.remove(*ticket));
}

TEST(TransactionWaits, WakesWhenItsTimeIsOver) {
  FinalBlocks blocks{block(0, {})};
  TransactionWaits waits{blocks};
  std::latch woken{1};
  ASSERT_TRUE(waits.add({id_of(1), {}, steady_clock::now()}, [&] { woken.count_down(); }));
  woken.wait();
}

TEST(TransactionWaits, StoppingWakesAllAndRefusesFurtherOnes) {
  FinalBlocks blocks{block(0, {})};
  TransactionWaits waits{blocks};
  std::latch woken{1};
  auto const later = steady_clock::now() + far;
  ASSERT_TRUE(waits.add({id_of(1), {}, later}, [&] { woken.count_down(); }));
  waits.stop();
  EXPECT_TRUE(woken.try_wait());
  EXPECT_FALSE(waits.add({id_of(2), {}, later}, [] {}).has_value());
}

}  // namespace
}  // namespace node
