// How feedback reads. Part of show_record.h.

#include <fmt/format.h>

#include <array>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/show_record.h"

namespace wallet {

using protocol::TimeMs;

namespace {

std::string state_of(labor::v1::Feedback const& feedback) {
  return state_name(*labor::v1::FeedbackState_descriptor(), feedback.state());
}

std::array<std::uint32_t, 4> ratings_in(labor::v1::FeedbackContent const& content) {
  return {content.quality(), content.communication(), content.punctuality(), content.again()};
}

void add_content(Facts& facts, labor::v1::Feedback const& feedback) {
  constexpr std::array<char const*, 4> scales = {"Quality", "Communication", "Punctuality",
                                                 "Again"};
  auto const ratings = ratings_in(feedback.content());
  for (std::size_t i = 0; i < scales.size(); ++i) {
    facts.emplace_back(scales.at(i), fmt::format("{} of 5", ratings.at(i)));
  }
  if (!feedback.content().text_hash().empty()) {
    facts.emplace_back("Text hash", base::hex(feedback.content().text_hash()));
  }
  facts.emplace_back("Weight", show(protocol::Amount{feedback.weight()}, labor::v1::ASSET_USD));
}

}  // namespace

Facts facts_of(Session& session, labor::v1::Feedback const& feedback) {
  Facts facts{{"Contract", fmt::format("{}", feedback.contract())},
              {"By", full_label(session, feedback.author())},
              {"About", full_label(session, feedback.subject())},
              {"State", state_of(feedback)}};
  if (feedback.has_content()) add_content(facts, feedback);
  if (feedback.shown_at_ms() != 0) {
    facts.emplace_back("Shown", show_time(TimeMs{feedback.shown_at_ms()}));
  }
  if (feedback.withheld_at_ms() != 0) {
    facts.emplace_back("May be revealed from", show_time(TimeMs{feedback.reveal_from_ms()}));
    facts.emplace_back("Withheld at", show_time(TimeMs{feedback.withheld_at_ms()}));
  }
  if (!feedback.reply_hash().empty()) {
    facts.emplace_back("Reply hash", base::hex(feedback.reply_hash()));
  }
  return facts;
}

std::vector<std::string> row_of(Session& session, labor::v1::Feedback const& feedback) {
  std::vector<std::string> row{fmt::format("{}", feedback.contract()),
                               short_label(session, feedback.author()), state_of(feedback)};
  for (auto const rating : ratings_in(feedback.content())) {
    row.push_back(rating == 0 ? "-" : fmt::format("{}", rating));
  }
  return row;
}

}  // namespace wallet
