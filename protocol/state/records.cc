#include "protocol/state/records.h"

#include "protocol/state/keys.h"

namespace state {

using namespace labor::v1;  // This file names every record.

namespace {

template <class R>
std::optional<Record> parsed(std::string_view value) {
  R record;
  if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) return std::nullopt;
  return as_record(record);
}

using Parse = std::optional<Record> (*)(std::string_view value);

struct Kind {
  Module module{};
  char first = 0;  // Of the logical key: see keys.h.
  Parse parse = nullptr;
};

constexpr Kind kinds[] = {
    {Module::accounts, 'a', parsed<Account>},
    {Module::accounts, 'g', parsed<Guardians>},
    {Module::accounts, 'r', parsed<Recovery>},
    {Module::accounts, 'm', parsed<Mandate>},
    {Module::accounts, 'x', parsed<App>},
    {Module::accounts, 'b', parsed<Blocked>},
    {Module::bank, 'b', parsed<Balance>},
    {Module::bank, 's', parsed<Supply>},
    {Module::bank, 'l', parsed<Lock>},
    {Module::bank, 'd', parsed<LockedUntil>},
    {Module::bank, 't', parsed<LockedSum>},
    {Module::bank, 'v', parsed<Vesting>},
    {Module::bank, 'a', parsed<PayAsset>},
    {Module::talent, 'p', parsed<Profile>},
    {Module::talent, 'h', parsed<Handle>},
    {Module::talent, 'c', parsed<HandleCommitment>},
    {Module::talent, 'a', parsed<Attestation>},
    {Module::talent, 'n', parsed<Identity>},
    {Module::talent, 'i', parsed<Issuer>},
    {Module::talent, 't', parsed<Team>},
    {Module::work, 'j', parsed<Job>},
    {Module::work, 'p', parsed<Proposal>},
    {Module::work, 'o', parsed<Offer>},
    {Module::work, 'c', parsed<Contract>},
    {Module::work, 'm', parsed<Milestone>},
    {Module::work, 'h', parsed<Week>},
    {Module::work, 'n', parsed<OpenWork>},
    {Module::work, 'g', parsed<Contribution>},
    {Module::work, 'i', parsed<Invitation>},
    {Module::work, 'f', parsed<Feedback>},
    {Module::governance, 'b', parsed<Ballot>},
    {Module::governance, 'd', parsed<DepositShare>},
    {Module::governance, 'v', parsed<Vote>},
    {Module::governance, 'g', parsed<Delegation>},
    {Module::governance, 'w', parsed<DelegatedVotes>},
    {Module::governance, 'e', parsed<Enrolment>},
    {Module::governance, 'c', parsed<Council>},
    {Module::governance, 'a', parsed<Agenda>},
    {Module::governance, 's', parsed<Spending>},
    {Module::governance, 'f', parsed<Features>},
    {Module::system, 'p', parsed<ParameterValue>},
    {Module::validators, 's', parsed<ValidatorSet>},
    {Module::validators, 'v', parsed<Seat>},
    {Module::validators, 'r', parsed<SeatRandomness>},
    {Module::validators, 'd', parsed<RandomRound>},
    {Module::justice, 'd', parsed<Dispute>},
    {Module::justice, 'j', parsed<Juror>},
    {Module::justice, 'v', parsed<Vetting>},
    {Module::justice, 'r', parsed<Report>},
};

// Both sides of a case and everybody who sits on it.
std::vector<std::string_view> named_in(std::string_view one, std::string_view other,
                                       google::protobuf::RepeatedPtrField<Panel> const& panels) {
  std::vector<std::string_view> named{one, other};
  for (auto const& panel : panels) {
    for (auto const& seat : panel.seats()) named.push_back(seat.juror());
  }
  return named;
}

// The account and everybody who may help it.
std::vector<std::string_view> named_in(std::string_view account,
                                       google::protobuf::RepeatedPtrField<std::string> const& by) {
  std::vector<std::string_view> named{account};
  named.insert(named.end(), by.begin(), by.end());
  return named;
}

// The team, its members and who is to become one.
std::vector<std::string_view> named_in(Team const& team) {
  std::vector<std::string_view> named{team.account()};
  for (auto const& share : team.split()) named.push_back(share.account());
  for (auto const& share : team.proposed()) named.push_back(share.account());
  return named;
}

// In one switch, so that the compiler names the kind that is missing.
// NOLINTNEXTLINE(readability-function-size)
std::vector<std::string_view> named_in(Record const& any) {
  switch (any.record_case()) {
    case Record::kAccount:
      return {any.account().address(), any.account().sponsor()};
    case Record::kBalance:
      return {any.balance().address()};
    case Record::kLock:
      return {any.lock().owner()};
    case Record::kGuardians:
      return named_in(any.guardians().account(), any.guardians().guardians());
    case Record::kRecovery:
      return named_in(any.recovery().account(), any.recovery().guardians());
    case Record::kMandate:
      return {any.mandate().account(), any.mandate().holder()};
    case Record::kApp:
      return {any.app().account()};
    case Record::kBlocked:
      return {any.blocked().by(), any.blocked().account()};
    case Record::kVesting:
      return {any.vesting().account()};
    case Record::kAttestation:
      return {any.attestation().issuer(), any.attestation().subject()};
    case Record::kIdentity:
      return {any.identity().account()};
    case Record::kTeam:
      return named_in(any.team());
    case Record::kIssuer:
      return {any.issuer().account()};
    case Record::kInvitation:
      return {any.invitation().client(), any.invitation().talent()};
    case Record::kProfile:
      return {any.profile().owner(), any.profile().details().responsible()};
    case Record::kHandleCommitment:
      return {any.handle_commitment().owner()};
    case Record::kHandle:
      return {any.handle().owner()};
    case Record::kJob:
      return {any.job().client()};
    case Record::kProposal:
      return {any.proposal().talent()};
    case Record::kOffer:
      return {any.offer().client(), any.offer().talent()};
    case Record::kContract:
      return {any.contract().client(), any.contract().talent()};
    case Record::kOpenWork:
      return {any.open_work().account()};
    case Record::kFeedback:
      return {any.feedback().author(), any.feedback().subject()};
    case Record::kBallot:
      return {any.ballot().author()};
    case Record::kDepositShare:
      return {any.deposit_share().account()};
    case Record::kVote:
      return {any.vote().account()};
    case Record::kDelegation:
      return {any.delegation().account(), any.delegation().delegate()};
    case Record::kDelegatedVotes:
      return {any.delegated_votes().delegate()};
    case Record::kEnrolment:
      return {any.enrolment().account()};
    case Record::kSeat:
      return {any.seat().validator().operator_()};
    case Record::kDispute:
      return named_in(any.dispute().client(), any.dispute().talent(), any.dispute().panels());
    case Record::kJuror:
      return {any.juror().account()};
    case Record::kVetting:
      return named_in(any.vetting().account(), any.vetting().challenger(), any.vetting().panels());
    case Record::kReport:
      return named_in(any.report().client(), any.report().reporter(), any.report().panels());
    case Record::kContribution:
      return {any.contribution().account()};
    case Record::kSupply:
    case Record::kLockedUntil:
    case Record::kLockedSum:
    case Record::kCouncil:
    case Record::kAgenda:
    case Record::kSpending:
    case Record::kFeatures:
    case Record::kPayAsset:
    case Record::kMilestone:
    case Record::kWeek:
    case Record::kParameterValue:
    case Record::kValidatorSet:
    case Record::kSeatRandomness:
    case Record::kRandomRound:
    case Record::RECORD_NOT_SET:
      return {};
  }
  return {};
}

}  // namespace

std::optional<Record> record_of(Key const& key, std::string_view value) {
  for (auto const& kind : kinds) {
    if (kind.module == key.module && key.logical.starts_with(kind.first)) return kind.parse(value);
  }
  return std::nullopt;
}

std::vector<std::string_view> accounts_of(Event const& event) {
  std::vector<std::string_view> accounts;
  if (event.has_money_moved()) {
    accounts = {event.money_moved().from().address(), event.money_moved().to().address()};
  } else if (event.has_record_changed()) {
    accounts = named_in(event.record_changed().record());
  }
  std::erase(accounts, std::string_view{});
  return accounts;
}

}  // namespace state
