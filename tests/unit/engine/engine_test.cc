#include "node/engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/mesh/mesh.h"

namespace node {
namespace {

using testing_support::Payment;
using testing_support::payment;
using testing_support::Person;

class EngineTest : public testing::Test {
 protected:
  EngineTest() {
    for (std::uint64_t i = 0; i < 8; ++i) people_.emplace_back(i);
  }

  std::string pay(Mesh const& mesh, std::size_t from, std::uint64_t sequence) const {
    return payment(mesh.chain(), people_[from], people_[(from + 1) % people_.size()],
                   {.sequence = sequence, .amount = 5});
  }

  std::vector<Person> people_;
};

TEST_F(EngineTest, FourValidatorsMakeATransferFinal) {
  Mesh mesh{people_};
  auto const submitted = mesh.submit(0, {pay(mesh, 0, 0)});
  ASSERT_TRUE(submitted.at(0).has_value());
  EXPECT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); }));
  for (std::size_t i = 0; i < mesh.size(); ++i) EXPECT_EQ(mesh.halted(i), "");
}

TEST_F(EngineTest, OneValidatorAloneMakesItsOwnChain) {
  Mesh mesh{people_, {.validators = 1}};
  auto const submitted = mesh.submit(0, {pay(mesh, 0, 0), pay(mesh, 0, 1)});
  ASSERT_TRUE(submitted.at(1).has_value());
  EXPECT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(1)); }));
}

TEST_F(EngineTest, ManyTransactionsThroughAllValidatorsAreAllFinalOnceAndTheStatesAreEqual) {
  constexpr std::uint64_t each = 20;
  Mesh mesh{people_};
  std::vector<protocol::TransactionId> ids;
  for (std::size_t person = 0; person < people_.size(); ++person) {
    std::vector<std::string> batch;
    for (std::uint64_t sequence = 0; sequence < each; ++sequence) {
      batch.push_back(pay(mesh, person, sequence));
    }
    for (auto const& result : mesh.submit(person % mesh.size(), std::move(batch))) {
      ASSERT_TRUE(result.has_value());
      ids.push_back(*result);
    }
  }
  ASSERT_TRUE(mesh.eventually([&] {
    return std::ranges::all_of(ids, [&](auto const& id) { return mesh.all_final(id); });
  }));
  ASSERT_TRUE(mesh.eventually([&] {
    auto const first = mesh.store(0).latest()->head();
    for (std::size_t i = 1; i < mesh.size(); ++i) {
      if (mesh.store(i).latest()->head() != first) return false;
    }
    return true;
  }));
  EXPECT_EQ(mesh.engine(0).mempool().count(), 0u);
}

TEST_F(EngineTest, ThreeOfFourGoOnAndTheFourthCatchesUpAfterItsRestart) {
  Mesh mesh{people_};
  mesh.stop(3);
  for (std::uint64_t sequence = 0; sequence < 5; ++sequence) {
    auto const submitted = mesh.submit(0, {pay(mesh, 0, sequence)});
    ASSERT_TRUE(submitted.at(0).has_value());
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); }));
  }
  mesh.start(3);
  auto const submitted = mesh.submit(1, {pay(mesh, 1, 0)});
  ASSERT_TRUE(submitted.at(0).has_value());
  EXPECT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); }));
  EXPECT_EQ(mesh.halted(3), "");
}

// Of the votes for a block that is being decided it hears some or none, and nobody has told it of
// the others: on an idle chain the next block comes a minute later.
TEST_F(EngineTest, AnObserverThatIsConnectedWhileABlockBecomesFinalLearnsOfIt) {
  Mesh mesh{people_, {.observers = 1}};
  constexpr std::size_t observer = 4;
  for (std::uint64_t sequence = 0; sequence < 24; ++sequence) {
    mesh.part({observer});
    auto const before = mesh.engine(0).consensus();
    auto const submitted = mesh.submit(0, {pay(mesh, 0, sequence)});
    ASSERT_TRUE(submitted.at(0).has_value());
    // Either one that has the finalization and not the block, or one that has only notarized it.
    auto const decided = [&] {
      auto const now = mesh.engine(0).consensus();
      return sequence % 2 == 0 ? now.final_view > before.final_view : now.view > before.view;
    };
    while (!decided()) std::this_thread::yield();
    mesh.heal();
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); }))
        << "payment " << sequence;
  }
}

