#include "protocol/work/milestone_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/escrow.h"
#include "protocol/work/milestone_effects.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::MilestoneState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<MilestoneAct, MilestoneState>;
using Who = execution::Who<MilestoneAct>;
using Guard = execution::Guard<MilestoneAct>;
using Effect = execution::Effect<MilestoneAct>;

constexpr auto none = labor::v1::MILESTONE_STATE_UNSPECIFIED;
constexpr auto planned = labor::v1::MILESTONE_STATE_PLANNED;
constexpr auto funded = labor::v1::MILESTONE_STATE_FUNDED;
constexpr auto submitted = labor::v1::MILESTONE_STATE_SUBMITTED;
constexpr auto changes = labor::v1::MILESTONE_STATE_CHANGES;
constexpr auto accepted = labor::v1::MILESTONE_STATE_ACCEPTED;
constexpr auto refunded = labor::v1::MILESTONE_STATE_REFUNDED;
constexpr auto dropped = labor::v1::MILESTONE_STATE_DROPPED;
constexpr auto settled = labor::v1::MILESTONE_STATE_SETTLED;
constexpr auto disputed = labor::v1::MILESTONE_STATE_DISPUTED;

// ---- who ----

Done must_be(bool right) {
  return right ? Done{} : fail(labor::v1::TX_STATUS_NOT_YOUR_CONTRACT);
}

Done is_client(MilestoneAct const& act) {
  return must_be(act.account.chars() == act.contract.client());
}

Done is_talent(MilestoneAct const& act) {
  return must_be(act.account.chars() == act.contract.talent());
}

Done is_side(MilestoneAct const& act) {
  auto const account = act.account.chars();
  return must_be(account == act.contract.client() || account == act.contract.talent());
}

bool is_author_of_split(MilestoneAct const& act) {
  return act.milestone.has_split() && act.milestone.split().author() == act.account.chars();
}

Done may_answer_split(MilestoneAct const& act) {
  TRY_VOID(is_side(act));
  return is_author_of_split(act) ? fail(labor::v1::TX_STATUS_NOT_YOUR_TURN) : Done{};
}

// ---- time and guards ----

Done in_time(MilestoneAct const& act) {
  for (auto const& until : {state::deadline_of(act.milestone), state::deadline_of(act.contract)}) {
    if (until) TRY_VOID(execution::must_be_before(until->value(), act.now));
  }
  return {};
}

Done review_over(MilestoneAct const& act) {
  return execution::must_have_run_out(act.milestone.review_until_ms(), act.now);
}
Done changes_over(MilestoneAct const& act) {
  return execution::must_have_run_out(act.milestone.changes_until_ms(), act.now);
}
Done overdue(MilestoneAct const& act) {
  return execution::must_have_run_out(act.milestone.overdue_at_ms(), act.now);
}
Done refund_unanswered(MilestoneAct const& act) {
  return execution::must_have_run_out(act.milestone.refund_asked_until_ms(), act.now);
}

Done may_ask_for_changes(MilestoneAct const& act) {
  auto const have = act.milestone.change_requests();
  auto const most = act.contract.frozen().change_requests_max();
  if (have < most) return {};
  return fail(labor::v1::TX_STATUS_TOO_MANY_CHANGE_REQUESTS, {{"have", have}, {"most", most}});
}

Done no_refund_asked(MilestoneAct const& act) {
  auto const until_ms = act.milestone.refund_asked_until_ms();
  if (until_ms == 0) return {};
  return fail(labor::v1::TX_STATUS_REFUND_ALREADY_ASKED, {{"until_ms", until_ms}});
}

Done may_ask_for_refund(MilestoneAct const& act) {
  TRY_VOID(no_refund_asked(act));
  auto const next_ms = act.milestone.next_refund_request_ms();
  if (act.now.value() >= next_ms) return {};
  return fail(labor::v1::TX_STATUS_REFUND_TOO_SOON, {{"until_ms", next_ms}});
}

Done refund_is_asked(MilestoneAct const& act) {
  if (act.milestone.refund_asked_until_ms() != 0) return {};
  return fail(labor::v1::TX_STATUS_REFUND_NOT_ASKED);
}

Done refund_was_refused(MilestoneAct const& act) {
  if (act.milestone.refund_refused()) return {};
  return fail(labor::v1::TX_STATUS_REFUND_NOT_REFUSED);
}

Done releases_part(MilestoneAct const& act) {
  auto const have = locked_amount(act.milestone);
  if (act.amount < have) return {};
  return fail(labor::v1::TX_STATUS_RELEASE_TOO_LARGE, {{"have", have}, {"need", act.amount}});
}

