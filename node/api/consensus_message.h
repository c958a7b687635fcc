// A report of consensus as clients of the API read it.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <string>
#include <vector>

#include "node/engine/consensus_report.h"
#include "node/engine/peers.h"

namespace node {

// What the report does not know.
struct ReportedBy {
  std::string node_name;
  PeerId consensus_key{};        // Its own, also where it does not vote.
  std::string observes_because;  // Empty: it votes in the epochs whose set has its key.
  std::vector<PeerStatus> peers;
};

labor::v1::GetConsensusResponse to_message(ConsensusReport const& report, ReportedBy const& by);

}  // namespace node
