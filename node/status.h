// `labord status`: what a running node says of itself, in a few lines for people.

#pragma once

#include <string>

#include <labor/v1/node_service.pb.h>

namespace node {

std::string status_text(labor::v1::GetNodeInfoResponse const& info);

}  // namespace node
