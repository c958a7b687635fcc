#include "protocol/governance/delegation.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "protocol/bank/locks.h"
#include "protocol/base/try.h"
#include "protocol/governance/agenda.h"
#include "protocol/talent/identity.h"

namespace governance {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Ballot;
using labor::v1::DelegatedVotes;
using labor::v1::Delegation;
using labor::v1::Lock;
using protocol::Address;

namespace {

constexpr auto cause = "delegation.change";

Delegation delegation_of(state::Reader const& state, Address const& account) {
  auto const found = execution::find_record<Delegation>(state, state::keys::delegation(account));
  if (found) return *found;
  Delegation fresh;
  fresh.set_account(account.str());
  return fresh;
}

bool still_votes(Ballot const& ballot) {
  return ballot.state() == labor::v1::BALLOT_STATE_REVIEW ||
         ballot.state() == labor::v1::BALLOT_STATE_VOTING;
}

// The ballots that count what stood before now.
std::vector<Ballot> open_ballots(Context& context) {
  auto const agenda = agenda_of(context.state());
  context.look_at(static_cast<std::size_t>(agenda.ballots_size()));
  std::vector<Ballot> open;
  for (auto const id : agenda.ballots()) {
    auto ballot = context.find<Ballot>(state::keys::ballot(id));
    if (ballot && still_votes(*ballot)) open.push_back(*std::move(ballot));
  }
  return open;
}

// Before what is delegated to somebody changes.
void keep_for(std::span<Ballot const> open, Context& context, std::string_view delegate) {
  auto const snapshots = agenda_of(context.state()).snapshots();
  auto sum = bank::locked_sum(context.state(), delegate);
  if (sum.kept() == snapshots) return;
  for (auto const& ballot : open) {
    auto const votes = delegated_votes(context.state(), delegate, ballot);
    if (ballot.snapshot() > sum.kept() && votes.delegated() > 0) context.put(votes, cause);
  }
  sum.set_kept(snapshots);
  context.put(sum, cause);
}

// Drops what no ballot asks for that is still open.
void note_past(std::span<Ballot const> open, Context const& context, Delegation& delegation) {
  auto const now = agenda_of(context.state()).snapshots();
  auto oldest = now + 1;
  for (auto const& ballot : open) oldest = std::min(oldest, ballot.snapshot());
  if (!delegation.delegate().empty() && delegation.since() < now) {
    auto& past = *delegation.add_past();
    past.set_delegate(delegation.delegate());
    past.set_since(delegation.since());
    past.set_until(now);
  }
  auto& past = *delegation.mutable_past();
  past.erase(
      std::ranges::remove_if(past, [&](auto const& one) { return one.until() < oldest; }).begin(),
      past.end());
  delegation.set_since(now);
}

Done check_delegate(Context const& context, std::string const& to) {
  if (to.empty()) return {};
  auto const address = Address::from(to);
  if (!address) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  if (*address == context.sender()) return fail(labor::v1::TX_STATUS_SAME_ACCOUNT);
  if (talent::is_attested(context.state(), *address)) return {};
  return fail(labor::v1::TX_STATUS_DELEGATE_NOT_ATTESTED);
}

}  // namespace

Done apply(Context& context, labor::v1::Delegate const& message) {
  TRY_VOID(check_delegate(context, message.to()));
  auto delegation = delegation_of(context.state(), context.sender());
  if (delegation.delegate() == message.to()) return fail(labor::v1::TX_STATUS_SAME_DELEGATE);

  TRY(locks, bank::locks_of(context.state(), context.sender()));
  auto const open = open_ballots(context);
  for (auto const& delegate : {delegation.delegate(), message.to()}) {
    if (!delegate.empty()) keep_for(open, context, delegate);
  }
  for (auto const& lock : locks) {
    if (!delegation.delegate().empty()) {
      TRY_VOID(bank::uncount_lock(context, delegation.delegate(), lock));
    }
    if (!message.to().empty()) bank::count_lock(context, message.to(), lock);
  }
  note_past(open, context, delegation);
  delegation.set_delegate(message.to());
  if (delegation.delegate().empty() && delegation.past().empty()) {
    context.remove(delegation, cause);
  } else {
    context.put(delegation, cause);
  }
  return {};
}

void count_for_delegate(Context& context, Lock const& lock) {
  auto const delegate = delegation_of(context.state(), context.sender()).delegate();
  if (delegate.empty()) return;
  keep_for(open_ballots(context), context, delegate);
  bank::count_lock(context, delegate, lock);
}

std::string delegate_on(state::Reader const& state, Address const& account, Ballot const& ballot) {
  auto const delegation = delegation_of(state, account);
  if (ballot.snapshot() > delegation.since()) return delegation.delegate();
  for (auto const& past : delegation.past()) {
    if (ballot.snapshot() > past.since() && ballot.snapshot() <= past.until()) {
      return past.delegate();
    }
  }
  return {};
}

DelegatedVotes delegated_votes(state::Reader const& state, std::string_view delegate,
                               Ballot const& ballot) {
  auto const key = state::keys::delegated_votes(ballot.id(), delegate);
  if (auto const touched = execution::find_record<DelegatedVotes>(state, key)) return *touched;
  DelegatedVotes votes;
  votes.set_ballot(ballot.id());
  votes.set_delegate(std::string{delegate});
  // What has changed since is not what stood then.
  if (ballot.snapshot() <= bank::locked_sum(state, delegate).kept()) return votes;
  auto const until = protocol::TimeMs{ballot.locked_until_ms()};
  votes.set_delegated(bank::locked_beyond(state, delegate, until).value());
  return votes;
}

}  // namespace governance
