// The life of a report: drawing -> voting -> revealing -> upheld or dismissed; lapsed where no jury
// can be drawn.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace justice {

struct ReportAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Report report;
  // Who would sit if the panel were drawn now; nothing: it cannot be.
  std::optional<std::vector<protocol::Address>> drawn;
  // Of who reports what: the job, and the report that is theirs already.
  labor::v1::Job job;
  std::uint64_t under_way = 0;
  bool attested = false;
  std::string cause;
};

using ReportMachine = execution::Machine<ReportAct, labor::v1::ReportState>;
ReportMachine const& report_machine();

}  // namespace justice
