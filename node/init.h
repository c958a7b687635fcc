// `labord init`: the home folder of a new node.

#pragma once

#include <filesystem>
#include <optional>

#include "node/exit_code.h"

namespace node {

struct InitOptions {
  std::filesystem::path home;
  // Copied into the home; its other validators become [[peers]] whose addresses are to be filled
  // in. Without it the genesis comes later, made with the keys that init prints.
  std::optional<std::filesystem::path> genesis = std::nullopt;
  // A signer to be made in this folder: the consensus key is made there, and is never in the node.
  // Needs the genesis.
  std::optional<std::filesystem::path> signer = std::nullopt;
};

// Makes validator.key (or the signer), node.key, labord.toml. Refuses a home that has any of them,
// and changes nothing then. Returns what to tell the operator.
OrExit<std::string> init(InitOptions const& options);

}  // namespace node
