// Parameters: bounds, and how fast the client fee may rise. And the arithmetic of a tally.

#include "protocol/governance/parameters.h"

#include <gtest/gtest.h>

#include <map>

#include "protocol/governance/tally.h"

namespace governance {
namespace {

using namespace labor::v1;  // NOLINT: parameters and statuses by name.

constexpr std::uint64_t day = 24ull * 60 * 60 * 1000;

TxStatus status(Parameter parameter, std::uint64_t value, std::uint64_t now = 0,
                std::uint64_t changed_at = 0, std::uint64_t when = 0) {
  ParameterChange change;
  change.set_parameter(parameter);
  change.set_value(value);
  ParameterValue held;
  held.set_value(now);
  held.set_changed_at_ms(changed_at);
  auto const done = may_change(change, held, protocol::TimeMs{when});
  return done ? TX_STATUS_OK : done.error().status;
}

TEST(Parameters, EachHasARowWithUnitAndReason) {
  for (auto const& row : parameters()) {
    EXPECT_EQ(find_parameter(row.parameter), &row);
    EXPECT_FALSE(row.unit.empty());
    EXPECT_FALSE(row.reason.empty());
  }
  EXPECT_EQ(find_parameter(PARAMETER_UNSPECIFIED), nullptr);
  EXPECT_EQ(parameters().size(), static_cast<std::size_t>(Parameter_MAX));
}

TEST(Parameters, StayWithinTheirHardBounds) {
  EXPECT_EQ(status(PARAMETER_UNSPECIFIED, 1), TX_STATUS_UNKNOWN_PARAMETER);
  for (auto const& row : parameters()) {
    SCOPED_TRACE(Parameter_Name(row.parameter));
    EXPECT_EQ(status(row.parameter, row.most + 1, row.most), TX_STATUS_PARAMETER_OUT_OF_BOUNDS);
    EXPECT_EQ(status(row.parameter, row.most, row.most), TX_STATUS_OK);
    EXPECT_EQ(status(row.parameter, row.least, row.least), TX_STATUS_OK);
    if (row.least == 0) continue;
    EXPECT_EQ(status(row.parameter, row.least - 1), TX_STATUS_PARAMETER_OUT_OF_BOUNDS);
  }
}

TEST(Parameters, TheReferenceRateMovesByAtMostATenthInNinetyDays) {
  struct Case {
    char const* name;
    std::uint64_t to;
    std::uint64_t changed_at;
    std::uint64_t when;
    TxStatus want;
  };
  constexpr std::uint64_t now = 1'000'000;
  Case const cases[] = {
      {"a tenth up, never changed before", 1'100'000, 0, 5, TX_STATUS_OK},
      {"a tenth down", 900'000, 0, 5, TX_STATUS_OK},
      {"more than a tenth up", 1'100'001, 0, 5, TX_STATUS_RATE_MOVES_TOO_FAST},
      {"more than a tenth down", 899'999, 0, 5, TX_STATUS_RATE_MOVES_TOO_FAST},
      {"a moment before 90 days", now + 1, 5, 5 + 90 * day - 1, TX_STATUS_RATE_MOVES_TOO_FAST},
      {"after 90 days", now + 1, 5, 5 + 90 * day, TX_STATUS_OK},
  };
  for (auto const& [name, to, changed_at, when, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(status(PARAMETER_LBR_RATE_USD, to, now, changed_at, when), want);
  }
}

TEST(Parameters, TheClientFeeRisesByAtMostAPointInNinetyDays) {
  struct Case {
    char const* name;
    std::uint64_t to;
    std::uint64_t changed_at;
    std::uint64_t when;
    TxStatus want;
  };
  Case const cases[] = {
      {"a point, never changed before", 1100, 0, 5, TX_STATUS_OK},
      {"more than a point", 1101, 0, 5, TX_STATUS_FEE_RISES_TOO_FAST},
      {"lowered at once", 0, 1 * day, 1 * day, TX_STATUS_OK},
      {"unchanged at once", 1000, 1 * day, 1 * day, TX_STATUS_OK},
      {"raised a moment early", 1001, 1 * day, 91 * day - 1, TX_STATUS_FEE_RISES_TOO_FAST},
      {"raised when the period is over", 1100, 1 * day, 91 * day, TX_STATUS_OK},
      {"too much when the period is over", 1101, 1 * day, 91 * day, TX_STATUS_FEE_RISES_TOO_FAST},
      {"beyond the ceiling", 1501, 0, 5, TX_STATUS_PARAMETER_OUT_OF_BOUNDS},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(status(PARAMETER_CLIENT_FEE_BPS, row.to, 1000, row.changed_at, row.when), row.want);
  }
}

TEST(Parameters, TheClientFeeAndWhoDecidesNeedMoreThanAnOrdinaryMajority) {
  std::map<Parameter, BallotClass> const others = {
      {PARAMETER_CLIENT_FEE_BPS, BALLOT_CLASS_FEE},
      {PARAMETER_HOLDER_CAP_BPS, BALLOT_CLASS_CONSTITUTION},
      {PARAMETER_HOUSE_MEMBERS_MIN, BALLOT_CLASS_CONSTITUTION},
      {PARAMETER_MEMBER_FEES_USD, BALLOT_CLASS_CONSTITUTION},
      {PARAMETER_SPENDING_BPS, BALLOT_CLASS_CONSTITUTION}};
  for (auto const& row : parameters()) {
    auto const found = others.find(row.parameter);
    EXPECT_EQ(class_of(row.parameter),
              found == others.end() ? BALLOT_CLASS_ORDINARY : found->second);
  }
}

Tally tally(std::uint64_t yes, std::uint64_t no, std::uint64_t veto, std::uint64_t abstain) {
  Tally made;
  made.set_yes(yes);
  made.set_no(no);
  made.set_veto(veto);
  made.set_abstain(abstain);
  return made;
}

TEST(Tallies, QuorumPassAndVetoAreExactAtTheirEdges) {
  struct Case {
    char const* name;
    Tally votes;
    std::uint64_t eligible;
    bool quorum;
    bool passes_ordinary;
    bool passes_fee;
    bool veto;
  };
  Case const cases[] = {
      {"nobody", tally(0, 0, 0, 0), 100, false, false, false, false},
      {"nobody of nobody", tally(0, 0, 0, 0), 0, false, false, false, false},
      {"just short of quorum", tally(2999, 0, 0, 0), 10'000, false, true, true, false},
      {"quorum", tally(3000, 0, 0, 0), 10'000, true, true, true, false},
      {"abstentions make a quorum, not a majority", tally(0, 0, 0, 3000), 10'000, true, false,
       false, false},
      {"51%", tally(5100, 4900, 0, 0), 10'000, true, true, false, false},
      {"just short of 51%", tally(5099, 4901, 0, 0), 10'000, true, false, false, false},
      {"66.7%", tally(6670, 3330, 0, 0), 10'000, true, true, true, false},
      {"just short of 66.7%", tally(6669, 3331, 0, 0), 10'000, true, true, false, false},
      {"veto counts as no", tally(5000, 0, 5000, 0), 10'000, true, false, false, true},
      {"a third vetoes", tally(6660, 0, 3340, 0), 10'000, true, true, false, true},
      {"just short of a third", tally(6661, 0, 3339, 0), 10'000, true, true, false, false},
      {"abstentions dilute a veto", tally(0, 0, 3340, 6661), 10'001, true, false, false, false},
      {"a veto without quorum", tally(0, 0, 2999, 0), 10'000, false, false, false, false},
      {"all there is", tally(~0ull, 0, 0, 0), ~0ull, true, true, true, false},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    House house;
    house.set_eligible(row.eligible);
    *house.mutable_tally() = row.votes;
    EXPECT_EQ(has_quorum(house), row.quorum);
    EXPECT_EQ(passes(house, BALLOT_CLASS_ORDINARY), row.passes_ordinary);
    EXPECT_EQ(passes(house, BALLOT_CLASS_FEE), row.passes_fee);
    EXPECT_EQ(passes(house, BALLOT_CLASS_VALIDATORS), row.passes_fee);
    EXPECT_EQ(vetoed(house), row.veto);
  }
}

TEST(Tallies, TheConstitutionNeedsNineTenths) {
  House house;
  house.set_eligible(10'000);
  *house.mutable_tally() = tally(9000, 1000, 0, 0);
  EXPECT_TRUE(passes(house, BALLOT_CLASS_CONSTITUTION));
  *house.mutable_tally() = tally(8999, 1001, 0, 0);
  EXPECT_FALSE(passes(house, BALLOT_CLASS_CONSTITUTION));
}

}  // namespace
}  // namespace governance
