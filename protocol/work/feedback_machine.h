// The life of one side's feedback: committed -> shown | withheld; or shown at once, in answer.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct FeedbackAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Contract contract;
  labor::v1::Feedback feedback;  // Without a state where there is none yet.
  labor::v1::Feedback other;     // The other side's, likewise.
  // What the message says.
  labor::v1::FeedbackContent content;
  std::string hash;  // The commitment, the salt, or the reply.
  std::string cause;
};

using FeedbackMachine = execution::Machine<FeedbackAct, labor::v1::FeedbackState>;
FeedbackMachine const& feedback_machine();

}  // namespace work
