// `labord rotate`: a new consensus key, and what is to be done with it.
//
// The key that is in use stays in use until its operator has had the new one registered and the
// node has been started with it: nothing here changes what a running node or signer does.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "node/exit_code.h"

namespace node {

struct RotateOptions {
  std::filesystem::path home;
  // A new signer, to be made in this folder: the key is made there, and is never in the node.
  // Needed where a signer apart has the key that is in use, for a signer has one key for good.
  std::optional<std::filesystem::path> signer = std::nullopt;
};

// Makes HOME/validator-XXXXXXXX.key, named by the beginning of its public key, or the signer; and
// says what comes next: the wallet's command with the proof that the new key has signed, the
// setting, the restart.
OrExit<std::string> rotate(RotateOptions const& options);

}  // namespace node
