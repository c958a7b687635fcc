// Says in words and amounts what a transaction will do, completely: whatever differs between two
// transactions is visible in what is said of them.
//
// Numbers come from the message and from records read with a proof; where nothing can be read
// (signing away from any network) the words say so instead of guessing.

#pragma once

#include <labor/v1/record.pb.h>
#include <labor/v1/transaction.pb.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/address.h"
#include "wallet/amount.h"
#include "wallet/plain_text.h"
#include "wallet/problem.h"

namespace wallet {

struct TellerOptions {
  // How an account is called: "alice (labor1...)", or the address alone.
  std::function<std::string(protocol::Address const&)> label;
  // The record with these key fields; nothing if there is none or nothing can be read.
  std::function<Result<std::optional<labor::v1::Record>>(labor::v1::Record const&)> read;
  // Said of a milestone that could not be read; empty: nothing is.
  std::string unread;
};

// One or more lines a message, in order.
Result<std::vector<std::string>> tell(labor::v1::TransactionBody const& body,
                                      TellerOptions const& options);

// ---- for the files of this noun ----

class Teller {
 public:
  explicit Teller(TellerOptions const& options, labor::v1::TransactionBody const& body)
      : options_{options}, body_{body} {}

  std::vector<std::string> take() { return std::move(lines_); }
  // What is told by another, indented.
  void quote(std::vector<std::string> const& lines) {
    for (auto const& text : lines) lines_.push_back("  " + text);
  }

  Result<void> say(labor::v1::Transfer const& message);
  Result<void> say(labor::v1::SponsorAccount const& message);
  Result<void> say(labor::v1::LockTokens const& message);
  Result<void> say(labor::v1::UnlockTokens const& message);
  Result<void> say(labor::v1::ClaimOwnership const& message);
  Result<void> say(labor::v1::RotateAuthority const& message);
  Result<void> say(labor::v1::SetGuardians const& message);
  Result<void> say(labor::v1::StartRecovery const& message);
  Result<void> say(labor::v1::ApproveRecovery const& message);
  Result<void> say(labor::v1::CancelRecovery const& message);

  Result<void> say(labor::v1::CloseAccount const& message);
  Result<void> say(labor::v1::ReopenAccount const& message);
  Result<void> say(labor::v1::BlockAccount const& message);
  Result<void> say(labor::v1::UnblockAccount const& message);

  Result<void> say(labor::v1::GiveMandate const& message);
  Result<void> say(labor::v1::EndMandate const& message);
  Result<void> say(labor::v1::ActFor const& message);
  Result<void> say(labor::v1::RegisterApp const& message);

  Result<void> say(labor::v1::CommitHandle const& message);
  Result<void> say(labor::v1::ClaimHandle const& message);
  Result<void> say(labor::v1::CreateProfile const& message);
  Result<void> say(labor::v1::EditProfile const& message);
  Result<void> say(labor::v1::PublishProfile const& message);
  Result<void> say(labor::v1::PauseProfile const& message);
  Result<void> say(labor::v1::ResumeProfile const& message);
  Result<void> say(labor::v1::CloseProfile const& message);
  Result<void> say(labor::v1::Attest const& message);
  Result<void> say(labor::v1::RevokeAttestation const& message);
  Result<void> say(labor::v1::ProposeSplit const& message);
  Result<void> say(labor::v1::AgreeToSplit const& message);
  Result<void> say(labor::v1::LeaveTeam const& message);
  Result<void> say(labor::v1::AnswerForAgent const& message);
  Result<void> say(labor::v1::StopAnsweringForAgent const& message);

