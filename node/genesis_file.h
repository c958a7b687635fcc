// genesis.json of a home folder.

#pragma once

#include <filesystem>

#include "node/exit_code.h"
#include "protocol/genesis.h"

namespace node {

OrExit<protocol::Chain> read_genesis(std::filesystem::path const& path);

}  // namespace node
