// `labord rotate`: a new consensus key beside the old one, and what is to be done with it.
//
// The key that is in use stays in use until its operator has had the new one registered and the
// node has been started with it: nothing here changes what a running node does.

#pragma once

#include <filesystem>
#include <string>

#include "node/exit_code.h"

namespace node {

// Makes HOME/validator-XXXXXXXX.key, named by the beginning of its public key, and says what comes
// next: the wallet's command with the proof that the new key has signed, the setting, the restart.
OrExit<std::string> rotate(std::filesystem::path const& home);

}  // namespace node
