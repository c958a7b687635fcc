#include "node/peer/buffer.h"

#include <algorithm>
#include <iterator>

#include "protocol/base/bytes.h"

namespace node::peer {
namespace {

grpc::Slice slice_of(Encoded const& message) {
  auto* const held = new Encoded{message};
  // gRPC's slices are not const, but it does not write to what it sends.
  auto* const bytes = const_cast<char*>(message->data());
  return {bytes, message->size(), [](void* owner) { delete static_cast<Encoded*>(owner); }, held};
}

}  // namespace

grpc::ByteBuffer buffer_of(std::vector<Encoded> const& messages) {
  std::vector<grpc::Slice> slices;
  slices.reserve(messages.size());
  std::ranges::transform(messages, std::back_inserter(slices), slice_of);
  return {slices.data(), slices.size()};
}

std::string bytes_of(grpc::ByteBuffer const& buffer) {
  std::string bytes;
  bytes.reserve(buffer.Length());
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (auto const& slice : slices) bytes.append(base::chars_of({slice.begin(), slice.size()}));
  return bytes;
}

}  // namespace node::peer
