#include "protocol/work/feedback_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/feedback.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::FeedbackState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<FeedbackAct, FeedbackState>;
using Who = execution::Who<FeedbackAct>;
using Guard = execution::Guard<FeedbackAct>;
using Effect = execution::Effect<FeedbackAct>;

constexpr auto none = labor::v1::FEEDBACK_STATE_UNSPECIFIED;
constexpr auto committed = labor::v1::FEEDBACK_STATE_COMMITTED;
constexpr auto shown = labor::v1::FEEDBACK_STATE_SHOWN;
constexpr auto withheld = labor::v1::FEEDBACK_STATE_WITHHELD;

// ---- who ----

Done must_be(bool right) {
  return right ? Done{} : fail(labor::v1::TX_STATUS_NOT_YOUR_CONTRACT);
}
Done is_author(FeedbackAct const& act) {
  return must_be(act.account.chars() == act.feedback.author());
}
Done is_subject(FeedbackAct const& act) {
  return must_be(act.account.chars() == act.feedback.subject());
}

// ---- time and guards ----

// Until when the next thing may be done: spoken, revealed, or replied to. 0: no such time.
std::uint64_t until_ms(FeedbackAct const& act) {
  switch (act.feedback.state()) {
    case none: {
      auto const ended_ms = act.contract.ended_at_ms();
      return ended_ms == 0 ? 0 : ended_ms + limits::feedback_window_ms;
    }
    case shown:
      return act.feedback.shown_at_ms() + limits::feedback_reply_ms;
    default:
      return act.feedback.withheld_at_ms();
  }
}

Done in_time(FeedbackAct const& act) {
  return execution::must_be_before(until_ms(act), act.now);
}

Done may_rate(FeedbackAct const& act) {
  auto const& contract = act.contract;
  if (contract.ended_at_ms() == 0) return fail(labor::v1::TX_STATUS_CONTRACT_NOT_ENDED);
  if (contract.delivered() > 0 || contract.released() > 0) return {};
  return fail(labor::v1::TX_STATUS_NOTHING_TO_RATE);
}

Done speaks_first(FeedbackAct const& act) {
  TRY_VOID(may_rate(act));
  return act.other.state() == none ? Done{} : fail(labor::v1::TX_STATUS_FEEDBACK_NOT_BLIND);
}

Done speaks_second(FeedbackAct const& act) {
  TRY_VOID(may_rate(act));
  return act.other.state() == committed ? Done{} : fail(labor::v1::TX_STATUS_FEEDBACK_BLIND);
}

Done is_heard_by_nobody_too_early(FeedbackAct const& act) {
  auto const from_ms = act.feedback.reveal_from_ms();
  if (act.now.value() >= from_ms) return {};
  return fail(labor::v1::TX_STATUS_FEEDBACK_TOO_EARLY, {{"until_ms", from_ms}});
}

Done reveals_what_was_committed(FeedbackAct const& act) {
  TRY_VOID(is_heard_by_nobody_too_early(act));
  auto const salt = protocol::Hash::from(act.hash);
  if (!salt) return execution::must_hold(false);  // Its form was checked.
  auto const made = feedback_commitment(act.feedback.contract(), act.account, *salt, act.content);
  if (made.chars() == act.feedback.commitment()) return {};
  return fail(labor::v1::TX_STATUS_FEEDBACK_MISMATCH);
}

Done unanswered(FeedbackAct const& act) {
  if (act.feedback.reply_hash().empty()) return {};
  return fail(labor::v1::TX_STATUS_FEEDBACK_ANSWERED);
}

Done unrevealed(FeedbackAct const& act) {
  return execution::must_have_run_out(act.feedback.withheld_at_ms(), act.now);
}

// ---- effects ----

Done keep_commitment(FeedbackAct& act) {
  auto const window_over_ms = act.contract.ended_at_ms() + limits::feedback_window_ms;
  act.feedback.set_commitment(act.hash);
  act.feedback.set_reveal_from_ms(window_over_ms);
  act.feedback.set_withheld_at_ms(window_over_ms + limits::feedback_reveal_ms);
  return {};
}

Done show(FeedbackAct& act) {
  auto const& contract = act.contract;
  auto const delivered = contract.delivered();
  auto const least = delivered / limits::feedback_paid_part +
                     (delivered % limits::feedback_paid_part == 0 ? 0 : 1);
  auto const enough = contract.released() >= least;
  *act.feedback.mutable_content() = act.content;
  act.feedback.set_weight(enough ? contract.released() : 0);
  act.feedback.set_shown_at_ms(act.now.value());
  act.feedback.set_withheld_at_ms(0);
  return {};
}

Done show_in_answer(FeedbackAct& act) {
  act.other.set_reveal_from_ms(act.now.value());
  act.other.set_withheld_at_ms(act.now.value() + limits::feedback_reveal_ms);
  act.context->put(act.other, act.cause);
  return show(act);
}

Done keep_silent(FeedbackAct& act) {
  act.feedback.set_withheld_at_ms(0);
  return {};
}

Done reply(FeedbackAct& act) {
  act.feedback.set_reply_hash(act.hash);
  return {};
}

// ---- the table ----

constexpr Who side{"a side of the contract", is_author};
constexpr Who author{"its author", is_author};
constexpr Who subject{"whom it is about", is_subject};
constexpr Who block{"the block"};

constexpr Guard first{"the contract has ended with work done, the other side is silent",
                      speaks_first};
constexpr Guard second{"the contract has ended with work done, the other side has committed",
                       speaks_second};
constexpr Guard same{"the other side has spoken or may no more; it is what was committed",
                     reveals_what_was_committed, true, is_heard_by_nobody_too_early};
constexpr Guard once{"no reply yet", unanswered};
constexpr Guard late{"7 d since the other side spoke, or may no more", unrevealed};

constexpr Effect keeps{"the other side may post for the rest of the 14 d", keep_commitment};
constexpr Effect answers{"is shown, starts the other side's 7 d to reveal", show_in_answer};
constexpr Effect shows{"is shown", show};
constexpr Effect silence{"stays unknown", keep_silent};
constexpr Effect replies{"the reply stands beside it", reply};

// clang-format off
constexpr Row rows[] = {
  {"commit",   message, none,      committed, side,    first,  keeps},
  {"post",     message, none,      shown,     side,    second, answers},
  {"reveal",   message, committed, shown,     author,  same,   shows},
  {"withhold", clock,   committed, withheld,  block,   late,   silence},
  {"reply",    message, shown,     shown,     subject, once,   replies},
};
// clang-format on

labor::v1::TxStatus wrong_state(FeedbackState) {
  return labor::v1::TX_STATUS_FEEDBACK_GIVEN;
}

}  // namespace

FeedbackMachine const& feedback_machine() {
  static constexpr FeedbackMachine machine{
      .name = "feedback", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

}  // namespace work
