// Where the lines of spdlog and gRPC go. No secret is ever an argument of a log call.

#pragma once

#include <filesystem>
#include <string_view>

#include "node/exit_code.h"

namespace node {

// One line per event: time with milliseconds UTC, level, text. `file` empty: standard error.
// `level` is one of labord.toml's. gRPC's own complaints come as debug lines.
OrExit<void> start_logging(std::string_view level, std::filesystem::path const& file);

// Writes out what waits. Before the process ends.
void flush_logs();

}  // namespace node
