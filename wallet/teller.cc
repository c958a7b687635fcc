#include "wallet/teller.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/mandates/scope.h"
#include "wallet/dates.h"
#include "wallet/json.h"

namespace wallet {

using labor::v1::ASSET_LBR;
using protocol::Amount;

namespace {

// Hands the message that is set to the say() for its type. In one switch, so that the compiler
// names the type that is missing. NOLINTNEXTLINE(readability-function-size)
Result<void> dispatch(Teller& teller, labor::v1::Message const& message) {
  using labor::v1::Message;
  switch (message.message_case()) {
    case Message::kTransfer:
      return teller.say(message.transfer());
    case Message::kSponsorAccount:
      return teller.say(message.sponsor_account());
    case Message::kLockTokens:
      return teller.say(message.lock_tokens());
    case Message::kUnlockTokens:
      return teller.say(message.unlock_tokens());
    case Message::kClaimOwnership:
      return teller.say(message.claim_ownership());
    case Message::kRotateAuthority:
      return teller.say(message.rotate_authority());
    case Message::kSetGuardians:
      return teller.say(message.set_guardians());
    case Message::kStartRecovery:
      return teller.say(message.start_recovery());
    case Message::kApproveRecovery:
      return teller.say(message.approve_recovery());
    case Message::kCloseAccount:
      return teller.say(message.close_account());
    case Message::kReopenAccount:
      return teller.say(message.reopen_account());
    case Message::kBlockAccount:
      return teller.say(message.block_account());
    case Message::kUnblockAccount:
      return teller.say(message.unblock_account());
    case Message::kCancelRecovery:
      return teller.say(message.cancel_recovery());
    case Message::kGiveMandate:
      return teller.say(message.give_mandate());
    case Message::kEndMandate:
      return teller.say(message.end_mandate());
    case Message::kActFor:
      return teller.say(message.act_for());
    case Message::kRegisterApp:
      return teller.say(message.register_app());
    case Message::kCommitHandle:
      return teller.say(message.commit_handle());
    case Message::kClaimHandle:
      return teller.say(message.claim_handle());
    case Message::kCreateProfile:
      return teller.say(message.create_profile());
    case Message::kEditProfile:
      return teller.say(message.edit_profile());
    case Message::kPublishProfile:
      return teller.say(message.publish_profile());
    case Message::kPauseProfile:
      return teller.say(message.pause_profile());
    case Message::kResumeProfile:
      return teller.say(message.resume_profile());
    case Message::kCloseProfile:
      return teller.say(message.close_profile());
    case Message::kAttest:
      return teller.say(message.attest());
    case Message::kRevokeAttestation:
      return teller.say(message.revoke_attestation());
    case Message::kProposeSplit:
      return teller.say(message.propose_split());
    case Message::kAgreeToSplit:
      return teller.say(message.agree_to_split());
    case Message::kLeaveTeam:
      return teller.say(message.leave_team());
    case Message::kAnswerForAgent:
      return teller.say(message.answer_for_agent());
    case Message::kStopAnsweringForAgent:
      return teller.say(message.stop_answering_for_agent());
    case Message::kPostJob:
      return teller.say(message.post_job());
    case Message::kCloseJob:
      return teller.say(message.close_job());
    case Message::kInviteTalent:
      return teller.say(message.invite_talent());
    case Message::kDeclineInvitation:
      return teller.say(message.decline_invitation());
    case Message::kSubmitProposal:
      return teller.say(message.submit_proposal());
    case Message::kWithdrawProposal:
      return teller.say(message.withdraw_proposal());
    case Message::kShortlistProposal:
      return teller.say(message.shortlist_proposal());
    case Message::kDeclineProposal:
      return teller.say(message.decline_proposal());
    case Message::kDeclineAllProposals:
      return teller.say(message.decline_all_proposals());
    case Message::kMakeOffer:
      return teller.say(message.make_offer());
    case Message::kCounterOffer:
      return teller.say(message.counter_offer());
    case Message::kAcceptOffer:
      return teller.say(message.accept_offer());
    case Message::kDeclineOffer:
      return teller.say(message.decline_offer());
    case Message::kWithdrawOffer:
      return teller.say(message.withdraw_offer());
    case Message::kFundMilestone:
      return teller.say(message.fund_milestone());
    case Message::kSubmitMilestone:
      return teller.say(message.submit_milestone());
    case Message::kRequestChanges:
      return teller.say(message.request_changes());
    case Message::kAcceptMilestone:
      return teller.say(message.accept_milestone());
    case Message::kReleasePart:
      return teller.say(message.release_part());
    case Message::kRequestRefund:
      return teller.say(message.request_refund());
    case Message::kRefuseRefund:
      return teller.say(message.refuse_refund());
    case Message::kAgreeRefund:
      return teller.say(message.agree_refund());
    case Message::kOfferSplit:
      return teller.say(message.offer_split());
    case Message::kWithdrawSplit:
      return teller.say(message.withdraw_split());
    case Message::kAgreeSplit:
      return teller.say(message.agree_split());
    case Message::kPauseContract:
      return teller.say(message.pause_contract());
    case Message::kResumeContract:
      return teller.say(message.resume_contract());
    case Message::kEndContract:
      return teller.say(message.end_contract());
    case Message::kPayBonus:
      return teller.say(message.pay_bonus());
    case Message::kOfferAmendment:
      return teller.say(message.offer_amendment());
    case Message::kWithdrawAmendment:
      return teller.say(message.withdraw_amendment());
    case Message::kAgreeAmendment:
      return teller.say(message.agree_amendment());
    case Message::kFundWeek:
      return teller.say(message.fund_week());
    case Message::kSetTopUp:
      return teller.say(message.set_top_up());
    case Message::kLogHours:
      return teller.say(message.log_hours());
    case Message::kApproveWeek:
      return teller.say(message.approve_week());
    case Message::kDisputeHours:
      return teller.say(message.dispute_hours());
    case Message::kCommitFeedback:
      return teller.say(message.commit_feedback());
    case Message::kPostFeedback:
      return teller.say(message.post_feedback());
    case Message::kRevealFeedback:
      return teller.say(message.reveal_feedback());
    case Message::kReplyToFeedback:
      return teller.say(message.reply_to_feedback());
    case Message::kSubmitBallot:
      return teller.say(message.submit_ballot());
    case Message::kAddDeposit:
      return teller.say(message.add_deposit());
    case Message::kCastVote:
      return teller.say(message.cast_vote());
    case Message::kDelegate:
      return teller.say(message.delegate());
    case Message::kEnrol:
      return teller.say(message.enrol());
    case Message::kReadySeat:
      return teller.say(message.ready_seat());
    case Message::kRotateValidatorKeys:
      return teller.say(message.rotate_validator_keys());
    case Message::kSubmitEvidence:
      return teller.say(message.submit_evidence());
    case Message::kCommitRandomness:
      return teller.say(message.commit_randomness());
    case Message::kRevealRandomness:
      return teller.say(message.reveal_randomness());
    case Message::kOpenDispute:
      return teller.say(message.open_dispute());
    case Message::kAnswerDispute:
      return teller.say(message.answer_dispute());
    case Message::kAddDisputeEvidence:
      return teller.say(message.add_dispute_evidence());
    case Message::kOfferDisputeSplit:
      return teller.say(message.offer_dispute_split());
    case Message::kWithdrawDisputeSplit:
      return teller.say(message.withdraw_dispute_split());
    case Message::kAgreeDisputeSplit:
      return teller.say(message.agree_dispute_split());
    case Message::kConcedeDispute:
      return teller.say(message.concede_dispute());
    case Message::kAppealDispute:
      return teller.say(message.appeal_dispute());
    case Message::kStakeAsJuror:
      return teller.say(message.stake_as_juror());
    case Message::kWithdrawJurorStake:
      return teller.say(message.withdraw_juror_stake());
    case Message::kCommitVerdict:
      return teller.say(message.commit_verdict());
    case Message::kRevealVerdict:
      return teller.say(message.reveal_verdict());
    case Message::kExposeVerdict:
      return teller.say(message.expose_verdict());
    case Message::kApplyForVetting:
      return teller.say(message.apply_for_vetting());
    case Message::kChallengeVetting:
      return teller.say(message.challenge_vetting());
    case Message::kReportJob:
      return teller.say(message.report_job());
    case Message::MESSAGE_NOT_SET:
      break;
  }
  return usage("EMPTY_MESSAGE", "A message of the transaction says nothing.");
}

}  // namespace

Result<std::vector<std::string>> tell(labor::v1::TransactionBody const& body,
                                      TellerOptions const& options) {
  Teller teller{options, body};
  for (auto const& message : body.messages()) {
    TRY_VOID(dispatch(teller, message));
    if (!message.has_act_for()) continue;
    // They are that account's words: what is "yours" in them is its.
    auto others = body;
    others.set_account(message.act_for().account());
    Teller inner{options, others};
    for (auto const& act : message.act_for().acts()) {
      TRY_VOID(dispatch(inner, mandates::as_message(act)));
    }
    teller.quote(inner.take());
  }
  return teller.take();
}

std::string Teller::who(std::string const& address) const {
  auto const known = protocol::Address::from(address);
  return known ? options_.label(*known)
               : fmt::format("an invalid address ({})", base::hex(address));
}

void Teller::hash(std::string_view what, std::string const& bytes) {
  if (!bytes.empty()) detail(fmt::format("{}: {}", what, base::hex(bytes)));
}

// ---- bank ----

Result<void> Teller::say(labor::v1::Transfer const& message) {
  line(fmt::format("Send {} to {}.", show(Amount{message.amount()}, message.asset()),
                   who(message.to())));
  detail("A transfer cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::SponsorAccount const& message) {
  line(fmt::format("Lend part of your allowance to {}.", who(message.account())));
  detail("It comes back when they have a paid contract; at most 10 newcomers at a time.");
  return {};
}

Result<void> Teller::say(labor::v1::LockTokens const& message) {
  line(fmt::format("Lock {} until {}, to the end of that UTC day.",
                   show(Amount{message.amount()}, ASSET_LBR),
                   show_time(protocol::TimeMs{message.until_ms()})));
  detail(
      "Locked LBR votes in later ballots and raises your allowance; nobody can free it earlier.");
  return {};
}

Result<void> Teller::say(labor::v1::UnlockTokens const& message) {
  labor::v1::Record key;
  key.mutable_lock()->set_id(message.lock_id());
  TRY(found, read(key));
  line(fmt::format("Take back lock {}.", message.lock_id()));
  if (found) {
    detail(fmt::format("{}, locked until {}.", show(Amount{found->lock().amount()}, ASSET_LBR),
                       show_time(protocol::TimeMs{found->lock().until_ms()})));
  }
  return {};
}

// ---- talent ----

Result<void> Teller::say(labor::v1::CommitHandle const& message) {
  line("Commit to a handle without showing it. It replaces an earlier commitment.");
  hash("Commitment", message.commitment());
  detail("Claim it between 1 minute and 1 day from now: `labor handle claim`.");
  return {};
}

Result<void> Teller::say(labor::v1::ClaimHandle const& message) {
  line(fmt::format("Take the handle `{}`.", message.handle()));
  hash("Salt", message.salt());
  return {};
}

void Teller::profile(labor::v1::ProfileDetails const& details) {
  auto const* const kind = labor::v1::ProfileKind_descriptor()->FindValueByNumber(details.kind());
  detail(fmt::format("Kind: {}", kind == nullptr ? "unknown" : enum_name(*kind)));
  detail(fmt::format("Headline: {}", details.headline()));
  for (auto const& skill : details.skills()) {
    detail(fmt::format("Skill: {} at level {} of 5", skill.uri(), skill.level()));
  }
  if (details.rate() != 0) {
    detail(fmt::format("Rate: {} an hour", show(Amount{details.rate()}, labor::v1::ASSET_USD)));
  }
  if (details.hours_per_week() != 0) {
    detail(fmt::format("Hours: {} a week", details.hours_per_week()));
  }
  for (auto const& link : details.links()) detail(fmt::format("Link: {}", link));
  if (!details.responsible().empty()) {
    detail(fmt::format("{} is to answer for it, and has to agree before it is shown.",
                       who(details.responsible())));
  }
  hash("Document hash", details.document_hash());
}

Result<void> Teller::say(labor::v1::CreateProfile const& message) {
  line("Make your profile, as a draft until you publish it:");
  profile(message.details());
  return {};
}

Result<void> Teller::say(labor::v1::EditProfile const& message) {
  line("Replace the whole of your profile by this:");
  profile(message.details());
  return {};
}

Result<void> Teller::say(labor::v1::PublishProfile const&) {
  line("Publish your profile: clients find you.");
  return {};
}

Result<void> Teller::say(labor::v1::PauseProfile const&) {
  line("Pause your profile: you cannot propose until you resume it.");
  return {};
}

Result<void> Teller::say(labor::v1::ResumeProfile const&) {
  line("Resume your profile.");
  return {};
}

Result<void> Teller::say(labor::v1::CloseProfile const&) {
  line("Close your profile for good. Your handle is given back and stays reserved for 365 days.");
  return {};
}

Result<std::optional<std::uint64_t>> Teller::parameter(labor::v1::Parameter parameter) const {
  labor::v1::Record key;
  key.mutable_parameter_value()->set_parameter(parameter);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->parameter_value().value();
}

}  // namespace wallet
