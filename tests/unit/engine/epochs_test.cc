// Epochs in whole engines: the set of validators ends with its boundary block, and the next one
// begins on it. Real stores and journals; blocks of five make an epoch.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/mesh/mesh.h"

namespace node {
namespace {

using testing_support::Payment;
using testing_support::payment;
using testing_support::Person;

class EpochsTest : public testing::Test {
 protected:
  static constexpr std::uint64_t epoch_blocks = 5;

  EpochsTest() {
    for (std::uint64_t i = 0; i < 4; ++i) people_.emplace_back(i);
  }

  // One payment, final everywhere before the next: a block each.
  void pay(Mesh& mesh, std::size_t through) {
    auto const submitted = mesh.submit(through, {payment(mesh.chain(), people_[0], people_[1],
                                                         {.sequence = sequence_++, .amount = 5})});
    ASSERT_TRUE(submitted.at(0).has_value());
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); })) << states(mesh);
  }
  void pay_until_epoch(Mesh& mesh, std::uint64_t epoch, std::size_t through = 0) {
    while (mesh.store(through).latest()->head().epoch < protocol::Epoch{epoch}) {
      ASSERT_NO_FATAL_FAILURE(pay(mesh, through));
    }
  }
  static bool equal(Mesh& mesh) {
    auto const first = mesh.store(0).latest()->head();
    for (std::size_t i = 1; i < mesh.size(); ++i) {
      if (mesh.store(i).latest()->head() != first) return false;
    }
    return true;
  }
  static std::string states(Mesh& mesh) {
    std::string text;
    for (std::size_t i = 0; i < mesh.size(); ++i) {
      if (!mesh.runs(i)) {
        text += "node " + std::to_string(i) + ": down\n";
        continue;
      }
      auto const status = mesh.engine(i).consensus();
      text += "node " + std::to_string(i) + ": epoch " + std::to_string(status.epoch.value()) +
              " view " + std::to_string(status.view.value()) + " height " +
              std::to_string(mesh.store(i).latest()->head().height.value()) + " " + mesh.halted(i) +
              "\n";
    }
    return text;
  }

  std::vector<Person> people_;
  std::uint64_t sequence_ = 0;
};

TEST_F(EpochsTest, FollowOneAnotherAndNothingThatWasSubmittedIsLost) {
  Mesh mesh{people_, {.epoch_blocks = epoch_blocks}};
  std::vector<protocol::TransactionId> ids;
  for (int round = 0; round < 30; ++round) {
    std::vector<std::string> batch;
    for (std::size_t person = 0; person < people_.size(); ++person) {
      batch.push_back(payment(mesh.chain(), people_[person], people_[(person + 1) % 4],
                              {.sequence = sequence_, .amount = 5}));
    }
    ++sequence_;
    for (auto const& result : mesh.submit(static_cast<std::size_t>(round) % 4, std::move(batch))) {
      ASSERT_TRUE(result.has_value());
      ids.push_back(*result);
    }
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(ids.back()); })) << states(mesh);
  }
  for (auto const& id : ids) {
    ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(id); })) << states(mesh);
  }
  ASSERT_TRUE(mesh.eventually([&] { return equal(mesh); })) << states(mesh);
  auto const head = mesh.store(0).latest()->head();
  EXPECT_GE(head.epoch, protocol::Epoch{3}) << states(mesh);
  EXPECT_EQ(head.epoch.value(), head.height.value() / epoch_blocks);
  for (std::size_t i = 0; i < mesh.size(); ++i) EXPECT_EQ(mesh.halted(i), "");
}

TEST_F(EpochsTest, ThatANodeMissedAreCaughtUpWithOneAfterTheOther) {
  Mesh mesh{people_, {.epoch_blocks = epoch_blocks}};
  ASSERT_NO_FATAL_FAILURE(pay(mesh, 0));
  mesh.stop(3);
  ASSERT_NO_FATAL_FAILURE(pay_until_epoch(mesh, 4));
  mesh.start(3);
  ASSERT_TRUE(mesh.eventually([&] { return equal(mesh); })) << states(mesh);
  ASSERT_NO_FATAL_FAILURE(pay(mesh, 3));
}

TEST_F(EpochsTest, GoOnWhereTheyWereAfterARestartOfAll) {
  Mesh mesh{people_, {.epoch_blocks = epoch_blocks}};
  for (int turn = 0; turn < 12; ++turn) {
    ASSERT_NO_FATAL_FAILURE(pay(mesh, static_cast<std::size_t>(turn) % 4));
    for (std::size_t i = 0; i < mesh.size(); ++i) mesh.stop(i);
    for (std::size_t i = 0; i < mesh.size(); ++i) mesh.start((i + 1) % mesh.size());
  }
  ASSERT_TRUE(mesh.eventually([&] { return equal(mesh); })) << states(mesh);
  EXPECT_GE(mesh.store(0).latest()->head().epoch, protocol::Epoch{2});
}

TEST_F(EpochsTest, OneValidatorAloneHasThemToo) {
  Mesh mesh{people_, {.validators = 1, .epoch_blocks = epoch_blocks}};
  ASSERT_NO_FATAL_FAILURE(pay_until_epoch(mesh, 3));
}

// Without the two others nothing becomes final; the boundary block waits with the rest.
TEST_F(EpochsTest, EndWhenAQuorumIsBack) {
  Mesh mesh{people_, {.epoch_blocks = epoch_blocks}};
  for (std::uint64_t i = 0; i + 1 < epoch_blocks; ++i) ASSERT_NO_FATAL_FAILURE(pay(mesh, 0));
  mesh.stop(2);
  mesh.stop(3);
  auto const submitted = mesh.submit(
      0, {payment(mesh.chain(), people_[0], people_[1], {.sequence = sequence_++, .amount = 5})});
  ASSERT_TRUE(submitted.at(0).has_value());
  mesh.start(3);
  mesh.start(2);
  ASSERT_TRUE(mesh.eventually([&] { return mesh.all_final(*submitted.at(0)); })) << states(mesh);
  ASSERT_NO_FATAL_FAILURE(pay_until_epoch(mesh, 2));
}

}  // namespace
}  // namespace node
