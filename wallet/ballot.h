// Votes on a ballot: what one's own weighs and why, and all of them counted again.

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstdint>

#include "wallet/problem.h"
#include "wallet/session.h"
#include "wallet/show.h"

namespace wallet {

// What the account's vote weighs on a ballot that has its snapshot, and why; each record proved.
Result<Facts> weight_facts(Session& session, labor::v1::Ballot const& ballot,
                           protocol::Address const& account);

// Every vote read and counted again, and the outcome by the rules. TALLY_DIFFERS.
Result<Output> audit(Session& session, std::uint64_t ballot);

}  // namespace wallet
