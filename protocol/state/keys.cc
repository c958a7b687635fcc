#include "protocol/state/keys.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "protocol/base/big_endian.h"

namespace state {

using namespace labor::v1;  // This file names every record.

namespace {

using base::big_endian;

Key make(Module module, std::initializer_list<std::string_view> parts) {
  Key key{.module = module, .logical = {}};
  for (auto const part : parts) key.logical += part;
  return key;
}

std::string narrow(Asset asset) {
  return big_endian(static_cast<std::uint8_t>(asset));
}

Key balance_key(std::string_view address, Asset asset) {
  return make(Module::bank, {"b", address, narrow(asset)});
}
Key share_key(std::string_view kind, std::uint64_t ballot, std::string_view account) {
  return make(Module::governance, {kind, big_endian(ballot), account});
}

}  // namespace

namespace keys {

Key account(protocol::Address const& address) {
  return make(Module::accounts, {"a", address.chars()});
}
Key guardians(protocol::Address const& account) {
  return make(Module::accounts, {"g", account.chars()});
}
Key recovery(protocol::Address const& account) {
  return make(Module::accounts, {"r", account.chars()});
}
Key mandate(protocol::Address const& account, protocol::Address const& holder) {
  return make(Module::accounts, {"m", account.chars(), holder.chars()});
}
Key app(std::string_view name) {
  return make(Module::accounts, {"x", name});
}
Key blocked(protocol::Address const& by, protocol::Address const& account) {
  return make(Module::accounts, {"b", by.chars(), account.chars()});
}
Key balance(protocol::Address const& address, Asset asset) {
  return balance_key(address.chars(), asset);
}
Key supply(Asset asset) {
  return make(Module::bank, {"s", narrow(asset)});
}
Key lock(std::uint64_t id) {
  return make(Module::bank, {"l", big_endian(id)});
}
Key locked_until(std::uint64_t day, std::string_view delegate) {
  return make(Module::bank, {"d", big_endian(day), delegate});
}
Key locked_sum(std::string_view delegate) {
  return make(Module::bank, {"t", delegate});
}
Key vesting(protocol::Address const& account) {
  return make(Module::bank, {"v", account.chars()});
}
Key profile(protocol::Address const& owner) {
  return make(Module::talent, {"p", owner.chars()});
}
Key handle(std::string_view handle) {
  return make(Module::talent, {"h", handle});
}
Key handle_commitment(protocol::Address const& owner) {
  return make(Module::talent, {"c", owner.chars()});
}
Key attestation(std::uint64_t id) {
  return make(Module::talent, {"a", big_endian(id)});
}
Key identity(std::string_view nullifier) {
  return make(Module::talent, {"n", nullifier});
}
Key issuer(protocol::Address const& account) {
  return make(Module::talent, {"i", account.chars()});
}
Key team(protocol::Address const& account) {
  return make(Module::talent, {"t", account.chars()});
}
Key job(std::uint64_t id) {
  return make(Module::work, {"j", big_endian(id)});
}
Key proposal(std::uint64_t id) {
  return make(Module::work, {"p", big_endian(id)});
}
Key offer(std::uint64_t id) {
  return make(Module::work, {"o", big_endian(id)});
}
Key contract(std::uint64_t id) {
  return make(Module::work, {"c", big_endian(id)});
}
Key milestone(std::uint64_t contract, std::uint32_t index) {
  return make(Module::work, {"m", big_endian(contract), big_endian(index)});
}
Key week(std::uint64_t contract, std::uint32_t index) {
  return make(Module::work, {"h", big_endian(contract), big_endian(index)});
}
Key open_work(protocol::Address const& account) {
  return make(Module::work, {"n", account.chars()});
}
Key invitation(std::uint64_t job, protocol::Address const& talent) {
  return make(Module::work, {"i", big_endian(job), talent.chars()});
}
Key feedback(std::uint64_t contract, ContractSide side) {
  return make(Module::work,
              {"f", big_endian(contract), big_endian(static_cast<std::uint8_t>(side))});
}
Key ballot(std::uint64_t id) {
  return make(Module::governance, {"b", big_endian(id)});
}
Key deposit_share(std::uint64_t ballot, protocol::Address const& account) {
  return share_key("d", ballot, account.chars());
}
Key vote(std::uint64_t ballot, protocol::Address const& account) {
  return share_key("v", ballot, account.chars());
}
Key delegation(protocol::Address const& account) {
  return make(Module::governance, {"g", account.chars()});
}
Key delegated_votes(std::uint64_t ballot, std::string_view delegate) {
  return share_key("w", ballot, delegate);
}
Key enrolment(protocol::Address const& account) {
  return make(Module::governance, {"e", account.chars()});
}
Key council() {
  return make(Module::governance, {"c"});
}
Key agenda() {
  return make(Module::governance, {"a"});
}
Key features() {
  return make(Module::governance, {"f"});
}
Key pay_asset(Asset asset) {
  return make(Module::bank, {"a", narrow(asset)});
}
Key spending(Asset asset) {
  return make(Module::governance, {"s", narrow(asset)});
}
Key parameter(Parameter parameter) {
  return make(Module::system, {"p", big_endian(static_cast<std::uint32_t>(parameter))});
}
Key counter(std::string_view name) {
  return make(Module::system, {"n", name});
}
Key recent_block(protocol::Height height) {
  return make(Module::system, {"b", big_endian(static_cast<std::uint8_t>(height.value() % 256))});
}
Key seat(std::uint64_t id) {
  return make(Module::validators, {"v", big_endian(id)});
}
Key validator_key(std::string_view key) {
  return make(Module::validators, {"k", key});
}
Key seat_randomness(std::uint64_t seat) {
  return make(Module::validators, {"r", big_endian(seat)});
}
Key random_round(std::uint64_t id) {
  return make(Module::validators, {"d", big_endian(id)});
}
Key dispute(std::uint64_t id) {
  return make(Module::justice, {"d", big_endian(id)});
}
Key juror(protocol::Address const& account) {
  return make(Module::justice, {"j", account.chars()});
}
Key juror_number(std::uint32_t number) {
  return make(Module::justice, {"n", big_endian(number)});
}
Key vetting(std::uint64_t id) {
  return make(Module::justice, {"v", big_endian(id)});
}
Key report(std::uint64_t id) {
  return make(Module::justice, {"r", big_endian(id)});
}
Key contribution(protocol::Address const& account) {
  return make(Module::work, {"g", account.chars()});
}
Key partners(std::string_view one, std::string_view other) {
  return make(Module::work, {"w", std::min(one, other), std::max(one, other)});
}
Key validator_set(protocol::Epoch epoch) {
  return make(Module::validators, {"s", big_endian(epoch.value())});
}
Key deadline(protocol::TimeMs time, Key const& record) {
  auto const module = big_endian(static_cast<std::uint16_t>(record.module));
  return make(Module::deadlines, {big_endian(time.value()), module, record.logical});
}

}  // namespace keys

Key key_of(Account const& record) {
  return make(Module::accounts, {"a", record.address()});
}
Key key_of(Guardians const& record) {
  return make(Module::accounts, {"g", record.account()});
}
Key key_of(Recovery const& record) {
  return make(Module::accounts, {"r", record.account()});
}
Key key_of(Mandate const& record) {
  return make(Module::accounts, {"m", record.account(), record.holder()});
}
Key key_of(App const& record) {
  return keys::app(record.name());
}
Key key_of(Blocked const& record) {
  return make(Module::accounts, {"b", record.by(), record.account()});
}
Key key_of(Balance const& record) {
  return balance_key(record.address(), record.asset());
}
Key key_of(Supply const& record) {
  return keys::supply(record.asset());
}
Key key_of(Lock const& record) {
  return keys::lock(record.id());
}
Key key_of(LockedUntil const& record) {
  return keys::locked_until(record.day(), record.delegate());
}
Key key_of(Vesting const& record) {
  return make(Module::bank, {"v", record.account()});
}
Key key_of(Profile const& record) {
  return make(Module::talent, {"p", record.owner()});
}
Key key_of(Handle const& record) {
  return keys::handle(record.handle());
}
Key key_of(HandleCommitment const& record) {
  return make(Module::talent, {"c", record.owner()});
}
Key key_of(Attestation const& record) {
  return keys::attestation(record.id());
}
Key key_of(Identity const& record) {
  return keys::identity(record.nullifier());
}
Key key_of(Issuer const& record) {
  return make(Module::talent, {"i", record.account()});
}
Key key_of(Team const& record) {
  return make(Module::talent, {"t", record.account()});
}
Key key_of(Job const& record) {
  return keys::job(record.id());
}
Key key_of(Proposal const& record) {
  return keys::proposal(record.id());
}
Key key_of(Offer const& record) {
  return keys::offer(record.id());
}
Key key_of(Contract const& record) {
  return keys::contract(record.id());
}
Key key_of(Milestone const& record) {
  return keys::milestone(record.contract(), record.index());
}
Key key_of(Week const& record) {
  return keys::week(record.contract(), record.index());
}
Key key_of(OpenWork const& record) {
  return make(Module::work, {"n", record.account()});
}
Key key_of(Invitation const& record) {
  return make(Module::work, {"i", big_endian(record.job()), record.talent()});
}
Key key_of(Feedback const& record) {
  return keys::feedback(record.contract(), record.side());
}
Key key_of(Ballot const& record) {
  return keys::ballot(record.id());
}
Key key_of(DepositShare const& record) {
  return share_key("d", record.ballot(), record.account());
}
Key key_of(Vote const& record) {
  return share_key("v", record.ballot(), record.account());
}
Key key_of(ParameterValue const& record) {
  return keys::parameter(record.parameter());
}

Key key_of(ValidatorSet const& record) {
  return keys::validator_set(protocol::Epoch{record.epoch()});
}

Key key_of(Seat const& record) {
  return keys::seat(record.id());
}

Key key_of(SeatRandomness const& record) {
  return keys::seat_randomness(record.seat());
}

Key key_of(RandomRound const& record) {
  return keys::random_round(record.id());
}

Key key_of(Dispute const& record) {
  return keys::dispute(record.id());
}

Key key_of(Juror const& record) {
  return make(Module::justice, {"j", record.account()});
}

Key key_of(Vetting const& record) {
  return keys::vetting(record.id());
}

Key key_of(Report const& record) {
  return keys::report(record.id());
}

Key key_of(Contribution const& record) {
  return make(Module::work, {"g", record.account()});
}

Key key_of(LockedSum const& record) {
  return keys::locked_sum(record.delegate());
}

Key key_of(Delegation const& record) {
  return make(Module::governance, {"g", record.account()});
}

Key key_of(DelegatedVotes const& record) {
  return keys::delegated_votes(record.ballot(), record.delegate());
}

Key key_of(Enrolment const& record) {
  return make(Module::governance, {"e", record.account()});
}

Key key_of(Council const&) {
  return keys::council();
}

Key key_of(Agenda const&) {
  return keys::agenda();
}

Key key_of(Features const&) {
  return keys::features();
}
Key key_of(PayAsset const& record) {
  return keys::pay_asset(record.asset());
}
Key key_of(Spending const& record) {
  return keys::spending(record.asset());
}

}  // namespace state
