// The canonical profile of protobuf: one encoding per value.
//
// proto3; no maps, floats, groups, extensions, unknown fields or `optional` scalars; fields in
// ascending number; scalars at their default left out; repeated scalars packed; shortest varints;
// valid UTF-8; every enum number known. decode() refuses everything else.
//
// Threads: free functions without state; safe from any thread.

#pragma once

#include <google/protobuf/message.h>

#include <expected>
#include <string>
#include <string_view>

namespace canonical {

enum class Refusal {
  malformed,      // Not a protobuf of this type, or a string that is not UTF-8.
  non_canonical,  // Parses, but is not the one encoding of what it says.
  unknown_enum,   // An enum number that this version does not name.
};

// A sentence a person can act on.
std::string_view explain(Refusal refusal);

// Deterministic encoding of `message`.
std::string encode(google::protobuf::Message const& message);

// Fills `message`, or says why the bytes are refused; `message` is unspecified then.
std::expected<void, Refusal> decode_into(std::string_view bytes,
                                         google::protobuf::Message& message);

template <class T>
std::expected<T, Refusal> decode(std::string_view bytes) {
  T message;
  if (auto const done = decode_into(bytes, message); !done) return std::unexpected{done.error()};
  return message;
}

}  // namespace canonical
