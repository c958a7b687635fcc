// Files of a devnet: read whole, replaced whole.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace devnet {

std::expected<std::string, std::string> read_file(std::filesystem::path const& path);

// A reader sees the old content or the new, never a half.
std::expected<void, std::string> replace_file(std::filesystem::path const& path,
                                              std::string const& content);

// Readable by its owner alone.
std::expected<void, std::string> write_private(std::filesystem::path const& path,
                                               std::string const& content);

}  // namespace devnet
