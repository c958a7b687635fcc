// The score of an account, term by term.

#include "protocol/work/score.h"

#include <gtest/gtest.h>

#include "tests/support/work_messages.h"

namespace work {
namespace {

using namespace labor::v1;        // The tests name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::TimeMs;

constexpr std::uint64_t now_ms = 2000 * day_ms;

class ScoreTest : public testing::Test {
 protected:
  Feedback heard(std::uint64_t contract, std::uint8_t from, std::uint64_t paid,
                 std::uint32_t rating, std::uint64_t days_ago) const {
    Feedback view;
    view.set_contract(contract);
    view.set_author(address(from).str());
    view.set_subject(me.str());
    *view.mutable_content() = rated(rating);
    view.set_weight(paid);
    view.set_shown_at_ms(now_ms - days_ago * day_ms);
    return view;
  }
  Dispute ended(std::uint64_t id, DisputeState state, std::uint64_t claim,
                std::uint64_t to_talent) const {
    Dispute dispute;
    dispute.set_id(id);
    dispute.set_client(address(9).str());
    dispute.set_talent(me.str());
    dispute.set_state(state);
    dispute.set_claim(claim);
    dispute.set_to_talent(to_talent);
    dispute.set_opened_at_ms(now_ms - day_ms);
    return dispute;
  }
  Score score(std::vector<Feedback> const& views, std::vector<Dispute> const& cases = {}) const {
    return score_of(me, views, cases, TimeMs{now_ms});
  }

  protocol::Address const me = address(1);
};

TEST_F(ScoreTest, IsNoneWhereNobodyHasSpoken) {
  EXPECT_FALSE(score({}).points.has_value());
  EXPECT_FALSE(score({heard(1, 2, 0, 5, 1)}).points.has_value())
      << "what weighs nothing is nothing";
}

TEST_F(ScoreTest, IsFromNoughtToAHundred) {
  EXPECT_EQ(score({heard(1, 2, 100 * usd, 1, 1)}).points, 0U);
  EXPECT_EQ(score({heard(1, 2, 100 * usd, 3, 1)}).points, 50U);
  EXPECT_EQ(score({heard(1, 2, 100 * usd, 5, 1)}).points, 100U);
}

TEST_F(ScoreTest, WeighsByTheSquareRootOfWhatWasPaid) {
  auto const made = score({heard(1, 2, 400 * usd, 5, 1), heard(2, 3, 100 * usd, 1, 2)});
  ASSERT_EQ(made.terms.size(), 2U);
  EXPECT_EQ(made.terms[0].weight, 200U);
  EXPECT_EQ(made.terms[1].weight, 100U);
  EXPECT_EQ(made.points, 66U) << "200 * 100 of 300, rounded down";
}

TEST_F(ScoreTest, HearsOfOneCounterpartyNoMoreThanTheCap) {
  auto const made = score({heard(1, 2, 8'100 * usd, 5, 1), heard(2, 2, 8'100 * usd, 5, 2),
                           heard(3, 2, 8'100 * usd, 5, 3), heard(4, 3, 100 * usd, 1, 4)});
  ASSERT_EQ(made.terms.size(), 4U);
  EXPECT_EQ(made.terms[0].weight, 900U);
  EXPECT_EQ(made.terms[1].weight, 100U);
  EXPECT_TRUE(made.terms[1].capped);
  EXPECT_EQ(made.terms[2].weight, 0U);
  EXPECT_EQ(made.points, 90U) << "1000 * 100 of 1100";
}

TEST_F(ScoreTest, CountsADisputeOnlyWhereItWasLost) {
  auto const good = heard(1, 2, 400 * usd, 5, 2);
  struct Row {
    std::string_view what;
    std::uint64_t to_talent;
    DisputeState state;
    std::uint32_t points;
  };
  Row const rows[] = {
      {"ruled against", 49 * usd, DISPUTE_STATE_FINAL, 66},
      {"ruled in halves", 50 * usd, DISPUTE_STATE_FINAL, 100},
      {"ruled for", 51 * usd, DISPUTE_STATE_FINAL, 100},
      {"conceded", 0, DISPUTE_STATE_CONCEDED, 66},
      {"not answered", 0, DISPUTE_STATE_DEFAULTED, 66},
      {"settled", 0, DISPUTE_STATE_SETTLED, 100},
      {"undecided", 0, DISPUTE_STATE_UNDECIDED, 100},
      {"still running", 0, DISPUTE_STATE_RULED, 100},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(score({good}, {ended(7, row.state, 100 * usd, row.to_talent)}).points, row.points);
  }
}

TEST_F(ScoreTest, IsOfTheBestWindowThatHasEnoughTerms) {
  auto const recent = [&](std::uint64_t count) {
    std::vector<Feedback> views;
    for (std::uint64_t i = 0; i < count; ++i) {
      views.push_back(heard(10 + i, static_cast<std::uint8_t>(10 + i), 100 * usd, 5, 30));
    }
    views.push_back(heard(1, 2, 100 * usd, 1, 300));
    return views;
  };
  auto const two = score(recent(2));
  EXPECT_EQ(two.window_days, 730U) << "two terms make no window";
  EXPECT_EQ(two.points, 66U);
  auto const three = score(recent(3));
  EXPECT_EQ(three.window_days, 182U);
  EXPECT_EQ(three.points, 100U);
  EXPECT_FALSE(three.terms.back().counts);
}

TEST_F(ScoreTest, ForgetsWhatIsTwoYearsOld) {
  EXPECT_TRUE(score({heard(1, 2, 100 * usd, 5, 730)}).terms.empty());
  EXPECT_EQ(score({heard(1, 2, 100 * usd, 5, 729)}).terms.size(), 1U);
}

TEST_F(ScoreTest, IsOfThisAccountAlone) {
  auto other = heard(1, 2, 100 * usd, 5, 1);
  other.set_subject(address(3).str());
  EXPECT_TRUE(score({other}).terms.empty());
}

}  // namespace
}  // namespace work
