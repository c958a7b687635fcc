#include "protocol/talent/next_actions.h"

#include "protocol/state/keys.h"
#include "protocol/talent/team_machine.h"

namespace talent {

execution::NextActions next_actions(labor::v1::Team const& team, protocol::Address const& account,
                                    protocol::TimeMs now) {
  TeamAct act;
  act.account = account;
  act.now = now;
  act.team = team;
  return execution::next_of(team_machine(), act, team.state(), team.state(),
                            state::deadline_of(team));
}

}  // namespace talent