TEST_F(EngineTest, WhatClientsAreToldOfTheyCanAskForAndHaveProved) {
  Mesh mesh{people_};
  mesh.stop(3);
  for (std::uint64_t sequence = 0; sequence < 5; ++sequence) {
    auto const submitted = mesh.submit(0, {pay(mesh, 0, sequence)});
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); }));
  }
  // It fetches what it missed: blocks that come without certificates of their own.
  mesh.start(3);
  std::atomic<int> told = 0;
  std::atomic<int> too_early = 0;
  auto const listening = mesh.engine(3).final_blocks().subscribe([&](FinalNotice const& block) {
    auto const latest = mesh.store(3).latest();
    auto const provable = latest->finalization(latest->head().height).has_value();
    if (!provable || latest->head().height < block.height) ++too_early;
    for (auto const& id : block.transactions) {
      if (!latest->transaction(id)) ++too_early;
    }
    ++told;
  });
  auto const submitted = mesh.submit(1, {pay(mesh, 1, 0)});
  ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)) && told > 0; }));
  EXPECT_EQ(too_early, 0);
}

TEST_F(EngineTest, AllMayStopAndGoOnFromTheirDisks) {
  Mesh mesh{people_};
  auto const first = mesh.submit(2, {pay(mesh, 0, 0)});
  ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*first.at(0)); }));
  for (std::size_t i = 0; i < mesh.size(); ++i) mesh.stop(i);
  for (std::size_t i = 0; i < mesh.size(); ++i) mesh.start(i);
  EXPECT_TRUE(mesh.all_final(*first.at(0)));
  auto const second = mesh.submit(1, {pay(mesh, 0, 1)});
  ASSERT_TRUE(second.at(0).has_value());
  EXPECT_TRUE(mesh.eventually([&] { return mesh.all_final(*second.at(0)); }));
}

TEST_F(EngineTest, SubmittingIsRefusedWithTheReason) {
  Mesh mesh{people_, {.validators = 1}};
  auto const good = pay(mesh, 0, 0);
  auto bad = good;
  bad.back() = static_cast<char>(bad.back() ^ 1);
  auto const stranger = Person{77};
  auto const unknown = payment(mesh.chain(), stranger, people_[0], {});
  auto const results = mesh.submit(0, {good, good, bad, unknown, "garbage", ""});
  ASSERT_EQ(results.size(), 6u);
  ASSERT_TRUE(results[0].has_value());
  ASSERT_TRUE(results[1].has_value());
  EXPECT_EQ(*results[1], *results[0]) << "the same bytes twice are one transaction";
  labor::v1::TxStatus const want[] = {labor::v1::TX_STATUS_BAD_SIGNATURE,
                                      labor::v1::TX_STATUS_ACCOUNT_NOT_FOUND,
                                      labor::v1::TX_STATUS_NON_CANONICAL};
  for (std::size_t i = 0; i < std::size(want); ++i) {
    auto const& result = results[i + 2];
    ASSERT_FALSE(result.has_value()) << i;
    ASSERT_TRUE(std::holds_alternative<execution::Failure>(result.error())) << i;
    EXPECT_EQ(std::get<execution::Failure>(result.error()).status, want[i]);
  }
  ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*results[0]); }));
  auto const again = mesh.submit(0, {good});
  ASSERT_TRUE(again.at(0).has_value());
  EXPECT_EQ(*again.at(0), *results[0]) << "final already: answered as at first";
  auto const used = mesh.submit(0, {payment(mesh.chain(), people_[0], people_[2], {})});
  ASSERT_FALSE(used.at(0).has_value());
  EXPECT_EQ(std::get<execution::Failure>(used.at(0).error()).status,
            labor::v1::TX_STATUS_SEQUENCE_MISMATCH);
}

}  // namespace
}  // namespace node
