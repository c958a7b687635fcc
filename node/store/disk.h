// The file system as the journal and the block log see it: a port, so that tests and the
// simulator can tear writes, fill the disk and cut the power between any two calls.
//
// Threads: files belong to whoever opened them; stop() may be called from any thread.
// Errors: every operation that can fail says so; what must not continue calls stop().

#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leveldb {
class Env;
}  // namespace leveldb

namespace node {

// What went wrong, for people: "write /data/journal-1: No space left on device".
struct DiskError {
  std::string message;
  bool full = false;
};

template <class T>
using DiskResult = std::expected<T, DiskError>;

class File {
 public:
  virtual ~File() = default;

  virtual DiskResult<std::uint64_t> size() = 0;
  // Up to `count` bytes from `offset`: fewer at the end of the file.
  virtual DiskResult<std::string> read(std::uint64_t offset, std::size_t count) = 0;
  virtual DiskResult<void> write(std::uint64_t offset, std::string_view bytes) = 0;
  // Makes the file at least this long, with zeros, and reserves the blocks on disk.
  virtual DiskResult<void> reserve(std::uint64_t size) = 0;
  virtual DiskResult<void> truncate(std::uint64_t size) = 0;
  // Returns when what was written would survive a power cut (fdatasync).
  virtual DiskResult<void> sync() = 0;
};

class Disk {
 public:
  virtual ~Disk() = default;

  // Opens for reading and writing; creates what is not there.
  virtual DiskResult<std::unique_ptr<File>> open(std::filesystem::path const& path) = 0;
  virtual DiskResult<void> create_folder(std::filesystem::path const& path) = 0;
  // File names, ascending.
  virtual DiskResult<std::vector<std::string>> list(std::filesystem::path const& folder) = 0;
  virtual DiskResult<void> remove(std::filesystem::path const& path) = 0;
  // Makes created and removed names durable.
  virtual DiskResult<void> sync_folder(std::filesystem::path const& folder) = 0;

  // The same disk, as the database sees it. LevelDB's types are node/store's own business.
  virtual leveldb::Env& database_env() = 0;

  // The disk has failed: says `message` and ends the process at once, without further writes.
  [[noreturn]] virtual void stop(std::string const& message) = 0;
};

// The machine's own. One for the process.
Disk& machine_disk();

}  // namespace node
