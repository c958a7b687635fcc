#include "protocol/validators/seats.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "protocol/address.h"
#include "protocol/bank/account.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/validators/set.h"

namespace validators {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about seats.
using execution::Context;
using execution::Done;
using execution::fail;

namespace {

constexpr std::string_view seat_counter = "seat";

Done must_be_key(std::string_view bytes) {
  auto const key = protocol::PublicKey::from(bytes);
  return key && crypto::valid_key(*key) ? Done{} : fail(TX_STATUS_INVALID_VALIDATOR_KEY);
}

// By any key that it ever registered: a ballot that removes a validator outlasts a rotation.
std::expected<Seat, execution::Failure> find_seat(state::Reader const& state,
                                                  std::string_view key) {
  auto seat = seat_of_key(state, key);
  if (!seat) return fail(TX_STATUS_VALIDATOR_NOT_FOUND);
  return *std::move(seat);
}

Done transition(SeatAct act, std::string_view name) {
  return execution::transition(act.context, seat_machine(), name, act, act.seat);
}

// What one change says, apart from all others.
Done check_admission(Context const& context, Validator const& validator) {
  if (!validator.operator_().empty() && validator.operator_().size() != protocol::Address::size) {
    return fail(TX_STATUS_INVALID_ADDRESS);
  }
  if (validator.name().empty() || validator.name().size() > limits::validator_name_bytes_max) {
    return fail(TX_STATUS_INVALID_VALIDATOR_NAME);
  }
  for (auto const& key : {validator.consensus_key(), validator.node_key()}) {
    TRY_VOID(must_be_key(key));
    TRY_VOID(must_be_free(context, key));
  }
  return {};
}

// The seat's id.
std::expected<std::uint64_t, execution::Failure> check_removal(Context& context,
                                                               RemoveValidator const& removal) {
  TRY(seat, find_seat(context.state(), removal.consensus_key()));
  auto const act = SeatAct{.context = context, .seat = seat};
  TRY_VOID(seat_machine().find("remove", seat.state(), act));
  return seat.id();
}

Done admit(Context& context, Validator const& validator) {
  Seat seat;
  seat.set_id(context.next_id(seat_counter));
  *seat.mutable_validator() = validator;
  register_key(context, validator.consensus_key(), seat.id());
  register_key(context, validator.node_key(), seat.id());
  auto const node_key = protocol::PublicKey::from(validator.node_key());
  CHECK(node_key.has_value());  // may_make()
  TRY_VOID(bank::become_member(context, protocol::address_of(*node_key)));
  return transition({.context = context, .seat = seat}, "admit");
}

// The voter's key in the epoch of the votes.
std::expected<protocol::PublicKey, execution::Failure> voter_of(Context const& context,
                                                                Vote const& vote) {
  auto const set = set_of_epoch(context.state(), vote.epoch);
  if (!set) return fail(TX_STATUS_EPOCH_NOT_FOUND, {{"got", vote.epoch.value()}});
  if (std::cmp_greater_equal(vote.voter.value(), set->validators_size())) {
    return fail(TX_STATUS_VALIDATOR_NOT_FOUND);
  }
  auto const key = protocol::PublicKey::from(set->validators(vote.voter.value()).consensus_key());
  if (!key) return fail(TX_STATUS_INTERNAL);
  return *key;
}

}  // namespace

std::vector<Seat> all_seats(state::Reader const& state) {
  std::vector<Seat> found;
  auto const last = execution::counter_of(state, seat_counter);
  for (std::uint64_t id = 1; id <= last; ++id) {
    auto seat = execution::find_record<Seat>(state, state::keys::seat(id));
    CHECK(seat.has_value());  // Ids are given out with their record, and none is erased.
    found.push_back(*std::move(seat));
  }
  return found;
}

std::vector<Seat> seats(state::Reader const& state) {
  auto found = all_seats(state);
  std::erase_if(found, [](Seat const& seat) { return seat.state() == SEAT_STATE_GONE; });
  return found;
}

std::optional<Seat> seat_of_key(state::Reader const& state, std::string_view key) {
  auto const id = state.get(state::keys::validator_key(key));
  if (!id) return std::nullopt;
  return execution::find_record<Seat>(state,
                                      state::keys::seat(base::read_big_endian<std::uint64_t>(*id)));
}

void put_first_seats(state::Overlay& overlay, protocol::Chain const& chain) {
  auto const set = first_set(chain);
  std::uint64_t id = 0;
  for (auto const& validator : set.validators()) {
    Seat seat;
    seat.set_id(++id);
    seat.set_state(SEAT_STATE_SEATED);
    *seat.mutable_validator() = validator;
    overlay.put(state::key_of(seat), canonical::encode(seat));
    for (auto const& key : {validator.consensus_key(), validator.node_key()}) {
      overlay.put(state::keys::validator_key(key), base::big_endian(id));
    }
  }
  execution::set_counter(overlay, seat_counter, id);
}

Done apply(Context& context, ReadySeat const& message) {
  TRY(seat, find_seat(context.state(), message.consensus_key()));
  return transition({.context = context, .seat = seat, .ready = &message}, "ready");
}

Done apply(Context& context, RotateValidatorKeys const& message) {
  TRY_VOID(must_be_key(message.new_consensus_key()));
  TRY_VOID(must_be_key(message.new_node_key()));
  if (message.new_consensus_key() == message.new_node_key()) {
    return fail(TX_STATUS_INVALID_VALIDATOR_KEY);
  }
  TRY(seat, find_seat(context.state(), message.consensus_key()));
  return transition({.context = context, .seat = seat, .rotation = &message}, "rotate");
}

Done apply(Context& context, SubmitEvidence const& message) {
  auto first = read_vote(message.first_vote());
  auto second = read_vote(message.second_vote());
  if (!first || !second) return fail(TX_STATUS_INVALID_VOTE);
  if (!contradict(*first, *second)) return fail(TX_STATUS_NO_OFFENCE);
  TRY(key, voter_of(context, *first));
  TRY(seat, find_seat(context.state(), key.chars()));
  auto const votes = std::array{*std::move(first), *std::move(second)};
  return transition({.context = context, .seat = seat, .votes = &votes, .voter = key}, "offend");
}

Done may_make(Context& context, Changes const& changes) {
  if (changes.empty()) return {};
  std::set<std::string_view> names;
  std::set<std::string_view> keys;
  std::set<std::uint64_t> removed;
  auto const present = seats(context.state());
  for (auto const& seat : present) names.insert(seat.validator().name());
  std::size_t admitted = 0;
  for (auto const& change : changes) {
    if (change.has_remove()) {
      TRY(id, check_removal(context, change.remove()));
      if (!removed.insert(id).second) return fail(TX_STATUS_VALIDATOR_TWICE);
      continue;
    }
    // One that is neither has no validator, and so no name.
    auto const& validator = change.admit().validator();
    TRY_VOID(check_admission(context, validator));
    for (auto const* const key : {&validator.consensus_key(), &validator.node_key()}) {
      if (!keys.insert(*key).second) return fail(TX_STATUS_VALIDATOR_TWICE);
    }
    if (!names.insert(validator.name()).second) return fail(TX_STATUS_VALIDATOR_NAME_TAKEN);
    ++admitted;
  }
  if (present.size() + admitted <= limits::validators_max) return {};
  return fail(TX_STATUS_TOO_MANY_VALIDATORS,
              {{"have", present.size()}, {"most", limits::validators_max}});
}

Done make(Context& context, Changes const& changes) {
  for (auto const& change : changes) {
    if (change.has_admit()) {
      TRY_VOID(admit(context, change.admit().validator()));
      continue;
    }
    TRY(seat, find_seat(context.state(), change.remove().consensus_key()));
    TRY_VOID(transition({.context = context, .seat = seat}, "remove"));
  }
  return {};
}

Done must_be_free(Context const& context, std::string_view key) {
  if (!context.state().get(state::keys::validator_key(key))) return {};
  return fail(TX_STATUS_VALIDATOR_KEY_TAKEN);
}

void register_key(Context& context, std::string_view key, std::uint64_t seat) {
  context.index(state::keys::validator_key(key), base::big_endian(seat));
}

std::string ready_bytes(protocol::GenesisHash const& genesis, std::uint64_t seat,
                        protocol::Height height, protocol::BlockHash const& block) {
  auto body = base::big_endian(seat);
  base::append_big_endian(body, height.value());
  body += block.chars();
  return crypto::signing_bytes(crypto::tags::ready, genesis, base::bytes_of(body));
}

std::string rotation_bytes(protocol::GenesisHash const& genesis,
                           RotateValidatorKeys const& message) {
  auto const body = message.consensus_key() + message.new_consensus_key() + message.new_node_key();
  return crypto::signing_bytes(crypto::tags::rotate, genesis, base::bytes_of(body));
}

}  // namespace validators
