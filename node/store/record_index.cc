#include "node/store/record_index.h"

#include <limits>
#include <set>

#include "protocol/base/big_endian.h"
#include "protocol/limits.h"
#include "protocol/types.h"

namespace node {

using namespace labor::v1;  // This file names every index.

namespace {

using base::big_endian;

enum class Scope { none, account, id };

constexpr std::size_t app_position_bytes = protocol::limits::handle_bytes_max;

struct Shape {
  RecordIndex index{};
  Scope scope{};
  std::size_t position_bytes = sizeof(std::uint64_t);
};

constexpr Shape shapes[] = {
    {RECORD_INDEX_JOBS_OPEN, Scope::none},
    {RECORD_INDEX_JOBS_BY_CLIENT, Scope::account},
    {RECORD_INDEX_PROPOSALS_BY_JOB, Scope::id},
    {RECORD_INDEX_PROPOSALS_BY_TALENT, Scope::account},
    {RECORD_INDEX_OFFERS_BY_CLIENT, Scope::account},
    {RECORD_INDEX_OFFERS_BY_TALENT, Scope::account},
    {RECORD_INDEX_CONTRACTS_BY_CLIENT, Scope::account},
    {RECORD_INDEX_CONTRACTS_BY_TALENT, Scope::account},
    {RECORD_INDEX_MILESTONES_BY_CONTRACT, Scope::id, sizeof(std::uint32_t)},
    {RECORD_INDEX_WEEKS_BY_CONTRACT, Scope::id},
    {RECORD_INDEX_FEEDBACK_BY_SUBJECT, Scope::account},
    {RECORD_INDEX_BALLOTS, Scope::none},
    {RECORD_INDEX_LOCKS_BY_OWNER, Scope::account},
    {RECORD_INDEX_PROFILES, Scope::none, protocol::Address::size},
    {RECORD_INDEX_VOTES_BY_BALLOT, Scope::id, protocol::Address::size},
    {RECORD_INDEX_DISPUTES_BY_PERSON, Scope::account},
    {RECORD_INDEX_JURORS, Scope::none, sizeof(std::uint32_t)},
    {RECORD_INDEX_INVITATIONS_BY_TALENT, Scope::account},
    {RECORD_INDEX_ATTESTATIONS_BY_SUBJECT, Scope::account},
    {RECORD_INDEX_ATTESTATIONS_BY_ISSUER, Scope::account},
    {RECORD_INDEX_ISSUERS, Scope::none, protocol::Address::size},
    {RECORD_INDEX_MANDATES_BY_ACCOUNT, Scope::account, protocol::Address::size},
    {RECORD_INDEX_MANDATES_BY_HOLDER, Scope::account, protocol::Address::size},
    {RECORD_INDEX_APPS, Scope::none, app_position_bytes},
    {RECORD_INDEX_RECOVERIES_BY_PERSON, Scope::account, protocol::Address::size},
    {RECORD_INDEX_TEAMS_BY_MEMBER, Scope::account, protocol::Address::size},
    {RECORD_INDEX_VETTINGS_BY_PERSON, Scope::account},
    {RECORD_INDEX_AGENTS_BY_PERSON, Scope::account, protocol::Address::size},
    {RECORD_INDEX_BLOCKED_BY_ACCOUNT, Scope::account, protocol::Address::size},
    {RECORD_INDEX_REPORTS_BY_PERSON, Scope::account},
    {RECORD_INDEX_DELEGATIONS_BY_DELEGATE, Scope::account, protocol::Address::size},
    {RECORD_INDEX_ENROLMENTS, Scope::none, protocol::Address::size},
};

Shape const* shape_of(RecordIndex index) {
  for (auto const& shape : shapes) {
    if (shape.index == index) return &shape;
  }
  return nullptr;
}

std::string row(RecordIndex index, std::string_view scope, std::string_view position) {
  std::string key{'I', static_cast<char>(index)};
  return key.append(scope).append(position);
}

std::string newest_first(std::uint64_t id) {
  return big_endian(std::numeric_limits<std::uint64_t>::max() - id);
}

// Positions of an index have one length.
std::string padded(std::string_view name) {
  std::string position(app_position_bytes, '\0');
  name.copy(position.data(), position.size());
  return position;
}

std::vector<std::string> rows_of(Recovery const& recovery) {
  auto const by = [&](std::string_view person) {
    return row(RECORD_INDEX_RECOVERIES_BY_PERSON, person, recovery.account());
  };
  std::vector rows{by(recovery.account())};
  for (auto const& guardian : recovery.guardians()) rows.push_back(by(guardian));
  return rows;
}

std::vector<std::string> rows_of(Team const& team) {
  std::set<std::string> all{team.account()};
  for (auto const& share : team.split()) all.insert(share.account());
  for (auto const& share : team.proposed()) all.insert(share.account());
  std::vector<std::string> rows;
  for (auto const& account : all) {
    rows.push_back(row(RECORD_INDEX_TEAMS_BY_MEMBER, account, team.account()));
  }
  return rows;
}

std::vector<std::string> rows_of(Profile const& profile) {
  std::vector rows{row(RECORD_INDEX_PROFILES, "", profile.owner())};
  auto const& person = profile.details().responsible();
  if (!person.empty()) {
    rows.push_back(row(RECORD_INDEX_AGENTS_BY_PERSON, person, profile.owner()));
  }
  return rows;
}

// Of a case: of each side, one of which there may not be yet, and of everybody who sits on it.
template <class Case>
std::vector<std::string> rows_of(RecordIndex index, Case const& about, std::string const& one,
                                 std::string const& other) {
  std::set<std::string> all{one, other};
  all.erase("");
  for (auto const& panel : about.panels()) {
    for (auto const& seat : panel.seats()) all.insert(seat.juror());
  }
  std::vector<std::string> rows;
  for (auto const& person : all) rows.push_back(row(index, person, newest_first(about.id())));
  return rows;
}

}  // namespace

bool indexed(state::Key const& key) {
  if (key.logical.empty()) return false;
  auto const first = key.logical.front();
  switch (key.module) {
    case state::Module::bank:
      return first == 'l';
    case state::Module::talent:
      return std::string_view{"pait"}.contains(first);
    case state::Module::work:
      return std::string_view{"jpocmhfi"}.contains(first);
    case state::Module::governance:
      return std::string_view{"bvge"}.contains(first);
    case state::Module::justice:
      return std::string_view{"djvr"}.contains(first);
    case state::Module::accounts:
      return std::string_view{"rmxb"}.contains(first);
    case state::Module::system:
    case state::Module::deadlines:
    case state::Module::validators:
      return false;
  }
  return false;
}

// In one switch, so that the compiler names the kind that is missing.
// NOLINTNEXTLINE(readability-function-size)
std::vector<std::string> index_rows(Record const& any) {
  switch (any.record_case()) {
    case Record::kJob: {
      auto const& job = any.job();
      std::vector rows{row(RECORD_INDEX_JOBS_BY_CLIENT, job.client(), newest_first(job.id()))};
      if (job.state() == JOB_STATE_OPEN) {
        rows.push_back(row(RECORD_INDEX_JOBS_OPEN, "", newest_first(job.id())));
      }
      return rows;
    }
    case Record::kProposal: {
      auto const& proposal = any.proposal();
      auto const position = newest_first(proposal.id());
      return {row(RECORD_INDEX_PROPOSALS_BY_JOB, big_endian(proposal.job()), position),
              row(RECORD_INDEX_PROPOSALS_BY_TALENT, proposal.talent(), position)};
    }
    case Record::kOffer: {
      auto const position = newest_first(any.offer().id());
      return {row(RECORD_INDEX_OFFERS_BY_CLIENT, any.offer().client(), position),
              row(RECORD_INDEX_OFFERS_BY_TALENT, any.offer().talent(), position)};
    }
    case Record::kContract: {
      auto const position = newest_first(any.contract().id());
      return {row(RECORD_INDEX_CONTRACTS_BY_CLIENT, any.contract().client(), position),
              row(RECORD_INDEX_CONTRACTS_BY_TALENT, any.contract().talent(), position)};
    }
    case Record::kMilestone:
      return {row(RECORD_INDEX_MILESTONES_BY_CONTRACT, big_endian(any.milestone().contract()),
                  big_endian(any.milestone().index()))};
    case Record::kWeek:
      // Newest first: who looks wants the weeks that are not over.
      return {row(RECORD_INDEX_WEEKS_BY_CONTRACT, big_endian(any.week().contract()),
                  newest_first(any.week().index()))};
    case Record::kFeedback:
      return {row(RECORD_INDEX_FEEDBACK_BY_SUBJECT, any.feedback().subject(),
                  newest_first(any.feedback().contract()))};
    case Record::kBallot:
      return {row(RECORD_INDEX_BALLOTS, "", newest_first(any.ballot().id()))};
    case Record::kLock:
      return {row(RECORD_INDEX_LOCKS_BY_OWNER, any.lock().owner(), newest_first(any.lock().id()))};
    case Record::kInvitation:
      return {row(RECORD_INDEX_INVITATIONS_BY_TALENT, any.invitation().talent(),
                  newest_first(any.invitation().job()))};
    case Record::kAttestation: {
      auto const& attestation = any.attestation();
      auto const position = newest_first(attestation.id());
      return {row(RECORD_INDEX_ATTESTATIONS_BY_SUBJECT, attestation.subject(), position),
              row(RECORD_INDEX_ATTESTATIONS_BY_ISSUER, attestation.issuer(), position)};
    }
    case Record::kTeam:
      return rows_of(any.team());
    case Record::kRecovery:
      return rows_of(any.recovery());
    case Record::kMandate: {
      auto const& mandate = any.mandate();
      return {row(RECORD_INDEX_MANDATES_BY_ACCOUNT, mandate.account(), mandate.holder()),
              row(RECORD_INDEX_MANDATES_BY_HOLDER, mandate.holder(), mandate.account())};
    }
    case Record::kApp:
      return {row(RECORD_INDEX_APPS, "", padded(any.app().name()))};
    case Record::kBlocked:
      return {row(RECORD_INDEX_BLOCKED_BY_ACCOUNT, any.blocked().by(), any.blocked().account())};
    case Record::kIssuer:
      return {row(RECORD_INDEX_ISSUERS, "", any.issuer().account())};
    case Record::kProfile:
      return rows_of(any.profile());
    case Record::kVote:
      return {
          row(RECORD_INDEX_VOTES_BY_BALLOT, big_endian(any.vote().ballot()), any.vote().account())};
    case Record::kDelegation:
      if (any.delegation().delegate().empty()) return {};
      return {row(RECORD_INDEX_DELEGATIONS_BY_DELEGATE, any.delegation().delegate(),
                  any.delegation().account())};
    case Record::kEnrolment:
      return {row(RECORD_INDEX_ENROLMENTS, "", any.enrolment().account())};
    case Record::kDispute:
      return rows_of(RECORD_INDEX_DISPUTES_BY_PERSON, any.dispute(), any.dispute().client(),
                     any.dispute().talent());
    case Record::kVetting:
      return rows_of(RECORD_INDEX_VETTINGS_BY_PERSON, any.vetting(), any.vetting().account(),
                     any.vetting().challenger());
    case Record::kReport:
      return rows_of(RECORD_INDEX_REPORTS_BY_PERSON, any.report(), any.report().client(),
                     any.report().reporter());
    case Record::kJuror:
      return {row(RECORD_INDEX_JURORS, "", big_endian(any.juror().number()))};
    case Record::kAccount:
    case Record::kBalance:
    case Record::kSupply:
    case Record::kLockedUntil:
    case Record::kLockedSum:
    case Record::kDelegatedVotes:
    case Record::kCouncil:
    case Record::kAgenda:
    case Record::kSpending:
    case Record::kFeatures:
    case Record::kPayAsset:
    case Record::kHandleCommitment:
    case Record::kHandle:
    case Record::kOpenWork:
    case Record::kContribution:
    case Record::kVesting:
    case Record::kGuardians:
    case Record::kIdentity:
    case Record::kDepositShare:
    case Record::kParameterValue:
    case Record::kValidatorSet:
    case Record::kSeat:
    case Record::kSeatRandomness:
    case Record::kRandomRound:
    case Record::RECORD_NOT_SET:
      return {};
  }
  return {};
}

std::optional<std::string> index_prefix(IndexQuery const& query) {
  auto const* const shape = shape_of(query.index);
  if (shape == nullptr) return std::nullopt;
  switch (shape->scope) {
    case Scope::none:
      return row(query.index, "", "");
    case Scope::id:
      return row(query.index, big_endian(query.id), "");
    case Scope::account:
      if (query.account.size() != protocol::Address::size) return std::nullopt;
      return row(query.index, query.account, "");
  }
  return std::nullopt;
}

std::size_t position_bytes(RecordIndex index) {
  auto const* const shape = shape_of(index);
  return shape != nullptr ? shape->position_bytes : 0;
}

}  // namespace node
