// A key as words that a person can write down (BIP-39, English).
//
//   bits     = entropy || first (bits of entropy / 32) bits of SHA-256(entropy)
//   sentence = bits in groups of 11, each a position in the word list, joined by one space
//   seed     = PBKDF2-HMAC-SHA512(sentence, "mnemonic" || passphrase, 2048 rounds), 64 bytes
//
// 16, 20, 24, 28 or 32 bytes of entropy make 12, 15, 18, 21 or 24 words. Ours are 24.
// BIP-39 wants texts in Unicode form NFKD. There is no normaliser here, so what is not ASCII is
// refused: a key derived from the wrong form would be lost without a word.

#pragma once

#include <string_view>

#include "wallet/keystore/secret.h"
#include "wallet/problem.h"

namespace wallet {

inline constexpr std::size_t entropy_bytes = 32;
inline constexpr std::size_t seed_bytes = 64;

// The sentence; `entropy` has one of the sizes above.
Secret words_of(Secret const& entropy);

// Words in any case, separated by any white space. Says which word is not in the list by its
// position, never by itself.
Result<Secret> entropy_of(std::string_view words);

// `sentence` as words_of() writes it.
Result<Secret> seed_of(Secret const& sentence, std::string_view passphrase = {});

}  // namespace wallet
