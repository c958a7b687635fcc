// The life of a dispute: opened -> settling -> evidence -> drawing -> voting -> revealing -> ruled
// -> final, with one appeal; or settled, conceded, defaulted or undecided on the way.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/justice/loan.h"
#include "protocol/types.h"

namespace justice {

struct DisputeAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Dispute dispute;
  // Who would sit if the panel were drawn now; nothing: it cannot be.
  std::optional<std::vector<protocol::Address>> drawn;
  std::size_t free_jurors = 0;  // Who could sit on a panel of appeal.
  // What the message says.
  std::uint64_t amount = 0;  // Of a split, for the talent.
  std::string hash;          // Of the reason, the statement or a piece of evidence.
  LoanRequest loan;          // Of who opens it on one.
  std::string cause;
};

using DisputeMachine = execution::Machine<DisputeAct, labor::v1::DisputeState>;
DisputeMachine const& dispute_machine();

// How many jurors the last panel has, or is to have.
std::size_t panel_size(labor::v1::Dispute const& dispute);

// Of the last panel that ruled.
std::uint32_t final_award(labor::v1::Dispute const& dispute);

}  // namespace justice
