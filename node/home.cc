#include "node/home.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "node/genesis_file.h"
#include "node/key_file.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

namespace fs = std::filesystem;

OrExit<Seed> read_key(fs::path const& path) {
  auto seed = read_key_file(path);
  if (!seed) {
    return exit_with(ExitCode::config, seed.error().message +
                                           "; `labord init` makes keys for a new node, an old "
                                           "one's come from its backup");
  }
  return std::move(*seed);
}

std::optional<protocol::ValidatorIndex> index_of(protocol::Chain const& chain,
                                                 protocol::PublicKey const& key) {
  auto const& validators = chain.validators();
  auto const found =
      std::ranges::find(validators, key.str(), &labor::v1::GenesisValidator::consensus_key);
  if (found == validators.end()) return std::nullopt;
  return protocol::ValidatorIndex{static_cast<std::uint8_t>(found - validators.begin())};
}

struct ConsensusKey {
  std::optional<crypto::SecretKey> secret;
  protocol::PublicKey key;
};

// Here, or with a signer: never in both places.
OrExit<ConsensusKey> consensus_key_of(fs::path const& folder, Config const& config) {
  auto const path = folder / config.validator_key;
  if (config.signer_socket.empty()) {
    TRY(seed, read_key(path));
    auto secret = seed.key();
    auto const key = secret.public_key();
    return ConsensusKey{.secret = std::move(secret), .key = key};
  }
  std::error_code error;
  if (fs::exists(fs::symlink_status(path, error))) {
    return exit_with(
        ExitCode::config,
        fmt::format("{} is there although signer.socket in labord.toml names a signer: "
                    "only one of the two may sign, ever. Take away the one that has "
                    "not the journal of votes",
                    path.string()));
  }
  auto const key = base::from_hex_as<protocol::PublicKey>(config.signer_key);
  if (!key) {
    return exit_with(ExitCode::config,
                     "signer.key in labord.toml is missing: the public key that `labord signer "
                     "init` or `labord rotate` printed");
  }
  return ConsensusKey{.secret = std::nullopt, .key = *key};
}

}  // namespace

OrExit<Home> load_home(fs::path const& folder) {
  auto config = read_config(folder);
  if (!config) return exit_with(ExitCode::config, config.error().message);
  TRY(chain, read_genesis(folder / config->genesis));
  TRY(consensus_key, consensus_key_of(folder, *config));
  TRY(node_seed, read_key(folder / config->node_key));
  auto const self = index_of(chain, consensus_key.key);
  return Home{.folder = folder,
              .config = std::move(*config),
              .chain = std::move(chain),
              .consensus_key = std::move(consensus_key.secret),
              .key = consensus_key.key,
              .identity = peer::identity_of(node_seed.view()),
              .node_key = node_seed.key(),
              .self = self};
}

std::string Home::name() const {
  if (self) return chain.validators()[self->value()].name();
  constexpr std::size_t digits = 8;
  return base::hex(key.view()).substr(0, digits);
}

std::vector<std::string> doubts(Home const& home) {
  std::vector<std::string> found;
  auto const& validators = home.chain.validators();
  if (!home.self) {
    found.push_back(fmt::format(
        "the consensus key {} is not one of the genesis of chain {}: this node follows, "
        "and votes when a validator set has its key",
        base::hex(home.key.view()), home.chain.id()));
  }
  for (std::size_t i = 0; i < validators.size(); ++i) {
    auto const& validator = validators[i];
    if (home.self && i == home.self->value()) {
      if (validator.node_key() != home.identity.key.chars()) {
        found.push_back(
            fmt::format("the node key {} is not the one of the genesis: the others "
                        "must have it in their [[peers]]",
                        base::hex(home.identity.key.view())));
      }
      continue;
    }
    // Its own seat, whose consensus key it has turned from.
    if (validator.node_key() == home.identity.key.chars()) continue;
    auto const listed = std::ranges::any_of(home.config.peers, [&](PeerConfig const& peer) {
      return peer.name == validator.name() || peer.node_key.chars() == validator.node_key();
    });
    if (!listed) found.push_back(fmt::format("no [[peers]] for validator {}", validator.name()));
  }
  if (!home.config.devnet_offset_file.empty() && !home.chain.devnet()) {
    found.push_back("devnet.offset_file is ignored: the chain is no devnet");
  }
  return found;
}

}  // namespace node
