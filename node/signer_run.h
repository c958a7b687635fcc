// `labord signer`: from the home folder until SIGTERM.

#pragma once

#include <filesystem>

#include "node/exit_code.h"

namespace node {

// Says "labord signer ready: ..." on standard output when the socket listens. Logs go to standard
// error.
OrExit<void> run_signer(std::filesystem::path const& home);

}  // namespace node
