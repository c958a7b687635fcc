// The life of a seat in the members' house: enrolled for a year, renewed, or gone.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"

namespace governance {

struct EnrolmentAct {
  execution::Context& context;
  labor::v1::Enrolment& enrolment;
};

using EnrolmentMachine = execution::Machine<EnrolmentAct, labor::v1::EnrolmentState>;

EnrolmentMachine const& enrolment_machine();

}  // namespace governance
