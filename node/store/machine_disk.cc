// The machine's file system.

#include <fcntl.h>
#include <fmt/format.h>
#include <leveldb/env.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "node/store/disk.h"

namespace node {
namespace {

// sysexits.h: EX_IOERR.
constexpr int exit_code_disk_failed = 74;

std::unexpected<DiskError> failed(std::string_view doing, std::filesystem::path const& path,
                                  int error) {
  return std::unexpected{DiskError{.message = fmt::format("{} {}: {}", doing, path.string(),
                                                          std::system_category().message(error)),
                                   .full = error == ENOSPC || error == EDQUOT || error == EFBIG}};
}

// A file descriptor. Interrupted calls are made again.
class MachineFile final : public File {
 public:
  MachineFile(std::filesystem::path path, int descriptor)
      : path_{std::move(path)}, descriptor_{descriptor} {}
  ~MachineFile() override { ::close(descriptor_); }
  MachineFile(MachineFile const&) = delete;
  MachineFile& operator=(MachineFile const&) = delete;

  DiskResult<std::uint64_t> size() override {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return failed("stat", path_, errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

  DiskResult<std::string> read(std::uint64_t offset, std::size_t count) override {
    std::string bytes(count, '\0');
    std::size_t done = 0;
    while (done < count) {
      auto const got = ::pread(descriptor_, bytes.data() + done, count - done,
                               static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failed("read", path_, errno);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
  }

  DiskResult<void> write(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      auto const put =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return failed("write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(put));
      offset += static_cast<std::uint64_t>(put);
    }
    return {};
  }

  DiskResult<void> reserve(std::uint64_t size) override {
    auto const error = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
    if (error != 0) return failed("reserve space for", path_, error);
    return {};
  }

  DiskResult<void> truncate(std::uint64_t size) override {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
      return failed("truncate", path_, errno);
    }
    return {};
  }

  DiskResult<void> sync() override {
    if (::fdatasync(descriptor_) != 0) return failed("sync", path_, errno);
    return {};
  }

 private:
  std::filesystem::path path_;
  int descriptor_;
};

class MachineDisk final : public Disk {
 public:
  DiskResult<std::unique_ptr<File>> open(std::filesystem::path const& path) override {
    auto const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("open", path, errno);
    return std::make_unique<MachineFile>(path, descriptor);
  }

  DiskResult<void> create_folder(std::filesystem::path const& path) override {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return failed("create", path, error.value());
    return {};
  }

  DiskResult<std::vector<std::string>> list(std::filesystem::path const& folder) override {
    std::error_code error;
    std::vector<std::string> names;
    for (auto entry = std::filesystem::directory_iterator{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) return failed("list", folder, error.value());
    std::ranges::sort(names);
    return names;
  }

  DiskResult<void> remove(std::filesystem::path const& path) override {
    if (::unlink(path.c_str()) != 0) return failed("remove", path, errno);
    return {};
  }

  DiskResult<void> sync_folder(std::filesystem::path const& folder) override {
    auto const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed("open", folder, errno);
    auto const synced = ::fsync(descriptor);
    auto const error = errno;
    ::close(descriptor);
    if (synced != 0) return failed("sync", folder, error);
    return {};
  }

  leveldb::Env& database_env() override { return *leveldb::Env::Default(); }

  void stop(std::string const& message) override {
    std::fprintf(stderr, "labord stops: %s\n", message.c_str());
    std::fflush(stderr);
    // No destructors: other threads may hold locks, and nothing may be written any more.
    std::_Exit(exit_code_disk_failed);
  }
};

}  // namespace

Disk& machine_disk() {
  static MachineDisk disk;
  return disk;
}

}  // namespace node
