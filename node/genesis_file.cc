#include "node/genesis_file.h"

#include <fmt/format.h>

#include "node/files.h"

namespace node {

// 10^6 accounts with two balances each are 250 MB of JSON.
constexpr std::size_t genesis_bytes_max = 512u << 20;

OrExit<protocol::Chain> read_genesis(std::filesystem::path const& path) {
  auto const text = read_file(path, genesis_bytes_max);
  if (!text) {
    return exit_with(ExitCode::config,
                     fmt::format("cannot read the genesis {}: {}; get it from who made the chain, "
                                 "or set chain.genesis in labord.toml",
                                 path.string(), text.error()));
  }
  auto chain = protocol::Chain::from_json(*text);
  if (!chain) {
    return exit_with(ExitCode::config, fmt::format("genesis {}: {}", path.string(),
                                                   protocol::explain(chain.error())));
  }
  return std::move(*chain);
}

}  // namespace node
