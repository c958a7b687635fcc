#include "protocol/justice/report.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/identity.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"

namespace justice {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Report;

namespace {

// Of the block, unless an account is set.
ReportAct act_on(Context& context, Report const& report) {
  ReportAct act;
  act.context = &context;
  act.now = context.time();
  act.report = report;
  return act;
}

}  // namespace

std::expected<Report, execution::Failure> find_report(Context const& context, std::uint64_t id) {
  auto report = context.find<Report>(state::keys::report(id));
  if (!report) return fail(labor::v1::TX_STATUS_REPORT_NOT_FOUND);
  return *std::move(report);
}

Done apply(Context& context, labor::v1::ReportJob const& message) {
  TRY_VOID(execution::must_be_hash(message.reason_hash()));
  auto job = work::find_job(context, message.job());
  if (!job) return fail(labor::v1::TX_STATUS_JOB_NOT_FOUND);
  Report report;
  report.set_job(message.job());
  report.set_client(job->client());
  report.set_reporter(context.sender().str());
  report.set_reason_hash(message.reason_hash());
  report.set_asset(labor::v1::ASSET_USD);
  *report.mutable_skills() = job->details().skills();
  auto act = act_on(context, report);
  act.account = context.sender();
  act.attested = talent::is_attested(context.state(), context.sender());
  act.under_way = work::open_work_of(context, context.sender()).report();
  act.job = *std::move(job);
  return execution::transition(context, report_machine(), "report", act, act.report);
}

Done fire(Context& context, Report const& report) {
  auto act = act_on(context, report);
  if (report.state() == labor::v1::REPORT_STATE_DRAWING) {
    act.drawn =
        draw_panel(context, sitting_on(report),
                   {.round = report.round(), .opened_at = protocol::TimeMs{report.opened_at_ms()}},
                   protocol::limits::jury_size);
  }
  return execution::transition_when_due(context, report_machine(), act, act.report);
}

}  // namespace justice
