#include "protocol/validators/randomness.h"

#include <algorithm>
#include <string_view>

#include "protocol/address.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/validators/seats.h"

namespace validators {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles rounds, their members and both messages.
using execution::Context;
using execution::Done;
using execution::fail;

namespace {

constexpr std::string_view round_counter = "random_round";

// The seat whose node the sender is.
std::expected<Seat, execution::Failure> seat_of_node(Context const& context,
                                                     std::string_view node_key) {
  auto const key = protocol::PublicKey::from(node_key);
  if (!key || protocol::address_of(*key) != context.sender()) {
    return fail(TX_STATUS_NOT_YOUR_NODE);
  }
  auto seat = seat_of_key(context.state(), node_key);
  if (!seat || seat->validator().node_key() != node_key) {
    return fail(TX_STATUS_VALIDATOR_NOT_FOUND);
  }
  if (seat->state() == SEAT_STATE_GONE) return fail(TX_STATUS_SEAT_GONE);
  return *std::move(seat);
}

std::optional<SeatRandomness> randomness_of(state::Reader const& state, std::uint64_t seat) {
  return execution::find_record<SeatRandomness>(state, state::keys::seat_randomness(seat));
}

// Notes who was silent in a round that is over.
void close(Context& context, RandomRound round) {
  if (round.closed()) return;
  for (auto const& member : round.members()) {
    if (!member.preimage().empty()) continue;
    auto randomness = randomness_of(context.state(), member.seat());
    CHECK(randomness.has_value());  // It was a member for it, and none is erased.
    randomness->set_missed(randomness->missed() + 1);
    randomness->set_sits_out_until_ms(context.time().value() + limits::random_sit_out_ms);
    context.put(*randomness, "randomness.miss");
  }
  round.set_closed(true);
  context.put(round, "randomness.close");
}

RandomRound open(Context& context) {
  RandomRound round;
  auto const id = context.counter(round_counter) + 1;
  context.set_counter(round_counter, id);
  round.set_id(id);
  round.set_opened_height(context.height().value());
  round.set_until_ms(context.time().value() + limits::random_round_ms);
  for (auto const& seat : seats(context.state())) {
    auto const randomness = randomness_of(context.state(), seat.id());
    if (!randomness || context.time().value() < randomness->sits_out_until_ms()) continue;
    auto& member = *round.add_members();
    member.set_seat(seat.id());
    member.set_tip(randomness->tip());
    member.set_committed_at_ms(randomness->committed_at_ms());
  }
  context.put(round, "randomness.open");
  return round;
}

RoundMember* waited_for(RandomRound& round, SeatRandomness const& randomness) {
  for (auto& member : *round.mutable_members()) {
    if (waits_for(member, randomness)) return &member;
  }
  return nullptr;
}

}  // namespace

protocol::Hash randomness_before(protocol::Hash const& value) {
  return crypto::hash(crypto::domains::randomness, {value.view()});
}

Done apply(Context& context, CommitRandomness const& message) {
  TRY_VOID(execution::must_be_hash(message.tip()));
  TRY(seat, seat_of_node(context, message.node_key()));
  auto randomness = randomness_of(context.state(), seat.id()).value_or(SeatRandomness{});
  auto const first = randomness.tip().empty();
  randomness.set_generation(first ? 0 : randomness.generation() + 1);
  randomness.set_seat(seat.id());
  randomness.set_tip(message.tip());
  randomness.set_committed_at_ms(context.time().value());
  context.put(randomness, "randomness.commit");
  return {};
}

Done apply(Context& context, RevealRandomness const& message) {
  TRY_VOID(execution::must_be_hash(message.preimage()));
  TRY(seat, seat_of_node(context, message.node_key()));
  auto round = latest_round(context.state());
  if (!round || round->id() != message.round() || !is_open(*round, context.time())) {
    return fail(TX_STATUS_ROUND_NOT_OPEN, {{"got", message.round()}});
  }
  auto randomness = randomness_of(context.state(), seat.id());
  if (!randomness) return fail(TX_STATUS_NOT_IN_ROUND);
  auto* const member = waited_for(*round, *randomness);
  if (member == nullptr) return fail(TX_STATUS_NOT_IN_ROUND);
  auto const value = protocol::Hash::from(message.preimage());
  if (!value) return execution::must_hold(false);  // Its form was checked.
  if (randomness_before(*value).chars() != member->tip()) {
    return fail(TX_STATUS_RANDOMNESS_MISMATCH);
  }
  member->set_preimage(message.preimage());
  randomness->set_tip(message.preimage());
  context.put(*round, "randomness.reveal");
  context.put(*randomness, "randomness.reveal");
  return {};
}

bool waits_for(RoundMember const& member, SeatRandomness const& randomness) {
  return member.seat() == randomness.seat() && member.tip() == randomness.tip() &&
         member.preimage().empty();
}

std::optional<RandomRound> latest_round(state::Reader const& state) {
  return execution::find_record<RandomRound>(
      state, state::keys::random_round(execution::counter_of(state, round_counter)));
}

bool is_open(RandomRound const& round, protocol::TimeMs now) {
  return now.value() < round.until_ms();
}

Joined join_round(Context& context) {
  auto const latest = latest_round(context.state());
  if (latest && is_open(*latest, context.time())) {
    auto const now_opened = latest->opened_height() == context.height().value();
    return {.round = now_opened ? latest->id() : 0, .until = protocol::TimeMs{latest->until_ms()}};
  }
  if (latest) close(context, *latest);
  auto const opened = open(context);
  return {.round = opened.id(), .until = protocol::TimeMs{opened.until_ms()}};
}

std::optional<protocol::Hash> seed_of(state::Reader const& state, std::uint64_t round,
                                      protocol::TimeMs committed_before) {
  auto const found = execution::find_record<RandomRound>(state, state::keys::random_round(round));
  if (!found) return std::nullopt;
  auto said = base::big_endian(round);
  std::size_t members = 0;
  std::size_t spoke = 0;
  for (auto const& member : found->members()) {
    if (member.committed_at_ms() >= committed_before.value()) continue;
    ++members;
    if (member.preimage().empty()) continue;
    ++spoke;
    base::append_big_endian(said, member.seat());
    said += member.preimage();
  }
  if (spoke == 0 || spoke * 3 <= members) return std::nullopt;
  return crypto::hash(crypto::domains::randomness_seed, {base::bytes_of(said)});
}

}  // namespace validators
