// Why an address cannot be listened on: gRPC does not say.

#pragma once

#include <string>

namespace node {

// "port 7300 is in use by another process", "port 80 needs privileges", ...; asked by
// trying to bind it, so call it at once after the failure.
std::string why_not_listening(std::string const& address);

}  // namespace node
