#include "protocol/work/job.h"

#include "protocol/bank/pay_asset.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/mandates/app.h"
#include "protocol/state/keys.h"
#include "protocol/work/job_machine.h"
#include "protocol/work/open_work.h"
#include "protocol/work/terms.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Job;
using labor::v1::JobDetails;

namespace limits = protocol::limits;

namespace {

Done check_details(Context const& context, JobDetails const& details) {
  TRY_VOID(bank::must_take_funding(context.state(), details.asset()));
  TRY_VOID(execution::must_be_hash_or_empty(details.document_hash()));
  TRY_VOID(execution::must_fit(details.title(), limits::title_bytes_max));
  TRY_VOID(execution::must_fit(details.summary(), limits::summary_bytes_max));
  TRY_VOID(execution::must_not_be_empty(details.title()));
  auto const now_ms = context.time().value();
  if (details.deadline_ms() != 0 && details.deadline_ms() <= now_ms) {
    return fail(labor::v1::TX_STATUS_INVALID_TIME,
                {{"got", details.deadline_ms()}, {"have", now_ms}});
  }
  TRY_VOID(execution::must_be_skills({details.skills().begin(), details.skills().end()}));
  if (details.budget_max() == 0 || details.budget_min() > details.budget_max()) {
    return fail(labor::v1::TX_STATUS_INVALID_BUDGET);
  }
  return {};
}

// A bond that is shown is one that somebody feels.
Done check_bond(Context const& context, std::uint64_t bond) {
  auto const least = context.parameter(labor::v1::PARAMETER_MILESTONE_MIN_USD);
  if (bond == 0 || bond >= least) return {};
  return fail(labor::v1::TX_STATUS_AMOUNT_TOO_SMALL, {{"got", bond}, {"least", least}});
}

JobAct act_on(Context& context, Job const& job) {
  return {.context = &context,
          .account = context.sender(),
          .now = context.time(),
          .job = job,
          .open_jobs = 0,
          .cause = {}};
}

Done step(Context& context, std::string_view name, std::uint64_t id) {
  auto const job = find_job(context, id);
  if (!job) return fail(labor::v1::TX_STATUS_JOB_NOT_FOUND);
  auto act = act_on(context, *job);
  return execution::transition(context, job_machine(), name, act, act.job);
}

}  // namespace

Done apply(Context& context, labor::v1::PostJob const& message) {
  TRY_VOID(check_details(context, message.details()));
  TRY_VOID(check_bond(context, message.bond()));
  TRY_VOID(mandates::must_be_app_or_empty(context.state(), message.details().app()));
  Job job;
  job.set_client(context.sender().str());
  *job.mutable_details() = message.details();
  job.set_bond(message.bond());
  job.set_invited_only(message.invited_only());
  auto act = act_on(context, job);
  act.open_jobs = open_work_of(context, context.sender()).jobs();
  return execution::transition(context, job_machine(), "post", act, act.job);
}

Done apply(Context& context, labor::v1::CloseJob const& message) {
  return step(context, "close", message.job());
}

Done apply(Context& context, labor::v1::DeclineAllProposals const& message) {
  return step(context, "decline_all", message.job());
}

Done fire(Context& context, Job const& job) {
  auto act = act_on(context, job);
  return execution::transition_when_due(context, job_machine(), act, act.job);
}

std::optional<Job> find_job(Context const& context, std::uint64_t id) {
  return context.find<Job>(state::keys::job(id));
}

Done must_be_open(Job const& job, protocol::TimeMs now) {
  TRY_VOID(execution::must_be_before(job.expires_at_ms(), now));
  if (job.state() == labor::v1::JOB_STATE_OPEN) return {};
  return fail(labor::v1::TX_STATUS_JOB_NOT_OPEN);
}

Done touch(Context& context, Job& job) {
  auto act = act_on(context, job);
  TRY_VOID(execution::transition(context, job_machine(), "touch", act, act.job));
  job = std::move(act.job);
  return {};
}

void note_report(Context& context, Job job, std::uint64_t report, std::string_view cause) {
  job.set_report(report);
  context.put(job, cause);
}

Done hide(Context& context, std::uint64_t id, std::string_view cause) {
  auto job = find_job(context, id);
  if (!job) return {};
  if (must_be_open(*job, context.time())) return step(context, "hide", id);
  note_report(context, *std::move(job), 0, cause);
  return {};
}

Done fill(Context& context, std::uint64_t id) {
  auto const job = find_job(context, id);
  if (!job || !must_be_open(*job, context.time())) return {};
  return step(context, "fill", id);
}

}  // namespace work
