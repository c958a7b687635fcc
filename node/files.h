// Whole small files: settings, genesis. Not for what the node writes while it runs (node/store).

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace node {

// The system's words on failure: "No such file or directory".
std::expected<std::string, std::string> read_file(std::filesystem::path const& path,
                                                  std::size_t bytes_max);

// Creates the file, synced. Never overwrites.
std::expected<void, std::string> write_new_file(std::filesystem::path const& path,
                                                std::string_view text, unsigned mode);

// The same in place of what is there: after a crash it is the old one or the new one.
std::expected<void, std::string> replace_file(std::filesystem::path const& path,
                                              std::string_view text, unsigned mode);

}  // namespace node
