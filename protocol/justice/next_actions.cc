#include "protocol/justice/next_actions.h"

#include "protocol/justice/dispute_machine.h"
#include "protocol/justice/panel.h"
#include "protocol/justice/report_machine.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/justice/vetting_machine.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

using labor::v1::Dispute;
using labor::v1::Report;
using labor::v1::Vetting;
using protocol::Address;
using protocol::TimeMs;

namespace {

template <class Case>
execution::NextActions next_on(Case const& about, Address const& account, TimeMs now) {
  auto const* const seat = seat_of(about, account.chars());
  if (seat == nullptr) return {};
  VerdictAct act;
  act.account = account;
  act.now = now;
  act.sitting = sitting_on(about);
  act.seat = *seat;
  return execution::next_of(verdict_machine(), act, seat->state(), seat->state(), {});
}

}  // namespace

execution::NextActions next_actions(Dispute const& dispute, Address const& account, TimeMs now) {
  DisputeAct act;
  act.account = account;
  act.now = now;
  act.dispute = dispute;
  act.drawn.emplace();
  act.free_jurors = protocol::limits::appeal_jury_size;
  return execution::next_of(dispute_machine(), act, dispute.state(), dispute.state(),
                            state::deadline_of(dispute));
}

execution::NextActions next_actions(Vetting const& vetting, Address const& account, TimeMs now) {
  VettingAct act;
  act.account = account;
  act.now = now;
  act.vetting = vetting;
  act.drawn.emplace();
  return execution::next_of(vetting_machine(), act, vetting.state(), vetting.state(),
                            state::deadline_of(vetting));
}

execution::NextActions next_actions(Report const& report, Address const& account, TimeMs now) {
  ReportAct act;
  act.account = account;
  act.now = now;
  act.report = report;
  act.drawn.emplace();
  return execution::next_of(report_machine(), act, report.state(), report.state(),
                            state::deadline_of(report));
}

execution::NextActions next_verdict(Dispute const& dispute, Address const& account, TimeMs now) {
  return next_on(dispute, account, now);
}
execution::NextActions next_verdict(Vetting const& vetting, Address const& account, TimeMs now) {
  return next_on(vetting, account, now);
}
execution::NextActions next_verdict(Report const& report, Address const& account, TimeMs now) {
  return next_on(report, account, now);
}

}  // namespace justice
