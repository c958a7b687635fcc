// What a node is told before it starts: its settings, its chain, its keys, and that they fit
// together. `labord config check` is exactly this.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "node/config.h"
#include "node/exit_code.h"
#include "node/peer/grpc_peers.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"

namespace node {

struct Home {
  std::filesystem::path folder;
  Config config;
  protocol::Chain chain;
  // Nothing: a signer apart has it.
  std::optional<crypto::SecretKey> consensus_key;
  protocol::PublicKey key;  // Its public half.
  peer::Identity identity;
  crypto::SecretKey node_key;  // Of that identity; signs the node's own transactions, too.
  // In the genesis; nothing for a node that joins later.
  std::optional<protocol::ValidatorIndex> self;

  // As in the genesis, or the beginning of its consensus key.
  std::string name() const;
  // A path of the config, below the home folder.
  std::filesystem::path path(std::string const& configured) const { return folder / configured; }
};

OrExit<Home> load_home(std::filesystem::path const& folder);

// What deserves a look though the node can run: peers missing, a node key unlike the genesis'.
std::vector<std::string> doubts(Home const& home);

}  // namespace node
