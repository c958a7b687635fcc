// How each kind of record reads in a list. Part of show.h.

#include <fmt/format.h>

#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/mandate.h"
#include "wallet/show_record.h"

namespace wallet {

using labor::v1::Asset;
using protocol::Amount;
using protocol::TimeMs;

namespace {

std::string money(std::uint64_t amount, Asset asset) {
  return show(Amount{amount}, asset);
}

// "400.00..800.00 USD", as it is typed.
std::string budget(labor::v1::JobDetails const& details) {
  auto most = money(details.budget_max(), details.asset());
  if (details.budget_min() == details.budget_max()) return most;
  auto const least = money(details.budget_min(), details.asset());
  return fmt::format("{}..{}", least.substr(0, least.find(' ')), most);
}

template <class State>
std::string state_of(State state, google::protobuf::EnumDescriptor const* type) {
  return state_name(*type, static_cast<int>(state));
}

std::string number(std::uint64_t value) {
  return fmt::format("{}", value);
}

std::vector<std::string> row_of(Session& session, labor::v1::Contract const& contract) {
  return {fmt::format("{}", contract.id()),
          state_of(contract.state(), labor::v1::ContractState_descriptor()),
          short_label(session, contract.client()),
          short_label(session, contract.talent()),
          money(contract.escrow(), contract.asset()),
          money(contract.released(), contract.asset()),
          contract.title()};
}

std::vector<std::string> row_of(labor::v1::Milestone const& milestone) {
  constexpr auto usd = labor::v1::ASSET_USD;
  return {fmt::format("{}/{}", milestone.contract(), milestone.index()),
          state_of(milestone.state(), labor::v1::MilestoneState_descriptor()),
          money(milestone.amount(), usd),
          money(locked_of(milestone), usd),
          money(milestone.released(), usd),
          milestone.title()};
}

std::vector<std::string> row_of(labor::v1::Ballot const& ballot) {
  constexpr auto lbr = labor::v1::ASSET_LBR;
  return {fmt::format("{}", ballot.id()),
          state_of(ballot.state(), labor::v1::BallotState_descriptor()),
          money(ballot.tokens().tally().yes(), lbr),
          money(ballot.tokens().tally().no(), lbr),
          money(ballot.tokens().tally().veto(), lbr),
          number(ballot.members().tally().yes()),
          number(ballot.members().tally().no()),
          number(ballot.members().tally().veto()),
          ballot.title()};
}

std::vector<std::string> row_of(Session& session, labor::v1::Job const& job) {
  return {number(job.id()),
          state_of(job.state(), labor::v1::JobState_descriptor()),
          short_label(session, job.client()),
          budget(job.details()),
          number(job.open_proposals()),
          job.details().title()};
}

std::vector<std::string> row_of(Session& session, labor::v1::Proposal const& proposal) {
  return {number(proposal.id()),
          number(proposal.job()),
          state_of(proposal.state(), labor::v1::ProposalState_descriptor()),
          short_label(session, proposal.talent()),
          money(proposal.amount(), labor::v1::ASSET_USD),
          proposal.summary().substr(0, 60)};
}

std::vector<std::string> row_of(Session& session, labor::v1::Offer const& offer) {
  return {number(offer.id()),
          number(offer.version()),
          state_of(offer.state(), labor::v1::OfferState_descriptor()),
          short_label(session, offer.client()),
          short_label(session, offer.talent()),
          offer.terms().title()};
}

std::vector<std::string> row_of(Session& session, labor::v1::Attestation const& attestation) {
  return {number(attestation.id()),
          state_of(attestation.state(), labor::v1::AttestationState_descriptor()),
          attestation.schema(),
          short_label(session, attestation.subject()),
          short_label(session, attestation.issuer()),
          attestation.expires_at_ms() == 0 ? "" : show_time(TimeMs{attestation.expires_at_ms()})};
}

std::vector<std::string> row_of(Session& session, labor::v1::Mandate const& mandate) {
  return {short_label(session, mandate.account()),
          short_label(session, mandate.holder()),
          show_scopes(mandate.scopes()),
          show_time(TimeMs{mandate.expires_at_ms()}),
          show_limit(mandate.spend_each(), mandate.spend_left()),
          show_limit(mandate.pay_each(), mandate.pay_left())};
}

std::vector<std::string> row_of(Session& session, labor::v1::Team const& team) {
  return {short_label(session, team.account()),
          state_of(team.state(), labor::v1::TeamState_descriptor()),
          number(static_cast<std::uint64_t>(team.split_size())),
          team.until_ms() == 0 ? "" : show_time(TimeMs{team.until_ms()})};
}

std::vector<std::string> row_of(Session& session, labor::v1::Invitation const& invitation) {
  return {number(invitation.job()), short_label(session, invitation.client()),
          short_label(session, invitation.talent()), show_time(TimeMs{invitation.lapses_at_ms()})};
}

std::vector<std::string> row_of(Session& session, labor::v1::Profile const& profile) {
  return {
      short_label(session, profile.owner()),
      state_of(profile.state(), labor::v1::ProfileState_descriptor()), profile.handle(),
      profile.details().rate() == 0 ? "" : money(profile.details().rate(), labor::v1::ASSET_USD),
      profile.details().headline()};
}

}  // namespace

std::vector<std::string> head_for(labor::v1::Record const& record) {
  using labor::v1::Record;
  switch (record.record_case()) {
    case Record::kJob:
      return {"JOB", "STATE", "CLIENT", "BUDGET", "PROPOSALS", "TITLE"};
    case Record::kProposal:
      return {"PROPOSAL", "JOB", "STATE", "TALENT", "ASKS", "SUMMARY"};
    case Record::kOffer:
      return {"OFFER", "VERSION", "STATE", "CLIENT", "TALENT", "TITLE"};
    case Record::kContract:
      return {"CONTRACT", "STATE", "CLIENT", "TALENT", "ESCROW", "PAID", "TITLE"};
    case Record::kMilestone:
      return {"MILESTONE", "STATE", "AMOUNT", "LOCKED", "PAID", "TITLE"};
    case Record::kFeedback:
      return {"CONTRACT", "BY", "STATE", "QUALITY", "COMMUNICATION", "PUNCTUALITY", "AGAIN"};
    case Record::kWeek:
      return {"WEEK", "STATE", "ENDS", "TIME", "LOCKED", "PAID"};
    case Record::kBallot:
      return {"BALLOT", "STATE", "YES", "NO", "VETO", "HEADS: YES", "NO", "VETO", "TITLE"};
    case Record::kLock:
      return {"LOCK", "AMOUNT", "UNTIL"};
    case Record::kInvitation:
      return {"JOB", "CLIENT", "TALENT", "UNTIL"};
    case Record::kAttestation:
      return {"ATTESTATION", "STATE", "SCHEMA", "SUBJECT", "ISSUER", "UNTIL"};
    case Record::kIssuer:
      return {"ISSUER", "NAME"};
    case Record::kMandate:
      return {"ACCOUNT", "HOLDER", "FOR", "UNTIL", "SPENDS", "PAYS"};
    case Record::kTeam:
      return {"TEAM", "STATE", "MEMBERS", "UNTIL"};
    case Record::kApp:
      return {"APP", "SHARE", "ACCOUNT"};
    case Record::kBlocked:
      return {"BLOCKED"};
    case Record::kProfile:
      return {"ACCOUNT", "STATE", "HANDLE", "RATE", "HEADLINE"};
    case Record::kVote:
      return {"ACCOUNT", "CHOICE", "WEIGHT", "OWN", "OF OTHERS", "HEAD"};
    case Record::kDelegation:
      return {"ACCOUNT", "DELEGATE"};
    case Record::kEnrolment:
      return {"MEMBER", "UNTIL"};
    case Record::kDispute:
      return {"DISPUTE", "ABOUT", "STATE", "CLIENT", "TALENT", "CLAIM"};
    case Record::kJuror:
      return {"JUROR", "STAKE", "LOCKED"};
    case Record::kVetting:
      return {"VETTING", "STATE", "OF", "LEVEL", "SKILL"};
    case Record::kReport:
      return {"REPORT", "STATE", "JOB", "CLIENT", "REPORTED BY"};
    default:
      return {"RECORD"};
  }
}

std::vector<std::string> row_of(Session& session, labor::v1::Record const& record) {
  using labor::v1::Record;
  constexpr auto lbr = labor::v1::ASSET_LBR;
  auto const id = [](std::uint64_t number) { return fmt::format("{}", number); };
  auto const brief = [&](std::string const& address) { return short_label(session, address); };
  switch (record.record_case()) {
    case Record::kJob:
      return row_of(session, record.job());
    case Record::kProposal:
      return row_of(session, record.proposal());
    case Record::kOffer:
      return row_of(session, record.offer());
    case Record::kContract:
      return row_of(session, record.contract());
    case Record::kFeedback:
      return row_of(session, record.feedback());
    case Record::kWeek:
      return row_of(record.week());
    case Record::kMilestone:
      return row_of(record.milestone());
    case Record::kBallot:
      return row_of(record.ballot());
    case Record::kLock: {
      auto const& r = record.lock();
      return {id(r.id()), money(r.amount(), lbr), show_time(TimeMs{r.until_ms()})};
    }
    case Record::kProfile:
      return row_of(session, record.profile());
    case Record::kVote: {
      auto const& r = record.vote();
      return {brief(r.account()),        state_of(r.choice(), labor::v1::Choice_descriptor()),
              money(r.weight(), lbr),    money(r.own(), lbr),
              money(r.delegated(), lbr), r.member() ? "1" : ""};
    }
    case Record::kDelegation:
      return {brief(record.delegation().account()), brief(record.delegation().delegate())};
    case Record::kEnrolment:
      return {brief(record.enrolment().account()),
              show_time(TimeMs{record.enrolment().until_ms()})};
    case Record::kInvitation:
      return row_of(session, record.invitation());
    case Record::kAttestation:
      return row_of(session, record.attestation());
    case Record::kMandate:
      return row_of(session, record.mandate());
    case Record::kTeam:
      return row_of(session, record.team());
    case Record::kApp: {
      auto const& r = record.app();
      return {r.name(), show_bps(r.share_bps()), brief(r.account())};
    }
    case Record::kBlocked:
      return {full_label(session, record.blocked().account())};
    case Record::kIssuer:
      return {brief(record.issuer().account()), record.issuer().name()};
    case Record::kDispute:
      return row_of(session, record.dispute());
    case Record::kJuror:
      return row_of(session, record.juror());
    case Record::kVetting:
      return row_of(session, record.vetting());
    case Record::kReport:
      return row_of(session, record.report());
    default:
      return {json::serialize(json_of(session, record))};
  }
}

}  // namespace wallet
