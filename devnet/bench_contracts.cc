#include "devnet/bench_contracts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "devnet/bench_accounts.h"
#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace devnet {

using labor::v1::Message;

namespace {

namespace limits = protocol::limits;

// Of one person, a tenth below what is allowed.
constexpr std::uint64_t open_contracts_most = limits::open_contracts_max / 10 * 9;
constexpr std::size_t refusals_told = 8;

std::string name_of(Message::MessageCase kind) {
  auto const* const field = Message::descriptor()->FindFieldByNumber(static_cast<int>(kind));
  return field == nullptr ? "nothing" : field->name();
}

bool makes_a_record(Message const& message) {
  switch (message.message_case()) {
    case Message::kPostJob:
    case Message::kSubmitProposal:
    case Message::kMakeOffer:
    case Message::kAcceptOffer:
    case Message::kOpenDispute:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::uint64_t bench_people(std::uint64_t accounts, std::uint64_t contracts) {
  auto const people = std::min({accounts, bench_keys_max, 2 * contracts});
  return people - people % 2;
}

std::uint64_t bench_contracts_max(std::uint64_t people) {
  return people / 2 * open_contracts_most;
}

BenchContracts::BenchContracts(LoadChain const& chain, Options const& options)
    : chain_{chain}, chance_{options.seed} {
  auto const couples = options.people / 2;
  CHECK(couples > 0 && options.contracts <= bench_contracts_max(options.people));
  for (std::uint64_t i = 0; i < 2 * couples; ++i) {
    people_.push_back({.sender = load_sender(i), .to_say = {}});
  }
  constexpr std::uint64_t least = 1;
  constexpr std::uint64_t most = limits::messages_per_transaction_max;
  group_ = std::clamp(options.contracts / couples, least, most);
  for (std::uint64_t i = 0; i < options.contracts; ++i) contracts_.push_back(fresh(i));
}

std::optional<BenchContracts::Outgoing> BenchContracts::next() {
  while (in_hand_ < in_hand_max() && take_up()) {
  }
  if (speakers_.empty()) return std::nullopt;
  auto const number = speakers_.front();
  auto& person = people_[number];
  speakers_.pop_front();
  Sent sent;
  std::vector<Message> messages;
  auto const most = phase_ == Phase::work ? 1 : limits::messages_per_transaction_max;
  while (!person.to_say.empty() && sent.size() < most) {
    messages.push_back(person.to_say.front().message);
    sent.push_back(std::move(person.to_say.front()));
    person.to_say.pop_front();
  }
  if (!person.to_say.empty()) speakers_.push_back(number);
  auto transaction = sign_next(person.sender, chain_, std::move(messages));
  on_their_way_ += sent.size();
  sent_.emplace(transaction.id, std::move(sent));
  return Outgoing{.sender = number, .transaction = std::move(transaction)};
}

void BenchContracts::hear(labor::v1::Receipt const& receipt, std::uint64_t time_ms) {
  time_ms_ = time_ms;
  auto const id = protocol::TransactionId::from(receipt.transaction_id());
  auto const found = id ? sent_.find(*id) : sent_.end();
  if (found == sent_.end()) return;
  auto const sent = std::move(found->second);
  sent_.erase(found);
  on_their_way_ -= sent.size();
  if (receipt.status() == labor::v1::TX_STATUS_OK) {
    hear_done(sent, receipt);
  } else {
    hear_refused(sent, receipt);
  }
  if (phase_ == Phase::profiles && begun_ == people_.size() / 2 && idle()) {
    phase_ = Phase::hires;
    begun_ = 0;
  }
}

void BenchContracts::hear_done(Sent const& sent, labor::v1::Receipt const& receipt) {
  int created = 0;
  for (auto const& said : sent) {
    ++tallies_[said.message.message_case()].done;
    if (phase_ == Phase::profiles) continue;
    auto& contract = contracts_[said.contract];
    auto const record = makes_a_record(said.message) ? receipt.created_ids(created++) : 0;
    contract.heard(receipt, record, chance_);
    if (contract.rests()) {
      resting_.push_back(said.contract);
      --in_hand_;
      continue;
    }
    if (contract.over()) contract = fresh(said.contract);
    go_on(said.contract);
  }
  if (phase_ == Phase::profiles) --in_hand_;
}

// Whatever it was about is left as it is: the run has failed, and shall tell of all that is wrong.
void BenchContracts::hear_refused(Sent const& sent, labor::v1::Receipt const& receipt) {
  auto const failed = std::min<std::size_t>(receipt.failed_message(), sent.size() - 1);
  auto const kind = sent[failed].message.message_case();
  ++tallies_[kind].refused;
  ++refused_;
  in_hand_ -= phase_ == Phase::profiles ? 1 : sent.size();
  if (refusals_.size() == refusals_told) return;
  auto sentence = fmt::format("{}: {}", name_of(kind), labor::v1::TxStatus_Name(receipt.status()));
  for (auto const& detail : receipt.details()) {
    sentence += fmt::format(" {}={}", detail.name(), detail.value());
  }
  refusals_.push_back(std::move(sentence));
}

void BenchContracts::work() {
  CHECK(hired());
  phase_ = Phase::work;
  tallies_.clear();
}

std::uint64_t BenchContracts::open() const {
  auto const count = std::ranges::count_if(contracts_, &BenchContract::open);
  return static_cast<std::uint64_t>(count);
}

BenchTallies BenchContracts::tallies() const {
  BenchTallies named;
  for (auto const& [kind, tally] : tallies_) named.emplace(name_of(kind), tally);
  return named;
}

// ---- what is in hand ----

std::size_t BenchContracts::in_hand_max() const {
  // Enough that blocks are full of them, and few enough that a contract is worked to its end
  // several times a minute, and the mix is that of whole contracts.
  constexpr std::size_t at_work = 500;
  constexpr std::size_t at_once = 8'000;
  auto const couples = people_.size() / 2;
  // Each person in few of them: nobody comes near the bounds on open proposals and offers.
  return phase_ == Phase::work ? std::min(at_work, 2 * people_.size())
                               : std::min(at_once, group_ * couples);
}

bool BenchContracts::take_up() {
  if (phase_ == Phase::work) return take_up_resting();
  auto const all = phase_ == Phase::profiles ? people_.size() / 2 : contracts_.size();
  if (begun_ == all) return false;
  auto const number = begun_++;
  ++in_hand_;
  if (phase_ == Phase::hires) {
    go_on(number);
    return true;
  }
  for (auto& message : bench_profile()) {
    say(2 * number + 1, {.message = std::move(message), .contract = 0});
  }
  return true;
}

bool BenchContracts::take_up_resting() {
  // Hours funded just now are not worked yet: another is soon found.
  constexpr int draws_max = 32;
  for (int i = 0; i < draws_max && !resting_.empty(); ++i) {
    auto& drawn = resting_[chance_.below(resting_.size())];
    auto const number = drawn;
    if (!contracts_[number].ready_at(time_ms_)) continue;
    drawn = resting_.back();
    resting_.pop_back();
    contracts_[number].resume();
    ++in_hand_;
    go_on(number);
    return true;
  }
  return false;
}

void BenchContracts::go_on(std::size_t contract) {
  auto const& it = contracts_[contract];
  auto const clients = it.side() == BenchContract::Side::client;
  say(clients ? client_of(contract) : talent_of(contract),
      {.message = it.message(), .contract = contract});
}

void BenchContracts::say(std::size_t person, Said said) {
  auto& to_say = people_[person].to_say;
  if (to_say.empty()) speakers_.push_back(person);
  to_say.push_back(std::move(said));
}

// ---- who signs with whom ----

std::size_t BenchContracts::client_of(std::size_t contract) const {
  auto const couples = people_.size() / 2;
  return 2 * (contract / group_ % couples);
}

// Everybody works for the next one in the next round.
std::size_t BenchContracts::talent_of(std::size_t contract) const {
  auto const couples = people_.size() / 2;
  auto const group = contract / group_;
  return 2 * ((group + group / couples) % couples) + 1;
}

BenchContract BenchContracts::fresh(std::size_t contract) {
  return BenchContract{{.client = people_[client_of(contract)].sender.address,
                        .talent = people_[talent_of(contract)].sender.address},
                       chance_};
}

}  // namespace devnet
