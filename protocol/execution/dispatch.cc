#include "protocol/execution/dispatch.h"

#include "protocol/bank/blocks.h"
#include "protocol/bank/closing.h"
#include "protocol/bank/messages.h"
#include "protocol/bank/recovery.h"
#include "protocol/bank/vesting.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/governance/ballots.h"
#include "protocol/governance/delegation.h"
#include "protocol/governance/enrolment.h"
#include "protocol/justice/dispute.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/report.h"
#include "protocol/justice/verdict.h"
#include "protocol/justice/vetting.h"
#include "protocol/mandates/act_for.h"
#include "protocol/mandates/app.h"
#include "protocol/mandates/mandate.h"
#include "protocol/talent/attestation.h"
#include "protocol/talent/handle.h"
#include "protocol/talent/profile.h"
#include "protocol/talent/team.h"
#include "protocol/validators/randomness.h"
#include "protocol/validators/seats.h"
#include "protocol/work/amendment.h"
#include "protocol/work/contract.h"
#include "protocol/work/feedback.h"
#include "protocol/work/hours.h"
#include "protocol/work/invitation.h"
#include "protocol/work/job.h"
#include "protocol/work/milestone.h"
#include "protocol/work/offer.h"
#include "protocol/work/proposal.h"
#include "protocol/work/week.h"

