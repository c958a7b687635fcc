// The life of an offer: made -> accepted | declined | withdrawn | lapsed; countered, it is made
// again.

#pragma once

#include <labor/v1/work.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct OfferAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Offer offer;
  // What the message says.
  labor::v1::OfferTerms terms;
  std::uint32_t version = 0;
  std::string terms_hash;
  bool active_profile = true;    // Of the talent, for a direct offer.
  bool blocked = false;          // The other side wants to hear nothing from who acts.
  std::uint32_t open_count = 0;  // Open offers of the client, or contracts of the busier side.
  std::string cause;
};

using OfferMachine = execution::Machine<OfferAct, labor::v1::OfferState>;
OfferMachine const& offer_machine();

}  // namespace work
