#include "tests/support/invariants.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "protocol/bank/conservation.h"
#include "tests/support/findings.h"
#include "tests/support/governance_invariants.h"
#include "tests/support/justice_invariants.h"
#include "tests/support/sorted_records.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every record.

namespace {

// What the parts of a contract hold and have moved.
struct Sums {
  std::uint64_t escrow = 0;
  std::uint64_t released = 0;
  std::uint64_t fee_taken = 0;
  std::uint32_t holding = 0;

  template <class Part>
  void add(Part const& part) {
    auto const held = part.funded() - part.released() - part.refunded();
    escrow += held + part.fee() - part.fee_taken() - part.fee_returned();
    released += part.released();
    fee_taken += part.fee_taken();
    holding += held > 0 ? 1U : 0U;
  }
};

// How much of one part is gone, and that no more is than there was.
template <class Part>
std::uint64_t check_money(Part const& part, bool over, std::string const& name,
                          Findings& findings) {
  auto const paid = part.released() + part.refunded();
  auto const fees = part.fee_taken() + part.fee_returned();
  findings.expect(paid <= part.funded(), name + " paid or refunded something twice");
  findings.expect(fees <= part.fee(), name + " took or returned a fee twice");
  findings.expect(!over || paid == part.funded(), name + " is over and holds money");
  findings.expect(!over || fees == part.fee(), name + " is over and holds a fee");
  return paid;
}

void check_week(Week const& week, std::string const& name, Findings& findings) {
  auto const over = week.state() == WEEK_STATE_PAID || week.state() == WEEK_STATE_SETTLED;
  check_money(week, over, name, findings);
  auto const disputed = week.state() == WEEK_STATE_DISPUTED;
  findings.expect((week.until_ms() != 0) == (!over && !disputed), name + ": wrong clock");
  std::uint64_t minutes = 0;
  for (auto const& entry : week.entries()) minutes += entry.minutes();
  findings.expect(minutes == week.minutes(), name + ": minutes are not the sum of the entries");
  findings.expect(minutes <= week.terms().minutes_per_week(), name + ": more than was funded");
}

bool is_over(MilestoneState state) {
  return state == MILESTONE_STATE_ACCEPTED || state == MILESTONE_STATE_REFUNDED ||
         state == MILESTONE_STATE_SETTLED;
}

void check_milestone(Milestone const& milestone, std::string const& name, Findings& findings) {
  auto const paid = check_money(milestone, is_over(milestone.state()), name, findings);
  // A disputed one has its dispute's clock.
  auto const disputed = milestone.state() == MILESTONE_STATE_DISPUTED ? 1U : 0U;
  auto const clocks = disputed + milestone.due_at_ms() + milestone.review_until_ms() +
                      milestone.changes_until_ms() + milestone.refund_asked_until_ms();
  findings.expect(paid == milestone.funded() || clocks > 0, name + " holds money without a clock");
  if (!milestone.has_split()) return;
  auto const held = milestone.funded() - paid;
  findings.expect(held > 0, name + " is to be split and holds nothing");
  findings.expect(milestone.split().to_talent() <= held,
                  name + " is to be split beyond what it holds");
}

template <class Part>
std::vector<Part> parts_of(std::map<std::uint64_t, std::vector<Part>> const& all,
                           std::uint64_t contract) {
  auto const found = all.find(contract);
  return found == all.end() ? std::vector<Part>{} : found->second;
}

void check_work(SortedRecords const& records, Findings& findings) {
  for (auto const& [id, contract] : records.contracts) {
    auto const name = "contract " + std::to_string(id);
    Sums sums;
    for (auto const& milestone : parts_of(records.milestones, id)) {
      sums.add(milestone);
      check_milestone(milestone, name + " milestone " + std::to_string(milestone.index()),
                      findings);
    }
    std::uint32_t disputed = 0;
    for (auto const& week : parts_of(records.weeks, id)) {
      sums.add(week);
      check_week(week, name + " week " + std::to_string(week.index()), findings);
      disputed += week.state() == WEEK_STATE_DISPUTED ? 1U : 0U;
    }
    findings.expect(contract.hours().disputed() == disputed, name + ": wrong count of disputes");
    findings.expect(contract.escrow() == sums.escrow, name + ": escrow is not what its parts hold");
    findings.expect(contract.released() == sums.released, name + ": released is not the sum");
    findings.expect(contract.fee_earned() == sums.fee_taken, name + ": fee earned is not the sum");
    findings.expect(contract.parts_locked() == sums.holding, name + ": wrong count of holders");
    auto const ended = contract.state() == CONTRACT_STATE_ENDED;
    findings.expect(!ended || sums.escrow == 0, name + " ended and holds money");
    findings.expect(ended == (contract.ended_at_ms() != 0), name + ": ended and its time differ");
    auto const free = contract.bonus() - contract.bonus_charged();
    findings.expect(contract.bonus_charged() <= contract.bonus() && free <= sums.released / 5,
                    name + ": more bonus was free than a fifth");
    findings.expect(contract.bonus_fee() <= contract.bonus_charged(), name + ": fee above bonus");
  }
}

// Who may act for whom, and who may take an account over.
void check_powers(SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::uint32_t> mandates;
  std::map<std::string, std::uint32_t> apps;
  std::map<std::string, std::uint32_t> blocks;
  for (auto const& blocked : records.blocks) ++blocks[blocked.by()];
  for (auto const& mandate : records.mandates) ++mandates[mandate.account()];
  for (auto const& app : records.apps) ++apps[app.account()];
  for (auto const& [address, account] : records.accounts) {
    findings.expect(account.mandates() == mandates[address], "an account's mandates do not add up");
    findings.expect(account.apps() == apps[address], "an account's apps do not add up");
    findings.expect(account.blocks() == blocks[address], "an account's blocks do not add up");
  }
  for (auto const& recovery : records.recoveries) {
    auto const enough = std::cmp_greater_equal(recovery.approvals_size(), recovery.threshold());
    findings.expect(enough == (recovery.state() == RECOVERY_STATE_WAITING),
                    "a recovery waits without enough guardians, or does not with them");
  }
}

void check_teams(SortedRecords const& records, Findings& findings) {
  for (auto const& team : records.teams) {
    auto const proposed = team.state() == TEAM_STATE_PROPOSED;
    findings.expect(proposed == !team.missing().empty(),
                    "a team waits for nobody, or does not wait");
    findings.expect(proposed == (team.until_ms() != 0), "a proposal of a team without a clock");
    findings.expect(proposed || !team.split().empty(), "a team is settled without a split");
    for (auto const* const split : {&team.split(), &team.proposed()}) {
      std::uint64_t sum = 0;
      for (auto const& share : *split) sum += share.bps();
      findings.expect(split->empty() || sum == 10'000, "a split is not all of it");
    }
  }
}

void check_bonds(SortedRecords const& records, Findings& findings) {
  for (auto const& [id, job] : records.jobs) {
    auto const name = "job " + std::to_string(id);
    findings.expect(job.bond_held() <= job.bond(), name + " holds more than was put down");
    auto const waits = job.state() == JOB_STATE_OPEN || job.open_proposals() > 0;
    findings.expect(waits || job.bond_held() == 0, name + " is over and holds its bond");
  }
}

// One person, one account; what is live says so.
void check_people(SortedRecords const& records, Findings& findings) {
  std::set<std::uint64_t> named;
  for (auto const& [nullifier, person] : records.people) {
    auto const account = records.accounts.find(person.account());
    findings.expect(account != records.accounts.end() && account->second.person() == nullifier,
                    "a person's account is somebody else's");
    findings.expect(!person.attestations().empty(), "a person whom nobody attests");
    named.insert(person.attestations().begin(), person.attestations().end());
  }
  for (auto const& [address, account] : records.accounts) {
    auto const known = account.person().empty() || records.people.contains(account.person());
    findings.expect(known, "an account is a person's whom nobody knows");
  }
  for (auto const& [id, attestation] : records.attestations) {
    auto const live =
        attestation.schema() == "identity" && attestation.state() == ATTESTATION_STATE_LIVE;
    findings.expect(live == named.contains(id), "an identity is live and names nobody, or not");
  }
  for (auto const& vesting : records.grants) {
    for (auto const& grant : vesting.grants()) {
      findings.expect(grant.claimed() < grant.granted(),
                      "a grant that is spent, or more than that");
    }
  }
}

void check_feedback(SortedRecords const& records, Findings& findings) {
  for (auto const& [id, views] : records.feedback) {
    auto const name = "feedback on contract " + std::to_string(id);
    std::size_t committed = 0;
    for (auto const& view : views) {
      committed += view.commitment().empty() ? 0U : 1U;
      auto const shown = view.state() == FEEDBACK_STATE_SHOWN;
      findings.expect(shown == (view.shown_at_ms() != 0), name + ": shown and its time differ");
      findings.expect(shown == view.has_content(), name + ": heard before it is shown");
      auto const waits = view.state() == FEEDBACK_STATE_COMMITTED;
      findings.expect(waits == (view.withheld_at_ms() != 0), name + ": waits without a clock");
    }
    findings.expect(committed == 1, name + ": not one side was blind");
  }
}

void check_accounts(SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::uint64_t> locked;
  std::map<std::string, std::uint32_t> sponsored;
  for (auto const& [id, lock] : records.locks) locked[lock.owner()] += lock.amount();
  for (auto const& [address, account] : records.accounts) {
    if (!account.sponsor().empty()) ++sponsored[account.sponsor()];
  }
  for (auto const& [address, account] : records.accounts) {
    findings.expect(account.locked() == locked[address], "an account's locks do not add up");
    findings.expect(account.sponsored() == sponsored[address], "a sponsor's loans do not add up");
    auto const newcomer = !account.member() || account.sponsor().empty();
    findings.expect(newcomer, "a member is still sponsored");
  }
}

}  // namespace

std::vector<std::string> violations(MemoryState const& state) {
  Findings findings;
  bank::Audit audit;
  for (auto const& [key, value] : state.values()) audit.add(key, value);
  findings.expect(audit.balanced(), "what is held is not the supply");

  auto const records = sorted(state);
  findings.expect(std::ranges::includes(records.entries, records.clocks),
                  "a record has a clock and no entry in the queue");
  findings.expect(std::ranges::includes(records.clocks, records.entries),
                  "the queue has an entry without a record");
  check_work(records, findings);
  check_powers(records, findings);
  check_teams(records, findings);
  check_bonds(records, findings);
  check_people(records, findings);
  check_feedback(records, findings);
  check_justice(records, findings);
  check_governance(state, records, findings);
  check_accounts(records, findings);
  return std::move(findings).take();
}

std::uint64_t money_with_a_clock(MemoryState const& state) {
  auto const records = sorted(state);
  std::uint64_t sum = 0;
  for (auto const& [id, contract] : records.contracts) sum += contract.escrow();
  for (auto const& [id, ballot] : records.ballots) sum += ballot.deposit();
  for (auto const& [id, job] : records.jobs) sum += job.bond_held();
  for (auto const& [id, dispute] : records.disputes) {
    for (auto const& panel : dispute.panels()) sum += panel.held();
  }
  for (auto const& [id, vetting] : records.vettings) {
    sum += vetting.bond();
    for (auto const& panel : vetting.panels()) sum += panel.held();
  }
  for (auto const& [id, report] : records.reports) {
    sum += report.bond();
    for (auto const& panel : report.panels()) sum += panel.held();
  }
  return sum;
}

}  // namespace testing_support
