// One key, sealed under a password, as it lies on disk.
//
//   file   = JSON object, exactly as render() writes it; any other spelling is refused
//   header = the text of the file before the member "sealed"
//   keys   = Argon2id(password, salt, opslimit, memlimit), 48 bytes: seal key (32) || check (16)
//   sealed = XChaCha20-Poly1305(seal key, nonce, entropy of the words, associated data: header)
//
// So every byte of the header is authenticated: an address, a path or a cost that somebody
// changed is noticed. `check` lets a wrong password be called a wrong password.
// The key derivation's cost stands in the file, and no file may say less than `interactive`,
// except for keys marked `devnet`, which sign for no other chain.

#pragma once

#include <string>
#include <string_view>

#include "protocol/crypto/sign.h"
#include "protocol/types.h"
#include "wallet/keystore/secret.h"
#include "wallet/problem.h"

namespace wallet {

// libsodium's Argon2id levels: about 0.1 s and 64 MiB, 0.5 s and 256 MiB, 4 s and 1 GiB.
// `minimum` costs nothing and is for devnets alone.
enum class Kdf { minimum, interactive, moderate, sensitive };

Result<Kdf> parse_kdf(std::string_view name);

struct KeyFile {
  std::string name;  // [a-z0-9_-]{1,32}
  protocol::PublicKey public_key;
  std::uint32_t account = 0;
  bool devnet = false;
  std::uint64_t created_at_ms = 0;
  Kdf kdf = Kdf::moderate;
  std::string salt;
  std::string nonce;
  std::string check;
  std::string sealed;

  protocol::Address address() const;
};

struct SealOptions {
  std::string name;
  std::uint32_t account = 0;
  bool devnet = false;
  std::uint64_t created_at_ms = 0;
  Kdf kdf = Kdf::moderate;
};

Result<void> check_key_name(std::string_view name);
// Printable ASCII, at least 8 characters unless `devnet`.
Result<void> check_password(Secret const& password, bool devnet);

Result<KeyFile> seal(Secret const& entropy, Secret const& password, SealOptions options);

// The entropy of the words. WRONG_PASSWORD, or KEY_FILE_DAMAGED.
Result<Secret> open(KeyFile const& file, Secret const& password);

// The signing key, checked against the public key in the header.
Result<crypto::SecretKey> unlock(KeyFile const& file, Secret const& password);

std::string render(KeyFile const& file);
Result<KeyFile> parse_key_file(std::string_view text);

}  // namespace wallet
