// The life of a job: open -> filled | closed | expired | hidden.

#pragma once

#include <labor/v1/work.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct JobAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Job job;
  std::uint32_t open_jobs = 0;  // Of the account.
  std::string cause;
};

using JobMachine = execution::Machine<JobAct, labor::v1::JobState>;
JobMachine const& job_machine();

}  // namespace work
