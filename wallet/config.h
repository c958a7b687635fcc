// What the wallet remembers between commands, in HOME/config.json: the networks by name, which of
// them is in use, and which key acts. Nothing secret.
//
// HOME = --home, or $LABOR_HOME, or ~/.labor
//   HOME/config.json               this file
//   HOME/keys/NAME.json            sealed keys (keystore/key_file.h)
//   HOME/genesis/HASH              encoded Genesis of each network, found by its hash
//   HOME/epochs/GENESIS_HASH.json  validators that were proved (light/epoch_cache.h)
//   HOME/transactions/CHAIN/ID     what was signed (outbox.h)
//   HOME/handles/HANDLE            salts of handles committed to and not yet claimed

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"
#include "wallet/problem.h"

namespace wallet {

struct Network {
  std::string name;
  // host:port of a node's client API.
  std::string api;
  std::string chain_id;
  protocol::GenesisHash genesis_hash;
  bool devnet = false;

  bool operator==(Network const&) const = default;
};

struct Config {
  std::string network;  // In use; empty if there is none.
  std::string key;      // That acts without --from; empty: the only key there is.
  std::vector<Network> networks;

  bool operator==(Config const&) const = default;

  // NO_NETWORK or UNKNOWN_NETWORK, with what to type.
  Result<Network> find(std::string_view name) const;
};

// An empty Config if there is no file.
Result<Config> load_config(std::filesystem::path const& home);
Result<void> save_config(std::filesystem::path const& home, Config const& config);

// [a-z0-9-]{1,32}
Result<void> check_network_name(std::string_view name);
// host:port, port 1-65535.
Result<void> check_api(std::string_view api);

}  // namespace wallet
