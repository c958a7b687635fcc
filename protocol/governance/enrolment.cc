#include "protocol/governance/enrolment.h"

#include "protocol/execution/transition.h"
#include "protocol/governance/enrolment_machine.h"

namespace governance {

using execution::Context;
using execution::Done;
using labor::v1::Enrol;
using labor::v1::Enrolment;

std::optional<Enrolment> find_enrolment(state::Reader const& state,
                                        protocol::Address const& account) {
  return execution::find_record<Enrolment>(state, state::keys::enrolment(account));
}

Done apply(Context& context, Enrol const&) {
  auto enrolment = find_enrolment(context.state(), context.sender()).value_or(Enrolment{});
  enrolment.set_account(context.sender().str());
  EnrolmentAct act{.context = context, .enrolment = enrolment};
  return execution::transition(context, enrolment_machine(), "enrol", act, enrolment);
}

Done fire(Context& context, Enrolment const& due) {
  auto enrolment = due;
  EnrolmentAct act{.context = context, .enrolment = enrolment};
  return execution::transition_when_due(context, enrolment_machine(), act, enrolment);
}

}  // namespace governance
