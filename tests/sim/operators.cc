#include "tests/sim/operators.h"

#include <labor/v1/bank.pb.h>
#include <labor/v1/governance.pb.h>

#include <utility>

#include "protocol/address.h"
#include "protocol/bank/account.h"
#include "protocol/base/check.h"
#include "protocol/execution/context.h"
#include "protocol/state/keys.h"
#include "protocol/validators/seats.h"
#include "tests/sim/load.h"

namespace sim {
namespace {

// A seed has some fifty blocks: every other one stays in its first epoch, as far as it gets.
constexpr std::uint64_t epoch_blocks_min = 4;
constexpr std::uint64_t epoch_blocks_max = 40;
constexpr std::uint64_t one_epoch_blocks = 1000;
constexpr std::size_t set_min = 4;
constexpr std::size_t set_max = 7;

constexpr std::uint64_t lbr = 1'000'000;
constexpr std::uint64_t day_ms = 24ull * 60 * 60 * 1000;
constexpr std::uint64_t locked_for_ms = 900 * day_ms;
constexpr std::uint64_t valid_for_ms = 60'000;
// As node/engine/readiness.h.
constexpr std::uint64_t recent_ms = 120'000;
constexpr std::uint64_t only_ballot = 1;

std::optional<labor::v1::Ballot> ballot_in(state::Reader const& state) {
  return execution::find_record<labor::v1::Ballot>(state, state::keys::ballot(only_ballot));
}

bool waits_for(labor::v1::Seat const& seat, std::string const& key) {
  if (seat.state() == labor::v1::SEAT_STATE_ADMITTED) {
    return seat.validator().consensus_key() == key;
  }
  return seat.state() == labor::v1::SEAT_STATE_ROTATING && seat.new_consensus_key() == key;
}

}  // namespace

std::string_view name_of(SetChange change) {
  switch (change) {
    case SetChange::grown:
      return "grown";
    case SetChange::shrunk:
      return "shrunk";
    case SetChange::replaced:
      return "replaced";
    case SetChange::rotated:
      return "rotated";
    case SetChange::during_partition:
      return "during_partition";
  }
  UNREACHABLE();
}

SetPlan draw_set_plan(std::size_t validators, Prng& prng) {
  SetPlan plan{.epoch_blocks = prng.between(epoch_blocks_min, epoch_blocks_max),
               .least = validators};
  if (!prng.one_in(2)) {
    plan.epoch_blocks = one_epoch_blocks;
    return plan;
  }
  if (prng.one_in(3)) return plan;
  auto const kind = prng.below(4);
  plan.rotates = kind == 0 || prng.one_in(2);
  plan.cuts_off = kind == 0 && plan.faults_max() >= 2;  // One is away, and one between its keys.
  if (kind == 1) {
    plan.spares = validators < set_max ? prng.between(1, set_max - validators) : 1;
  } else if (kind == 2 && validators == set_min) {
    plan.spares = 2;
    plan.removals = 1;
  } else if (kind == 2) {
    plan.removals = prng.between(1, validators - set_min);
  } else if (kind == 3) {
    plan.spares = 1;
    plan.removals = 1;
  }
  plan.least = std::max(set_min, validators - plan.removals);
  return plan;
}

Operators::Operators(protocol::Chain const& chain, SetPlan const& plan,
                     std::vector<std::size_t> numbers)
    : chain_{chain}, plan_{plan}, numbers_{std::move(numbers)} {
  auto const add = [this](crypto::SecretKey key) {
    auto const address = protocol::address_of(key.public_key());
    accounts_.push_back({.key = std::move(key), .address = address});
  };
  for (auto const number : numbers_) add(known_key("operator", number));
  add(known_key("owner", 0));
}

std::optional<std::string> Operators::pending(std::size_t account, std::uint64_t now_ms) {
  auto& a = accounts_.at(account);
  if (a.valid_until_ms <= now_ms) a.pending.clear();
  if (a.pending.empty()) return std::nullopt;
  return a.pending;
}

void Operators::begin(std::size_t account, labor::v1::Message const& message,
                      std::uint64_t now_ms) {
  auto& a = accounts_.at(account);
  labor::v1::TransactionBody body;
  body.set_chain_id(chain_.id());
  body.set_account(a.address.str());
  body.set_sequence(a.sequence);
  a.valid_until_ms = now_ms + valid_for_ms;
  body.set_valid_until_ms(a.valid_until_ms);
  body.set_fee_limit(100 * lbr);
  *body.add_messages() = message;
  a.pending = signed_transaction(chain_, body, a.key);
}

void Operators::final(protocol::Address const& account, std::uint64_t sequence) {
  for (auto& a : accounts_) {
    if (a.address != account || a.sequence != sequence) continue;
    ++a.sequence;
    a.pending.clear();
  }
}

std::optional<labor::v1::Message> Operators::next_of_owner(
    state::Reader const& state, std::vector<std::size_t> const& to_go) const {
  if (!plan_.votes()) return std::nullopt;
  labor::v1::Message message;
  auto const& owner = accounts_.back();
  if (bank::account_of(state, owner.address).lock_ids().empty()) {
    auto& lock = *message.mutable_lock_tokens();
    lock.set_amount(1000 * lbr);
    lock.set_until_ms(genesis_time_ms + locked_for_ms);
    return message;
  }
  auto const ballot = ballot_in(state);
  if (!ballot) {
    auto& submit = *message.mutable_submit_ballot();
    submit.set_title("Validators");
    submit.set_deposit(ballot_deposit);
    auto& changes = *submit.mutable_actions()->mutable_validators();
    for (auto node = numbers_.size() - plan_.spares; node < numbers_.size(); ++node) {
      fill_validator(*changes.Add()->mutable_admit()->mutable_validator(), numbers_[node]);
    }
    for (auto const node : to_go) {
      auto const key = known_key("consensus", numbers_.at(node)).public_key();
      changes.Add()->mutable_remove()->set_consensus_key(key.str());
    }
    return message;
  }
  if (ballot->state() != labor::v1::BALLOT_STATE_VOTING || ballot->tokens().tally().yes() > 0) {
    return std::nullopt;
  }
  auto& vote = *message.mutable_cast_vote();
  vote.set_ballot(only_ballot);
  vote.set_choice(labor::v1::CHOICE_YES);
  return message;
}

std::uint64_t Operators::to_wait_ms(state::Reader const& state, std::uint64_t now_ms) const {
  auto const ballot = plan_.votes() ? ballot_in(state) : std::nullopt;
  if (!ballot || ballot->ends_at_ms() <= now_ms) return 0;
  auto const voting = ballot->state() == labor::v1::BALLOT_STATE_VOTING;
  return voting && ballot->tokens().tally().yes() == 0 ? 0 : ballot->ends_at_ms() - now_ms;
}

std::optional<labor::v1::Message> Operators::readiness(state::Reader const& state,
                                                       node::Head const& head,
                                                       crypto::SecretKey const& key,
                                                       std::uint64_t now_ms) const {
  if (head.time.value() + recent_ms < now_ms) return std::nullopt;
  auto const text = key.public_key().str();
  auto const seat = validators::seat_of_key(state, text);
  if (!seat || !waits_for(*seat, text)) return std::nullopt;
  labor::v1::Message message;
  auto& ready = *message.mutable_ready_seat();
  ready.set_consensus_key(text);
  ready.set_height(head.height.value());
  ready.set_block_hash(head.hash.str());
  auto const bytes = validators::ready_bytes(chain_.hash(), seat->id(), head.height, head.hash);
  ready.set_signature(key.sign(base::bytes_of(bytes)).str());
  return message;
}

labor::v1::Message Operators::rotation(std::size_t node, crypto::SecretKey const& from,
                                       crypto::SecretKey const& to) const {
  labor::v1::Message message;
  auto& rotate = *message.mutable_rotate_validator_keys();
  rotate.set_consensus_key(from.public_key().str());
  rotate.set_new_consensus_key(to.public_key().str());
  rotate.set_new_node_key(known_key("node", numbers_.at(node)).public_key().str());
  auto const bytes = validators::rotation_bytes(chain_.hash(), rotate);
  rotate.set_proof(to.sign(base::bytes_of(bytes)).str());
  return message;
}

}  // namespace sim
