#include "wallet/keystore/key_file.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "protocol/address.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "wallet/keystore/derivation.h"
#include "wallet/keystore/words.h"

namespace wallet {

namespace {

constexpr std::size_t check_bytes = 16;
constexpr std::size_t password_bytes_min = 8;
constexpr std::size_t key_name_bytes_max = 32;

struct KdfCost {
  Kdf kdf{};
  std::string_view name;
  unsigned long long opslimit = 0;
  std::size_t memlimit = 0;
};

constexpr KdfCost costs[] = {
    {Kdf::minimum, "minimum", crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN},
    {Kdf::interactive, "interactive", crypto_pwhash_OPSLIMIT_INTERACTIVE,
     crypto_pwhash_MEMLIMIT_INTERACTIVE},
    {Kdf::moderate, "moderate", crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE},
    {Kdf::sensitive, "sensitive", crypto_pwhash_OPSLIMIT_SENSITIVE,
     crypto_pwhash_MEMLIMIT_SENSITIVE},
};

KdfCost const& cost_of(Kdf kdf) {
  auto const* const cost = std::ranges::find(costs, kdf, &KdfCost::kdf);
  CHECK(cost != std::ranges::end(costs));
  return *cost;
}

std::unexpected<Problem> damaged(std::string message) {
  return problem(Exit::key, "KEY_FILE_DAMAGED", std::move(message),
                 "Restore the file from a copy, or make it again: `labor key recover NAME`.");
}

Result<Secret> derive_keys(KeyFile const& file, Secret const& password) {
  auto const& cost = cost_of(file.kdf);
  Secret keys{crypto_aead_xchacha20poly1305_ietf_KEYBYTES + check_bytes};
  auto const guess = password.chars();
  auto const done = crypto_pwhash(keys.writable().data(), keys.size(), guess.data(), guess.size(),
                                  base::bytes_of(file.salt).data(), cost.opslimit, cost.memlimit,
                                  crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0) {
    return problem(
        Exit::key, "NOT_ENOUGH_MEMORY",
        fmt::format("The key needs {} MiB of memory to be opened.", cost.memlimit >> 20));
  }
  return keys;
}

std::string_view check_of(Secret const& keys) {
  return keys.chars().substr(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}

// What is authenticated: the file up to the sealed part.
std::string header_of(KeyFile const& file) {
  auto const& cost = cost_of(file.kdf);
  return fmt::format(R"({{
  "labor_key": 1,
  "name": "{}",
  "public_key": "{}",
  "address": "{}",
  "path": "{}",
  "account": "{}",
  "devnet": {},
  "created_at_ms": "{}",
  "kdf": {{"algorithm": "argon2id13", "level": "{}",
          "opslimit": "{}", "memlimit": "{}", "salt": "{}"}},
  "cipher": {{"algorithm": "xchacha20poly1305", "nonce": "{}"}},
  "check": "{}",
)",
                     file.name, base::hex(file.public_key.view()),
                     protocol::address_text(file.address(), file.devnet ? protocol::Network::devnet
                                                                        : protocol::Network::main),
                     path_text(file.account), file.account, file.devnet, file.created_at_ms,
                     cost.name, cost.opslimit, cost.memlimit, base::hex(file.salt),
                     base::hex(file.nonce), base::hex(file.check));
}

// A member that is a string; nothing else is worth a second look.
std::string text_at(boost::json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return std::string{value->get_string()};
}

boost::json::object object_at(boost::json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  if (value == nullptr || !value->is_object()) return {};
  return value->get_object();
}

template <class Integer>
Integer integer_at(boost::json::object const& object, std::string_view name) {
  auto const text = text_at(object, name);
  Integer value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string hex_at(boost::json::object const& object, std::string_view name) {
  return base::from_hex(text_at(object, name)).value_or("");
}

// Whatever is missing or malformed becomes a default; the comparison in parse_key_file finds it.
Result<KeyFile> read_members(boost::json::object const& object) {
  KeyFile file;
  file.name = text_at(object, "name");
  auto const key = base::from_hex_as<protocol::PublicKey>(text_at(object, "public_key"));
  if (!key) return damaged("The key file has no public key.");
  file.public_key = *key;
  file.account = integer_at<std::uint32_t>(object, "account");
  auto const* const devnet = object.if_contains("devnet");
  file.devnet = devnet != nullptr && devnet->is_bool() && devnet->get_bool();
  file.created_at_ms = integer_at<std::uint64_t>(object, "created_at_ms");
  auto const kdf = object_at(object, "kdf");
  TRY(level, parse_kdf(text_at(kdf, "level")));
  file.kdf = level;
  file.salt = hex_at(kdf, "salt");
  file.nonce = hex_at(object_at(object, "cipher"), "nonce");
  file.check = hex_at(object, "check");
  file.sealed = hex_at(object, "sealed");
  return file;
}

}  // namespace

protocol::Address KeyFile::address() const {
  return protocol::address_of(public_key);
}

Result<Kdf> parse_kdf(std::string_view name) {
  auto const* const cost = std::ranges::find(costs, name, &KdfCost::name);
  if (cost != std::ranges::end(costs)) return cost->kdf;
  return problem(Exit::key, "UNKNOWN_KDF",
                 fmt::format("`{}` is not a cost of key derivation.", name),
                 "There are interactive, moderate and sensitive, and minimum for devnets.");
}

Result<void> check_key_name(std::string_view name) {
  auto const allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  bool const plain = !name.empty() && name.size() <= key_name_bytes_max &&
                     std::ranges::all_of(name, allowed) && name.front() != '-';
  // A label that looks like an address could stand in for one.
  bool const like_address = name.starts_with("labor1") || name.starts_with("tlabor1");
  if (plain && !like_address) return {};
  return usage("INVALID_KEY_NAME", fmt::format("`{}` cannot name a key.", name),
               "Use 1 to 32 of a-z, 0-9, `_` and `-`, and nothing that looks like an address.");
}

Result<void> check_password(Secret const& password, bool devnet) {
  auto const printable = [](std::uint8_t c) { return c >= ' ' && c <= '~'; };
  if (!std::ranges::all_of(password.view(), printable)) {
    return problem(
        Exit::key, "NOT_ASCII", "The password has a character that is not plain ASCII.",
        "Use letters, digits and signs of a US keyboard: others have several encodings.");
  }
  if (password.size() < password_bytes_min && !devnet) {
    return problem(Exit::key, "PASSWORD_TOO_SHORT", "The password has fewer than 8 characters.",
                   "Several unrelated words are easy to remember and hard to guess.");
  }
  return {};
}

Result<KeyFile> seal(Secret const& entropy, Secret const& password, SealOptions options) {
  TRY_VOID(check_key_name(options.name));
  TRY_VOID(check_password(password, options.devnet));
  if (options.kdf == Kdf::minimum && !options.devnet) {
    return usage("KDF_TOO_CHEAP", "A key that costs nothing to guess is for devnets alone.",
                 "Leave out `--kdf minimum`, or add `--devnet`.");
  }
  if (options.account >= accounts_max) {
    return usage("INVALID_ACCOUNT", fmt::format("The account must be below {}.", accounts_max));
  }
  TRY(seed, seed_of(words_of(entropy)));
  KeyFile file{.name = std::move(options.name),
               .public_key = account_key(seed, options.account).public_key(),
               .account = options.account,
               .devnet = options.devnet,
               .created_at_ms = options.created_at_ms,
               .kdf = options.kdf,
               .salt = random_bytes(crypto_pwhash_SALTBYTES),
               .nonce = random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES),
               .check = {},
               .sealed = {}};
  TRY(keys, derive_keys(file, password));
  file.check = check_of(keys);
  file.sealed.resize(entropy.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  auto const header = header_of(file);
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(file.sealed.data()),
                                             nullptr, entropy.view().data(), entropy.size(),
                                             base::bytes_of(header).data(), header.size(), nullptr,
                                             base::bytes_of(file.nonce).data(), keys.view().data());
  return file;
}

Result<Secret> open(KeyFile const& file, Secret const& password) {
  TRY(keys, derive_keys(file, password));
  if (!Secret::copy_of(check_of(keys)).equals(Secret::copy_of(file.check))) {
    return problem(Exit::key, "WRONG_PASSWORD", fmt::format("Wrong password for `{}`.", file.name),
                   "If it is right, the key file was changed: restore it from a copy, or use "
                   "`labor key recover`.");
  }
  Secret entropy{file.sealed.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES};
  auto const header = header_of(file);
  auto const done = crypto_aead_xchacha20poly1305_ietf_decrypt(
      entropy.writable().data(), nullptr, nullptr, base::bytes_of(file.sealed).data(),
      file.sealed.size(), base::bytes_of(header).data(), header.size(),
      base::bytes_of(file.nonce).data(), keys.view().data());
  if (done != 0) return damaged(fmt::format("The key file of `{}` was changed.", file.name));
  return entropy;
}

Result<crypto::SecretKey> unlock(KeyFile const& file, Secret const& password) {
  TRY(entropy, open(file, password));
  TRY(seed, seed_of(words_of(entropy)));
  auto key = account_key(seed, file.account);
  if (key.public_key() != file.public_key) {
    return damaged(fmt::format("The key file of `{}` holds another key.", file.name));
  }
  return key;
}

std::string render(KeyFile const& file) {
  return fmt::format("{}  \"sealed\": \"{}\"\n}}\n", header_of(file), base::hex(file.sealed));
}

Result<KeyFile> parse_key_file(std::string_view text) {
  boost::system::error_code error;
  auto const value = boost::json::parse(text, error);
  if (error || !value.is_object()) return damaged("The key file is not JSON.");
  TRY(file, read_members(value.get_object()));
  auto const sealed_entropy = file.sealed.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES;
  bool const sizes = file.salt.size() == crypto_pwhash_SALTBYTES &&
                     file.nonce.size() == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
                     file.check.size() == check_bytes && file.account < accounts_max &&
                     sealed_entropy >= 16 && sealed_entropy <= 32 && sealed_entropy % 4 == 0;
  if (!sizes || !check_key_name(file.name)) return damaged("The key file is incomplete.");
  if (file.kdf == Kdf::minimum && !file.devnet) {
    return damaged("The key file says that guessing its password costs nothing.");
  }
  if (render(file) != text) return damaged("The key file is not as this program writes it.");
  return file;
}

}  // namespace wallet
