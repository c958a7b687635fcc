// Loans: the treasury puts down the jurors' fees for who was not paid and cannot afford them.
//
//   for     a dispute about work that was delivered, opened by an attested person
//   much    at most the fees that the person has brought the network (work/contribution.h), less
//           what earlier loans have lost; and once per limits::loan_interval_ms
//   back    what jurors are not paid; what the other side bears of it (costs.h); then what the
//           opener has got of the claim. What is still missing is lost, and the person may borrow
//           so much less
//
// Invariant: a panel's lent is what was put down for it and has not come back; 0 once the dispute
// is over.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace justice {

// What a loan is granted on.
struct LoanRequest {
  bool asked = false;
  bool delivered = false;
  bool attested = false;
  std::uint64_t fees = 0;      // Of the jurors, minor units of the pay asset.
  std::uint64_t treasury = 0;  // What it has.
  labor::v1::Contribution contribution;
};

// By the sender, of what is being disputed.
LoanRequest loan_request(execution::Context const& context, labor::v1::Dispute const& dispute);

// NOTHING_DELIVERED; NOT_ATTESTED; LOAN_TOO_SOON {until_ms}; LOAN_TOO_LARGE {have, need};
// LOAN_NOT_FUNDED {have, need}.
execution::Done may_borrow(LoanRequest const& request, protocol::TimeMs now);

// Puts down what the panel is to hold.
execution::Done lend(execution::Context& context, labor::v1::Dispute const& dispute,
                     labor::v1::Panel& panel, std::string_view cause);

// The dispute is over: what of the loan is not back yet will not come.
void write_off(execution::Context& context, labor::v1::Panel& panel, std::string_view cause);

}  // namespace justice
