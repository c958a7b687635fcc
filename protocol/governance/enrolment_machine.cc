#include "protocol/governance/enrolment_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/governance/enrolment.h"
#include "protocol/limits.h"
#include "protocol/talent/identity.h"
#include "protocol/talent/profile.h"
#include "protocol/work/contribution.h"

namespace governance {

namespace limits = protocol::limits;
using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::EnrolmentState;

namespace {

using Row = execution::Row<EnrolmentAct, EnrolmentState>;
using Who = execution::Who<EnrolmentAct>;
using Guard = execution::Guard<EnrolmentAct>;
using Effect = execution::Effect<EnrolmentAct>;

constexpr auto none = labor::v1::ENROLMENT_STATE_UNSPECIFIED;
constexpr auto enrolled = labor::v1::ENROLMENT_STATE_ENROLLED;

// ---- who ----

Done is_person(EnrolmentAct const& act) {
  auto const& sender = act.context.sender();
  auto const profile = talent::find_profile(act.context, sender);
  auto const of_a_person = !profile || profile->details().kind() == labor::v1::PROFILE_KIND_PERSON;
  if (of_a_person && talent::is_attested(act.context.state(), sender)) return {};
  return fail(labor::v1::TX_STATUS_NOT_A_PERSON);
}

// ---- time and guards ----

Done in_time(EnrolmentAct const& act) {
  return execution::must_be_before(act.enrolment.until_ms(), act.context.time());
}

Done has_brought_fees(EnrolmentAct const& act) {
  auto const now = act.context.time();
  auto const brought = work::contribution_of(act.context.state(), act.context.sender());
  auto const fees = work::fees_of_last_year(brought, now);
  auto const need = act.context.parameter(labor::v1::PARAMETER_MEMBER_FEES_USD);
  if (fees < need) {
    return fail(labor::v1::TX_STATUS_TOO_FEW_FEES, {{"have", fees}, {"need", need}});
  }
  auto const others = work::counterparties_of_last_year(brought, now);
  if (others >= limits::counterparties_min) return {};
  return fail(labor::v1::TX_STATUS_TOO_FEW_COUNTERPARTIES,
              {{"have", others}, {"need", limits::counterparties_min}});
}

Done may_renew(EnrolmentAct const& act) {
  auto const until = act.enrolment.until_ms();
  if (act.context.time().value() + limits::enrolment_renewal_ms < until) {
    return fail(labor::v1::TX_STATUS_ENROLLED_ALREADY, {{"until_ms", until}});
  }
  return has_brought_fees(act);
}

// ---- effects ----

Done take_seat(EnrolmentAct& act) {
  auto& context = act.context;
  act.enrolment.set_id(context.next_id(enrolment_counter));
  act.enrolment.set_until_ms(context.time().value() + limits::enrolment_ms);
  context.set_counter(enrolled_counter, context.counter(enrolled_counter) + 1);
  return {};
}

Done renew(EnrolmentAct& act) {
  act.enrolment.set_until_ms(act.enrolment.until_ms() + limits::enrolment_ms);
  return {};
}

Done give_up_seat(EnrolmentAct& act) {
  auto const enrolled_now = act.context.counter(enrolled_counter);
  TRY_VOID(execution::must_hold(enrolled_now > 0));
  act.context.set_counter(enrolled_counter, enrolled_now - 1);
  return {};
}

// ---- the table ----

constexpr Who person{"a person", is_person};
constexpr Who block{"the block"};

constexpr Guard brings{"has brought fees in the last year, with at least two other persons",
                       has_brought_fees};
constexpr Guard renewable{"in its last 60 d, and the same again", may_renew};

constexpr Effect seats{"a seat for a year", take_seat};
constexpr Effect renews{"a year longer", renew};
constexpr Effect leaves{"the record leaves the state", give_up_seat};

// clang-format off
constexpr Row rows[] = {
  {"enrol", message, none,     enrolled, person, brings,    seats},
  {"enrol", message, enrolled, enrolled, person, renewable, renews},
  {"lapse", clock,   enrolled, none,     block,  {},        leaves},
};
// clang-format on

}  // namespace

EnrolmentMachine const& enrolment_machine() {
  static constexpr EnrolmentMachine machine{
      .name = "enrolment", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace governance
