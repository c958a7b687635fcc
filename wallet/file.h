// Files of the wallet: small, private, written whole or not at all.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "wallet/problem.h"

namespace wallet {

// Larger ones are not ours.
inline constexpr std::size_t file_bytes_max = 8u << 20;

enum class Existing {
  replace,
  refuse,  // FILE_EXISTS: nobody else's key is written over, not even in a race.
};

// Reads all of it, or says which system call failed on which path.
Result<std::string> read_file(std::filesystem::path const& path);

// Mode 0600, in a folder made with 0700 where missing. Synced, then moved into place, then the
// folder is synced: after a crash there is the old content or the new.
Result<void> write_file(std::filesystem::path const& path, std::string_view content,
                        Existing existing);

}  // namespace wallet
