// Bodies of blocks that are not final yet, on disk before FINALIZE is sent: whoever may have
// helped to finalize a block can still show it after a restart.
//
//   file  = blocks-SERIAL.log                      20 digits
//   frame = height(8) hash(32) body                node/store/frame.h
//
// A body proves itself by its hash, so a damaged frame costs no more than fetching it again: what
// follows the first bad one in a file is dropped. Files go once all their blocks are committed.
//
// Threads: the execution thread.
// Errors: DiskFailure; after one the node must stop.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consensus/shell/ports.h"
#include "node/store/disk.h"
#include "protocol/types.h"

namespace node {

struct BlockLogOptions {
  std::filesystem::path folder;
  // A file longer than this is followed by a new one. Reserved on disk at once; at least one
  // block fits whatever it is.
  std::size_t segment_bytes = 8u << 20;
};

class BlockLog {
 public:
  static std::expected<std::unique_ptr<BlockLog>, consensus::DiskFailure> open(
      BlockLogOptions options, Disk& disk);

  // Returns when the body would survive a power cut. The same block again costs nothing.
  std::expected<void, consensus::DiskFailure> store(protocol::Height height,
                                                    protocol::BlockHash const& hash,
                                                    std::string_view body);

  // Nothing where it was never stored, or is committed and gone. Whoever reads it again checks it
  // as if a peer had sent it.
  std::expected<std::optional<std::string>, consensus::DiskFailure> find(
      protocol::BlockHash const& hash) const;

  // Every block held, by height: what restart executes again, where it is above the head. Blocks
  // below it are held until their file goes.
  std::vector<protocol::BlockHash> held() const;

  // Blocks up to `height` are in the database, synced.
  std::expected<void, consensus::DiskFailure> committed(protocol::Height height);

 private:
  struct Place {
    std::uint64_t serial = 0;
    std::uint64_t offset = 0;  // Of the body.
    std::size_t bytes = 0;
    protocol::Height height{};
  };
  struct Segment {
    std::unique_ptr<File> file;
    std::uint64_t end = 0;
    protocol::Height highest{};
  };

  BlockLog(BlockLogOptions options, Disk& disk);

  std::filesystem::path path(std::uint64_t serial) const;
  std::expected<void, consensus::DiskFailure> load(std::uint64_t serial);
  std::expected<void, consensus::DiskFailure> begin_segment();
  void forget(std::uint64_t serial);

  BlockLogOptions options_;
  Disk& disk_;
  std::map<std::uint64_t, Segment> segments_;  // The last one is written to.
  std::map<protocol::BlockHash, Place> places_;
};

}  // namespace node
