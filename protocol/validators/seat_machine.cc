#include "protocol/validators/seat_machine.h"

#include <algorithm>

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/recent_blocks.h"
#include "protocol/validators/seats.h"

namespace validators {

using namespace labor::v1;  // This file names every state of a seat.
using execution::Done;
using execution::fail;
using enum execution::Trigger;

namespace {

using Who = execution::Who<SeatAct>;
using Guard = execution::Guard<SeatAct>;
using Effect = execution::Effect<SeatAct>;

// ---- who ----

Done is_operator(SeatAct const& act) {
  if (act.context.sender().chars() == act.seat.validator().operator_()) return {};
  return fail(TX_STATUS_NOT_YOUR_SEAT);
}

// ---- guards ----

bool proves(std::string_view key, std::string_view message, std::string_view signature) {
  auto const public_key = protocol::PublicKey::from(key);
  auto const value = protocol::Signature::from(signature);
  return public_key && value && crypto::verify(*public_key, base::bytes_of(message), *value);
}

Done is_ready(SeatAct const& act) {
  auto const height = protocol::Height{act.ready->height()};
  auto const block = execution::recent_block(act.context.state(), height);
  if (!block || block->chars() != act.ready->block_hash()) {
    return fail(TX_STATUS_BLOCK_NOT_RECENT, {{"got", height.value()}});
  }
  auto const rotates = act.seat.state() == SEAT_STATE_ROTATING;
  auto const& key = rotates ? act.seat.new_consensus_key() : act.seat.validator().consensus_key();
  auto const message = ready_bytes(act.context.genesis(), act.seat.id(), height, *block);
  if (proves(key, message, act.ready->signature())) return {};
  return fail(TX_STATUS_BAD_KEY_PROOF);
}

Done may_rotate(SeatAct const& act) {
  TRY_VOID(must_be_free(act.context, act.rotation->new_consensus_key()));
  if (act.rotation->new_node_key() != act.seat.validator().node_key()) {
    TRY_VOID(must_be_free(act.context, act.rotation->new_node_key()));
  }
  auto const message = rotation_bytes(act.context.genesis(), *act.rotation);
  if (proves(act.rotation->new_consensus_key(), message, act.rotation->proof())) return {};
  return fail(TX_STATUS_BAD_KEY_PROOF);
}

Done is_guilty(SeatAct const& act) {
  if (act.voter.chars() != act.seat.validator().consensus_key()) {
    return fail(TX_STATUS_EVIDENCE_STALE);
  }
  auto const signed_by_voter = [&](Vote const& vote) {
    return signed_by(vote, act.voter, act.context.genesis());
  };
  if (std::ranges::all_of(*act.votes, signed_by_voter)) return {};
  return fail(TX_STATUS_BAD_VOTE_SIGNATURE);
}

// ---- effects ----

Done wait_for_turn(SeatAct& act) {
  if (act.seat.turn() != 0) return {};
  auto const turn = act.context.counter(turn_counter) + 1;
  act.context.set_counter(turn_counter, turn);
  act.context.set_counter(waiting_counter, 1);
  act.seat.set_turn(turn);
  return {};
}

Done stop_waiting(SeatAct& act) {
  act.seat.clear_turn();
  return {};
}

// What it has registered stays registered: a key is nobody's a second time.
void drop_rotation(SeatAct& act) {
  act.seat.clear_new_consensus_key();
  act.seat.clear_new_node_key();
}

Done take_keys(SeatAct& act) {
  act.seat.clear_turn();
  act.seat.set_new_consensus_key(act.rotation->new_consensus_key());
  act.seat.set_new_node_key(act.rotation->new_node_key());
  register_key(act.context, act.seat.new_consensus_key(), act.seat.id());
  register_key(act.context, act.seat.new_node_key(), act.seat.id());
  return {};
}

Done turn_keys(SeatAct& act) {
  act.seat.clear_turn();
  act.seat.mutable_validator()->set_consensus_key(act.seat.new_consensus_key());
  act.seat.mutable_validator()->set_node_key(act.seat.new_node_key());
  drop_rotation(act);
  return {};
}

Done leave(SeatAct& act) {
  drop_rotation(act);
  return wait_for_turn(act);
}

Done note_offence(SeatAct& act) {
  act.seat.set_offended_height(act.context.height().value());
  return leave(act);
}

// ---- the table ----

constexpr auto none = SEAT_STATE_UNSPECIFIED;
constexpr auto admitted = SEAT_STATE_ADMITTED;
constexpr auto ready = SEAT_STATE_READY;
constexpr auto seated = SEAT_STATE_SEATED;
constexpr auto rotating = SEAT_STATE_ROTATING;
constexpr auto turning = SEAT_STATE_TURNING;
constexpr auto leaving = SEAT_STATE_LEAVING;
constexpr auto offended = SEAT_STATE_OFFENDED;
constexpr auto gone = SEAT_STATE_GONE;

constexpr Who anyone{"anyone"};
constexpr Who its_operator{"its operator", is_operator};
constexpr Who a_ballot{"a ballot"};
constexpr Who a_boundary{"a boundary"};

constexpr Guard key_is_ready{"its key has signed one of the last 256 blocks", is_ready, true};
constexpr Guard keys_are_free{"the keys are nobody's, and the new one has signed", may_rotate,
                              true};
constexpr Guard guilty{"the key, still its own, has signed both votes", is_guilty, true};

constexpr Effect waits{"waits for its turn", wait_for_turn};
constexpr Effect waits_no_more{"waits no more", stop_waiting};
constexpr Effect registers{"registers the new keys", take_keys};
constexpr Effect turns{"the new keys are its keys", turn_keys};
constexpr Effect leaves{"drops new keys, waits for its turn", leave};
constexpr Effect notes{"notes the height, drops new keys, waits for its turn", note_offence};

// clang-format off
SeatMachine::RowType const rows[] = {
  {"admit",  follow,  none,     admitted, a_ballot,     {},            {}},
  {"ready",  message, admitted, ready,    anyone,       key_is_ready,  waits},
  {"seat",   follow,  ready,    seated,   a_boundary,   {},            waits_no_more},
  {"rotate", message, seated,   rotating, its_operator, keys_are_free, registers},
  {"rotate", message, rotating, rotating, its_operator, keys_are_free, registers},
  {"rotate", message, turning,  rotating, its_operator, keys_are_free, registers},
  {"ready",  message, rotating, turning,  anyone,       key_is_ready,  waits},
  {"turn",   follow,  turning,  seated,   a_boundary,   {},            turns},
  {"remove", follow,  admitted, gone,     a_ballot,     {},            {}},
  {"remove", follow,  ready,    gone,     a_ballot,     {},            waits_no_more},
  {"remove", follow,  seated,   leaving,  a_ballot,     {},            leaves},
  {"remove", follow,  rotating, leaving,  a_ballot,     {},            leaves},
  {"remove", follow,  turning,  leaving,  a_ballot,     {},            leaves},
  {"offend", message, seated,   offended, anyone,       guilty,        notes},
  {"offend", message, rotating, offended, anyone,       guilty,        notes},
  {"offend", message, turning,  offended, anyone,       guilty,        notes},
  {"offend", message, leaving,  offended, anyone,       guilty,        notes},
  {"go",     follow,  leaving,  gone,     a_boundary,   {},            waits_no_more},
  {"go",     follow,  offended, gone,     a_boundary,   {},            waits_no_more},
};
// clang-format on

TxStatus wrong_state(SeatState state) {
  if (state == offended) return TX_STATUS_ALREADY_OFFENDED;
  if (state == gone) return TX_STATUS_SEAT_GONE;
  return TX_STATUS_WRONG_STATE;
}

}  // namespace

SeatMachine const& seat_machine() {
  static constexpr SeatMachine machine{
      .name = "seat", .rows = rows, .in_time = nullptr, .wrong_state = wrong_state};
  return machine;
}

bool holds_place(SeatState state) {
  return state == seated || state == rotating || state == turning || state == leaving ||
         state == offended;
}

}  // namespace validators
