// Messages between a node and its signer, as bytes: proto/labor/v1/signer.proto is the grammar.
//
// Threads: any; no state.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include <labor/v1/signer.pb.h>

namespace node::signer {

inline constexpr std::uint32_t protocol_version = 1;

// The length before each message.
inline constexpr std::size_t prefix_bytes = 4;
// 64 certificates of the largest set are 530 kB.
inline constexpr std::size_t message_bytes_max = 1u << 20;
inline constexpr int certificates_per_order_max = 64;
inline constexpr int statements_per_order_max = 64;

using Refusal = labor::v1::SignerRefusal;
// A sentence that a person can act on.
std::string_view explain(Refusal refusal);

// The bytes of a frame; sets the version.
std::string encode(labor::v1::SignerMessage message);

// How many bytes follow the prefix.
std::expected<std::size_t, Refusal> length_of(std::array<char, prefix_bytes> const& prefix);
// What followed. A message of this version that says something.
std::expected<labor::v1::SignerMessage, Refusal> decode(std::string_view bytes);

}  // namespace node::signer
