#include "protocol/state/keys.h"

namespace state {

using namespace labor::v1;  // This file names every record.

Record as_record(Account const& record) {
  Record any;
  *any.mutable_account() = record;
  return any;
}
Record as_record(Balance const& record) {
  Record any;
  *any.mutable_balance() = record;
  return any;
}
Record as_record(Supply const& record) {
  Record any;
  *any.mutable_supply() = record;
  return any;
}
Record as_record(Lock const& record) {
  Record any;
  *any.mutable_lock() = record;
  return any;
}
Record as_record(LockedUntil const& record) {
  Record any;
  *any.mutable_locked_until() = record;
  return any;
}
Record as_record(Profile const& record) {
  Record any;
  *any.mutable_profile() = record;
  return any;
}
Record as_record(Handle const& record) {
  Record any;
  *any.mutable_handle() = record;
  return any;
}
Record as_record(HandleCommitment const& record) {
  Record any;
  *any.mutable_handle_commitment() = record;
  return any;
}
Record as_record(Job const& record) {
  Record any;
  *any.mutable_job() = record;
  return any;
}
Record as_record(Proposal const& record) {
  Record any;
  *any.mutable_proposal() = record;
  return any;
}
Record as_record(Offer const& record) {
  Record any;
  *any.mutable_offer() = record;
  return any;
}
Record as_record(Contract const& record) {
  Record any;
  *any.mutable_contract() = record;
  return any;
}
Record as_record(Milestone const& record) {
  Record any;
  *any.mutable_milestone() = record;
  return any;
}
Record as_record(Week const& record) {
  Record any;
  *any.mutable_week() = record;
  return any;
}
Record as_record(OpenWork const& record) {
  Record any;
  *any.mutable_open_work() = record;
  return any;
}
Record as_record(Feedback const& record) {
  Record any;
  *any.mutable_feedback() = record;
  return any;
}
Record as_record(Ballot const& record) {
  Record any;
  *any.mutable_ballot() = record;
  return any;
}
Record as_record(DepositShare const& record) {
  Record any;
  *any.mutable_deposit_share() = record;
  return any;
}
Record as_record(Vote const& record) {
  Record any;
  *any.mutable_vote() = record;
  return any;
}
Record as_record(ParameterValue const& record) {
  Record any;
  *any.mutable_parameter_value() = record;
  return any;
}
Record as_record(ValidatorSet const& record) {
  Record any;
  *any.mutable_validator_set() = record;
  return any;
}
Record as_record(Seat const& record) {
  Record any;
  *any.mutable_seat() = record;
  return any;
}

Record as_record(SeatRandomness const& record) {
  Record any;
  *any.mutable_seat_randomness() = record;
  return any;
}
Record as_record(RandomRound const& record) {
  Record any;
  *any.mutable_random_round() = record;
  return any;
}
Record as_record(Dispute const& record) {
  Record any;
  *any.mutable_dispute() = record;
  return any;
}
Record as_record(Juror const& record) {
  Record any;
  *any.mutable_juror() = record;
  return any;
}
Record as_record(Vetting const& record) {
  Record any;
  *any.mutable_vetting() = record;
  return any;
}
Record as_record(Report const& record) {
  Record any;
  *any.mutable_report() = record;
  return any;
}
Record as_record(Contribution const& record) {
  Record any;
  *any.mutable_contribution() = record;
  return any;
}
Record as_record(Vesting const& record) {
  Record any;
  *any.mutable_vesting() = record;
  return any;
}
Record as_record(Attestation const& record) {
  Record any;
  *any.mutable_attestation() = record;
  return any;
}
Record as_record(Identity const& record) {
  Record any;
  *any.mutable_identity() = record;
  return any;
}
Record as_record(Issuer const& record) {
  Record any;
  *any.mutable_issuer() = record;
  return any;
}
Record as_record(Invitation const& record) {
  Record any;
  *any.mutable_invitation() = record;
  return any;
}
Record as_record(Guardians const& record) {
  Record any;
  *any.mutable_guardians() = record;
  return any;
}
Record as_record(Recovery const& record) {
  Record any;
  *any.mutable_recovery() = record;
  return any;
}
Record as_record(Mandate const& record) {
  Record any;
  *any.mutable_mandate() = record;
  return any;
}
Record as_record(App const& record) {
  Record any;
  *any.mutable_app() = record;
  return any;
}
Record as_record(Blocked const& record) {
  Record any;
  *any.mutable_blocked() = record;
  return any;
}
Record as_record(Team const& record) {
  Record any;
  *any.mutable_team() = record;
  return any;
}
Record as_record(LockedSum const& record) {
  Record any;
  *any.mutable_locked_sum() = record;
  return any;
}
Record as_record(Delegation const& record) {
  Record any;
  *any.mutable_delegation() = record;
  return any;
}
Record as_record(DelegatedVotes const& record) {
  Record any;
  *any.mutable_delegated_votes() = record;
  return any;
}
Record as_record(Enrolment const& record) {
  Record any;
  *any.mutable_enrolment() = record;
  return any;
}
Record as_record(Council const& record) {
  Record any;
  *any.mutable_council() = record;
  return any;
}
Record as_record(Agenda const& record) {
  Record any;
  *any.mutable_agenda() = record;
  return any;
}
Record as_record(Features const& record) {
  Record any;
  *any.mutable_features() = record;
  return any;
}

Record as_record(PayAsset const& record) {
  Record any;
  *any.mutable_pay_asset() = record;
  return any;
}

Record as_record(Spending const& record) {
  Record any;
  *any.mutable_spending() = record;
  return any;
}

}  // namespace state
