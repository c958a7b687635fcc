// The life of a week: open -> review -> paid, with a dispute about some of its hours.

#pragma once

#include <labor/v1/hours.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct WeekAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Contract contract;
  labor::v1::Week week;
  // What the message says.
  std::uint32_t entry = 0;  // The number of what is logged.
  labor::v1::WorkEntry logged;
  std::vector<std::uint32_t> disputed;  // Entries, by their numbers.
  std::uint64_t dispute = 0;            // That is opened about them.
  std::uint64_t amount = 0;             // Of what is disputed, for the talent.
  std::string cause;
};

using WeekMachine = execution::Machine<WeekAct, labor::v1::WeekState>;
WeekMachine const& week_machine();

// floor(rate * minutes / 60).
std::uint64_t pay_of(labor::v1::HourlyTerms const& terms, std::uint64_t minutes);

}  // namespace work
