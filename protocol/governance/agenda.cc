#include "protocol/governance/agenda.h"

#include <algorithm>
#include <utility>

#include "protocol/bank/locks.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/governance/council.h"
#include "protocol/governance/enrolment.h"
#include "protocol/limits.h"

namespace governance {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using labor::v1::Agenda;
using labor::v1::Ballot;

Agenda agenda_of(state::Reader const& state) {
  return execution::find_record<Agenda>(state, state::keys::agenda()).value_or(Agenda{});
}

Done has_place(state::Reader const& state) {
  auto const open = static_cast<std::uint64_t>(agenda_of(state).ballots_size());
  if (open < limits::open_ballots_max) return {};
  return execution::fail(labor::v1::TX_STATUS_TOO_MANY_BALLOTS,
                         {{"have", open}, {"most", limits::open_ballots_max}});
}

void put_on_agenda(Context& context, Ballot& ballot) {
  auto agenda = agenda_of(context.state());
  agenda.set_snapshots(agenda.snapshots() + 1);
  auto& ids = *agenda.mutable_ballots();
  ids.Add(ballot.id());
  std::ranges::sort(ids);  // A deposit may be complete long after that of a later ballot.
  context.put(agenda, "ballot.snapshot");

  auto const locked = bank::locked_beyond(context.state(), bank::all_locks,
                                          protocol::TimeMs{ballot.locked_until_ms()});
  ballot.set_snapshot(agenda.snapshots());
  ballot.set_snapshot_height(context.height().value());
  ballot.set_snapshot_lock(context.counter(bank::lock_counter));
  ballot.set_snapshot_enrolment(context.counter(enrolment_counter));
  ballot.set_holder_cap(base::share(
      locked.value(), context.parameter(labor::v1::PARAMETER_HOLDER_CAP_BPS), limits::bps_of_all));
  ballot.set_council(council_sits(context));
  ballot.mutable_tokens()->set_eligible(locked.value());
  ballot.mutable_members()->set_eligible(
      ballot.council() ? static_cast<std::uint64_t>(council_of(context.state()).accounts_size())
                       : context.counter(enrolled_counter));
}

Done take_off_agenda(Context& context, Ballot const& ballot) {
  auto agenda = agenda_of(context.state());
  auto& ids = *agenda.mutable_ballots();
  auto const found = std::ranges::find(ids, ballot.id());
  TRY_VOID(execution::must_hold(found != ids.end()));
  ids.erase(found);
  context.put(agenda, "ballot.over");
  return {};
}

}  // namespace governance
