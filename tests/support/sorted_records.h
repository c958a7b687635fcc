// Every record of a state, by kind: what invariants are about.

#pragma once

#include <labor/v1/record.pb.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/memory_state.h"

namespace testing_support {

struct SortedRecords {
  std::map<std::string, labor::v1::Account> accounts;
  std::map<std::uint64_t, labor::v1::Lock> locks;
  std::vector<labor::v1::LockedUntil> locked_days;
  std::map<std::uint64_t, labor::v1::Job> jobs;
  std::map<std::uint64_t, labor::v1::Attestation> attestations;
  std::map<std::string, labor::v1::Identity> people;
  std::vector<labor::v1::Vesting> grants;
  std::vector<labor::v1::Recovery> recoveries;
  std::vector<labor::v1::Mandate> mandates;
  std::vector<labor::v1::App> apps;
  std::vector<labor::v1::Blocked> blocks;
  std::vector<labor::v1::Team> teams;
  std::map<std::uint64_t, labor::v1::Contract> contracts;
  std::map<std::uint64_t, std::vector<labor::v1::Milestone>> milestones;
  std::map<std::uint64_t, std::vector<labor::v1::Week>> weeks;
  std::map<std::uint64_t, std::vector<labor::v1::Feedback>> feedback;
  std::map<std::uint64_t, labor::v1::Ballot> ballots;
  std::map<std::uint64_t, labor::v1::Dispute> disputes;
  std::map<std::string, labor::v1::Juror> jurors;
  std::map<std::uint64_t, labor::v1::Vetting> vettings;
  std::map<std::uint64_t, labor::v1::Report> reports;
  std::vector<labor::v1::Contribution> contributions;
  std::map<std::string, labor::v1::OpenWork> open_work;
  std::map<std::string, labor::v1::Profile> profiles;
  std::vector<labor::v1::Vote> votes;
  std::vector<labor::v1::DepositShare> shares;
  std::vector<labor::v1::Delegation> delegations;
  std::vector<labor::v1::DelegatedVotes> delegated_votes;
  std::vector<labor::v1::Enrolment> enrolments;
  // Time and key of each record with a clock, and of each entry of the queue.
  std::set<std::string> clocks;
  std::set<std::string> entries;
};

SortedRecords sorted(MemoryState const& state);

}  // namespace testing_support
