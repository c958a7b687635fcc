// LevelDB's environment over the port of the house, so that a database lies on a disk of the tests
// and meets its faults.
//
// One thread: what LevelDB wants done in the background waits until run_background(), to be called
// after each use of a database and before it goes: it waits for nothing else then. A database that
// is opened beside another, and a table that is read, begin with it: either may fail, and what is
// open then goes at once.

#pragma once

#include <leveldb/env.h>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "node/store/disk.h"

namespace testing_support {

// What LevelDB asks of a disk beyond the port. A name that is replaced is so as a whole.
class RenamingDisk : public node::Disk {
 public:
  virtual node::DiskResult<void> rename(std::filesystem::path const& from,
                                        std::filesystem::path const& to) = 0;
  virtual bool exists(std::filesystem::path const& path) const = 0;
};

class DiskEnv final : public leveldb::Env {
 public:
  explicit DiskEnv(RenamingDisk& disk) : disk_{disk} {}

  void run_background();

  leveldb::Status NewSequentialFile(std::string const& path,
                                    leveldb::SequentialFile** result) override;
  leveldb::Status NewRandomAccessFile(std::string const& path,
                                      leveldb::RandomAccessFile** result) override;
  leveldb::Status NewWritableFile(std::string const& path, leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(std::string const& path,
                                    leveldb::WritableFile** result) override;
  bool FileExists(std::string const& path) override { return disk_.exists(path); }
  leveldb::Status GetChildren(std::string const& folder, std::vector<std::string>* names) override;
  leveldb::Status RemoveFile(std::string const& path) override;
  leveldb::Status CreateDir(std::string const& folder) override;
  leveldb::Status RemoveDir(std::string const&) override { return {}; }
  leveldb::Status GetFileSize(std::string const& path, std::uint64_t* size) override;
  leveldb::Status RenameFile(std::string const& from, std::string const& to) override;
  leveldb::Status LockFile(std::string const& path, leveldb::FileLock** lock) override;
  leveldb::Status UnlockFile(leveldb::FileLock* lock) override;
  void Schedule(void (*work)(void*), void* argument) override {
    background_.emplace_back(work, argument);
  }
  void StartThread(void (*work)(void*), void* argument) override { Schedule(work, argument); }
  leveldb::Status GetTestDirectory(std::string* path) override;
  leveldb::Status NewLogger(std::string const& path, leveldb::Logger** result) override;
  // Passes by itself: LevelDB only measures with it.
  std::uint64_t NowMicros() override { return ++now_us_; }
  void SleepForMicroseconds(int us) override { now_us_ += static_cast<std::uint64_t>(us); }

 private:
  RenamingDisk& disk_;
  std::set<std::string> locked_;
  std::deque<std::pair<void (*)(void*), void*>> background_;
  bool in_background_ = false;
  std::uint64_t now_us_ = 0;
};

}  // namespace testing_support
