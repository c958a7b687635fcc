// Between gRPC's buffers and our bytes.

#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <string>
#include <vector>

#include "node/peer/wire.h"

namespace node::peer {

// One after the other, shared and not copied: gRPC lets go of each when it has been written.
grpc::ByteBuffer buffer_of(std::vector<Encoded> const& messages);

std::string bytes_of(grpc::ByteBuffer const& buffer);

}  // namespace node::peer
