// The grammar of logical keys, one function per record type. Integers are big-endian, so that
// byte order is number order.
//
//   accounts    account           "a" address(32)
//               guardians         "g" address(32)
//               recovery          "r" address(32)
//               mandate           "m" address(32) of who gave it, address(32) of who holds it
//               app               "x" name
//               blocked           "b" address(32) of who has, address(32) of the other
//   bank        balance           "b" address(32) asset(1)
//               supply            "s" asset(1)
//               lock              "l" id(8)
//               locked until      "d" day(8), then address(32) of a delegate
//               locked sum        "t", then address(32) of a delegate
//               vesting           "v" address(32)
//               pay asset         "a" asset(1)
//   talent      profile           "p" address(32)
//               handle            "h" handle
//               commitment        "c" address(32)
//               attestation       "a" id(8)
//               identity          "n" nullifier(32)
//               issuer            "i" address(32)
//               team              "t" address(32)
//   work        job               "j" id(8)
//               proposal          "p" id(8)
//               offer             "o" id(8)
//               contract          "c" id(8)
//               milestone         "m" contract(8) index(4)
//               week              "h" contract(8) index(4)
//               open work         "n" address(32)
//               invitation        "i" job(8) address(32)
//               feedback          "f" contract(8) side(1)
//               partners          "w" address(32) address(32), the lesser first
//               contribution      "g" address(32)
//   governance  ballot            "b" id(8)
//               deposit share     "d" ballot(8) address(32)
//               vote              "v" ballot(8) address(32)
//               delegation        "g" address(32)
//               delegated votes   "w" ballot(8) address(32)
//               enrolment         "e" address(32)
//               council           "c"
//               agenda            "a"
//               spending          "s" asset(1)
//               features          "f"
//   system      parameter         "p" number(4)
//               counter           "n" name
//               recent block      "b" height mod 256 (1)
//   validators  set               "s" epoch(8)
//               seat              "v" id(8)
//               seat of a key     "k" key(32)
//               randomness        "r" seat(8)
//               round             "d" id(8)
//   justice     dispute           "d" id(8)
//               juror             "j" address(32)
//               juror's number    "n" number(4)
//               vetting           "v" id(8)
//               report            "r" id(8)
//   deadlines   entry             time(8) module(2) logical key of the record

#pragma once

#include <labor/v1/record.pb.h>

#include <concepts>
#include <optional>
#include <string_view>

#include "protocol/state/key.h"
#include "protocol/types.h"

