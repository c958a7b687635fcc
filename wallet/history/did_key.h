// An Ed25519 key as a decentralized identifier (W3C CCG, did:key method): the key is its own
// document, so whoever reads the name can check signatures with it and asks nobody.
//
//   did    = "did:key:" multibase       multibase = "z" base58(0xed 0x01 || public key (32))
//   method = did "#" multibase          names the key within its document

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace wallet {

std::string did_key(protocol::PublicKey const& key);
std::string verification_method(protocol::PublicKey const& key);

// Nothing unless it is that of an Ed25519 key, written the one way there is.
std::optional<protocol::PublicKey> key_of_did(std::string_view did);

}  // namespace wallet
