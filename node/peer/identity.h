// Who a node is on the wire: an Ed25519 key of its own, wrapped in a self-signed certificate
// because TLS carries certificates. Nothing in the certificate but the key is believed: peers pin
// the 32 bytes. The validator key never does TLS; it may sit in a signer process.
//
// The only files of node/ that include OpenSSL.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace node::peer {

// What TLS wants to be told, in PEM. The private key is a secret: never logged, never written.
struct Identity {
  protocol::PublicKey key;
  std::string private_key_pem;
  std::string certificate_pem;
};

// From the key's 32-byte RFC 8032 seed. The certificate is made anew each time and valid for good:
// a node key is retired by taking it out of its peers' lists.
Identity identity_of(base::ByteView seed);

// The Ed25519 key of a PEM certificate; nothing if it is none, or of another kind.
std::optional<protocol::PublicKey> key_of_certificate(std::string_view certificate_pem);

}  // namespace node::peer
