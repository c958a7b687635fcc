// Teams: an account whose profile is a team's, and how its members share what it is paid.
// team_machine.h has the rows.
//
//   The team proposes a split; it is in force once every member whose share it changes has agreed:
//   those who join, those who leave, and those who get more or less. Terms freeze the split of the
//   block in which they were made, and every payment under them goes to the members directly
//   (work/payout.h). A member who leaves ends the split for terms to come.
//
//   split hash = BLAKE2b-256[LBRteam1](team (32) || { account (32) || bps (4, big-endian) })
//
// Invariant: a split has 2 to limits::team_members_max members, ascending, each once, with shares
// of at least 1 that are 10000 in all.

#pragma once

#include <labor/v1/talent.pb.h>

#include <optional>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace talent {

using TeamSplit = google::protobuf::RepeatedPtrField<labor::v1::TeamShare>;

// INVALID_ADDRESS, INVALID_SPLIT, PROFILE_NOT_FOUND, NOT_A_TEAM.
execution::Done apply(execution::Context& context, labor::v1::ProposeSplit const& message);

// INVALID_HASH, INVALID_ADDRESS, TEAM_NOT_FOUND, NOT_IN_TEAM, DEADLINE_PASSED {until_ms},
// WRONG_STATE, SPLIT_PROPOSAL_CHANGED, NOT_IN_TEAM (it does not wait for the sender).
execution::Done apply(execution::Context& context, labor::v1::AgreeToSplit const& message);

// INVALID_ADDRESS, TEAM_NOT_FOUND, NOT_IN_TEAM, DEADLINE_PASSED {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::LeaveTeam const& message);

// The clock of its proposal has run out.
execution::Done fire(execution::Context& context, labor::v1::Team const& team);

std::optional<labor::v1::Team> find_team(state::Reader const& state,
                                         protocol::Address const& account);

protocol::Hash split_hash(protocol::Address const& team, TeamSplit const& split);

// The split in force: none for whoever is no team. TEAM_NOT_SETTLED for a team without one.
std::expected<TeamSplit, execution::Failure> split_of(execution::Context const& context,
                                                      protocol::Address const& account);

}  // namespace talent