Done releases_all(MilestoneAct const& act) {
  auto const have = locked_amount(act.milestone);
  if (act.amount == have) return {};
  return fail(labor::v1::TX_STATUS_RELEASE_TOO_LARGE, {{"have", have}, {"need", act.amount}});
}

Done splits_what_is_locked(MilestoneAct const& act) {
  auto const have = locked_amount(act.milestone);
  if (act.amount <= have) return {};
  return fail(labor::v1::TX_STATUS_SPLIT_TOO_LARGE, {{"have", have}, {"need", act.amount}});
}

Done has_offered_split(MilestoneAct const& act) {
  return is_author_of_split(act) ? Done{} : fail(labor::v1::TX_STATUS_SPLIT_NOT_OFFERED);
}

Done a_split_is_offered(MilestoneAct const& act) {
  return act.milestone.has_split() ? Done{} : fail(labor::v1::TX_STATUS_SPLIT_NOT_OFFERED);
}

Done names_the_split(MilestoneAct const& act) {
  TRY_VOID(a_split_is_offered(act));
  auto const offered = act.milestone.split().to_talent();
  if (act.amount == offered) return {};
  return fail(labor::v1::TX_STATUS_SPLIT_CHANGED, {{"have", offered}, {"need", act.amount}});
}

// The title is what was agreed to be done: money is locked for it.
Done gives_more(MilestoneAct const& act) {
  auto const& now = act.milestone;
  auto const more = act.terms.amount() >= now.amount() && act.terms.due_days() >= now.due_days();
  if (more && act.terms.title() == now.title()) return {};
  return fail(labor::v1::TX_STATUS_MILESTONE_NOT_AMENDABLE, {{"milestone", now.index()}});
}

// It was funded when the pause began.
Done was_moved(MilestoneAct const& act) {
  return act.milestone.paused_ms() != 0 ? Done{} : fail(labor::v1::TX_STATUS_WRONG_STATE);
}

// ---- the table ----

constexpr Who client{"the client", is_client};
constexpr Who talent{"the talent", is_talent};
constexpr Who either{"either side", is_side};
constexpr Who author{"who offered the split", is_side};
constexpr Who answering{"the other side", may_answer_split};
constexpr Who block{"the block"};
constexpr Who signing{"with contract.sign, or an amendment"};
constexpr Who any_end{"with the contract's end, or an amendment"};
constexpr Who amending{"with contract.agree_amendment"};
constexpr Who with_award{"with the end of its dispute"};
constexpr Who with_default{"with a dispute that nobody answered"};
constexpr Who pause_by_client{"with contract.pause by the client"};
constexpr Who pause_over{"with the end of the pause"};
constexpr Who end_by_client{"with contract.end by the client"};
constexpr Who end_by_talent{"with contract.end by the talent"};

constexpr Guard fewer_requests{"fewer than 3 change requests so far", may_ask_for_changes};
constexpr Guard may_ask{"no request runs, 30 d since the last", may_ask_for_refund};
constexpr Guard none_asked{"no request runs", no_refund_asked};
constexpr Guard asked{"a refund is asked for", refund_is_asked};
constexpr Guard refused{"a refund was refused", refund_was_refused};
constexpr Guard part{"less than is locked", releases_part, true};
constexpr Guard all{"all that is locked", releases_all, true};
constexpr Guard of_locked{"at most what is locked", splits_what_is_locked, true};
constexpr Guard own_split{"their split is offered", has_offered_split};
constexpr Guard same_split{"names the split that is offered", names_the_split, true,
                           a_split_is_offered};
constexpr Guard only_more{"not less money, not fewer days", gives_more};
constexpr Guard moved{"the pause has moved its day due", was_moved};
constexpr Guard unreviewed{"14 d of silence, in later reviews 7 d", review_over};
constexpr Guard unchanged{"14 d of silence", changes_over};
constexpr Guard late{"2 d after the day due", overdue};
constexpr Guard unanswered{"7 d of silence to a refund request", refund_unanswered};

constexpr Effect offers{"offers the split, in place of any other", note_split};
constexpr Effect takes_back{"no split is offered", forget_split};
constexpr Effect divides{"pays the talent's part and its fee, returns the rest", divide_as_told};
constexpr Effect takes{"takes the terms agreed", take_terms};
constexpr Effect takes_more{
    "locks what is more of amount and fee, moves the day due, cancels a split", take_more};
