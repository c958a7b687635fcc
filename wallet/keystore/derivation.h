// Keys of a person from one seed (SLIP-0010, ed25519).
//
//   master    = HMAC-SHA512("ed25519 seed", seed)                      key (32) || chain code (32)
//   child(i)  = HMAC-SHA512(chain code, 0x00 || key || i (4, big-endian))        i >= 2^31
//   path      = m/44'/1'/account'/0'
//
// ed25519 has hardened children only, so there is no public derivation and no watch-only tree.
// Coin 1 is "testnet, all coins" until SLIP-0044 registers one of our own.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "protocol/crypto/sign.h"
#include "wallet/keystore/secret.h"

namespace wallet {

inline constexpr std::uint32_t hardened = 1u << 31;
// Enough accounts for anyone, and far from the hardened bit.
inline constexpr std::uint32_t accounts_max = 1'000'000;

struct Node {
  Secret key;
  Secret chain_code;
};

Node master_node(Secret const& seed);
// Each step is below 2^31 and hardened here.
Node derive(Node node, std::span<std::uint32_t const> steps);

// The signing key of the account.
crypto::SecretKey account_key(Secret const& seed, std::uint32_t account);
// "m/44'/1'/0'/0'"
std::string path_text(std::uint32_t account);

}  // namespace wallet
