#include "protocol/work/job_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/bond.h"
#include "protocol/work/open_work.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::JobState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<JobAct, JobState>;
using Who = execution::Who<JobAct>;
using Guard = execution::Guard<JobAct>;
using Effect = execution::Effect<JobAct>;

constexpr auto none = labor::v1::JOB_STATE_UNSPECIFIED;
constexpr auto open = labor::v1::JOB_STATE_OPEN;
constexpr auto filled = labor::v1::JOB_STATE_FILLED;
constexpr auto closed = labor::v1::JOB_STATE_CLOSED;
constexpr auto expired = labor::v1::JOB_STATE_EXPIRED;
constexpr auto hidden = labor::v1::JOB_STATE_HIDDEN;

Done is_client(JobAct const& act) {
  if (act.account.chars() == act.job.client()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_JOB);
}

Done in_time(JobAct const& act) {
  return execution::must_be_before(act.job.expires_at_ms(), act.now);
}

Done has_room(JobAct const& act) {
  return must_have_room(act.open_jobs, limits::open_jobs_max,
                        labor::v1::TX_STATUS_TOO_MANY_OPEN_JOBS);
}

// The queue fires a job for the one clock it has.
Done always(JobAct const&) {
  return {};
}

Done set_expiry(JobAct& act) {
  auto const idle_ms = act.context->parameter(labor::v1::PARAMETER_JOB_IDLE_MS);
  act.job.set_expires_at_ms(act.now.value() + idle_ms);
  return {};
}

Done open_job(JobAct& act) {
  act.job.set_id(act.context->next_id("job"));
  TRY_VOID(count_opened(*act.context, act.account, Kind::job, act.cause));
  TRY_VOID(put_down_bond(*act.context, act.job, act.cause));
  act.job.set_posted_at_ms(act.now.value());
  return set_expiry(act);
}

Done decline_open(JobAct& act) {
  act.job.set_declined_through(act.job.last_proposal());
  act.job.set_open_proposals(0);
  return {};
}

Done decline_and_stay(JobAct& act) {
  TRY_VOID(decline_open(act));
  return set_expiry(act);
}

Done finish(JobAct& act) {
  auto const client = execution::address_in(act.job.client());
  TRY_VOID(count_closed(*act.context, client, Kind::job, act.cause));
  act.job.set_expires_at_ms(0);
  act.job.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
  return {};
}

Done finish_and_decline(JobAct& act) {
  TRY_VOID(decline_open(act));
  TRY_VOID(give_bond_back(*act.context, act.job, act.cause));
  return finish(act);
}

Done expire(JobAct& act) {
  auto const waits = act.job.open_proposals() > 0;
  if (!waits) TRY_VOID(give_bond_back(*act.context, act.job, act.cause));
  return finish(act);
}

constexpr Who client{"the client", is_client};
constexpr Who block{"the block"};
constexpr Who answering{"with an answer of the client to a proposal"};
constexpr Who accepting{"with offer.accept"};
constexpr Who finding{"with report.uphold"};

constexpr Guard room{"fewer than 50 open jobs", has_room};
constexpr Guard silent{"30 d without an act of the client", always};
constexpr Guard kept{"90 d later", always};

constexpr Effect opens{"takes the bond, starts the 30 d", open_job};
constexpr Effect restarts{"starts the 30 d again", set_expiry};
constexpr Effect declines{"declines all open proposals, starts the 30 d again", decline_and_stay};
constexpr Effect ends{"declines all open proposals, gives the bond back", finish_and_decline};
constexpr Effect lets_lapse{"open proposals lapse in their own time, and the bond waits for them",
                            expire};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"post",        message, none,    open,    {},        room,   opens},
  {"touch",       follow,  open,    open,    answering, {},     restarts},
  {"decline_all", message, open,    open,    client,    {},     declines},
  {"fill",        follow,  open,    filled,  accepting, {},     ends},
  {"close",       message, open,    closed,  client,    {},     ends},
  {"hide",        follow,  open,    hidden,  finding,   {},     ends},
  {"expire",      clock,   open,    expired, block,     silent, lets_lapse},
  {"leave",       clock,   filled,  none,    block,     kept,   leaves},
  {"leave",       clock,   closed,  none,    block,     kept,   leaves},
  {"leave",       clock,   expired, none,    block,     kept,   leaves},
  {"leave",       clock,   hidden,  none,    block,     kept,   leaves},
};
// clang-format on

labor::v1::TxStatus wrong_state(JobState) {
  return labor::v1::TX_STATUS_JOB_NOT_OPEN;
}

}  // namespace

JobMachine const& job_machine() {
  static constexpr JobMachine machine{
      .name = "job", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

}  // namespace work
