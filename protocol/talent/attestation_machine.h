// The life of an attestation: live -> revoked | expired.

#pragma once

#include <labor/v1/attestation.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace talent {

struct AttestationAct {
  execution::Context* context = nullptr;
  protocol::Address account;  // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Attestation attestation;
  std::string cause;
};

using AttestationMachine = execution::Machine<AttestationAct, labor::v1::AttestationState>;
AttestationMachine const& attestation_machine();

}  // namespace talent
