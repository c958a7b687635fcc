#include "protocol/mandates/scope.h"

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"

namespace mandates {

using namespace labor::v1;  // This file names messages of most kinds.

MandateScope scope_of(MandatedAct const& act) {
  switch (act.act_case()) {
    case MandatedAct::kCreateProfile:
    case MandatedAct::kEditProfile:
    case MandatedAct::kPublishProfile:
    case MandatedAct::kPauseProfile:
    case MandatedAct::kResumeProfile:
      return MANDATE_SCOPE_PROFILE;
    case MandatedAct::kPostJob:
    case MandatedAct::kCloseJob:
    case MandatedAct::kInviteTalent:
    case MandatedAct::kShortlistProposal:
    case MandatedAct::kDeclineProposal:
    case MandatedAct::kDeclineAllProposals:
      return MANDATE_SCOPE_POST;
    case MandatedAct::kMakeOffer:
    case MandatedAct::kCounterOffer:
    case MandatedAct::kAcceptOffer:
    case MandatedAct::kDeclineOffer:
    case MandatedAct::kWithdrawOffer:
    case MandatedAct::kPauseContract:
    case MandatedAct::kResumeContract:
    case MandatedAct::kEndContract:
      return MANDATE_SCOPE_HIRE;
    case MandatedAct::kFundMilestone:
    case MandatedAct::kFundWeek:
      return MANDATE_SCOPE_FUND;
    case MandatedAct::kAcceptMilestone:
    case MandatedAct::kRequestChanges:
    case MandatedAct::kReleasePart:
    case MandatedAct::kRequestRefund:
    case MandatedAct::kApproveWeek:
    case MandatedAct::kPayBonus:
      return MANDATE_SCOPE_APPROVE;
    case MandatedAct::kSubmitProposal:
    case MandatedAct::kWithdrawProposal:
    case MandatedAct::kDeclineInvitation:
    case MandatedAct::kSubmitMilestone:
    case MandatedAct::kRefuseRefund:
    case MandatedAct::kLogHours:
      return MANDATE_SCOPE_WORK;
    case MandatedAct::kCommitFeedback:
    case MandatedAct::kPostFeedback:
    case MandatedAct::kRevealFeedback:
    case MandatedAct::kReplyToFeedback:
      return MANDATE_SCOPE_FEEDBACK;
    case MandatedAct::ACT_NOT_SET:
      return MANDATE_SCOPE_UNSPECIFIED;
  }
  UNREACHABLE();
}

// Both are numbered alike: what one encodes, the other reads.
Message as_message(MandatedAct const& act) {
  Message message;
  CHECK(message.ParseFromString(canonical::encode(act)));
  return message;
}

std::optional<MandatedAct> as_act(Message const& message) {
  auto act = canonical::decode<MandatedAct>(canonical::encode(message));
  return act ? std::optional{*std::move(act)} : std::nullopt;
}

}  // namespace mandates
