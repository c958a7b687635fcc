// How an account has done in the eyes of those it worked with: one number from public records, the
// same for whoever computes it.
//
//   points   of feedback: floor((quality + communication + punctuality + again - 4) * 100 / 16)
//            of a dispute that the account has lost: 0
//   weight   floor(sqrt(value in hundredths)): of feedback what the contract paid, of a dispute its
//            claim; newest first, and of one counterparty no more than counterparty_weight_max in
//            all
//   score    floor(sum of weight * points / sum of weight) over one window of days back from now:
//            the window of score_windows_days with the best score of those with terms_min terms at
//            least, or else the longest
//
// Lost: less than half of the claim was awarded, and it was ruled, conceded or not answered.
// Version 1: whoever changes a rule counts up, so that two scores can be compared.
//
// Pure: integers, no state, no clock.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/justice.pb.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/types.h"

namespace work {

inline constexpr std::uint32_t score_version = 1;
// Half a year, a year, two.
inline constexpr std::array<std::uint64_t, 3> score_windows_days = {182, 365, 730};
inline constexpr std::size_t terms_min = 3;
// Of 10,000 USD paid: a friend who pays more says nothing more.
inline constexpr std::uint64_t counterparty_weight_max = 1000;

struct ScoreTerm {
  std::uint64_t contract = 0;
  std::uint64_t dispute = 0;  // 0: feedback.
  std::string counterparty;   // 32 bytes.
  protocol::TimeMs at{};
  std::uint64_t value = 0;  // Minor units.
  std::uint32_t points = 0;
  std::uint64_t weight = 0;  // After the cap.
  bool capped = false;
  bool counts = false;  // Within the window of the score.

  bool operator==(ScoreTerm const&) const = default;
};

struct Score {
  std::optional<std::uint32_t> points;  // Nothing: nobody who weighs anything has spoken.
  std::uint64_t window_days = 0;
  std::vector<ScoreTerm> terms;  // Of the longest window, newest first.
};

// `feedback` is about the account, the disputes are its own; what does not count is left out.
// Times in chain time.
Score score_of(protocol::Address const& account, std::vector<labor::v1::Feedback> const& feedback,
               std::vector<labor::v1::Dispute> const& disputes, protocol::TimeMs now);

}  // namespace work
