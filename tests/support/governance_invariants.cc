#include "tests/support/governance_invariants.h"

#include <map>
#include <set>
#include <utility>

#include "protocol/bank/locks.h"
#include "protocol/execution/context.h"
#include "protocol/governance/agenda.h"
#include "protocol/governance/enrolment.h"
#include "protocol/governance/tally.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every record of governance.

namespace {

void check_ballots(SortedRecords const& records, Findings& findings) {
  std::map<std::uint64_t, std::uint64_t> weights;
  std::map<std::uint64_t, std::uint64_t> heads;
  std::map<std::uint64_t, std::uint64_t> approved;
  std::map<std::uint64_t, std::uint64_t> deposited;
  for (auto const& vote : records.votes) {
    weights[vote.ballot()] += vote.weight();
    heads[vote.ballot()] += vote.member() ? 1U : 0U;
    approved[vote.ballot()] += vote.weight() * static_cast<std::uint64_t>(vote.approvals_size());
  }
  for (auto const& share : records.shares) deposited[share.ballot()] += share.amount();
  for (auto const& [id, ballot] : records.ballots) {
    auto const name = "ballot " + std::to_string(id);
    auto const check_house = [&](House const& house, std::uint64_t counted) {
      auto const cast = governance::cast(house.tally());
      findings.expect(cast <= house.eligible(), name + ": more votes than eligible");
      findings.expect(cast == counted || ballot.votes_left(),
                      name + ": the tally is not the votes");
    };
    std::uint64_t approvals = 0;
    for (auto const& approval : ballot.approvals()) approvals += approval.tokens();
    findings.expect(approvals == approved[id] || ballot.votes_left(),
                    name + ": approvals are not the votes'");
    check_house(ballot.tokens(), weights[id]);
    check_house(ballot.members(), heads[id]);
    findings.expect(ballot.deposit() == deposited[id], name + ": the deposit is not its shares");
  }
}

void check_agenda(MemoryState const& state, SortedRecords const& records, Findings& findings) {
  std::set<std::uint64_t> before_the_owners;
  for (auto const& [id, ballot] : records.ballots) {
    auto const on_agenda = ballot.state() == BALLOT_STATE_REVIEW ||
                           ballot.state() == BALLOT_STATE_VOTING ||
                           ballot.state() == BALLOT_STATE_TIMELOCK;
    if (on_agenda) before_the_owners.insert(id);
  }
  auto const agenda = governance::agenda_of(state);
  std::set<std::uint64_t> const listed{agenda.ballots().begin(), agenda.ballots().end()};
  findings.expect(listed == before_the_owners, "the agenda is not the ballots before the owners");
}

// By delegate and day. A lock that was returned was over, and its day waits to be swept.
void check_delegations(MemoryState const& state, SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::string> delegates;
  for (auto const& one : records.delegations) delegates[one.account()] = one.delegate();
  std::map<std::pair<std::string, std::uint64_t>, std::uint64_t> locked;
  for (auto const& [id, lock] : records.locks) {
    auto const day = lock.until_ms() / bank::day_ms;
    locked[{"", day}] += lock.amount();
    auto const& delegate = delegates[lock.owner()];
    if (!delegate.empty()) locked[{delegate, day}] += lock.amount();
  }
  std::map<std::string, std::uint64_t> live;
  std::map<std::pair<std::string, std::uint64_t>, std::uint64_t> counted;
  for (auto const& day : records.locked_days) {
    live[day.delegate()] += day.amount();
    counted[{day.delegate(), day.day()}] = day.amount();
  }
  for (auto const& [place, amount] : locked) {
    auto const& [delegate, day] = place;
    if (day < bank::locked_sum(state, delegate).swept()) continue;
    findings.expect(counted[place] >= amount, "a day's locks do not add up");
  }
  for (auto const& [delegate, amount] : live) {
    findings.expect(bank::locked_sum(state, delegate).live() == amount, "locks do not add up");
  }
}

}  // namespace

void check_governance(MemoryState const& state, SortedRecords const& records, Findings& findings) {
  check_ballots(records, findings);
  check_agenda(state, records, findings);
  check_delegations(state, records, findings);
  for (auto const& votes : records.delegated_votes) {
    findings.expect(votes.overridden() <= votes.delegated(), "more overridden than delegated");
  }
  findings.expect(
      execution::counter_of(state, governance::enrolled_counter) == records.enrolments.size(),
      "the house is not who is enrolled");
}

}  // namespace testing_support