  Result<void> say(labor::v1::PostJob const& message);
  Result<void> say(labor::v1::CloseJob const& message);
  Result<void> say(labor::v1::InviteTalent const& message);
  Result<void> say(labor::v1::DeclineInvitation const& message);
  Result<void> say(labor::v1::SubmitProposal const& message);
  Result<void> say(labor::v1::WithdrawProposal const& message);
  Result<void> say(labor::v1::ShortlistProposal const& message);
  Result<void> say(labor::v1::DeclineProposal const& message);
  Result<void> say(labor::v1::DeclineAllProposals const& message);
  Result<void> say(labor::v1::MakeOffer const& message);
  Result<void> say(labor::v1::CounterOffer const& message);
  Result<void> say(labor::v1::AcceptOffer const& message);
  Result<void> say(labor::v1::DeclineOffer const& message);
  Result<void> say(labor::v1::WithdrawOffer const& message);

  Result<void> say(labor::v1::FundMilestone const& message);
  Result<void> say(labor::v1::SubmitMilestone const& message);
  Result<void> say(labor::v1::RequestChanges const& message);
  Result<void> say(labor::v1::AcceptMilestone const& message);
  Result<void> say(labor::v1::ReleasePart const& message);
  Result<void> say(labor::v1::RequestRefund const& message);
  Result<void> say(labor::v1::RefuseRefund const& message);
  Result<void> say(labor::v1::AgreeRefund const& message);
  Result<void> say(labor::v1::OfferSplit const& message);
  Result<void> say(labor::v1::WithdrawSplit const& message);
  Result<void> say(labor::v1::AgreeSplit const& message);
  Result<void> say(labor::v1::PauseContract const& message);
  Result<void> say(labor::v1::ResumeContract const& message);
  Result<void> say(labor::v1::EndContract const& message);
  Result<void> say(labor::v1::PayBonus const& message);
  Result<void> say(labor::v1::OfferAmendment const& message);
  Result<void> say(labor::v1::WithdrawAmendment const& message);
  Result<void> say(labor::v1::AgreeAmendment const& message);

  Result<void> say(labor::v1::FundWeek const& message);
  Result<void> say(labor::v1::SetTopUp const& message);
  Result<void> say(labor::v1::LogHours const& message);
  Result<void> say(labor::v1::ApproveWeek const& message);
  Result<void> say(labor::v1::DisputeHours const& message);

  Result<void> say(labor::v1::CommitFeedback const& message);
  Result<void> say(labor::v1::PostFeedback const& message);
  Result<void> say(labor::v1::RevealFeedback const& message);
  Result<void> say(labor::v1::ReplyToFeedback const& message);

  Result<void> say(labor::v1::OpenDispute const& message);
  Result<void> say(labor::v1::AnswerDispute const& message);
  Result<void> say(labor::v1::AddDisputeEvidence const& message);
  Result<void> say(labor::v1::OfferDisputeSplit const& message);
  Result<void> say(labor::v1::WithdrawDisputeSplit const& message);
  Result<void> say(labor::v1::AgreeDisputeSplit const& message);
  Result<void> say(labor::v1::ConcedeDispute const& message);
  Result<void> say(labor::v1::AppealDispute const& message);
  Result<void> say(labor::v1::StakeAsJuror const& message);
  Result<void> say(labor::v1::WithdrawJurorStake const& message);
  Result<void> say(labor::v1::CommitVerdict const& message);
  Result<void> say(labor::v1::RevealVerdict const& message);
  Result<void> say(labor::v1::ExposeVerdict const& message);
  Result<void> say(labor::v1::ApplyForVetting const& message);
  Result<void> say(labor::v1::ChallengeVetting const& message);
  Result<void> say(labor::v1::ReportJob const& message);

  Result<void> say(labor::v1::SubmitBallot const& message);
  Result<void> say(labor::v1::AddDeposit const& message);
  Result<void> say(labor::v1::CastVote const& message);
  Result<void> say(labor::v1::Delegate const& message);
  Result<void> say(labor::v1::Enrol const& message);

  Result<void> say(labor::v1::ReadySeat const& message);
  Result<void> say(labor::v1::RotateValidatorKeys const& message);
  Result<void> say(labor::v1::SubmitEvidence const& message);
  Result<void> say(labor::v1::CommitRandomness const& message);
  Result<void> say(labor::v1::RevealRandomness const& message);

