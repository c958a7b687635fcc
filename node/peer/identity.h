// Who a node is on the wire: an Ed25519 key of its own, wrapped in a self-signed certificate
// because TLS carries certificates. Nothing in the certificate but the key is believed: peers pin
// the 32 bytes. The validator key never does TLS; it may sit in a signer process.
//
// The only files of node/ that include OpenSSL.

#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace node::peer {

// Both PEM. The private key is a secret: never logged, written only to its own 0600 file.
struct Identity {
  std::string private_key_pem;
  std::string certificate_pem;
};

// A fresh key from the system's entropy, and its certificate, valid for good: a node key is
// retired by taking it out of its peers' lists.
Identity make_identity();

// The Ed25519 key of a PEM certificate; nothing if it is none, or of another kind.
std::optional<protocol::PublicKey> key_of_certificate(std::string_view certificate_pem);

enum class IdentityRefusal {
  bad_private_key,  // Not an unencrypted PEM Ed25519 private key.
  bad_certificate,  // Not a PEM certificate of an Ed25519 key.
  mismatch,         // The certificate is of another key.
};
std::string_view explain(IdentityRefusal refusal);

// The public key of a private key and certificate that belong together.
std::expected<protocol::PublicKey, IdentityRefusal> check_identity(Identity const& identity);

}  // namespace node::peer
