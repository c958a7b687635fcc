#include "wallet/history/did_key.h"

#include "wallet/history/base58.h"

namespace wallet {

namespace {

constexpr std::string_view method = "did:key:";
// "Ed25519 public key" in the table of multicodecs, as a varint.
constexpr std::string_view ed25519 = "\xed\x01";

std::string multibase(protocol::PublicKey const& key) {
  auto const bytes = std::string{ed25519} + key.str();
  return "z" + base58(base::bytes_of(bytes));
}

}  // namespace

std::string did_key(protocol::PublicKey const& key) {
  return std::string{method} + multibase(key);
}

std::string verification_method(protocol::PublicKey const& key) {
  return did_key(key) + "#" + multibase(key);
}

std::optional<protocol::PublicKey> key_of_did(std::string_view did) {
  if (!did.starts_with(method)) return std::nullopt;
  auto const name = did.substr(method.size());
  if (!name.starts_with('z')) return std::nullopt;
  auto const bytes = from_base58(name.substr(1));
  if (!bytes || !bytes->starts_with(ed25519)) return std::nullopt;
  auto const key = protocol::PublicKey::from(bytes->substr(ed25519.size()));
  if (!key || did_key(*key) != did) return std::nullopt;
  return key;
}

}  // namespace wallet
