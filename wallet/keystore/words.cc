#include "wallet/keystore/words.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "protocol/base/check.h"
#include "wallet/keystore/word_list.h"

namespace wallet {

namespace {

constexpr std::size_t bits_per_word = 11;
constexpr int pbkdf2_rounds = 2048;
constexpr std::size_t words_max = 24;
constexpr std::string_view where_to_look = "Check the words against your paper, one by one.";

using Indexes = std::array<std::size_t, words_max>;

bool valid_entropy_size(std::size_t bytes) {
  return bytes >= 16 && bytes <= 32 && bytes % 4 == 0;
}

std::uint8_t checksum_byte(base::ByteView entropy) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), entropy.data(), entropy.size());
  return digest[0];
}

// Bit `i` of the bytes, the most significant of the first byte being bit 0.
bool bit_at(base::ByteView bytes, std::size_t i) {
  return (bytes[i / 8] >> (7 - i % 8) & 1) != 0;
}

bool white(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::unexpected<Problem> refuse(std::string reason, std::string message) {
  return problem(Exit::key, std::move(reason), std::move(message), std::string{where_to_look});
}

// Positions in the list of each word; the count in `count`.
Result<std::size_t> read_words(std::string_view words, Indexes& indexes) {
  std::size_t count = 0;
  Secret word{16};  // The longest word of the list has 8 letters.
  for (std::size_t at = 0; at < words.size();) {
    if (white(words[at])) {
      ++at;
      continue;
    }
    std::size_t length = 0;
    for (; at < words.size() && !white(words[at]); ++at, ++length) {
      if (length < word.size()) {
        auto const lower = std::tolower(static_cast<unsigned char>(words[at]));
        word.writable()[length] = static_cast<std::uint8_t>(lower);
      }
    }
    if (count == words_max) return refuse("WRONG_WORD_COUNT", "There are more than 24 words.");
    auto const index = index_of_word(word.chars().substr(0, std::min(length, word.size())));
    if (!index) {
      return refuse("UNKNOWN_WORD", fmt::format("Word {} is not in the list.", count + 1));
    }
    indexes[count++] = *index;
  }
  return count;
}

}  // namespace

Secret words_of(Secret const& entropy) {
  CHECK(valid_entropy_size(entropy.size()));
  Secret bits{entropy.size() + 1};
  std::ranges::copy(entropy.view(), bits.writable().begin());
  bits.writable().back() = checksum_byte(entropy.view());

  auto const count = (entropy.size() * 8 + entropy.size() / 4) / bits_per_word;
  Secret sentence{count * 9};
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t index = 0;
    for (std::size_t bit = i * bits_per_word; bit < (i + 1) * bits_per_word; ++bit) {
      index = index << 1 | static_cast<std::size_t>(bit_at(bits.view(), bit));
    }
    if (i > 0) sentence.writable()[length++] = ' ';
    for (char const c : word_at(index))
      sentence.writable()[length++] = static_cast<std::uint8_t>(c);
  }
  return sentence.prefix(length);
}

Result<Secret> entropy_of(std::string_view words) {
  Indexes indexes{};
  TRY(count, read_words(words, indexes));
  if (count < 12 || count % 3 != 0) {
    return refuse("WRONG_WORD_COUNT",
                  fmt::format("There are {} words; a key has 24, or 12, 15, 18 or 21.", count));
  }
  Secret bits{count * bits_per_word / 8 + 1};
  for (std::size_t i = 0; i < count * bits_per_word; ++i) {
    auto const index = indexes[i / bits_per_word];
    auto const bit = index >> (bits_per_word - 1 - i % bits_per_word) & 1;
    bits.writable()[i / 8] |= static_cast<std::uint8_t>(bit << (7 - i % 8));
  }
  sodium_memzero(indexes.data(), sizeof indexes);

  auto const entropy_size = count / 3 * 4;
  auto entropy = bits.prefix(entropy_size);
  auto const checksum_bits = count / 3;
  auto const mask = static_cast<std::uint8_t>(0xff << (8 - checksum_bits));
  auto const expected = checksum_byte(entropy.view()) & mask;
  if ((bits.view()[entropy_size] & mask) != expected) {
    return refuse("WRONG_CHECKSUM",
                  "The words do not belong together: one is wrong or out of order.");
  }
  return entropy;
}

Result<Secret> seed_of(Secret const& sentence, std::string_view passphrase) {
  if (std::ranges::any_of(passphrase, [](char c) { return c < ' ' || c > '~'; })) {
    return problem(
        Exit::key, "NOT_ASCII", "The passphrase has a character that is not plain ASCII.",
        "Use letters, digits and signs of a US keyboard: others have several encodings.");
  }
  auto const salt = Secret::copy_of(fmt::format("mnemonic{}", passphrase));
  Secret seed{seed_bytes};
  auto const done =
      PKCS5_PBKDF2_HMAC(sentence.chars().data(), static_cast<int>(sentence.size()),
                        salt.view().data(), static_cast<int>(salt.size()), pbkdf2_rounds,
                        EVP_sha512(), static_cast<int>(seed_bytes), seed.writable().data());
  CHECK(done == 1);
  return seed;
}

}  // namespace wallet
