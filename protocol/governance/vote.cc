#include "protocol/governance/vote.h"

#include <algorithm>

#include "protocol/bank/locks.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/governance/council.h"
#include "protocol/governance/delegation.h"
#include "protocol/governance/election.h"
#include "protocol/governance/enrolment.h"
#include "protocol/governance/tally.h"
#include "protocol/limits.h"
#include "protocol/talent/identity.h"

namespace governance {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Ballot;
using labor::v1::DelegatedVotes;
using labor::v1::Vote;
using protocol::Address;

namespace {

constexpr auto cause = "ballot.vote";

std::expected<std::uint64_t, execution::Failure> own_weight(state::Reader const& state,
                                                            Address const& account,
                                                            Ballot const& ballot) {
  TRY(locks, bank::locks_of(state, account));
  std::uint64_t weight = 0;
  for (auto const& lock : locks) {
    auto const counts =
        lock.id() <= ballot.snapshot_lock() && lock.until_ms() >= ballot.locked_until_ms();
    if (counts) weight += lock.amount();
  }
  return weight;
}

bool has_head(state::Reader const& state, Address const& account, Ballot const& ballot) {
  if (ballot.council()) return is_on_council(state, account);
  auto const enrolment = find_enrolment(state, account);
  return enrolment && enrolment->id() <= ballot.snapshot_enrolment();
}

std::optional<Vote> vote_of(state::Reader const& state, Address const& account,
                            Ballot const& ballot) {
  return execution::find_record<Vote>(state, state::keys::vote(ballot.id(), account));
}

Done take_back(Ballot& ballot, Vote const& vote) {
  TRY_VOID(remove_approvals(ballot, vote));
  TRY_VOID(remove_vote(*ballot.mutable_tokens()->mutable_tally(), vote.choice(), vote.weight()));
  if (!vote.member()) return {};
  return remove_vote(*ballot.mutable_members()->mutable_tally(), vote.choice(), 1);
}

// The first vote of who has delegated: the delegate casts these locks no more.
Done take_from_delegate(Context& context, Ballot& ballot, std::string_view delegate,
                        std::uint64_t own) {
  auto votes = delegated_votes(context.state(), delegate, ballot);
  TRY_VOID(execution::must_hold(votes.delegated() - votes.overridden() >= own));
  votes.set_overridden(votes.overridden() + own);
  context.put(votes, cause);

  auto vote = vote_of(context.state(), execution::address_in(delegate), ballot);
  if (!vote) return {};
  TRY_VOID(take_back(ballot, *vote));
  vote->set_delegated(vote->delegated() - std::min(vote->delegated(), own));
  vote->set_weight(std::min(vote->own() + vote->delegated(), ballot.holder_cap()));
  add(ballot, *vote);
  context.put(*vote, cause);
  return {};
}

}  // namespace

void add(Ballot& ballot, Vote const& vote) {
  add_vote(*ballot.mutable_tokens()->mutable_tally(), vote.choice(), vote.weight());
  if (vote.member()) add_vote(*ballot.mutable_members()->mutable_tally(), vote.choice(), 1);
  add_approvals(ballot, vote);
}

Done drop_some_votes(Context& context, Ballot& ballot) {
  for (std::size_t i = 0; i < protocol::limits::votes_dropped_max; ++i) {
    if (ballot.last_voter().empty()) return {};
    auto const vote = vote_of(context.state(), execution::address_in(ballot.last_voter()), ballot);
    if (!vote) return execution::must_hold(false);
    ballot.set_last_voter(vote->voted_before());
    context.remove(*vote, "ballot.forget");
  }
  return {};
}

std::expected<Weight, execution::Failure> weight_of(state::Reader const& state,
                                                    Address const& account, Ballot const& ballot) {
  Weight weight;
  // A person who moves to another account during the vote has had a vote with the former.
  auto const person =
      talent::is_attested_since(state, account, protocol::Height{ballot.snapshot_height()});
  weight.member = (ballot.council() || person) && has_head(state, account, ballot);
  if (!person) return weight;
  TRY(own, own_weight(state, account, ballot));
  auto const votes = delegated_votes(state, account.chars(), ballot);
  weight.own = own;
  weight.delegated = votes.delegated() - votes.overridden();
  weight.counted = std::min(weight.own + weight.delegated, ballot.holder_cap());
  return weight;
}

Done may_vote(Context const& context, Ballot const& ballot) {
  TRY(weight, weight_of(context.state(), context.sender(), ballot));
  if (weight.counted > 0 || weight.member) return {};
  return fail(labor::v1::TX_STATUS_NO_VOTING_WEIGHT, {{"until_ms", ballot.locked_until_ms()}});
}

Done count_vote(Context& context, Ballot& ballot, labor::v1::CastVote const& message) {
  auto const earlier = vote_of(context.state(), context.sender(), ballot);
  TRY(weight, weight_of(context.state(), context.sender(), ballot));
  if (earlier) {
    TRY_VOID(take_back(ballot, *earlier));
  }
  Vote vote;
  vote.set_overrides(earlier && earlier->overrides());
  auto const delegate = delegate_on(context.state(), context.sender(), ballot);
  if (!vote.overrides() && !delegate.empty() && weight.own > 0) {
    TRY_VOID(take_from_delegate(context, ballot, delegate, weight.own));
    vote.set_overrides(true);
  }
  vote.set_ballot(ballot.id());
  vote.set_account(context.sender().str());
  vote.set_choice(message.choice());
  *vote.mutable_approvals() = message.approvals();
  vote.set_weight(weight.counted);
  vote.set_own(weight.own);
  vote.set_delegated(weight.delegated);
  vote.set_member(weight.member);
  vote.set_voted_before(earlier ? earlier->voted_before() : ballot.last_voter());
  if (!earlier) ballot.set_last_voter(context.sender().str());
  add(ballot, vote);
  context.put(vote, cause);
  return {};
}

}  // namespace governance
