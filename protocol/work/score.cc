#include "protocol/work/score.h"

#include <algorithm>
#include <map>
#include <utility>

#include "protocol/limits.h"

namespace work {

namespace limits = protocol::limits;
using labor::v1::Dispute;
using labor::v1::Feedback;
using protocol::TimeMs;

namespace {

constexpr std::uint64_t minor_units_of_hundredth = 10'000;
constexpr std::uint64_t day_ms = limits::day_ms;

std::uint64_t square_root(std::uint64_t value) {
  std::uint64_t root = 0;
  for (auto bit = std::uint64_t{1} << 31U; bit != 0; bit >>= 1U) {
    auto const larger = root + bit;
    if (larger * larger <= value) root = larger;
  }
  return root;
}

std::uint32_t points_of(labor::v1::FeedbackContent const& content) {
  auto const sum =
      content.quality() + content.communication() + content.punctuality() + content.again();
  constexpr std::uint32_t scales = 4;
  constexpr std::uint32_t most = (limits::rating_max - 1) * scales;
  return (sum - scales) * 100 / most;
}

bool is_lost(Dispute const& dispute, protocol::Address const& account) {
  auto const decided = dispute.state() == labor::v1::DISPUTE_STATE_FINAL ||
                       dispute.state() == labor::v1::DISPUTE_STATE_CONCEDED ||
                       dispute.state() == labor::v1::DISPUTE_STATE_DEFAULTED;
  if (!decided) return false;
  auto const to_client = dispute.claim() - dispute.to_talent();
  if (account.chars() == dispute.talent()) return dispute.to_talent() < to_client;
  return account.chars() == dispute.client() && to_client < dispute.to_talent();
}

std::vector<ScoreTerm> terms_of(protocol::Address const& account,
                                std::vector<Feedback> const& feedback,
                                std::vector<Dispute> const& disputes) {
  std::vector<ScoreTerm> terms;
  for (auto const& view : feedback) {
    auto const about = view.subject() == account.chars() && view.has_content();
    if (!about || view.weight() == 0) continue;
    terms.push_back({.contract = view.contract(),
                     .dispute = 0,
                     .counterparty = view.author(),
                     .at = TimeMs{view.shown_at_ms()},
                     .value = view.weight(),
                     .points = points_of(view.content())});
  }
  for (auto const& dispute : disputes) {
    if (!is_lost(dispute, account)) continue;
    auto const talent = account.chars() == dispute.talent();
    terms.push_back({.contract = dispute.contract(),
                     .dispute = dispute.id(),
                     .counterparty = talent ? dispute.client() : dispute.talent(),
                     .at = TimeMs{dispute.opened_at_ms()},
                     .value = dispute.claim(),
                     .points = 0});
  }
  return terms;
}

// Newest first, so that an old friend never weighs more than a new one.
void weigh(std::vector<ScoreTerm>& terms) {
  std::ranges::sort(terms, [](ScoreTerm const& a, ScoreTerm const& b) {
    if (a.at != b.at) return a.at > b.at;
    return std::pair{a.contract, a.dispute} > std::pair{b.contract, b.dispute};
  });
  std::map<std::string, std::uint64_t> left;
  for (auto& term : terms) {
    auto& room = left.try_emplace(term.counterparty, counterparty_weight_max).first->second;
    auto const whole = square_root(term.value / minor_units_of_hundredth);
    term.weight = std::min(whole, room);
    term.capped = term.weight < whole;
    room -= term.weight;
  }
}

bool is_within(ScoreTerm const& term, std::uint64_t days, TimeMs now) {
  return term.at.value() + days * day_ms > now.value();
}

// Of the terms in a window; nothing where none weighs anything.
struct Sum {
  std::optional<std::uint32_t> points;
  std::size_t terms = 0;
};

Sum sum_of(std::vector<ScoreTerm> const& terms, std::uint64_t days, TimeMs now) {
  Sum sum;
  std::uint64_t weights = 0;
  std::uint64_t weighed = 0;
  for (auto const& term : terms) {
    if (!is_within(term, days, now)) continue;
    weights += term.weight;
    weighed += term.weight * term.points;
    ++sum.terms;
  }
  if (weights > 0) sum.points = static_cast<std::uint32_t>(weighed / weights);
  return sum;
}

}  // namespace

Score score_of(protocol::Address const& account, std::vector<Feedback> const& feedback,
               std::vector<Dispute> const& disputes, TimeMs now) {
  Score score;
  score.terms = terms_of(account, feedback, disputes);
  weigh(score.terms);
  std::erase_if(score.terms, [&](ScoreTerm const& term) {
    return !is_within(term, score_windows_days.back(), now);
  });
  score.window_days = score_windows_days.back();
  score.points = sum_of(score.terms, score.window_days, now).points;
  for (auto const days : score_windows_days) {
    auto const sum = sum_of(score.terms, days, now);
    auto const better = sum.points && (!score.points || *sum.points > *score.points);
    if (sum.terms < terms_min || !better) continue;
    score.window_days = days;
    score.points = sum.points;
  }
  for (auto& term : score.terms) term.counts = is_within(term, score.window_days, now);
  return score;
}

}  // namespace work