namespace execution {

using namespace labor::v1;  // This file names every message.

namespace {

// One switch for each part of the schema; nothing for a message of another part.

std::optional<Done> dispatch_talent(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kCommitHandle:
      return talent::apply(context, message.commit_handle());
    case Message::kClaimHandle:
      return talent::apply(context, message.claim_handle());
    case Message::kCreateProfile:
      return talent::apply(context, message.create_profile());
    case Message::kEditProfile:
      return talent::apply(context, message.edit_profile());
    case Message::kPublishProfile:
      return talent::apply(context, message.publish_profile());
    case Message::kPauseProfile:
      return talent::apply(context, message.pause_profile());
    case Message::kResumeProfile:
      return talent::apply(context, message.resume_profile());
    case Message::kCloseProfile:
      return talent::apply(context, message.close_profile());
    case Message::kAttest:
      return talent::apply(context, message.attest());
    case Message::kRevokeAttestation:
      return talent::apply(context, message.revoke_attestation());
    case Message::kProposeSplit:
      return talent::apply(context, message.propose_split());
    case Message::kAgreeToSplit:
      return talent::apply(context, message.agree_to_split());
    case Message::kLeaveTeam:
      return talent::apply(context, message.leave_team());
    case Message::kAnswerForAgent:
      return talent::apply(context, message.answer_for_agent());
    case Message::kStopAnsweringForAgent:
      return talent::apply(context, message.stop_answering_for_agent());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_jobs(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kPostJob:
      return work::apply(context, message.post_job());
    case Message::kCloseJob:
      return work::apply(context, message.close_job());
    case Message::kInviteTalent:
      return work::apply(context, message.invite_talent());
    case Message::kDeclineInvitation:
      return work::apply(context, message.decline_invitation());
    case Message::kSubmitProposal:
      return work::apply(context, message.submit_proposal());
    case Message::kWithdrawProposal:
      return work::apply(context, message.withdraw_proposal());
    case Message::kShortlistProposal:
      return work::apply(context, message.shortlist_proposal());
    case Message::kDeclineProposal:
      return work::apply(context, message.decline_proposal());
    case Message::kDeclineAllProposals:
      return work::apply(context, message.decline_all_proposals());
    case Message::kMakeOffer:
      return work::apply(context, message.make_offer());
    case Message::kCounterOffer:
      return work::apply(context, message.counter_offer());
    case Message::kAcceptOffer:
      return work::apply(context, message.accept_offer());
    case Message::kDeclineOffer:
      return work::apply(context, message.decline_offer());
    case Message::kWithdrawOffer:
      return work::apply(context, message.withdraw_offer());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_contracts(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kFundMilestone:
      return work::apply(context, message.fund_milestone());
    case Message::kSubmitMilestone:
      return work::apply(context, message.submit_milestone());
    case Message::kRequestChanges:
      return work::apply(context, message.request_changes());
    case Message::kAcceptMilestone:
      return work::apply(context, message.accept_milestone());
    case Message::kReleasePart:
      return work::apply(context, message.release_part());
    case Message::kRequestRefund:
      return work::apply(context, message.request_refund());
    case Message::kRefuseRefund:
      return work::apply(context, message.refuse_refund());
    case Message::kAgreeRefund:
      return work::apply(context, message.agree_refund());
    case Message::kOfferSplit:
      return work::apply(context, message.offer_split());
    case Message::kWithdrawSplit:
      return work::apply(context, message.withdraw_split());
    case Message::kAgreeSplit:
      return work::apply(context, message.agree_split());
    case Message::kPauseContract:
      return work::apply(context, message.pause_contract());
    case Message::kResumeContract:
      return work::apply(context, message.resume_contract());
    case Message::kEndContract:
      return work::apply(context, message.end_contract());
    case Message::kPayBonus:
      return work::apply(context, message.pay_bonus());
    case Message::kOfferAmendment:
      return work::apply(context, message.offer_amendment());
    case Message::kWithdrawAmendment:
      return work::apply(context, message.withdraw_amendment());
    case Message::kAgreeAmendment:
      return work::apply(context, message.agree_amendment());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_hours(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kFundWeek:
      return work::apply(context, message.fund_week());
    case Message::kSetTopUp:
      return work::apply(context, message.set_top_up());
    case Message::kLogHours:
      return work::apply(context, message.log_hours());
    case Message::kApproveWeek:
      return work::apply(context, message.approve_week());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_feedback(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kCommitFeedback:
      return work::apply(context, message.commit_feedback());
    case Message::kPostFeedback:
      return work::apply(context, message.post_feedback());
    case Message::kRevealFeedback:
      return work::apply(context, message.reveal_feedback());
    case Message::kReplyToFeedback:
      return work::apply(context, message.reply_to_feedback());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_justice(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kOpenDispute:
      return justice::apply(context, message.open_dispute());
    case Message::kDisputeHours:
      return justice::apply(context, message.dispute_hours());
    case Message::kAnswerDispute:
      return justice::apply(context, message.answer_dispute());
    case Message::kAddDisputeEvidence:
      return justice::apply(context, message.add_dispute_evidence());
    case Message::kOfferDisputeSplit:
      return justice::apply(context, message.offer_dispute_split());
    case Message::kWithdrawDisputeSplit:
      return justice::apply(context, message.withdraw_dispute_split());
    case Message::kAgreeDisputeSplit:
      return justice::apply(context, message.agree_dispute_split());
    case Message::kConcedeDispute:
      return justice::apply(context, message.concede_dispute());
    case Message::kAppealDispute:
      return justice::apply(context, message.appeal_dispute());
    case Message::kStakeAsJuror:
      return justice::apply(context, message.stake_as_juror());
    case Message::kWithdrawJurorStake:
      return justice::apply(context, message.withdraw_juror_stake());
    case Message::kCommitVerdict:
      return justice::apply(context, message.commit_verdict());
    case Message::kRevealVerdict:
      return justice::apply(context, message.reveal_verdict());
    case Message::kExposeVerdict:
      return justice::apply(context, message.expose_verdict());
    case Message::kApplyForVetting:
      return justice::apply(context, message.apply_for_vetting());
    case Message::kChallengeVetting:
      return justice::apply(context, message.challenge_vetting());
    case Message::kReportJob:
      return justice::apply(context, message.report_job());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_governance(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kSubmitBallot:
      return governance::apply(context, message.submit_ballot());
    case Message::kAddDeposit:
      return governance::apply(context, message.add_deposit());
    case Message::kCastVote:
      return governance::apply(context, message.cast_vote());
    case Message::kDelegate:
      return governance::apply(context, message.delegate());
    case Message::kEnrol:
      return governance::apply(context, message.enrol());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_validators(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kReadySeat:
      return validators::apply(context, message.ready_seat());
    case Message::kRotateValidatorKeys:
      return validators::apply(context, message.rotate_validator_keys());
    case Message::kSubmitEvidence:
      return validators::apply(context, message.submit_evidence());
    case Message::kCommitRandomness:
      return validators::apply(context, message.commit_randomness());
    case Message::kRevealRandomness:
      return validators::apply(context, message.reveal_randomness());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_mandates(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kGiveMandate:
      return mandates::apply(context, message.give_mandate());
    case Message::kEndMandate:
      return mandates::apply(context, message.end_mandate());
    case Message::kActFor:
      return mandates::apply(context, message.act_for());
    case Message::kRegisterApp:
      return mandates::apply(context, message.register_app());
    default:
      return std::nullopt;
  }
}

std::optional<Done> dispatch_bank(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kTransfer:
      return bank::apply(context, message.transfer());
    case Message::kSponsorAccount:
      return bank::apply(context, message.sponsor_account());
    case Message::kLockTokens:
      return bank::apply(context, message.lock_tokens());
    case Message::kUnlockTokens:
      return bank::apply(context, message.unlock_tokens());
    case Message::kClaimOwnership:
      return bank::apply(context, message.claim_ownership());
    case Message::kRotateAuthority:
      return bank::apply(context, message.rotate_authority());
    case Message::kSetGuardians:
      return bank::apply(context, message.set_guardians());
    case Message::kStartRecovery:
      return bank::apply(context, message.start_recovery());
    case Message::kApproveRecovery:
      return bank::apply(context, message.approve_recovery());
    case Message::kCancelRecovery:
      return bank::apply(context, message.cancel_recovery());
    case Message::kCloseAccount:
      return bank::apply(context, message.close_account());
    case Message::kReopenAccount:
      return bank::apply(context, message.reopen_account());
    case Message::kBlockAccount:
      return bank::apply(context, message.block_account());
    case Message::kUnblockAccount:
      return bank::apply(context, message.unblock_account());
    default:
      return std::nullopt;
  }
}

}  // namespace

Done dispatch(Context& context, Message const& message) {
  if (!message.has_transfer() && !message.has_reopen_account()) {
    TRY_VOID(bank::must_be_open(context));
  }
  for (auto const part : {dispatch_bank, dispatch_talent, dispatch_jobs, dispatch_contracts,
                          dispatch_hours, dispatch_feedback, dispatch_governance,
                          dispatch_validators, dispatch_justice, dispatch_mandates}) {
    if (auto const done = part(context, message)) return *done;
  }
  UNREACHABLE();  // check_body() refuses a message that is not set, canonical::decode an unknown.
}

}  // namespace execution
