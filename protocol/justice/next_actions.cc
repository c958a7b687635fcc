#include "protocol/justice/next_actions.h"

#include "protocol/justice/dispute_machine.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/justice/vetting_machine.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

using labor::v1::Dispute;
using protocol::Address;
using protocol::TimeMs;

namespace {

execution::NextActions next_on(Sitting const& sitting, labor::v1::JurorSeat const* seat,
                               Address const& account, TimeMs now) {
  if (seat == nullptr) return {};
  VerdictAct act;
  act.account = account;
  act.now = now;
  act.sitting = sitting;
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

execution::NextActions next_actions(labor::v1::Vetting const& vetting, Address const& account,
                                    TimeMs now) {
  VettingAct act;
  act.account = account;
  act.now = now;
  act.vetting = vetting;
  act.drawn.emplace();
  return execution::next_of(vetting_machine(), act, vetting.state(), vetting.state(),
                            state::deadline_of(vetting));
}

execution::NextActions next_verdict(Dispute const& dispute, Address const& account, TimeMs now) {
  return next_on(sitting_on(dispute), seat_of(dispute, account.chars()), account, now);
}

execution::NextActions next_verdict(labor::v1::Vetting const& vetting, Address const& account,
                                    TimeMs now) {
  return next_on(sitting_on(vetting), seat_of(vetting, account.chars()), account, now);
}

}  // namespace justice
