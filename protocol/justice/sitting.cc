#include "protocol/justice/sitting.h"

#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

namespace limits = protocol::limits;
using labor::v1::Dispute;
using labor::v1::Report;
using labor::v1::Vetting;

namespace {

void add_seats(labor::v1::Panel const& panel, std::vector<std::string>& accounts) {
  for (auto const& seat : panel.seats()) accounts.push_back(seat.juror());
}

template <class State>
Sitting::Phase phase(State state, State votes, State reveals) {
  if (state == votes) return Sitting::Phase::votes;
  return state == reveals ? Sitting::Phase::reveals : Sitting::Phase::waits;
}

}  // namespace

Sitting sitting_on(Dispute const& dispute) {
  Sitting sitting;
  sitting.id = dispute.id();
  sitting.panel = static_cast<std::uint8_t>(dispute.panels_size());
  sitting.phase =
      phase(dispute.state(), labor::v1::DISPUTE_STATE_VOTING, labor::v1::DISPUTE_STATE_REVEALING);
  sitting.until_ms = dispute.until_ms();
  sitting.stake = limits::stake_fees * dispute.juror_fee();
  sitting.sides = {dispute.client(), dispute.talent()};
  for (auto const& panel : dispute.panels()) add_seats(panel, sitting.sat);
  return sitting;
}

Sitting sitting_on(state::Reader const& state, Dispute const& dispute) {
  auto sitting = sitting_on(dispute);
  auto const contract =
      execution::find_record<labor::v1::Contract>(state, state::keys::contract(dispute.contract()));
  if (!contract || contract->job() == 0) return sitting;
  auto const job = execution::find_record<labor::v1::Job>(state, state::keys::job(contract->job()));
  if (job) sitting.skills.assign(job->details().skills().begin(), job->details().skills().end());
  return sitting;
}

// The vetters judge no challenge; the jury of an earlier one may judge the next.
Sitting sitting_on(Vetting const& vetting) {
  Sitting sitting;
  sitting.verdicts = crypto::domains::vetting_verdict;
  sitting.draws = crypto::domains::vetting_draw;
  sitting.id = vetting.id();
  sitting.panel = static_cast<std::uint8_t>(vetting.challenges() + 1);
  sitting.phase =
      phase(vetting.state(), labor::v1::VETTING_STATE_VOTING, labor::v1::VETTING_STATE_REVEALING);
  sitting.until_ms = vetting.until_ms();
  sitting.stake =
      vetting.challenges() == 0 ? vetting.stake() : limits::stake_fees * vetting.juror_fee();
  sitting.sides = {vetting.account()};
  if (vetting.challenges() > 0) sitting.sides.push_back(vetting.challenger());
  for (auto const& panel : vetting.panels()) add_seats(panel, sitting.sat);
  sitting.skills = {vetting.skill()};
  return sitting;
}

Sitting sitting_on(Report const& report) {
  Sitting sitting;
  sitting.verdicts = crypto::domains::report_verdict;
  sitting.draws = crypto::domains::report_draw;
  sitting.id = report.id();
  sitting.panel = 1;
  sitting.phase =
      phase(report.state(), labor::v1::REPORT_STATE_VOTING, labor::v1::REPORT_STATE_REVEALING);
  sitting.until_ms = report.until_ms();
  sitting.stake = limits::stake_fees * report.juror_fee();
  sitting.sides = {report.client(), report.reporter()};
  for (auto const& panel : report.panels()) add_seats(panel, sitting.sat);
  sitting.skills.assign(report.skills().begin(), report.skills().end());
  return sitting;
}

}  // namespace justice
