#include "protocol/justice/report_machine.h"

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/panel.h"
#include "protocol/justice/verdict.h"
#include "protocol/limits.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"

namespace justice {

using namespace labor::v1;  // This file names every state of a report.
using execution::Done;
using execution::fail;
using protocol::Amount;
using enum execution::Trigger;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<ReportAct, ReportState>;
using Who = execution::Who<ReportAct>;
using Guard = execution::Guard<ReportAct>;
using Effect = execution::Effect<ReportAct>;

constexpr auto none = REPORT_STATE_UNSPECIFIED;
constexpr auto drawing = REPORT_STATE_DRAWING;
constexpr auto voting = REPORT_STATE_VOTING;
constexpr auto revealing = REPORT_STATE_REVEALING;
constexpr auto upheld = REPORT_STATE_UPHELD;
constexpr auto dismissed = REPORT_STATE_DISMISSED;
constexpr auto lapsed = REPORT_STATE_LAPSED;

// ---- who ----

Done is_another_person(ReportAct const& act) {
  if (!act.attested) return fail(TX_STATUS_NOT_ATTESTED);
  return act.account.chars() == act.report.client() ? fail(TX_STATUS_OWN_JOB) : Done{};
}

// ---- time and guards ----

Done in_time(ReportAct const& act) {
  return execution::must_be_before(act.report.until_ms(), act.now);
}

Done is_due(ReportAct const& act) {
  return execution::must_have_run_out(act.report.until_ms(), act.now);
}

Done is_kept_long_enough(ReportAct const& act) {
  return execution::must_have_run_out(act.report.leaves_at_ms(), act.now);
}

// What a row of the block asks beyond its time.
Done when(ReportAct const& act, bool condition) {
  TRY_VOID(is_due(act));
  return condition ? Done{} : fail(TX_STATUS_WRONG_STATE);
}

bool may_draw_again(ReportAct const& act) {
  return act.now.value() < act.report.draw_until_ms();
}

Done can_be_drawn(ReportAct const& act) {
  return when(act, act.drawn.has_value());
}
Done is_tried_again(ReportAct const& act) {
  return when(act, !act.drawn && may_draw_again(act));
}
Done never_drawn(ReportAct const& act) {
  return when(act, !act.drawn && !may_draw_again(act));
}
Done finds_a_scam(ReportAct const& act) {
  auto const median = median_award(act.report.panels(0));
  return when(act, median && is_believed(*median));
}
Done finds_none(ReportAct const& act) {
  auto const median = median_award(act.report.panels(0));
  return when(act, median && !is_believed(*median));
}
Done nobody_revealed(ReportAct const& act) {
  return when(act, !median_award(act.report.panels(0)));
}

Done may_be_reported(ReportAct const& act) {
  TRY_VOID(work::must_be_open(act.job, act.now));
  if (act.job.report() != 0) return fail(TX_STATUS_JOB_REPORTED, {{"id", act.job.report()}});
  if (act.under_way == 0) return {};
  return fail(TX_STATUS_REPORT_UNDER_WAY, {{"id", act.under_way}});
}

// ---- effects ----

Sitting sitting(ReportAct const& act) {
  return sitting_on(act.report);
}

void set_days(ReportAct& act, Parameter length) {
  act.report.set_until_ms(act.now.value() + act.context->parameter(length));
}

labor::v1::Holder holder(ReportAct const& act) {
  return bank::report_holder(act.report.id());
}

Done open_report(ReportAct& act) {
  auto& report = act.report;
  auto const bond = act.context->parameter(PARAMETER_REPORT_BOND_USD);
  report.set_id(act.context->next_id("report"));
  report.set_opened_at_ms(act.now.value());
  report.set_juror_fee(bond / 2 / limits::jury_size);
  auto& panel = *report.add_panels();
  panel.set_payer(report.reporter());
  panel.set_held(limits::jury_size * report.juror_fee());
  report.set_bond(bond - panel.held());
  TRY_VOID(act.context->move(bank::account_holder(act.account), holder(act), report.asset(),
                             Amount{bond}, act.cause));
  work::note_report(*act.context, act.account, report.id(), act.cause);
  work::note_report(*act.context, std::move(act.job), report.id(), act.cause);
  return ask_for_panel(*act.context, report);
}

Done wait_again(ReportAct& act) {
  return wait_for_round(*act.context, act.report);
}

Done seat_jury(ReportAct& act) {
  TRY_VOID(execution::must_hold(act.drawn.has_value()));
  set_days(act, PARAMETER_VERDICT_COMMIT_MS);
  auto const drawn = act.drawn.value_or(std::vector<protocol::Address>{});
  return seat_jurors(*act.context, sitting(act), drawn, last_panel(act.report));
}

Done open_reveals(ReportAct& act) {
  set_days(act, PARAMETER_VERDICT_REVEAL_MS);
  return {};
}

Done start_over(ReportAct& act) {
  TRY_VOID(note_absent(*act.context, sitting(act), last_panel(act.report)));
  return wait_again(act);
}

// What is left goes to whom it names.
Done end(ReportAct& act, std::string_view account) {
  auto& report = act.report;
  auto& panel = last_panel(report);
  auto const rest = Amount{panel.held() + report.bond()};
  panel.set_held(0);
  report.set_bond(0);
  report.set_until_ms(0);
  report.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
  work::note_report(*act.context, execution::address_in(report.reporter()), 0, act.cause);
  return act.context->move(holder(act), bank::account_holder(execution::address_in(account)),
                           report.asset(), rest, act.cause);
}

// The job may have left the state, or be over: then there is nothing to clear.
void clear_job(ReportAct& act) {
  auto job = work::find_job(*act.context, act.report.job());
  if (job) work::note_report(*act.context, *std::move(job), 0, act.cause);
}

Done let_lapse(ReportAct& act) {
  clear_job(act);
  return end(act, act.report.reporter());
}

// All that the jury was paid.
std::expected<std::uint64_t, execution::Failure> close_and_pay(ReportAct& act) {
  auto& panel = last_panel(act.report);
  TRY_VOID(close_panel(*act.context, sitting(act), panel));
  return pay_coherent(*act.context,
                      {.from = holder(act),
                       .asset = act.report.asset(),
                       .fee = act.report.juror_fee(),
                       .cause = act.cause},
                      panel);
}

Done uphold(ReportAct& act) {
  TRY(paid, close_and_pay(act));
  TRY_VOID(work::hide(*act.context, act.report.job(), act.cause));
  auto const reporter = execution::address_in(act.report.reporter());
  auto const has =
      bank::balance_of(act.context->state(), bank::treasury_address(), act.report.asset());
  TRY_VOID(act.context->move(bank::treasury_holder(), bank::account_holder(reporter),
                             act.report.asset(), std::min(has, Amount{paid}), act.cause));
  return end(act, act.report.reporter());
}

Done dismiss(ReportAct& act) {
  TRY_VOID(close_and_pay(act));
  clear_job(act);
  return end(act, act.report.client());
}

// ---- the table ----

constexpr Who other_person{"an attested person, not the client", is_another_person};
constexpr Who block{"the block"};

constexpr Guard reportable{"the job is open; neither it nor they have a report under way",
                           may_be_reported};
constexpr Guard due{"its days are over", is_due};
constexpr Guard drawn{"the round is over, enough jurors are free", can_be_drawn};
constexpr Guard again{"the round is over, for less than 14 d", is_tried_again};
constexpr Guard never{"for 14 d", never_drawn};
constexpr Guard scam{"the jury finds a scam", finds_a_scam};
constexpr Guard no_scam{"the jury finds none", finds_none};
constexpr Guard nobody{"nobody has revealed", nobody_revealed};
constexpr Guard kept{"90 d later", is_kept_long_enough};

constexpr Effect reports{"puts down the bond; a jury of three is drawn", open_report};
constexpr Effect asks_again{"waits for the next round", wait_again};
constexpr Effect seats{"seats three, 3 d to commit", seat_jury};
constexpr Effect lapses{"the bond goes back", let_lapse};
constexpr Effect opens{"2 d to reveal", open_reveals};
constexpr Effect hides{"hides the job; the bond goes back, the treasury pays the jury", uphold};
constexpr Effect dismisses{"the job stays; of the bond the client has what the jury has not",
                           dismiss};
constexpr Effect starts_over{"they lose what they locked, others are drawn", start_over};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"report",     message, none,      drawing,   other_person, reportable, reports},
  {"draw",       clock,   drawing,   voting,    block,        drawn,      seats},
  {"draw_again", clock,   drawing,   drawing,   block,        again,      asks_again},
  {"no_jury",    clock,   drawing,   lapsed,    block,        never,      lapses},
  {"votes_in",   clock,   voting,    revealing, block,        due,        opens},
  {"uphold",     clock,   revealing, upheld,    block,        scam,       hides},
  {"dismiss",    clock,   revealing, dismissed, block,        no_scam,    dismisses},
  {"no_verdict", clock,   revealing, drawing,   block,        nobody,     starts_over},
  {"leave",      clock,   upheld,    none,      block,        kept,       leaves},
  {"leave",      clock,   dismissed, none,      block,        kept,       leaves},
  {"leave",      clock,   lapsed,    none,      block,        kept,       leaves},
};
// clang-format on

}  // namespace

ReportMachine const& report_machine() {
  static constexpr ReportMachine machine{
      .name = "report", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace justice
