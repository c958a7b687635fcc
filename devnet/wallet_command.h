// Runs `labor` as one of the devnet's people, without questions.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "devnet/network.h"
#include "devnet/process.h"

namespace devnet {

enum class WalletOutput : std::uint8_t { text, json };

// `words` as typed after `labor`; asks validator number `validator`.
std::optional<Ended> run_wallet(Network const& network, unsigned validator,
                                std::string const& person, std::vector<std::string> const& words,
                                WalletOutput output);

// Makes the wallet's home with the ten people's keys and the devnet as its network.
Result<> make_wallet(Network const& network);

}  // namespace devnet
