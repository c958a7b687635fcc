#include "protocol/justice/dispute_machine.h"

#include <algorithm>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/dispute.h"
#include "protocol/justice/loan.h"
#include "protocol/justice/panel.h"
#include "protocol/limits.h"

namespace justice {

using namespace labor::v1;  // This file names every state of a dispute.
using execution::Done;
using execution::fail;
using enum execution::Trigger;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<DisputeAct, DisputeState>;
using Who = execution::Who<DisputeAct>;
using Guard = execution::Guard<DisputeAct>;
using Effect = execution::Effect<DisputeAct>;

constexpr auto none = DISPUTE_STATE_UNSPECIFIED;
constexpr auto opened = DISPUTE_STATE_OPENED;
constexpr auto settling = DISPUTE_STATE_SETTLING;
constexpr auto evidence = DISPUTE_STATE_EVIDENCE;
constexpr auto drawing = DISPUTE_STATE_DRAWING;
constexpr auto voting = DISPUTE_STATE_VOTING;
constexpr auto revealing = DISPUTE_STATE_REVEALING;
constexpr auto ruled = DISPUTE_STATE_RULED;
constexpr auto defaulted = DISPUTE_STATE_DEFAULTED;
constexpr auto settled = DISPUTE_STATE_SETTLED;
constexpr auto conceded = DISPUTE_STATE_CONCEDED;
constexpr auto undecided = DISPUTE_STATE_UNDECIDED;
constexpr auto decided = DISPUTE_STATE_FINAL;

// ---- who ----

Done is_side(DisputeAct const& act) {
  auto const account = act.account.chars();
  auto const side = account == act.dispute.client() || account == act.dispute.talent();
  return side ? Done{} : fail(TX_STATUS_NOT_YOUR_DISPUTE);
}

Done may_answer(DisputeAct const& act) {
  TRY_VOID(is_side(act));
  if (act.account.chars() != act.dispute.opener()) return {};
  return fail(TX_STATUS_NOT_YOUR_TURN);
}

bool is_author_of_split(DisputeAct const& act) {
  return act.dispute.has_split() && act.dispute.split().author() == act.account.chars();
}

Done may_answer_split(DisputeAct const& act) {
  TRY_VOID(is_side(act));
  return is_author_of_split(act) ? fail(TX_STATUS_NOT_YOUR_TURN) : Done{};
}

// ---- time and guards ----

Done in_time(DisputeAct const& act) {
  return execution::must_be_before(act.dispute.until_ms(), act.now);
}

Done is_due(DisputeAct const& act) {
  return execution::must_have_run_out(act.dispute.until_ms(), act.now);
}

// What a row of the block asks beyond its time.
Done when(DisputeAct const& act, bool condition) {
  TRY_VOID(is_due(act));
  return condition ? Done{} : fail(TX_STATUS_WRONG_STATE);
}

bool is_first_panel(DisputeAct const& act) {
  return act.dispute.panels_size() == 1;
}

bool may_draw_again(DisputeAct const& act) {
  return act.now.value() < act.dispute.draw_until_ms();
}

bool somebody_revealed(DisputeAct const& act) {
  return median_award(*act.dispute.panels().rbegin()).has_value();
}

Done can_be_drawn(DisputeAct const& act) {
  return when(act, act.drawn.has_value());
}
Done is_tried_again(DisputeAct const& act) {
  return when(act, !act.drawn && may_draw_again(act));
}
Done never_drawn(DisputeAct const& act) {
  return when(act, !act.drawn && !may_draw_again(act) && is_first_panel(act));
}
Done never_drawn_again(DisputeAct const& act) {
  return when(act, !act.drawn && !may_draw_again(act) && !is_first_panel(act));
}
Done rules_first(DisputeAct const& act) {
  return when(act, somebody_revealed(act) && is_first_panel(act));
}
Done rules_last(DisputeAct const& act) {
  return when(act, somebody_revealed(act) && !is_first_panel(act));
}
Done nobody_revealed(DisputeAct const& act) {
  return when(act, !somebody_revealed(act));
}

Done not_ruled(DisputeAct const& act) {
  return is_first_panel(act) ? Done{} : fail(TX_STATUS_ALREADY_RULED);
}

Done brings_few(DisputeAct const& act) {
  auto const have = std::ranges::count_if(act.dispute.evidence(), [&](auto const& piece) {
    return piece.author() == act.account.chars();
  });
  if (std::cmp_less(have, limits::evidence_max)) return {};
  return fail(TX_STATUS_TOO_MUCH_EVIDENCE,
              {{"have", static_cast<std::uint64_t>(have)}, {"most", limits::evidence_max}});
}

Done splits_the_claim(DisputeAct const& act) {
  TRY_VOID(not_ruled(act));
  auto const have = act.dispute.claim();
  if (act.amount <= have) return {};
  return fail(TX_STATUS_SPLIT_TOO_LARGE, {{"have", have}, {"need", act.amount}});
}

Done has_offered_split(DisputeAct const& act) {
  return is_author_of_split(act) ? Done{} : fail(TX_STATUS_SPLIT_NOT_OFFERED);
}

Done a_split_is_offered(DisputeAct const& act) {
  return act.dispute.has_split() ? Done{} : fail(TX_STATUS_SPLIT_NOT_OFFERED);
}

Done names_the_split(DisputeAct const& act) {
  TRY_VOID(a_split_is_offered(act));
  auto const offered = act.dispute.split().to_talent();
  if (act.amount == offered) return {};
  return fail(TX_STATUS_SPLIT_CHANGED, {{"have", offered}, {"need", act.amount}});
}

Done may_appeal(DisputeAct const& act) {
  TRY_VOID(not_ruled(act));
  if (act.free_jurors >= limits::appeal_jury_size) return {};
  return fail(TX_STATUS_NOT_ENOUGH_JURORS,
              {{"have", act.free_jurors}, {"need", limits::appeal_jury_size}});
}

Done pays_or_may_borrow(DisputeAct const& act) {
  return act.loan.asked ? may_borrow(act.loan, act.now) : Done{};
}

// ---- the table ----

constexpr Who with_milestone{"with milestone.dispute or week.dispute"};
constexpr Who either{"either side", is_side};
constexpr Who other{"the other side", may_answer};
constexpr Who author{"who offered the split", is_side};
constexpr Who answering{"the other side than who offered", may_answer_split};
constexpr Who block{"the block"};

constexpr Guard payable{"on loan: they may borrow the fees", pays_or_may_borrow};
constexpr Guard due{"its days are over", is_due};
constexpr Guard unruled{"nothing was ruled", not_ruled};
constexpr Guard few{"fewer than 10 pieces from this side", brings_few};
constexpr Guard of_claim{"at most the claim; nothing was ruled", splits_the_claim, true, not_ruled};
constexpr Guard own_split{"their split is offered", has_offered_split};
constexpr Guard same_split{"names the split that is offered", names_the_split, true,
                           a_split_is_offered};
constexpr Guard drawn{"the round is over, enough jurors are free", can_be_drawn};
constexpr Guard again{"the round is over, for less than 14 d", is_tried_again};
constexpr Guard never{"for 14 d, of the first panel", never_drawn};
constexpr Guard never_again{"for 14 d, of the panel of appeal", never_drawn_again};
constexpr Guard first{"somebody has revealed, of the first panel", rules_first};
constexpr Guard last{"somebody has revealed, of the panel of appeal", rules_last};
constexpr Guard nobody{"nobody has revealed", nobody_revealed};
constexpr Guard seven_free{"of the first ruling; 7 jurors who have not sat are free", may_appeal};

constexpr Effect opens{
    "the opener, or the treasury for them, puts down three juror fees; 7 d to answer", open_case};
constexpr Effect starts{"7 d to agree", start_settling};
constexpr Effect grants{"the opener gets the claim, work never submitted goes on", grant_claim};
constexpr Effect gives_up{"the other side gets the claim", give_up};
constexpr Effect keeps{"jurors will see it", keep_evidence};
constexpr Effect offers{"offers the split, in place of any other", note_split};
constexpr Effect takes_back{"no split is offered", forget_split};
constexpr Effect divides{"divides the claim; jurors who have committed are paid", divide};
constexpr Effect gathers{"3 d to bring evidence", gather_evidence};
constexpr Effect asks{"waits for a round of randomness", start_drawing};
constexpr Effect asks_again{"waits for the next round", draw_later};
constexpr Effect seats{"seats the jurors, 3 d to commit", seat_panel};
constexpr Effect halves{"half to each side, all to the client if nothing was delivered",
                        decide_without};
constexpr Effect upholds{"as the first panel ruled", finish};
constexpr Effect opens_votes{"2 d to reveal", start_revealing};
constexpr Effect rules{"the award is the median; 3 d to appeal", rule};
constexpr Effect rules_finally{"the award is the median, and money moves", rule_finally};
constexpr Effect starts_over{"jurors lose what they locked, another panel is drawn", start_over};
constexpr Effect appeals{"puts down seven juror fees, a panel of 7 is drawn", appeal};
constexpr Effect finishes{"money moves as it was ruled", finish};

// clang-format off
constexpr Row rows[] = {
  {"open",           follow,  none,      opened,    with_milestone, payable,     opens},
  {"answer",         message, opened,    settling,  other,          {},          starts},
  {"default",        clock,   opened,    defaulted, block,          due,         grants},
  {"concede",        message, opened,    conceded,  either,         {},          gives_up},
  {"concede",        message, settling,  conceded,  either,         {},          gives_up},
  {"concede",        message, evidence,  conceded,  either,         {},          gives_up},
  {"concede",        message, drawing,   conceded,  either,         unruled,     gives_up},
  {"add_evidence",   message, settling,  settling,  either,         few,         keeps},
  {"add_evidence",   message, evidence,  evidence,  either,         few,         keeps},
  {"offer_split",    message, settling,  settling,  either,         of_claim,    offers},
  {"offer_split",    message, evidence,  evidence,  either,         of_claim,    offers},
  {"offer_split",    message, drawing,   drawing,   either,         of_claim,    offers},
  {"offer_split",    message, voting,    voting,    either,         of_claim,    offers},
  {"offer_split",    message, revealing, revealing, either,         of_claim,    offers},
  {"withdraw_split", message, settling,  settling,  author,         own_split,   takes_back},
  {"withdraw_split", message, evidence,  evidence,  author,         own_split,   takes_back},
  {"withdraw_split", message, drawing,   drawing,   author,         own_split,   takes_back},
  {"withdraw_split", message, voting,    voting,    author,         own_split,   takes_back},
  {"withdraw_split", message, revealing, revealing, author,         own_split,   takes_back},
  {"agree_split",    message, settling,  settled,   answering,      same_split,  divides},
  {"agree_split",    message, evidence,  settled,   answering,      same_split,  divides},
  {"agree_split",    message, drawing,   settled,   answering,      same_split,  divides},
  {"agree_split",    message, voting,    settled,   answering,      same_split,  divides},
  {"agree_split",    message, revealing, settled,   answering,      same_split,  divides},
  {"settling_over",  clock,   settling,  evidence,  block,          due,         gathers},
  {"evidence_over",  clock,   evidence,  drawing,   block,          due,         asks},
  {"draw",           clock,   drawing,   voting,    block,          drawn,       seats},
  {"draw_again",     clock,   drawing,   drawing,   block,          again,       asks_again},
  {"no_panel",       clock,   drawing,   undecided, block,          never,       halves},
  {"no_appeal",      clock,   drawing,   decided,   block,          never_again, upholds},
  {"votes_in",       clock,   voting,    revealing, block,          due,         opens_votes},
  {"rule",           clock,   revealing, ruled,     block,          first,       rules},
  {"rule_finally",   clock,   revealing, decided,   block,          last,        rules_finally},
  {"no_verdict",     clock,   revealing, drawing,   block,          nobody,      starts_over},
  {"appeal",         message, ruled,     drawing,   either,         seven_free,  appeals},
  {"finish",         clock,   ruled,     decided,   block,          due,         finishes},
};
// clang-format on

TxStatus wrong_state(DisputeState state) {
  auto const running = state == opened || state == settling || state == evidence ||
                       state == drawing || state == voting || state == revealing || state == ruled;
  return running ? TX_STATUS_WRONG_STATE : TX_STATUS_DISPUTE_OVER;
}

}  // namespace

DisputeMachine const& dispute_machine() {
  static constexpr DisputeMachine machine{
      .name = "dispute", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

std::size_t panel_size(Dispute const& dispute) {
  return dispute.panels_size() == 1 ? limits::jury_size : limits::appeal_jury_size;
}

std::uint32_t final_award(Dispute const& dispute) {
  auto const& latest = *dispute.panels().rbegin();
  return (median_award(latest) ? latest : dispute.panels(0)).award();
}

}  // namespace justice