constexpr Effect locks{"locks amount and fee, starts the days until due", fund};
constexpr Effect delivers{"starts the review, cancels refund request and split", deliver};
constexpr Effect returns_it{"starts the talent's 14 d, cancels a split", ask_for_changes};
constexpr Effect pays{"pays the rest to the talent, the fee to the treasury", pay_rest};
constexpr Effect pays_some{"pays the part and its fee, cancels a split; the clock stays", pay_part};
constexpr Effect refunds{"returns the rest and its fee to the client", refund_rest};
constexpr Effect asks{"starts the talent's 7 d", ask_for_refund};
constexpr Effect refuses{"the request is over, the talent may dispute", refuse_refund};
constexpr Effect disputes{"opens a dispute, whose clocks are the only ones from now on", dispute};
constexpr Effect moves{"moves the day due by all that is left for pauses", move_day_due};
constexpr Effect moves_back{"takes back what of that was not used", move_day_due_back};
constexpr Effect restarts{"starts the days until due again", reinstate};

// clang-format off
constexpr Row rows[] = {
  {"plan",              follow,  none,      planned,   signing,       {},             {}},
  {"fund",              message, planned,   funded,    client,        {},             locks},
  {"submit",            message, funded,    submitted, talent,        {},             delivers},
  {"submit",            message, changes,   submitted, talent,        {},             delivers},
  {"request_changes",   message, submitted, changes,   client,        fewer_requests, returns_it},
  {"accept",            message, submitted, accepted,  client,        {},             pays},
  {"release",           message, funded,    funded,    client,        part,           pays_some},
  {"release",           message, funded,    accepted,  client,        all,            pays},
  {"release",           message, submitted, submitted, client,        part,           pays_some},
  {"release",           message, submitted, accepted,  client,        all,            pays},
  {"release",           message, changes,   changes,   client,        part,           pays_some},
  {"release",           message, changes,   accepted,  client,        all,            pays},
  {"request_refund",    message, funded,    funded,    client,        may_ask,        asks},
  {"refuse_refund",     message, funded,    funded,    talent,        asked,          refuses},
  {"agree_refund",      message, funded,    refunded,  talent,        asked,          refunds},
  {"offer_split",       message, funded,    funded,    either,        of_locked,      offers},
  {"offer_split",       message, submitted, submitted, either,        of_locked,      offers},
  {"offer_split",       message, changes,   changes,   either,        of_locked,      offers},
  {"withdraw_split",    message, funded,    funded,    author,        own_split,      takes_back},
  {"withdraw_split",    message, submitted, submitted, author,        own_split,      takes_back},
  {"withdraw_split",    message, changes,   changes,   author,        own_split,      takes_back},
  {"agree_split",       message, funded,    settled,   answering,     same_split,     divides},
  {"agree_split",       message, submitted, settled,   answering,     same_split,     divides},
  {"agree_split",       message, changes,   settled,   answering,     same_split,     divides},
  {"dispute",           message, funded,    disputed,  talent,        refused,        disputes},
  {"dispute",           message, submitted, disputed,  either,        {},             disputes},
  {"dispute",           message, changes,   disputed,  either,        {},             disputes},
  {"award",             follow,  disputed,  settled,   with_award,    {},             divides},
  {"reinstate",         follow,  disputed,  funded,    with_default,  {},             restarts},
  {"review_over",       clock,   submitted, accepted,  block,         unreviewed,     pays},
  {"changes_over",      clock,   changes,   refunded,  block,         unchanged,      refunds},
  {"refund_unanswered", clock,   funded,    refunded,  block,         unanswered,     refunds},
  {"overdue",           clock,   funded,    refunded,  block,         late,           refunds},
  {"drop",              follow,  planned,   dropped,   any_end,       {},             {}},
  {"amend",             follow,  planned,   planned,   amending,      {},             takes},
  {"amend",             follow,  funded,    funded,    amending,      only_more,      takes_more},
  {"pause",             follow,  funded,    funded,    pause_by_client, {},           moves},
  {"resume",            follow,  funded,    funded,    pause_over,    moved,          moves_back},
  {"cancel",            follow,  funded,    refunded,  end_by_talent, {},             refunds},
  {"ask_refund_at_end", follow,  funded,    funded,    end_by_client, none_asked,     asks},
};
// clang-format on

labor::v1::TxStatus wrong_state(MilestoneState state) {
  if (state == planned) return labor::v1::TX_STATUS_MILESTONE_NOT_FUNDED;
  if (state == dropped) return labor::v1::TX_STATUS_CONTRACT_NOT_ACTIVE;
  return labor::v1::TX_STATUS_WRONG_STATE;
}

}  // namespace

MilestoneMachine const& milestone_machine() {
  static constexpr MilestoneMachine machine{
      .name = "milestone", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

}  // namespace work
