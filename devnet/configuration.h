// The files a devnet's validators start from: the genesis, and each one's keys and labord.toml.
// All follow from the seed and the ports.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "devnet/network.h"
#include "protocol/genesis.h"

namespace devnet {

// 32-byte Ed25519 seeds of a validator: its consensus key, and the key of its TLS certificate.
protocol::Hash consensus_seed(std::string_view seed, unsigned number);
protocol::Hash node_seed(std::string_view seed, unsigned number);

// The ten people, the faucet, the validators and `accounts` further funded accounts
// (bench_address) as members.
labor::v1::Genesis make_genesis(Network const& network, std::string_view seed,
                                std::uint64_t accounts);

// Writes HOME/node-N. Peers are dialled at their link's port where there is one.
Result<> configure_validator(Network const& network, std::string_view seed, unsigned number,
                             std::vector<Link> const& links);

}  // namespace devnet
