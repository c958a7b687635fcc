// The agenda: which ballots are before the owners, from the last share of their deposit until they
// are over, at most limits::open_ballots_max at once.
//
// Coming before the owners takes the snapshot: from then on nothing that anybody locks, delegates
// or enrols counts on it. Snapshots are numbered, from 1.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

labor::v1::Agenda agenda_of(state::Reader const& state);

// TOO_MANY_BALLOTS {have, most}.
execution::Done has_place(state::Reader const& state);

// Adds the ballot and takes its snapshot.
void put_on_agenda(execution::Context& context, labor::v1::Ballot& ballot);

// It is over. INTERNAL: it was not on it.
execution::Done take_off_agenda(execution::Context& context, labor::v1::Ballot const& ballot);

}  // namespace governance
