// The transition table of seats.
//
//   admitted -> ready -> seated -> leaving | offended -> gone
//   seated -> rotating -> turning -> seated          new keys
//
// A change of the set waits for its turn from the moment when all that it needs is there, and is
// made at a boundary (changes.h). Until then the validators of the epoch stay as they are: an
// offender's votes count, or the set would change inside a running sequence of views.

#pragma once

#include <labor/v1/validators.pb.h>

#include <array>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/validators/vote.h"

namespace validators {

// The last turn given out; and whether a seat waits for its turn (1) or none does (0), so that most
// blocks need not look.
inline constexpr std::string_view turn_counter = "validators.turn";
inline constexpr std::string_view waiting_counter = "validators.waiting";

// What the columns work on. Of the messages the one that is sent is set.
struct SeatAct {
  execution::Context& context;
  labor::v1::Seat& seat;
  labor::v1::ReadySeat const* ready = nullptr;
  labor::v1::RotateValidatorKeys const* rotation = nullptr;
  // Votes that contradict, and the key of their voter in their epoch.
  std::array<Vote, 2> const* votes = nullptr;
  protocol::PublicKey voter{};
};

using SeatMachine = execution::Machine<SeatAct, labor::v1::SeatState>;

SeatMachine const& seat_machine();

// Who has a place in the set of the present epoch.
bool holds_place(labor::v1::SeatState state);

}  // namespace validators
