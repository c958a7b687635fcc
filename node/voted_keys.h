// Which consensus keys have voted from this home, in a file beside the keys and outside of data/:
// a data folder that is lost or moved away must not make a key look unused.
//
//   HOME/voted-keys = line*       line = 64 hex digits (a public key) "\n" | "spent" "\n"
//
// The keys above the last "spent" are spent: a journal has begun that remembers nothing of what
// they signed, as another key's could after theirs was lost.
//
// Errors: the disk's. Threads: one.

#pragma once

#include <filesystem>

#include "node/store/disk.h"
#include "protocol/types.h"

namespace node {

inline constexpr auto voted_keys_file = "voted-keys";

DiskResult<bool> has_voted(Disk& disk, std::filesystem::path const& home,
                           protocol::PublicKey const& key);

DiskResult<bool> is_spent(Disk& disk, std::filesystem::path const& home,
                          protocol::PublicKey const& key);

// Synced when it returns; a key that is there already costs nothing. Before its first vote.
DiskResult<void> note_voted(Disk& disk, std::filesystem::path const& home,
                            protocol::PublicKey const& key);

// All keys that have voted from here are spent from now on. Synced when it returns; before a
// journal begins anew.
DiskResult<void> spend_voted(Disk& disk, std::filesystem::path const& home);

}  // namespace node
