#include "protocol/execution/deadline.h"

#include "protocol/bank/recovery.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/governance/ballots.h"
#include "protocol/governance/enrolment.h"
#include "protocol/justice/arbiters.h"
#include "protocol/justice/dispute.h"
#include "protocol/justice/report.h"
#include "protocol/justice/vetting.h"
#include "protocol/mandates/mandate.h"
#include "protocol/talent/attestation.h"
#include "protocol/talent/team.h"
#include "protocol/work/contract.h"
#include "protocol/work/feedback.h"
#include "protocol/work/invitation.h"
#include "protocol/work/job.h"
#include "protocol/work/milestone.h"
#include "protocol/work/offer.h"
#include "protocol/work/proposal.h"
#include "protocol/work/week.h"

namespace execution {

using namespace labor::v1;  // This file names every record with a clock.

namespace {

Done fire_record(Context& context, Ballot const& ballot) {
  return governance::fire(context, ballot);
}
Done fire_record(Context& context, Enrolment const& enrolment) {
  return governance::fire(context, enrolment);
}
Done fire_record(Context& context, Juror const& juror) {
  return justice::fire(context, juror);
}
Done fire_record(Context& context, Dispute const& dispute) {
  return justice::fire(context, dispute);
}
Done fire_record(Context& context, Vetting const& vetting) {
  return justice::fire(context, vetting);
}
Done fire_record(Context& context, Report const& report) {
  return justice::fire(context, report);
}
Done fire_record(Context& context, Recovery const& recovery) {
  return bank::fire(context, recovery);
}
Done fire_record(Context& context, Mandate const& mandate) {
  return mandates::fire(context, mandate);
}
Done fire_record(Context& context, Team const& team) {
  return talent::fire(context, team);
}
Done fire_record(Context& context, Attestation const& attestation) {
  return talent::fire(context, attestation);
}
template <class R>
Done fire_record(Context& context, R const& record) {
  return work::fire(context, record);
}

// Calls `visit` with the record under `key`, as what it is; `nothing` if there is none.
template <class R, class Result, class Visit>
Result visit_as(state::Reader const& state, state::Key const& key, Result nothing, Visit visit) {
  auto const record = find_record<R>(state, key);
  return record ? visit(*record) : nothing;
}

// The queue holds keys of the records that may have a clock, and no others (Context::put).
template <class Result, class Visit>
Result visit_timed(state::Reader const& state, state::Key const& key, Result nothing, Visit visit) {
  CHECK(!key.logical.empty());
  if (key.module == state::Module::governance) {
    return key.logical.starts_with('b') ? visit_as<Ballot>(state, key, nothing, visit)
                                        : visit_as<Enrolment>(state, key, nothing, visit);
  }
  if (key.module == state::Module::justice) {
    if (key.logical.starts_with('d')) return visit_as<Dispute>(state, key, nothing, visit);
    if (key.logical.starts_with('j')) return visit_as<Juror>(state, key, nothing, visit);
    return key.logical.starts_with('v') ? visit_as<Vetting>(state, key, nothing, visit)
                                        : visit_as<Report>(state, key, nothing, visit);
  }
  if (key.module == state::Module::talent) {
    return key.logical.starts_with('t') ? visit_as<Team>(state, key, nothing, visit)
                                        : visit_as<Attestation>(state, key, nothing, visit);
  }
  if (key.module == state::Module::accounts) {
    return key.logical.starts_with('r') ? visit_as<Recovery>(state, key, nothing, visit)
                                        : visit_as<Mandate>(state, key, nothing, visit);
  }
  CHECK(key.module == state::Module::work);
  switch (key.logical.front()) {
    case 'j':
      return visit_as<Job>(state, key, nothing, visit);
    case 'p':
      return visit_as<Proposal>(state, key, nothing, visit);
    case 'o':
      return visit_as<Offer>(state, key, nothing, visit);
    case 'c':
      return visit_as<Contract>(state, key, nothing, visit);
    case 'f':
      return visit_as<Feedback>(state, key, nothing, visit);
    case 'm':
      return visit_as<Milestone>(state, key, nothing, visit);
    case 'h':
      return visit_as<Week>(state, key, nothing, visit);
    case 'i':
      return visit_as<Invitation>(state, key, nothing, visit);
    default:
      UNREACHABLE();
  }
}

}  // namespace

Done fire(Context& context, state::Key const& key) {
  return visit_timed(context.state(), key, Done{}, [&](auto const& record) {
    auto const clock = state::deadline_of(record);
    return clock && *clock <= context.time() ? fire_record(context, record) : Done{};
  });
}

std::optional<protocol::TimeMs> clock_of(state::Reader const& state, state::Key const& key) {
  return visit_timed(state, key, std::optional<protocol::TimeMs>{},
                     [](auto const& record) { return state::deadline_of(record); });
}

Deadline parse_deadline(std::string_view logical) {
  Deadline deadline;
  deadline.time = protocol::TimeMs{base::read_big_endian<std::uint64_t>(logical)};
  logical.remove_prefix(8);
  deadline.record.module = state::Module{base::read_big_endian<std::uint16_t>(logical)};
  logical.remove_prefix(2);
  deadline.record.logical = logical;
  return deadline;
}

}  // namespace execution
