// What every proof of finality is made of: a header of this chain, and a finalization of it by the
// validators of its epoch.
//
// A failure is UNVERIFIED (exit 10) with the reason of the step that failed.

#pragma once

#include <labor/v1/block.pb.h>

#include <expected>
#include <string>
#include <string_view>

#include "consensus/certificate/verify.h"
#include "protocol/genesis.h"
#include "protocol/types.h"
#include "wallet/problem.h"

namespace wallet {

// "The node's answer does not verify: `message`"
std::unexpected<Problem> unverified(std::string reason, std::string const& message);
// "This file does not verify: `message`", of one that nobody asked a node for.
Problem of_file(Problem unverified);

// BAD_HEADER or WRONG_GENESIS.
Result<labor::v1::BlockHeader> header_of(protocol::Chain const& chain, std::string_view bytes);

// That q validators of `committee` finalized the block `header` is the header of. Of another epoch
// than the committee: BAD_CERTIFICATE.
Result<void> check_finalization(consensus::Committee const& committee,
                                std::string_view finalization, protocol::BlockHash const& block,
                                protocol::Height height);

}  // namespace wallet
