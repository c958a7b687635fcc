// `labord consensus`: what consensus is doing in a running node and why it waits, on one screen.

#pragma once

#include <cstdint>
#include <string>

#include <labor/v1/node_service.pb.h>

namespace node {

// `clock_ms`: the reader's clock, UTC, to tell since when somebody is away.
std::string consensus_text(labor::v1::GetConsensusResponse const& now, std::uint64_t clock_ms);

}  // namespace node
