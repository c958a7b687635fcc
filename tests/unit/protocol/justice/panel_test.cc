#include "protocol/justice/panel.h"

#include <gtest/gtest.h>

#include <vector>

namespace justice {
namespace {

using namespace labor::v1;  // States by name.

TEST(MedianAward, IsTheMiddleOrTheFloorOfTheMeanOfTheMiddleTwo) {
  struct Case {
    std::vector<std::uint32_t> awards;
    std::optional<std::uint32_t> median;
  };
  for (auto const& [awards, median] : std::vector<Case>{{{}, std::nullopt},
                                                        {{7}, 7},
                                                        {{0, 1}, 0},
                                                        {{100, 99}, 99},
                                                        {{100, 0, 50}, 50},
                                                        {{3, 1, 2, 100}, 2}}) {
    Panel panel;
    panel.add_seats()->set_state(JUROR_SEAT_STATE_ABSENT);
    for (auto const award : awards) {
      auto& seat = *panel.add_seats();
      seat.set_state(JUROR_SEAT_STATE_REVEALED);
      seat.set_award(award);
    }
    EXPECT_EQ(median_award(panel), median);
  }
}

TEST(AVerdict, IsCoherentWithin20OfWhatWasDecidedOnEitherSide) {
  JurorSeat seat;
  seat.set_state(JUROR_SEAT_STATE_REVEALED);
  seat.set_award(50);
  for (auto const& [decided, coherent] : std::vector<std::pair<std::uint32_t, bool>>{
           {29, false}, {30, true}, {50, true}, {70, true}, {71, false}}) {
    EXPECT_EQ(is_coherent(seat, decided), coherent) << decided;
  }
  seat.set_state(JUROR_SEAT_STATE_COMMITTED);
  EXPECT_FALSE(is_coherent(seat, 50)) << "not revealed";
}

TEST(AClaim, IsBelievedFromAMedianOf51On) {
  EXPECT_FALSE(is_believed(50));
  EXPECT_TRUE(is_believed(51));
}

}  // namespace
}  // namespace justice
