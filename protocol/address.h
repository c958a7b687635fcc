// The address of an account, and how people write it.
//
//   address = BLAKE2b-256[LBRacct1](first authority's public key)     32 bytes, for good
//   text    = bech32m, prefix "labor", on devnets "tlabor"            labor1..., 64 characters
//
// Secrets are written with a prefix of their own, so that a person and a secret scanner tell
// the two apart.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace protocol {

enum class Network { main, devnet };

constexpr std::string_view address_prefix(Network network) {
  return network == Network::main ? "labor" : "tlabor";
}
inline constexpr std::string_view secret_prefix = "laborsec";

Address address_of(PublicKey const& first_authority);

std::string address_text(Address const& address, Network network);

enum class AddressRefusal {
  not_an_address,   // Not bech32m, or with a prefix that is nobody's.
  a_secret,         // A secret key: whoever asked for an address must not see it.
  another_network,  // A devnet's address on the main network, or the reverse.
  wrong_length,
};

// A sentence a person can act on.
std::string_view explain(AddressRefusal refusal);

std::expected<Address, AddressRefusal> parse_address(std::string_view text, Network network);

}  // namespace protocol
