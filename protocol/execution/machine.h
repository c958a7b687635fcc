// A state machine is a table. Each row says: by this act, from this state to that state, if these
// people do it (or the block does), if this guard holds, with this effect. Code runs the rows; the
// README's tables are printed from them (machine_markdown.h); the tests fire and refuse every one.
//
//   Row{"accept", Trigger::message, SUBMITTED, ACCEPTED, the_client, {}, pays_the_rest}
//
// An act is refused in this order: who, time, state, guard; then its effect may refuse for want of
// money. Several rows may share (act, from) and differ in who or guard; they are tried in order.
//
// The enum's first value (..._UNSPECIFIED) is "no record": from it a record comes into being, to
// it the record leaves the state.

#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/execution/failure.h"
#include "protocol/types.h"

namespace execution {

// What sets a row off.
enum class Trigger {
  message,  // Somebody's transaction.
  clock,    // A deadline of the record, fired by the block.
  follow,   // A transition of another record, in the same transaction or clock.
};

// The words and the code of a column stand together, so that neither can drift. An empty column
// ({}) allows anyone, guards nothing, does nothing.

template <class Subject>
struct Who {
  std::string_view words;                   // "the client"
  Done (*check)(Subject const&) = nullptr;  // NOT_YOUR_...
};

template <class Subject>
struct Guard {
  std::string_view words;                      // "no refund request runs"
  Done (*check)(Subject const&) = nullptr;     // Each condition has its own status.
  bool reads_message = false;                  // Such guards say nothing before there is a message,
  Done (*foreseen)(Subject const&) = nullptr;  // but for this part of them.
};

template <class Subject>
struct Effect {
  std::string_view words;  // "pays the rest to the talent"
  Done (*run)(Subject&) = nullptr;
};

// Subject is what the columns work on: the context, the record, its people and the message. Its
// member `cause`, if it has one, is set for the effect. State is the record's enum.
template <class Subject, class State>
struct Row {
  std::string_view act;
  Trigger trigger = Trigger::message;
  State from{};
  State to{};
  Who<Subject> who;
  Guard<Subject> guard;
  Effect<Subject> effect;
};

// What somebody may do now, for wallets and tools.
struct Action {
  std::string_view act;
  std::string_view who;

  bool operator==(Action const&) const = default;
};

template <class Subject, class State>
struct Machine {
  using RowType = Row<Subject, State>;
  using Fired = std::expected<RowType const*, Failure>;

  std::string_view name;  // "milestone"
  std::span<RowType const> rows;
  // DEADLINE_PASSED when a clock of the record has run out, though the block has not fired it yet.
  // Asked for messages only.
  Done (*in_time)(Subject const&) = nullptr;
  // The status of an act that no row allows from this state.
  labor::v1::TxStatus (*wrong_state)(State) = nullptr;

  // Finds the row for `act` from `state`, runs its effect and returns it; the caller stores the
  // record in row->to. Refused: nothing has happened, unless an effect refused (a transaction's
  // overlay is dropped then).
  Fired run(std::string_view act, State state, Subject& subject) const {
    TRY(row, find(act, state, subject));
    TRY_VOID(take_effect(*row, subject));
    return row;
  }

  // The row that run() would fire.
  Fired find(std::string_view act, State state, Subject const& subject) const {
    TRY(mine, rows_for(act, subject));
    if (mine.front()->trigger == Trigger::message && in_time != nullptr) {
      TRY_VOID(in_time(subject));
    }
    auto refused =
        Failure{wrong_state == nullptr ? labor::v1::TX_STATUS_WRONG_STATE : wrong_state(state), {}};
    bool guarded = false;
    for (auto const* row : mine) {
      if (row->from != state) continue;
      if (row->guard.check == nullptr) return row;
      auto const holds = row->guard.check(subject);
      if (holds) return row;
      if (!guarded) refused = holds.error();  // The first row's reason is the one to act on.
      guarded = true;
    }
    return std::unexpected{refused};
  }

  // The row whose clock has run out, with its effect run. The queue holds records with a clock
  // only; INTERNAL: this one's has not run out.
  Fired fire(State state, Subject& subject) const {
    auto const* row = due(state, subject);
    TRY_VOID(must_hold(row != nullptr));
    TRY_VOID(take_effect(*row, subject));
    return row;
  }

  // The row that fire() would fire; nullptr if no clock has run out.
  RowType const* due(State state, Subject const& subject) const {
    for (auto const& row : rows) {
      if (row.trigger != Trigger::clock || row.from != state) continue;
      if (row.guard.check == nullptr || row.guard.check(subject)) return &row;
    }
    return nullptr;
  }

  // The acts open to the subject's account from `state`. Guards that read a message are taken to
  // hold as far as they cannot be foreseen: they depend on what will be asked.
  std::vector<Action> actions(State state, Subject const& subject) const {
    std::vector<Action> open;
    if (in_time != nullptr && !in_time(subject)) return open;
    for (auto const& row : rows) {
      if (row.trigger != Trigger::message || row.from != state) continue;
      if (row.who.check != nullptr && !row.who.check(subject)) continue;
      auto const known = row.guard.reads_message ? row.guard.foreseen : row.guard.check;
      if (known != nullptr && !known(subject)) continue;
      auto const action = Action{.act = row.act, .who = row.who.words};
      if (std::ranges::find(open, action) == open.end()) open.push_back(action);
    }
    return open;
  }

  // "milestone.accept": what events and money give as their cause.
  std::string cause(std::string_view act) const {
    return std::string{name} + "." + std::string{act};
  }

 private:
  Done take_effect(RowType const& row, Subject& subject) const {
    if constexpr (requires { subject.cause; }) subject.cause = cause(row.act);
    return row.effect.run == nullptr ? Done{} : row.effect.run(subject);
  }

  // The rows of `act` that this subject may set off; the first row's reason if there is none.
  std::expected<std::vector<RowType const*>, Failure> rows_for(std::string_view act,
                                                               Subject const& subject) const {
    std::vector<RowType const*> mine;
    Done allowed;
    bool known = false;
    for (auto const& row : rows) {
      if (row.act != act) continue;
      auto const may = row.who.check == nullptr ? Done{} : row.who.check(subject);
      if (may) mine.push_back(&row);
      if (!known) allowed = may;
      known = true;
    }
    CHECK(known);  // Acts are named by code, never by a client.
    if (mine.empty()) return std::unexpected{allowed.error()};
    return mine;
  }
};

}  // namespace execution
