#include "tests/support/disk_env.h"

#include <algorithm>
#include <memory>

#include "protocol/base/check.h"

namespace testing_support {
namespace {

using leveldb::Slice;
using leveldb::Status;

Status status_of(node::DiskError const& error) {
  return Status::IOError(error.message);
}

template <class T>
Status status_of(node::DiskResult<T> const& done) {
  return done ? Status::OK() : status_of(done.error());
}

Status missing(std::string const& path) {
  return Status::NotFound(path, "No such file or directory");
}

Status read_at(node::File& file, std::uint64_t offset, std::size_t count, Slice* result,
               char* scratch) {
  *result = {};
  auto const bytes = file.read(offset, count);
  if (!bytes) return status_of(bytes);
  std::ranges::copy(*bytes, scratch);
  *result = Slice{scratch, bytes->size()};
  return Status::OK();
}

class SequentialFile final : public leveldb::SequentialFile {
 public:
  explicit SequentialFile(std::unique_ptr<node::File> file) : file_{std::move(file)} {}

  Status Read(std::size_t count, Slice* result, char* scratch) override {
    auto const status = read_at(*file_, offset_, count, result, scratch);
    offset_ += result->size();
    return status;
  }
  Status Skip(std::uint64_t count) override {
    offset_ += count;
    return Status::OK();
  }

 private:
  std::unique_ptr<node::File> file_;
  std::uint64_t offset_ = 0;
};

class RandomAccessFile final : public leveldb::RandomAccessFile {
 public:
  explicit RandomAccessFile(std::unique_ptr<node::File> file) : file_{std::move(file)} {}

  Status Read(std::uint64_t offset, std::size_t count, Slice* result,
              char* scratch) const override {
    return read_at(*file_, offset, count, result, scratch);
  }

 private:
  std::unique_ptr<node::File> file_;
};

// What is appended leaves with the next flush, as one write: so does the machine's.
class WritableFile final : public leveldb::WritableFile {
 public:
  // `synced_folder`: the names there become durable with each sync; empty: none do.
  WritableFile(node::Disk& disk, std::unique_ptr<node::File> file, std::uint64_t offset,
               std::filesystem::path synced_folder)
      : disk_{disk},
        file_{std::move(file)},
        offset_{offset},
        synced_folder_{std::move(synced_folder)} {}

  Status Append(Slice const& data) override {
    waiting_.append(data.data(), data.size());
    return Status::OK();
  }
  Status Close() override { return Flush(); }
  Status Flush() override {
    if (waiting_.empty()) return Status::OK();
    auto const bytes = std::exchange(waiting_, {});
    auto const done = file_->write(offset_, bytes);
    if (done) offset_ += bytes.size();
    return status_of(done);
  }
  Status Sync() override {
    if (!synced_folder_.empty()) {
      if (auto const done = disk_.sync_folder(synced_folder_); !done) return status_of(done);
    }
    if (auto const flushed = Flush(); !flushed.ok()) return flushed;
    return status_of(file_->sync());
  }

 private:
  node::Disk& disk_;
  std::unique_ptr<node::File> file_;
  std::uint64_t offset_;
  std::filesystem::path synced_folder_;
  std::string waiting_;
};

class Lock final : public leveldb::FileLock {
 public:
  explicit Lock(std::string path) : path_{std::move(path)} {}
  std::string const& path() const { return path_; }

 private:
  std::string path_;
};

// LevelDB makes the names beside a manifest durable with it, and relies on that.
std::filesystem::path folder_synced_with(std::filesystem::path const& path) {
  auto const manifest = path.filename().string().starts_with("MANIFEST");
  return manifest ? path.parent_path() : std::filesystem::path{};
}

}  // namespace

void DiskEnv::run_background() {
  if (std::exchange(in_background_, true)) return;
  while (!background_.empty()) {
    auto const [work, argument] = background_.front();
    background_.pop_front();
    work(argument);
  }
  in_background_ = false;
}

Status DiskEnv::NewSequentialFile(std::string const& path, leveldb::SequentialFile** result) {
  *result = nullptr;
  if (!disk_.exists(path)) return missing(path);
  auto file = disk_.open(path);
  if (!file) return status_of(file);
  *result = new SequentialFile{*std::move(file)};
  return Status::OK();
}

Status DiskEnv::NewRandomAccessFile(std::string const& path, leveldb::RandomAccessFile** result) {
  *result = nullptr;
  if (!disk_.exists(path)) return missing(path);
  auto file = disk_.open(path);
  if (!file) return status_of(file);
  *result = new RandomAccessFile{*std::move(file)};
  return Status::OK();
}

Status DiskEnv::NewWritableFile(std::string const& path, leveldb::WritableFile** result) {
  *result = nullptr;
  auto file = disk_.open(path);
  if (!file) return status_of(file);
  if (auto const emptied = (*file)->truncate(0); !emptied) return status_of(emptied);
  *result = new WritableFile{disk_, *std::move(file), 0, folder_synced_with(path)};
  return Status::OK();
}

Status DiskEnv::NewAppendableFile(std::string const& path, leveldb::WritableFile** result) {
  *result = nullptr;
  auto file = disk_.open(path);
  if (!file) return status_of(file);
  auto const size = (*file)->size();
  if (!size) return status_of(size);
  *result = new WritableFile{disk_, *std::move(file), *size, folder_synced_with(path)};
  return Status::OK();
}

Status DiskEnv::GetChildren(std::string const& folder, std::vector<std::string>* names) {
  auto listed = disk_.list(folder);
  if (!listed) return status_of(listed);
  *names = *std::move(listed);
  return Status::OK();
}

Status DiskEnv::RemoveFile(std::string const& path) {
  if (!disk_.exists(path)) return missing(path);
  return status_of(disk_.remove(path));
}

Status DiskEnv::CreateDir(std::string const& folder) {
  return status_of(disk_.create_folder(folder));
}

Status DiskEnv::GetFileSize(std::string const& path, std::uint64_t* size) {
  *size = 0;
  if (!disk_.exists(path)) return missing(path);
  auto file = disk_.open(path);
  if (!file) return status_of(file);
  auto const found = (*file)->size();
  if (found) *size = *found;
  return status_of(found);
}

Status DiskEnv::RenameFile(std::string const& from, std::string const& to) {
  if (!disk_.exists(from)) return missing(from);
  return status_of(disk_.rename(from, to));
}

Status DiskEnv::LockFile(std::string const& path, leveldb::FileLock** lock) {
  run_background();
  *lock = nullptr;
  if (!locked_.insert(path).second) return Status::IOError("lock " + path, "already held");
  *lock = new Lock{path};
  return Status::OK();
}

Status DiskEnv::UnlockFile(leveldb::FileLock* lock) {
  auto const* const held = static_cast<Lock const*>(lock);
  CHECK(locked_.erase(held->path()) == 1);
  delete held;
  return Status::OK();
}

Status DiskEnv::GetTestDirectory(std::string* path) {
  *path = "tmp";
  return Status::OK();
}

Status DiskEnv::NewLogger(std::string const&, leveldb::Logger** result) {
  *result = nullptr;
  return Status::NotSupported("nobody reads LevelDB's log here");
}

}  // namespace testing_support
