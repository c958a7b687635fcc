#include "tests/support/invariants.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "protocol/bank/conservation.h"
#include "protocol/execution/context.h"
#include "protocol/execution/dispatch.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every record.

namespace {

// Every record of a state, by kind.
struct Records {
  std::map<std::string, Account> accounts;
  std::map<std::uint64_t, Lock> locks;
  std::map<std::uint64_t, Contract> contracts;
  std::map<std::uint64_t, std::vector<Milestone>> milestones;
  std::map<std::uint64_t, std::vector<Week>> weeks;
  std::map<std::uint64_t, std::vector<Feedback>> feedback;
  std::map<std::uint64_t, Ballot> ballots;
  std::map<std::uint64_t, Dispute> disputes;
  std::map<std::string, Juror> jurors;
  std::vector<Vote> votes;
  std::vector<DepositShare> shares;
  // Time and key of each record with a clock, and of each entry of the queue.
  std::set<std::string> clocks;
  std::set<std::string> entries;
};

template <class R>
R read(Records& records, state::Key const& key, std::string const& value) {
  auto record = execution::decode_record<R>(value);
  if (auto const due = state::deadline_of(record)) {
    records.clocks.insert(state::keys::deadline(*due, key).logical);
  }
  return record;
}

void sort_work(Records& records, state::Key const& key, std::string const& value) {
  switch (key.logical.front()) {
    case 'j':
      read<Job>(records, key, value);
      break;
    case 'p':
      read<Proposal>(records, key, value);
      break;
    case 'o':
      read<Offer>(records, key, value);
      break;
    case 'c': {
      auto const contract = read<Contract>(records, key, value);
      records.contracts[contract.id()] = contract;
      break;
    }
    case 'f': {
      auto const feedback = read<Feedback>(records, key, value);
      records.feedback[feedback.contract()].push_back(feedback);
      break;
    }
    case 'h': {
      auto const week = read<Week>(records, key, value);
      records.weeks[week.contract()].push_back(week);
      break;
    }
    case 'm': {
      auto const milestone = read<Milestone>(records, key, value);
      records.milestones[milestone.contract()].push_back(milestone);
      break;
    }
    default:
      break;
  }
}

void sort_justice(Records& records, state::Key const& key, std::string const& value) {
  if (key.logical.front() == 'd') {
    auto const dispute = read<Dispute>(records, key, value);
    records.disputes[dispute.id()] = dispute;
  } else if (key.logical.front() == 'j') {
    auto const juror = read<Juror>(records, key, value);
    records.jurors[juror.account()] = juror;
  }
}

void sort_governance(Records& records, state::Key const& key, std::string const& value) {
  switch (key.logical.front()) {
    case 'b': {
      auto const ballot = read<Ballot>(records, key, value);
      records.ballots[ballot.id()] = ballot;
      break;
    }
    case 'v':
      records.votes.push_back(read<Vote>(records, key, value));
      break;
    case 'd':
      records.shares.push_back(read<DepositShare>(records, key, value));
      break;
    default:
      break;
  }
}

Records sort(MemoryState const& state) {
  Records records;
  for (auto const& [key, value] : state.values()) {
    if (key.module == state::Module::accounts) {
      auto const account = read<Account>(records, key, value);
      records.accounts[account.address()] = account;
    } else if (key.module == state::Module::bank && key.logical.front() == 'l') {
      auto const lock = read<Lock>(records, key, value);
      records.locks[lock.id()] = lock;
    } else if (key.module == state::Module::work) {
      sort_work(records, key, value);
    } else if (key.module == state::Module::governance) {
      sort_governance(records, key, value);
    } else if (key.module == state::Module::justice) {
      sort_justice(records, key, value);
    } else if (key.module == state::Module::deadlines) {
      records.entries.insert(key.logical);
    }
  }
  return records;
}

class Findings {
 public:
  void expect(bool holds, std::string const& what) {
    if (!holds) found_.push_back(what);
  }
  std::vector<std::string> take() && { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

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

void check_work(Records const& records, Findings& findings) {
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

void check_feedback(Records const& records, Findings& findings) {
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

template <class Part>
void check_claim(Part const& part, Dispute const& dispute, std::string const& name,
                 Findings& findings) {
  findings.expect(part.dispute() == dispute.id(), name + ": its subject names another");
  findings.expect(part.funded() - part.released() - part.refunded() == dispute.claim(),
                  name + ": the claim is not what is locked");
}

// The milestone or week of a dispute that runs, and no other milestone, is disputed, and holds what
// is claimed.
void check_disputes(Records const& records, Findings& findings) {
  std::map<std::string, std::uint64_t> locked;
  std::set<std::pair<std::uint64_t, std::uint32_t>> running;
  for (auto const& [id, dispute] : records.disputes) {
    auto const name = "dispute " + std::to_string(id);
    auto const runs = dispute.until_ms() != 0;
    std::uint64_t held = 0;
    for (auto const& panel : dispute.panels()) {
      held += panel.held();
      for (auto const& seat : panel.seats()) locked[seat.juror()] += seat.stake();
    }
    findings.expect(runs == (held > 0), name + ": what it holds and its clock differ");
    findings.expect(dispute.to_talent() <= dispute.claim(), name + ": awarded more than claimed");
    if (!runs) continue;
    if (dispute.about_hours()) {
      auto const& week = records.weeks.at(dispute.contract()).at(dispute.milestone());
      check_claim(week, dispute, name, findings);
      findings.expect(week.state() == WEEK_STATE_DISPUTED, name + ": its week is not disputed");
      continue;
    }
    running.emplace(dispute.contract(), dispute.milestone());
    auto const& milestone = records.milestones.at(dispute.contract()).at(dispute.milestone());
    check_claim(milestone, dispute, name, findings);
  }
  for (auto const& [id, milestones] : records.milestones) {
    for (auto const& milestone : milestones) {
      auto const disputed = milestone.state() == MILESTONE_STATE_DISPUTED;
      findings.expect(disputed == running.contains({id, milestone.index()}),
                      "a milestone is disputed without a dispute, or the reverse");
    }
  }
  for (auto const& [account, juror] : records.jurors) {
    findings.expect(juror.locked() == locked[account], "a juror's seats do not add up");
    findings.expect(juror.locked() <= juror.stake(), "a juror locks more than the stake");
  }
}

void check_ballots(Records const& records, Findings& findings) {
  std::map<std::uint64_t, std::uint64_t> cast;
  std::map<std::uint64_t, std::uint64_t> deposited;
  for (auto const& vote : records.votes) cast[vote.ballot()] += vote.weight();
  for (auto const& share : records.shares) deposited[share.ballot()] += share.amount();
  for (auto const& [id, ballot] : records.ballots) {
    auto const name = "ballot " + std::to_string(id);
    auto const& tally = ballot.tally();
    auto const counted = tally.yes() + tally.no() + tally.veto() + tally.abstain();
    findings.expect(counted <= ballot.eligible(), name + ": more votes than eligible");
    findings.expect(counted == cast[id], name + ": the tally is not the votes");
    findings.expect(ballot.deposit() == deposited[id], name + ": the deposit is not its shares");
  }
}

void check_accounts(Records const& records, Findings& findings) {
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

  auto const records = sort(state);
  findings.expect(std::ranges::includes(records.entries, records.clocks),
                  "a record has a clock and no entry in the queue");
  findings.expect(std::ranges::includes(records.clocks, records.entries),
                  "the queue has an entry without a record");
  check_work(records, findings);
  check_feedback(records, findings);
  check_disputes(records, findings);
  check_ballots(records, findings);
  check_accounts(records, findings);
  return std::move(findings).take();
}

std::uint64_t money_with_a_clock(MemoryState const& state) {
  auto const records = sort(state);
  std::uint64_t sum = 0;
  for (auto const& [id, contract] : records.contracts) sum += contract.escrow();
  for (auto const& [id, ballot] : records.ballots) sum += ballot.deposit();
  for (auto const& [id, dispute] : records.disputes) {
    for (auto const& panel : dispute.panels()) sum += panel.held();
  }
  return sum;
}

}  // namespace testing_support
