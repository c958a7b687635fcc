// A disk in memory that forgets what was not synced, tears what was being written when the power
// went, and fails when it is told to. What was synced is certain; what was written since reaches
// the platter byte by byte, in order, until the power goes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "node/store/disk.h"
#include "tests/support/disk_env.h"

namespace testing_support {

// Thrown where a node would end its process.
struct Stopped {
  std::string message;
};

class MemoryDisk final : public RenamingDisk {
 public:
  node::DiskResult<std::unique_ptr<node::File>> open(std::filesystem::path const& path) override;
  node::DiskResult<void> create_folder(std::filesystem::path const& path) override;
  node::DiskResult<std::vector<std::string>> list(std::filesystem::path const& folder) override;
  node::DiskResult<void> remove(std::filesystem::path const& path) override;
  node::DiskResult<void> sync_folder(std::filesystem::path const& folder) override;
  node::DiskResult<void> rename(std::filesystem::path const& from,
                                std::filesystem::path const& to) override;
  bool exists(std::filesystem::path const& path) const override { return names_.contains(path); }
  DiskEnv& database_env() override { return env_; }
  [[noreturn]] void stop(std::string const& message) override;

  // The power goes: of what was written since the last syncs, the first `bytes_kept` are there.
  // Files that were open must not be used any more.
  void crash(std::size_t bytes_kept = 0);

  // Another disk in its place: nothing of it is there any more, and no file is open.
  void wipe() {
    names_.clear();
    durable_names_.clear();
  }

  // The next operation but `after` fails, and every one after it.
  void fail(std::size_t after, bool full = false);
  void heal() { failing_ = false; }
  std::size_t operations() const { return operations_; }

  // The bytes that a file has now, to be looked at and damaged.
  std::string& bytes(std::filesystem::path const& path);
  std::vector<std::filesystem::path> paths() const;

 private:
  friend class MemoryFile;
  struct Write {
    std::uint64_t offset = 0;
    std::string bytes;
  };
  struct Data {
    std::string bytes;
    std::string durable;
    std::vector<Write> since;
  };
  using Names = std::map<std::filesystem::path, std::shared_ptr<Data>>;

  node::DiskResult<void> count(std::string_view doing, std::filesystem::path const& path);

  DiskEnv env_{*this};
  Names names_;
  Names durable_names_;
  std::size_t operations_ = 0;
  std::size_t fail_from_ = 0;
  bool failing_ = false;
  bool full_ = false;
};

}  // namespace testing_support
