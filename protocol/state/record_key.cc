// The key of a record of any kind. Part of keys.h.

#include "protocol/base/check.h"
#include "protocol/state/keys.h"

namespace state {

using namespace labor::v1;  // This file names every record.

// In one switch, so that the compiler names the kind that is missing.
// NOLINTNEXTLINE(readability-function-size)
std::optional<Key> key_of(Record const& any) {
  auto const key_for = [](auto const& record, std::string_view address) -> std::optional<Key> {
    if (address.size() != protocol::Address::size) return std::nullopt;
    return key_of(record);
  };
  switch (any.record_case()) {
    case Record::kAccount:
      return key_for(any.account(), any.account().address());
    case Record::kGuardians:
      return key_for(any.guardians(), any.guardians().account());
    case Record::kRecovery:
      return key_for(any.recovery(), any.recovery().account());
    case Record::kMandate:
      if (any.mandate().account().size() != protocol::Address::size) return std::nullopt;
      return key_for(any.mandate(), any.mandate().holder());
    case Record::kApp:
      return key_of(any.app());
    case Record::kBlocked:
      if (any.blocked().by().size() != protocol::Address::size) return std::nullopt;
      return key_for(any.blocked(), any.blocked().account());
    case Record::kBalance:
      return key_for(any.balance(), any.balance().address());
    case Record::kLock:
      return key_of(any.lock());
    case Record::kSupply:
      return key_of(any.supply());
    case Record::kLockedUntil:
      return key_of(any.locked_until());
    case Record::kLockedSum:
      return key_of(any.locked_sum());
    case Record::kVesting:
      return key_for(any.vesting(), any.vesting().account());
    case Record::kProfile:
      return key_for(any.profile(), any.profile().owner());
    case Record::kHandleCommitment:
      return key_for(any.handle_commitment(), any.handle_commitment().owner());
    case Record::kHandle:
      return key_of(any.handle());
    case Record::kAttestation:
      return key_of(any.attestation());
    case Record::kIdentity:
      return key_of(any.identity());
    case Record::kIssuer:
      return key_for(any.issuer(), any.issuer().account());
    case Record::kTeam:
      return key_for(any.team(), any.team().account());
    case Record::kJob:
      return key_of(any.job());
    case Record::kProposal:
      return key_of(any.proposal());
    case Record::kOffer:
      return key_of(any.offer());
    case Record::kContract:
      return key_of(any.contract());
    case Record::kMilestone:
      return key_of(any.milestone());
    case Record::kWeek:
      return key_of(any.week());
    case Record::kOpenWork:
      return key_for(any.open_work(), any.open_work().account());
    case Record::kInvitation:
      return key_for(any.invitation(), any.invitation().talent());
    case Record::kFeedback:
      return key_of(any.feedback());
    case Record::kBallot:
      return key_of(any.ballot());
    case Record::kDepositShare:
      return key_for(any.deposit_share(), any.deposit_share().account());
    case Record::kVote:
      return key_for(any.vote(), any.vote().account());
    case Record::kDelegation:
      return key_for(any.delegation(), any.delegation().account());
    case Record::kDelegatedVotes:
      return key_for(any.delegated_votes(), any.delegated_votes().delegate());
    case Record::kEnrolment:
      return key_for(any.enrolment(), any.enrolment().account());
    case Record::kCouncil:
      return key_of(any.council());
    case Record::kAgenda:
      return key_of(any.agenda());
    case Record::kFeatures:
      return key_of(any.features());
    case Record::kPayAsset:
      return key_of(any.pay_asset());
    case Record::kSpending:
      return key_of(any.spending());
    case Record::kParameterValue:
      return key_of(any.parameter_value());
    case Record::kValidatorSet:
      return key_of(any.validator_set());
    case Record::kSeat:
      return key_of(any.seat());
    case Record::kSeatRandomness:
      return key_of(any.seat_randomness());
    case Record::kRandomRound:
      return key_of(any.random_round());
    case Record::kDispute:
      return key_of(any.dispute());
    case Record::kJuror:
      return key_for(any.juror(), any.juror().account());
    case Record::kVetting:
      return key_of(any.vetting());
    case Record::kReport:
      return key_of(any.report());
    case Record::kContribution:
      return key_for(any.contribution(), any.contribution().account());
    case Record::RECORD_NOT_SET:
      return std::nullopt;
  }
  UNREACHABLE();
}

}  // namespace state
