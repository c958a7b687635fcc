// A vote: what it weighs in either house, and how it is counted.
//
//   own        the account's locks made before the snapshot and lasting beyond the ballot
//   delegated  the locks of those who voted with this account then and have not voted themselves
//   weight     min(own + delegated, the ballot's holder_cap), of a person; 0 of anybody else
//   head       one in the members' house of who was enrolled at the snapshot, or on the council
//
// A tally is right after each vote: closing a ballot reads no votes. Who votes after the delegate
// takes their own locks out of the delegate's weight at once.
//
// Invariant: a house's tally = the sum over its Vote records <= eligible, until those leave the
// state.

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstdint>
#include <expected>

#include "protocol/execution/context.h"

namespace governance {

struct Weight {
  std::uint64_t own = 0;
  std::uint64_t delegated = 0;
  std::uint64_t counted = 0;
  bool member = false;
};

// Of an account's vote on a ballot that has its snapshot. INTERNAL: the account lists a lock that
// is none.
std::expected<Weight, execution::Failure> weight_of(state::Reader const& state,
                                                    protocol::Address const& account,
                                                    labor::v1::Ballot const& ballot);

// NO_VOTING_WEIGHT {until_ms}: neither house counts the sender.
execution::Done may_vote(execution::Context const& context, labor::v1::Ballot const& ballot);

// Counts the sender's vote, instead of an earlier one.
execution::Done count_vote(execution::Context& context, labor::v1::Ballot& ballot,
                           labor::v1::CastVote const& message);

// Adds a vote to the ballot's tallies, and what it approves: what whoever counts again does.
void add(labor::v1::Ballot& ballot, labor::v1::Vote const& vote);

// Of a ballot that is over: takes up to limits::votes_dropped_max of its votes out of the state,
// the last one first. INTERNAL: one that it lists is not there.
execution::Done drop_some_votes(execution::Context& context, labor::v1::Ballot& ballot);

}  // namespace governance
