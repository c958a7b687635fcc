// What the consensus key signs so that a TLS connection's key speaks for it: node/peer/hello.h.

#pragma once

#include <string>

#include "protocol/types.h"

namespace node::signer {

// tag "LABOR/peer/v1" | genesis hash | epoch (8, big-endian) | node key
std::string peer_binding(protocol::GenesisHash const& genesis, protocol::Epoch epoch,
                         protocol::PublicKey const& node_key);

}  // namespace node::signer
