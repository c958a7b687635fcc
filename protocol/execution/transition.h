// Runs a row and stores what it has made of the record: the only way a record changes its state.

#pragma once

#include <string_view>

#include "protocol/base/try.h"
#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"

namespace execution {

// In the state of row.to; a record whose row leads to no state leaves the state as it is.
template <class Subject, class State, class Record>
void store(Context& context, Machine<Subject, State> const& machine, Row<Subject, State> const& row,
           Record& record) {
  auto const cause = machine.cause(row.act);
  if (row.to == State{}) {
    context.remove(record, cause);
    return;
  }
  record.set_state(row.to);
  context.put(record, cause);
}

// `record` is the subject's own.
template <class Subject, class State, class Record>
Done transition(Context& context, Machine<Subject, State> const& machine, std::string_view act,
                Subject& subject, Record& record) {
  TRY(row, machine.run(act, record.state(), subject));
  store(context, machine, *row, record);
  return {};
}

// For the clock that has run out.
template <class Subject, class State, class Record>
Done transition_when_due(Context& context, Machine<Subject, State> const& machine, Subject& subject,
                         Record& record) {
  TRY(row, machine.fire(record.state(), subject));
  store(context, machine, *row, record);
  return {};
}

}  // namespace execution