 private:
  struct Engagement;  // A milestone and its contract.
  struct WorkedWeek;  // A week and its contract.

  // Plain: people write titles, and a title must not look like a line of ours.
  void line(std::string_view text) { lines_.push_back(plain_text(text)); }
  // A line that belongs to the one before.
  void detail(std::string_view text) { lines_.push_back("  " + plain_text(text)); }

  std::string who(std::string const& address) const;
  Result<std::optional<labor::v1::Record>> read(labor::v1::Record const& key) const {
    return options_.read(key);
  }
  Result<std::optional<labor::v1::Job>> job(std::uint64_t id) const;
  Result<std::optional<labor::v1::Proposal>> proposal(std::uint64_t id) const;
  Result<std::optional<labor::v1::Offer>> offer(std::uint64_t id) const;
  Result<std::optional<labor::v1::Contract>> contract(std::uint64_t id) const;
  Result<std::optional<labor::v1::Ballot>> ballot(std::uint64_t id) const;
  Result<std::optional<labor::v1::Dispute>> dispute(std::uint64_t id) const;
  Result<std::optional<Engagement>> engagement(std::uint64_t contract, std::uint32_t index) const;
  Result<std::optional<std::uint64_t>> parameter(labor::v1::Parameter parameter) const;

  void authority(labor::v1::Authority const& authority);
  Result<void> origin(std::string const& app);
  void split(google::protobuf::RepeatedPtrField<labor::v1::TeamShare> const& shares);
  void profile(labor::v1::ProfileDetails const& details);
  void terms(labor::v1::OfferTerms const& terms, std::optional<std::uint64_t> fee_bps);
  Result<void> proposal_act(std::uint64_t id, std::string_view act);
  Result<void> milestone_head(std::uint64_t contract, std::uint32_t index, std::string_view act,
                              std::optional<Engagement>& found);
  // Begins with what is done to it.
  Result<std::optional<WorkedWeek>> worked_week(std::uint64_t contract, std::uint32_t index,
                                                std::string_view act);
  void weekly_lock(labor::v1::Contract const& contract);
  Result<void> amendment(labor::v1::Contract const& contract,
                         labor::v1::OfferAmendment const& offered);
  Result<void> feedback_head(std::uint64_t contract, std::string_view act);
  void rating(labor::v1::FeedbackContent const& content);
  Result<void> dispute_head(std::uint64_t id, std::string_view act,
                            std::optional<labor::v1::Dispute>& found);
  void division(labor::v1::Dispute const& of, std::uint64_t to_talent);
  Result<void> vetting_head(std::uint64_t id, std::string_view act,
                            std::optional<labor::v1::Vetting>& found);
  // Verdicts on vettings.
  Result<void> vetting_verdict(labor::v1::CommitVerdict const& message);
  Result<void> vetting_verdict(labor::v1::RevealVerdict const& message);
  Result<void> vetting_verdict(labor::v1::ExposeVerdict const& message);
  Result<void> report_head(std::uint64_t id, std::string_view act,
                           std::optional<labor::v1::Report>& found);
  // Verdicts on reports.
  Result<void> report_verdict(labor::v1::CommitVerdict const& message);
  Result<void> report_verdict(labor::v1::RevealVerdict const& message);
  Result<void> report_verdict(labor::v1::ExposeVerdict const& message);
  // Of a verdict that is committed to; of one that is exposed, where a seat locks so much.
  void keep_secret();
  void price_of_exposure(std::uint64_t stake, labor::v1::Asset asset);
  void fee_on_loan();
  void division(Engagement const& of, std::uint64_t to_talent);
  void hash(std::string_view what, std::string const& bytes);

  TellerOptions const& options_;
  labor::v1::TransactionBody const& body_;
  std::vector<std::string> lines_;
};

}  // namespace wallet
