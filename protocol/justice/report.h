// Reports: whether a job is a scam, as a jury finds. report_machine.h has the rows, verdict.h what
// jurors say, panel.h who is paid for it.
//
//   bond    put down by whoever reports, half of it the fees of a jury of three
//   upheld  the median is believed (panel.h): the job is hidden, its open proposals are declined
//           and its bond goes back. The reporter's bond comes back whole: what the jury was paid,
//           the treasury pays, as far as it can
//   dismissed  the job stays; what the jury was not paid of the reporter's bond is the client's
//
// Nothing else moves: contracts under the job, and what is locked in them, stay as they are. An
// attested person has one report under way, and a job one: nobody spends the treasury's money by
// the dozen, and nobody is buried in reports.
//
// Invariant: what the report's holder has is what its panel holds and its bond, both 0 once it is
// over; a report that is not over has a clock; Job{report.job}.report and
// OpenWork{report.reporter}.report name it while it is under way, if the job is still in the state.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <expected>

#include "protocol/execution/context.h"
#include "protocol/justice/report_machine.h"

namespace justice {

// INVALID_HASH; JOB_NOT_FOUND; NOT_ATTESTED, OWN_JOB; DEADLINE_PASSED {until_ms}, JOB_NOT_OPEN (of
// the job), JOB_REPORTED {id}, REPORT_UNDER_WAY {id}; INSUFFICIENT_BALANCE {have, need}. Makes a
// report id.
execution::Done apply(execution::Context& context, labor::v1::ReportJob const& message);

// A clock of the report has run out.
execution::Done fire(execution::Context& context, labor::v1::Report const& report);

// REPORT_NOT_FOUND.
std::expected<labor::v1::Report, execution::Failure> find_report(execution::Context const& context,
                                                                 std::uint64_t id);

}  // namespace justice
