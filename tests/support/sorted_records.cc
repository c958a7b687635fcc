#include "tests/support/sorted_records.h"

#include "protocol/execution/context.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every record.

namespace {

template <class R>
R read(SortedRecords& records, state::Key const& key, std::string const& value) {
  auto record = execution::decode_record<R>(value);
  if (auto const due = state::deadline_of(record)) {
    records.clocks.insert(state::keys::deadline(*due, key).logical);
  }
  return record;
}

void sort_work(SortedRecords& records, state::Key const& key, std::string const& value) {
  switch (key.logical.front()) {
    case 'j': {
      auto const job = read<Job>(records, key, value);
      records.jobs[job.id()] = job;
      break;
    }
    case 'i':
      read<Invitation>(records, key, value);
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
    case 'g':
      records.contributions.push_back(execution::decode_record<Contribution>(value));
      break;
    case 'n': {
      auto const open = execution::decode_record<OpenWork>(value);
      records.open_work[open.account()] = open;
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

void sort_accounts(SortedRecords& records, state::Key const& key, std::string const& value) {
  switch (key.logical.front()) {
    case 'a': {
      auto const account = read<Account>(records, key, value);
      records.accounts[account.address()] = account;
      break;
    }
    case 'r':
      records.recoveries.push_back(read<Recovery>(records, key, value));
      break;
    case 'm':
      records.mandates.push_back(read<Mandate>(records, key, value));
      break;
    case 'x':
      records.apps.push_back(read<App>(records, key, value));
      break;
    case 'b':
      records.blocks.push_back(read<Blocked>(records, key, value));
      break;
    default:
      break;
  }
}

void sort_talent(SortedRecords& records, state::Key const& key, std::string const& value) {
  if (key.logical.front() == 'a') {
    auto const attestation = read<Attestation>(records, key, value);
    records.attestations[attestation.id()] = attestation;
  } else if (key.logical.front() == 't') {
    records.teams.push_back(read<Team>(records, key, value));
  } else if (key.logical.front() == 'n') {
    auto const person = read<Identity>(records, key, value);
    records.people[person.nullifier()] = person;
  } else if (key.logical.front() == 'p') {
    auto const profile = read<Profile>(records, key, value);
    records.profiles[profile.owner()] = profile;
  }
}

void sort_justice(SortedRecords& records, state::Key const& key, std::string const& value) {
  if (key.logical.front() == 'd') {
    auto const dispute = read<Dispute>(records, key, value);
    records.disputes[dispute.id()] = dispute;
  } else if (key.logical.front() == 'j') {
    auto const juror = read<Juror>(records, key, value);
    records.jurors[juror.account()] = juror;
  } else if (key.logical.front() == 'v') {
    auto const vetting = read<Vetting>(records, key, value);
    records.vettings[vetting.id()] = vetting;
  } else if (key.logical.front() == 'r') {
    auto const report = read<Report>(records, key, value);
    records.reports[report.id()] = report;
  }
}

void sort_governance(SortedRecords& records, state::Key const& key, std::string const& value) {
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
    case 'g':
      records.delegations.push_back(read<Delegation>(records, key, value));
      break;
    case 'w':
      records.delegated_votes.push_back(read<DelegatedVotes>(records, key, value));
      break;
    case 'e':
      records.enrolments.push_back(read<Enrolment>(records, key, value));
      break;
    default:
      break;
  }
}

}  // namespace

SortedRecords sorted(MemoryState const& state) {
  SortedRecords records;
  for (auto const& [key, value] : state.values()) {
    if (key.module == state::Module::accounts) {
      sort_accounts(records, key, value);
    } else if (key.module == state::Module::bank && key.logical.front() == 'l') {
      auto const lock = read<Lock>(records, key, value);
      records.locks[lock.id()] = lock;
    } else if (key.module == state::Module::bank && key.logical.front() == 'd') {
      records.locked_days.push_back(read<LockedUntil>(records, key, value));
    } else if (key.module == state::Module::bank && key.logical.front() == 'v') {
      records.grants.push_back(read<Vesting>(records, key, value));
    } else if (key.module == state::Module::talent) {
      sort_talent(records, key, value);
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

}  // namespace testing_support
