// Two processes that sign with one key contradict each other sooner or later. On one host a lock
// keeps the second one out, by the key and not by the folder: a copied home has the same key.
//
//   /run/lock/labord-CHAIN-KEY.lock    16 hex digits each of genesis hash and public key; in /tmp
//                                      where there is no /run/lock
//
// flock: it goes with the process, however that ends; the empty file stays, readable by all, so
// that it keeps out other users' processes, too. On another host only evidence finds the second one
// (consensus/README.md, R15).

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "protocol/types.h"

namespace node::signer {

// A file that this process has locked, until the object goes.
class FileLock {
 public:
  // `taken` says whether another process has it, `what` what is wrong otherwise.
  struct Failure {
    bool taken = false;
    std::string what;
  };
  // Creates the file where it is not there. Follows no symbolic link.
  static std::expected<FileLock, Failure> take(std::filesystem::path const& path);

  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  FileLock(FileLock const&) = delete;
  FileLock& operator=(FileLock const&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_{descriptor} {}
  int descriptor_;
};

// Where the lock of a key is.
std::filesystem::path key_lock(protocol::GenesisHash const& genesis,
                               protocol::PublicKey const& key);

}  // namespace node::signer
