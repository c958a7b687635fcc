// A state machine is a table. Each row says: from this state, by this act (a message, or a clock
// of the block), these may, if this guard holds, with this effect, to that state. Code runs the
// rows; the README's tables are printed from them; the tests fire and refuse every one.
//
// Rows are tried in order; several rows may share (act, from) and differ in their guards.
// An act is refused in this order: who, state, guard.

#pragma once

#include <span>
#include <string_view>

#include "protocol/base/check.h"
#include "protocol/execution/failure.h"

namespace execution {

// What sets a row off.
enum class Trigger {
  message,  // Somebody's transaction.
  clock,    // A deadline of the record, fired by the block.
};

// Subject is what guards and effects work on: the context, the record and the message, together.
// State is the record's enum.
template <class Subject, class State>
struct Row {
  std::string_view act;  // "accept"
  Trigger trigger = Trigger::message;
  State from{};
  State to{};
  std::string_view who;           // For people: "client", "talent", "the other side", "block".
  Done (*may)(Subject const&);    // NOT_YOUR_...; nullptr: anyone, or the block.
  std::string_view guard_text;    // For people: "not all released", "" if none.
  Done (*guard)(Subject const&);  // nullptr: none.
  std::string_view effect_text;   // For people: "pays the talent", "" if none.
  Done (*effect)(Subject&);       // nullptr: only the state changes. Guards first, then acts.
};

template <class Subject, class State>
struct Machine {
  std::string_view name;  // "milestone"
  std::span<Row<Subject, State> const> rows;
  // The status for an act that no row allows from the record's state.
  labor::v1::TxStatus wrong_state = labor::v1::TX_STATUS_WRONG_STATE;

  // Finds the row for `act` from `state`, runs its guard and effect, and returns it; the caller
  // stores the record in row->to. The first guard that refuses is reported if no row passes.
  std::expected<Row<Subject, State> const*, Failure> run(std::string_view act, State state,
                                                         Subject& subject) const {
    Row<Subject, State> const* known = nullptr;
    for (auto const& row : rows) {
      if (row.act == act) known = &row;
      if (known != nullptr) break;
    }
    CHECK(known != nullptr);
    if (known->may != nullptr) {
      if (auto const allowed = known->may(subject); !allowed) {
        return std::unexpected{allowed.error()};
      }
    }
    auto refused = Failure{wrong_state, {}};
    bool first = true;
    for (auto const& row : rows) {
      if (row.act != act || row.from != state) continue;
      if (row.guard != nullptr) {
        if (auto const holds = row.guard(subject); !holds) {
          if (first) refused = holds.error();
          first = false;
          continue;
        }
      }
      if (row.effect != nullptr) {
        if (auto const acted = row.effect(subject); !acted) return std::unexpected{acted.error()};
      }
      return &row;
    }
    return std::unexpected{refused};
  }
};

}  // namespace execution
