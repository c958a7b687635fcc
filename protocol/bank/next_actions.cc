#include "protocol/bank/next_actions.h"

#include "protocol/bank/recovery_machine.h"
#include "protocol/state/keys.h"

namespace bank {

execution::NextActions next_actions(labor::v1::Recovery const& recovery,
                                    protocol::Address const& account, protocol::TimeMs now) {
  RecoveryAct act;
  act.account = account;
  act.now = now;
  act.recovery = recovery;
  return execution::next_of(recovery_machine(), act, recovery.state(), recovery.state(),
                            state::deadline_of(recovery));
}

}  // namespace bank
