// Delegations: another person votes in the token house with what an account has locked.
//
//   one level   what is delegated to an account that delegates itself stays with that account
//   override    who votes takes the weight of its own locks from the delegate
//   snapshot    a ballot counts the delegation that stood when it came before the owners
//
// Snapshots cost nothing for each account. What may be cast for others is summed by delegate and
// day (bank/locks.h); before a sum changes, what ballots counted that came before it and are still
// open is written down for each of them (DelegatedVotes), at most limits::open_ballots_max.
//
// Invariant: delegated >= overridden, and over all delegates of a ballot, delegated <= eligible.

#pragma once

#include <labor/v1/governance.pb.h>

#include <string>

#include "protocol/execution/context.h"

namespace governance {

// INVALID_ADDRESS, SAME_ACCOUNT, DELEGATE_NOT_ATTESTED, SAME_DELEGATE.
execution::Done apply(execution::Context& context, labor::v1::Delegate const& message);

// The sender has made a lock: its delegate casts it from now on.
void count_for_delegate(execution::Context& context, labor::v1::Lock const& lock);

// Whose vote the account's locks are in on the ballot, unless it votes; empty: nobody's.
std::string delegate_on(state::Reader const& state, protocol::Address const& account,
                        labor::v1::Ballot const& ballot);

// What the account may cast for others on the ballot, whether it was touched or not.
labor::v1::DelegatedVotes delegated_votes(state::Reader const& state, std::string_view delegate,
                                          labor::v1::Ballot const& ballot);

}  // namespace governance
