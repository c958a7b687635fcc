// `labord status`: what a running node says of itself.

#pragma once

#include <string>

#include <labor/v1/node_service.pb.h>

#include "node/exit_code.h"

namespace node {

// Asks the node whose client API is at `address`; a few seconds at most.
OrExit<labor::v1::GetNodeInfoResponse> ask_status(std::string const& address);

// A few lines for people.
std::string status_text(labor::v1::GetNodeInfoResponse const& info);
// One line of proto JSON.
std::string status_json(labor::v1::GetNodeInfoResponse const& info);

}  // namespace node
