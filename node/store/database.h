// LevelDB, with the errors of the house: what cannot be read or written stops the process.
//
// Threads: any; batches are written by one at a time.

#pragma once

#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/store/disk.h"
#include "node/store/store.h"

namespace node {

class Database {
 public:
  struct Options {
    std::filesystem::path folder;
    std::size_t write_buffer_bytes = 0;  // Two are in memory while one is flushed.
    std::size_t block_cache_bytes = 0;
  };

  static std::expected<std::shared_ptr<Database>, OpenFailure> open(Options const& options,
                                                                    Disk& disk);
  ~Database();

  std::optional<std::string> get(std::string_view key,
                                 leveldb::Snapshot const* snapshot = nullptr) const;

  // Rows whose key begins with `prefix`, ascending from `from`, until `visit` returns false.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  void scan(std::string_view prefix, std::string_view from, leveldb::Snapshot const* snapshot,
            Visit const& visit) const;

  // Returns when the batch would survive a power cut.
  void write(leveldb::WriteBatch& batch);

  // On the disk, but for what was written last.
  std::size_t bytes_about() const;

  // What to say of a database whose rows contradict each other.
  std::string damage(std::string_view what) const;

  leveldb::Snapshot const* take_snapshot() const { return database_->GetSnapshot(); }
  void release(leveldb::Snapshot const* snapshot) const { database_->ReleaseSnapshot(snapshot); }

  std::filesystem::path const& folder() const { return folder_; }

  void compact() { database_->CompactRange(nullptr, nullptr); }

 private:
  Database(Options const& options, Disk& disk);
  [[noreturn]] void fail(std::string_view doing, leveldb::Status const& status) const;

  std::filesystem::path folder_;
  Disk& disk_;
  std::unique_ptr<leveldb::FilterPolicy const> filter_;
  std::unique_ptr<leveldb::Cache> blocks_;
  std::unique_ptr<leveldb::DB> database_;  // Last: it uses the others until it is gone.
};

}  // namespace node
