#include "node/init.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "node/config.h"
#include "node/files.h"
#include "node/genesis_file.h"
#include "node/key_file.h"
#include "node/signer_home.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

namespace fs = std::filesystem;

constexpr unsigned readable = 0644;

// The port that labord.toml proposes; the operator fills in the hosts.
constexpr auto peer_port = 7300;

// A key of the genesis stays in the genesis: the new node is none of its validators yet, so all
// of them are peers.
std::vector<PeerConfig> peers_of(protocol::Chain const& chain) {
  std::vector<PeerConfig> peers;
  for (auto const& validator : chain.validators()) {
    auto const key = protocol::PublicKey::from(validator.node_key());
    if (!key) continue;
    peers.push_back({.name = validator.name(),
                     .address = fmt::format("{}.example:{}", validator.name(), peer_port),
                     .node_key = *key});
  }
  return peers;
}

OrExit<void> check_free(fs::path const& path) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return {};
  return exit_with(ExitCode::exists,
                   fmt::format("{} exists; init never overwrites. Choose another --home, or move "
                               "this one away (a validator key that has signed is worth keeping)",
                               path.string()));
}

OrExit<void> write(fs::path const& path, std::string_view text) {
  auto const written = write_new_file(path, text, readable);
  if (written) return {};
  return exit_with(ExitCode::disk,
                   fmt::format("cannot write {}: {}", path.string(), written.error()));
}

OrExit<protocol::PublicKey> make_key(fs::path const& path) {
  auto const seed = Seed::random();
  auto const written = write_key_file(path, seed);
  if (!written) return exit_with(ExitCode::disk, written.error().message);
  return seed.key().public_key();
}

// In the node, or in a signer that it is told of.
OrExit<protocol::PublicKey> make_consensus_key(InitOptions const& options,
                                               std::optional<protocol::Chain> const& chain,
                                               Config& config) {
  if (!options.signer) return make_key(options.home / config.validator_key);
  if (!chain) {
    return exit_with(ExitCode::usage, "a signer is made for a chain: --signer needs --genesis");
  }
  auto const folder = fs::absolute(*options.signer).lexically_normal();
  TRY(signer, make_signer_home(folder, *chain, machine_disk()));
  auto const key = signer.key.public_key();
  config.signer_socket = signer.socket().string();
  config.signer_key = base::hex(key.view());
  return key;
}

std::string next_steps(InitOptions const& options, protocol::PublicKey const& validator,
                       protocol::PublicKey const& node) {
  auto const home = options.home.string();
  auto const signer = options.signer.value_or(options.home).string();
  auto text = fmt::format(
      "Made a node in {0}{4}\n\n"
      "  consensus key  {1}\n"
      "  node key       {2}\n\n"
      "Both are public. Their secrets are in {3}/validator.key and {0}/node.key:\n"
      "back them up, and never run two nodes or signers with one validator key.\n\n"
      "Next:\n",
      home, base::hex(validator.view()), base::hex(node.view()), signer,
      options.signer ? " and its signer in " + signer : "");
  if (options.genesis) {
    text += fmt::format(
        "  1. have the owners admit it; OPERATOR is the account that may rotate its keys:\n"
        "     labor ballot new --title \"Admit NAME\" --admit \"NAME {} {} OPERATOR\"\n",
        base::hex(validator.view()), base::hex(node.view()));
  } else {
    text += fmt::format(
        "  1. have both keys put into the genesis, and save it as {}/genesis.json\n", home);
  }
  text += fmt::format(
      "  2. fill in the addresses of the other validators in {0}/labord.toml\n"
      "  3. labord config check --home {0}\n"
      "{1}"
      "  4. labord run --home {0}\n",
      home,
      options.signer ? fmt::format("     labord signer --home {}      keep it running\n", signer)
                     : "");
  return text;
}

}  // namespace

OrExit<std::string> init(InitOptions const& options) {
  Config config;
  std::optional<protocol::Chain> chain;
  if (options.genesis) {
    TRY(read, read_genesis(*options.genesis));
    chain = std::move(read);
    config.peers = peers_of(*chain);
  }
  auto const genesis = options.home / config.genesis;
  auto const validator_key = options.home / config.validator_key;
  auto const node_key = options.home / config.node_key;
  for (auto const& path : {config_file(options.home), validator_key, node_key}) {
    TRY_VOID(check_free(path));
  }
  if (options.genesis) TRY_VOID(check_free(genesis));

  std::error_code error;
  fs::create_directories(options.home, error);
  if (error) {
    return exit_with(ExitCode::disk,
                     fmt::format("cannot make {}: {}", options.home.string(), error.message()));
  }
  TRY(validator, make_consensus_key(options, chain, config));
  TRY(node, make_key(node_key));
  if (chain) TRY_VOID(write(genesis, protocol::to_json(chain->genesis())));
  TRY_VOID(write(config_file(options.home), to_toml(config)));
  return next_steps(options, validator, node);
}

}  // namespace node
