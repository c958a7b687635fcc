// The life of a contract: active -> ending -> ended, with pauses.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct ContractAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Contract contract;
  labor::v1::OfferTerms terms;  // Of the offer that is signed.
  std::uint64_t amount = 0;     // Of a bonus, or the limit of a top-up.
  labor::v1::OfferAmendment amendment;
  std::string hash;  // Of the amendment agreed to.
  std::string cause;
};

using ContractMachine = execution::Machine<ContractAct, labor::v1::ContractState>;
ContractMachine const& contract_machine();

}  // namespace work
