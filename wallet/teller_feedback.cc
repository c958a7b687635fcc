// Feedback: what becomes public, when, and what silence does.

#include <fmt/format.h>

#include "protocol/limits.h"
#include "wallet/dates.h"
#include "wallet/teller.h"

namespace wallet {

namespace limits = protocol::limits;

Result<void> Teller::feedback_head(std::uint64_t id, std::string_view act) {
  TRY(found, contract(id));
  line(fmt::format("{} contract {}{}.", act, id, found ? ": " + found->title() : ""));
  if (!found) {
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  auto const by_client = body_.account() == found->client();
  detail(fmt::format("About {}.", who(by_client ? found->talent() : found->client())));
  return {};
}

void Teller::rating(labor::v1::FeedbackContent const& content) {
  detail(fmt::format("Of {}: quality {}, communication {}, punctuality {}, again {}.",
                     limits::rating_max, content.quality(), content.communication(),
                     content.punctuality(), content.again()));
  hash("Text hash", content.text_hash());
}

Result<void> Teller::say(labor::v1::CommitFeedback const& message) {
  TRY_VOID(feedback_head(message.contract(), "Commit to your feedback on"));
  hash("Commitment", message.commitment());
  detail("Nobody can read it before you reveal it, and you cannot change it any more.");
  detail(fmt::format(
      "Reveal it within {} of the other side's feedback, or of the end of the {} in "
      "which they may give it; else it is shown as withheld.",
      show_duration(limits::feedback_reveal_ms), show_duration(limits::feedback_window_ms)));
  return {};
}

Result<void> Teller::say(labor::v1::PostFeedback const& message) {
  TRY_VOID(feedback_head(message.contract(), "Post your feedback on"));
  rating(message.content());
  detail(
      fmt::format("It is public at once and stays. The other side has committed to theirs and "
                  "has {} to reveal it.",
                  show_duration(limits::feedback_reveal_ms)));
  return {};
}

Result<void> Teller::say(labor::v1::RevealFeedback const& message) {
  TRY_VOID(feedback_head(message.contract(), "Reveal your feedback on"));
  rating(message.content());
  detail("It is public at once and stays.");
  return {};
}

Result<void> Teller::say(labor::v1::ReplyToFeedback const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Reply to the feedback about you on contract {}{}.", message.contract(),
                   found ? ": " + found->title() : ""));
  hash("Reply hash", message.reply_hash());
  detail("One reply: it stays.");
  return {};
}

}  // namespace wallet
