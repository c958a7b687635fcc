// labord.toml: what the operator of one node decides. Nothing in it can affect state: two nodes
// that differ in it still agree on every block.
//
// One table (settings) is the file's grammar: it writes the commented file, reads it back, refuses
// what is not in it, and its comments are the manual. Relative paths are below the home folder.
//
//   HOME/labord.toml         this file
//   HOME/genesis.json        what the chain starts from
//   HOME/validator.key       seed of the consensus key: 64 hex digits, mode 0600 (key_file.h); not
//                            where a signer apart has it ([signer], signer_home.h)
//   HOME/node.key            seed of the TLS key, likewise
//   HOME/voted-keys          which consensus keys have voted: belongs to them, also in a backup
//   HOME/data/               database, journal, block log; one running labord at a time
//   HOME/documents/          texts that their owners may erase (node/documents/document_store.h)

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"

namespace node {

// Another validator: [[peers]].
struct PeerConfig {
  std::string name;     // For logs and status.
  std::string address;  // host:port of its peer.listen.
  protocol::PublicKey node_key;
};

// As in the file; see `settings` for what each is and its bounds.
struct Config {
  std::string genesis = "genesis.json";
  std::string validator_key = "validator.key";
  std::string node_key = "node.key";

  std::string signer_socket;  // Empty: this process signs.
  std::string signer_key;     // 64 hex digits, where there is a socket.
  std::uint64_t signer_timeout_ms = 500;

  std::string storage_folder = "data";
  std::uint64_t storage_cache_bytes = 48u << 20;
  std::uint64_t storage_cache_bytes_max = 1ull << 30;

  std::string documents_folder = "documents";
  std::uint64_t documents_bytes_max = 512ull << 20;
  std::uint64_t documents_owner_bytes_max = 2ull << 20;
  std::uint64_t documents_copies_bytes_max = 128ull << 20;
  std::uint64_t documents_copy_ms = 24ull * 60 * 60 * 1000;

  std::string api_listen = "127.0.0.1:7301";
  std::string web_listen = "127.0.0.1:7302";  // Empty: nowhere.
  std::string peer_listen = "0.0.0.0:7300";
  std::vector<PeerConfig> peers;

  std::uint64_t mempool_bytes_max = 16u << 20;
  std::uint64_t mempool_count_max = 32768;
  std::uint64_t mempool_per_account_max = 256;
  std::uint64_t mempool_per_peer_max = 16384;

  std::uint64_t worker_threads = 2;
  std::uint64_t consensus_delta_ms = 250;

  std::string log_level = "info";
  std::string log_file;  // Empty: standard error.

  std::string devnet_offset_file;  // Empty: none.
};

// The file with every key, its comment, and the values of `config`.
std::string to_toml(Config const& config);

// What is wrong and where: "labord.toml:12: ...".
struct ConfigFault {
  std::string message;
};

// `name` is what faults call the file.
std::expected<Config, ConfigFault> parse_config(std::string_view text, std::string_view name);

// HOME/labord.toml.
std::filesystem::path config_file(std::filesystem::path const& home);
std::expected<Config, ConfigFault> read_config(std::filesystem::path const& home);

// "host:port", "[::1]:port": a host and a port from 0 to 65535.
bool is_address(std::string_view text);

}  // namespace node
