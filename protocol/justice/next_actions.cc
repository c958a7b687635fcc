#include "protocol/justice/next_actions.h"

#include "protocol/justice/dispute_machine.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

using labor::v1::Dispute;
using protocol::Address;
using protocol::TimeMs;

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

execution::NextActions next_verdict(Dispute const& dispute, Address const& account, TimeMs now) {
  auto const* const seat = seat_of(dispute, account.chars());
  if (seat == nullptr) return {};
  VerdictAct act;
  act.account = account;
  act.now = now;
  act.dispute = dispute;
  act.seat = *seat;
  return execution::next_of(verdict_machine(), act, seat->state(), seat->state(), {});
}

}  // namespace justice