namespace state {

namespace keys {
Key account(protocol::Address const& address);
Key guardians(protocol::Address const& account);
Key recovery(protocol::Address const& account);
Key mandate(protocol::Address const& account, protocol::Address const& holder);
Key app(std::string_view name);
Key blocked(protocol::Address const& by, protocol::Address const& account);
Key balance(protocol::Address const& address, labor::v1::Asset asset);
Key supply(labor::v1::Asset asset);
Key lock(std::uint64_t id);
// Of a delegate's address; empty: of all locks.
Key locked_until(std::uint64_t day, std::string_view delegate);
Key locked_sum(std::string_view delegate);
Key vesting(protocol::Address const& account);
Key pay_asset(labor::v1::Asset asset);
Key profile(protocol::Address const& owner);
Key handle(std::string_view handle);
Key handle_commitment(protocol::Address const& owner);
Key attestation(std::uint64_t id);
Key identity(std::string_view nullifier);
Key issuer(protocol::Address const& account);
Key team(protocol::Address const& account);
Key job(std::uint64_t id);
Key proposal(std::uint64_t id);
Key offer(std::uint64_t id);
Key contract(std::uint64_t id);
Key milestone(std::uint64_t contract, std::uint32_t index);
Key week(std::uint64_t contract, std::uint32_t index);
Key open_work(protocol::Address const& account);
Key invitation(std::uint64_t job, protocol::Address const& talent);
Key feedback(std::uint64_t contract, labor::v1::ContractSide side);
Key ballot(std::uint64_t id);
Key deposit_share(std::uint64_t ballot, protocol::Address const& account);
Key vote(std::uint64_t ballot, protocol::Address const& account);
Key delegation(protocol::Address const& account);
Key delegated_votes(std::uint64_t ballot, std::string_view delegate);
Key enrolment(protocol::Address const& account);
Key council();
Key agenda();
Key spending(labor::v1::Asset asset);
Key features();
Key parameter(labor::v1::Parameter parameter);
Key counter(std::string_view name);
Key recent_block(protocol::Height height);
Key validator_set(protocol::Epoch epoch);
Key seat(std::uint64_t id);
Key validator_key(std::string_view key);
Key seat_randomness(std::uint64_t seat);
Key random_round(std::uint64_t id);
Key dispute(std::uint64_t id);
Key juror(protocol::Address const& account);
Key juror_number(std::uint32_t number);
Key vetting(std::uint64_t id);
Key report(std::uint64_t id);
// In whatever order.
Key contribution(protocol::Address const& account);
Key partners(std::string_view one, std::string_view other);
Key deadline(protocol::TimeMs time, Key const& record);
}  // namespace keys

// The key of a record, from its key fields. Addresses in records are 32 bytes: execution wrote
// them. For a record that somebody else filled in, use the last one.
Key key_of(labor::v1::Account const& record);
Key key_of(labor::v1::Guardians const& record);
Key key_of(labor::v1::Recovery const& record);
Key key_of(labor::v1::Mandate const& record);
Key key_of(labor::v1::App const& record);
Key key_of(labor::v1::Blocked const& record);
Key key_of(labor::v1::Balance const& record);
Key key_of(labor::v1::Supply const& record);
Key key_of(labor::v1::Lock const& record);
Key key_of(labor::v1::LockedUntil const& record);
Key key_of(labor::v1::Vesting const& record);
Key key_of(labor::v1::Profile const& record);
Key key_of(labor::v1::Handle const& record);
Key key_of(labor::v1::HandleCommitment const& record);
Key key_of(labor::v1::Attestation const& record);
Key key_of(labor::v1::Identity const& record);
Key key_of(labor::v1::Issuer const& record);
Key key_of(labor::v1::Team const& record);
Key key_of(labor::v1::Job const& record);
Key key_of(labor::v1::Proposal const& record);
Key key_of(labor::v1::Offer const& record);
Key key_of(labor::v1::Contract const& record);
Key key_of(labor::v1::Milestone const& record);
Key key_of(labor::v1::Week const& record);
Key key_of(labor::v1::OpenWork const& record);
Key key_of(labor::v1::Invitation const& record);
Key key_of(labor::v1::Feedback const& record);
Key key_of(labor::v1::Ballot const& record);
Key key_of(labor::v1::DepositShare const& record);
Key key_of(labor::v1::Vote const& record);
Key key_of(labor::v1::ParameterValue const& record);
Key key_of(labor::v1::ValidatorSet const& record);
Key key_of(labor::v1::Seat const& record);
Key key_of(labor::v1::SeatRandomness const& record);
Key key_of(labor::v1::RandomRound const& record);
Key key_of(labor::v1::Dispute const& record);
Key key_of(labor::v1::Juror const& record);
Key key_of(labor::v1::Vetting const& record);
Key key_of(labor::v1::Report const& record);
Key key_of(labor::v1::Contribution const& record);
Key key_of(labor::v1::LockedSum const& record);
Key key_of(labor::v1::Delegation const& record);
Key key_of(labor::v1::DelegatedVotes const& record);
Key key_of(labor::v1::Enrolment const& record);
Key key_of(labor::v1::Council const& record);
Key key_of(labor::v1::Agenda const& record);
Key key_of(labor::v1::Spending const& record);
Key key_of(labor::v1::Features const& record);
Key key_of(labor::v1::PayAsset const& record);
// Of whichever record is set; nothing if none is, or an address is not 32 bytes long.
std::optional<Key> key_of(labor::v1::Record const& record);

// The earliest clock that runs on a record; nothing for records without one, and for those in a
// state that no clock ends. A time of 0 is a clock that does not run.
template <class R>
std::optional<protocol::TimeMs> deadline_of(R const&) {
  return std::nullopt;
}
std::optional<protocol::TimeMs> deadline_of(labor::v1::Recovery const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Mandate const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Attestation const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Team const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Job const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Proposal const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Offer const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Contract const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Milestone const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Week const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Invitation const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Feedback const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Ballot const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Enrolment const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Juror const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Dispute const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Vetting const& record);
std::optional<protocol::TimeMs> deadline_of(labor::v1::Report const& record);

// Whether records of a type ever have a clock: the others never touch the deadline queue.
template <class R>
inline constexpr bool timed =
    std::same_as<R, labor::v1::Job> || std::same_as<R, labor::v1::Proposal> ||
    std::same_as<R, labor::v1::Offer> || std::same_as<R, labor::v1::Contract> ||
    std::same_as<R, labor::v1::Milestone> || std::same_as<R, labor::v1::Week> ||
    std::same_as<R, labor::v1::Feedback> || std::same_as<R, labor::v1::Ballot> ||
    std::same_as<R, labor::v1::Dispute> || std::same_as<R, labor::v1::Vetting> ||
    std::same_as<R, labor::v1::Invitation> || std::same_as<R, labor::v1::Attestation> ||
    std::same_as<R, labor::v1::Team> || std::same_as<R, labor::v1::Recovery> ||
    std::same_as<R, labor::v1::Mandate> || std::same_as<R, labor::v1::Report> ||
    std::same_as<R, labor::v1::Enrolment> || std::same_as<R, labor::v1::Juror>;

// Wrapped, as events and queries carry it.
labor::v1::Record as_record(labor::v1::Account const& record);
labor::v1::Record as_record(labor::v1::Guardians const& record);
labor::v1::Record as_record(labor::v1::Recovery const& record);
labor::v1::Record as_record(labor::v1::Mandate const& record);
labor::v1::Record as_record(labor::v1::App const& record);
labor::v1::Record as_record(labor::v1::Blocked const& record);
labor::v1::Record as_record(labor::v1::Balance const& record);
labor::v1::Record as_record(labor::v1::Supply const& record);
labor::v1::Record as_record(labor::v1::Lock const& record);
labor::v1::Record as_record(labor::v1::LockedUntil const& record);
labor::v1::Record as_record(labor::v1::Vesting const& record);
labor::v1::Record as_record(labor::v1::Profile const& record);
labor::v1::Record as_record(labor::v1::Handle const& record);
labor::v1::Record as_record(labor::v1::HandleCommitment const& record);
labor::v1::Record as_record(labor::v1::Attestation const& record);
labor::v1::Record as_record(labor::v1::Identity const& record);
labor::v1::Record as_record(labor::v1::Issuer const& record);
labor::v1::Record as_record(labor::v1::Team const& record);
labor::v1::Record as_record(labor::v1::Job const& record);
labor::v1::Record as_record(labor::v1::Proposal const& record);
labor::v1::Record as_record(labor::v1::Offer const& record);
labor::v1::Record as_record(labor::v1::Contract const& record);
labor::v1::Record as_record(labor::v1::Milestone const& record);
labor::v1::Record as_record(labor::v1::Week const& record);
labor::v1::Record as_record(labor::v1::OpenWork const& record);
labor::v1::Record as_record(labor::v1::Invitation const& record);
labor::v1::Record as_record(labor::v1::Feedback const& record);
labor::v1::Record as_record(labor::v1::Ballot const& record);
labor::v1::Record as_record(labor::v1::DepositShare const& record);
labor::v1::Record as_record(labor::v1::Vote const& record);
labor::v1::Record as_record(labor::v1::ParameterValue const& record);
labor::v1::Record as_record(labor::v1::ValidatorSet const& record);
labor::v1::Record as_record(labor::v1::Seat const& record);
labor::v1::Record as_record(labor::v1::SeatRandomness const& record);
labor::v1::Record as_record(labor::v1::RandomRound const& record);
labor::v1::Record as_record(labor::v1::Dispute const& record);
labor::v1::Record as_record(labor::v1::Juror const& record);
labor::v1::Record as_record(labor::v1::Vetting const& record);
labor::v1::Record as_record(labor::v1::Report const& record);
labor::v1::Record as_record(labor::v1::Contribution const& record);
labor::v1::Record as_record(labor::v1::LockedSum const& record);
labor::v1::Record as_record(labor::v1::Delegation const& record);
labor::v1::Record as_record(labor::v1::DelegatedVotes const& record);
labor::v1::Record as_record(labor::v1::Enrolment const& record);
labor::v1::Record as_record(labor::v1::Council const& record);
labor::v1::Record as_record(labor::v1::Agenda const& record);
labor::v1::Record as_record(labor::v1::Spending const& record);
labor::v1::Record as_record(labor::v1::Features const& record);
labor::v1::Record as_record(labor::v1::PayAsset const& record);

}  // namespace state
