#include "protocol/governance/election.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/governance/actions.h"
#include "protocol/justice/arbiters.h"
#include "protocol/limits.h"

namespace governance {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Actions;
using labor::v1::Ballot;
using labor::v1::CastVote;
using labor::v1::Election;
using labor::v1::Vote;

namespace {

__extension__ using Wide = unsigned __int128;

bool ascends(auto const& list) {
  return std::ranges::adjacent_find(list, std::greater_equal{}) == list.end();
}

bool well_formed(Election const& election) {
  auto const count = static_cast<std::size_t>(election.candidates_size());
  return count >= 1 && count <= limits::candidates_max && election.seats() >= 1 &&
         election.seats() <= count && ascends(election.candidates()) &&
         election.term_ms() >= limits::term_ms_min && election.term_ms() <= limits::term_ms_max;
}

}  // namespace

Done may_hold(Context const& context, Actions const& actions) {
  if (!actions.has_election()) return {};
  auto const& election = actions.election();
  auto const alone = count_of(actions) == 1;
  if (!alone || !well_formed(election)) {
    return fail(labor::v1::TX_STATUS_INVALID_ELECTION);
  }
  return justice::may_become_arbiters(context,
                                      {election.candidates().begin(), election.candidates().end()});
}

Done check_approvals(Ballot const& ballot, CastVote const& message) {
  auto const& approvals = message.approvals();
  auto const& election = ballot.actions().election();
  auto const wanted = ballot.actions().has_election() && message.choice() == labor::v1::CHOICE_YES;
  auto const fit = wanted ? !approvals.empty() && ascends(approvals) &&
                                std::cmp_less(*approvals.rbegin(), election.candidates_size())
                          : approvals.empty();
  return fit ? Done{} : fail(labor::v1::TX_STATUS_INVALID_APPROVALS);
}

void add_approvals(Ballot& ballot, Vote const& vote) {
  for (auto const candidate : vote.approvals()) {
    auto& approval = *ballot.mutable_approvals(static_cast<int>(candidate));
    approval.set_tokens(approval.tokens() + vote.weight());
    if (vote.member()) approval.set_members(approval.members() + 1);
  }
}

Done remove_approvals(Ballot& ballot, Vote const& vote) {
  auto const heads = vote.member() ? 1u : 0u;
  for (auto const candidate : vote.approvals()) {
    auto& approval = *ballot.mutable_approvals(static_cast<int>(candidate));
    TRY_VOID(
        execution::must_hold(approval.tokens() >= vote.weight() && approval.members() >= heads));
    approval.set_tokens(approval.tokens() - vote.weight());
    approval.set_members(approval.members() - heads);
  }
  return {};
}

std::vector<std::string> elected(Ballot const& ballot) {
  auto const& election = ballot.actions().election();
  auto const tokens = ballot.tokens().tally().yes();
  auto const members = ballot.members().tally().yes();
  struct Standing {
    Wide share = 0;  // Both houses' over the same denominator, tokens x members.
    int candidate = 0;
  };
  std::vector<Standing> standings;
  for (int i = 0; i < ballot.approvals_size(); ++i) {
    auto const& approval = ballot.approvals(i);
    auto const share =
        std::min(Wide{approval.tokens()} * members, Wide{approval.members()} * tokens);
    if (share > 0) standings.push_back({.share = share, .candidate = i});
  }
  std::ranges::sort(standings, [](Standing const& a, Standing const& b) {
    return a.share != b.share ? a.share > b.share : a.candidate < b.candidate;
  });
  std::vector<std::string> seated;
  for (auto const& standing : standings) {
    if (seated.size() == election.seats()) break;
    seated.push_back(election.candidates(standing.candidate));
  }
  return seated;
}

void elect(Context& context, Ballot const& ballot) {
  auto const until =
      protocol::TimeMs{context.time().value() + ballot.actions().election().term_ms()};
  for (auto const& account : elected(ballot)) {
    justice::seat_arbiter(context, execution::address_in(account), until);
  }
}

}  // namespace governance
