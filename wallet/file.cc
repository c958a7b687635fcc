#include "wallet/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace wallet {

namespace fs = std::filesystem;

namespace {

std::unexpected<Problem> fault(std::string_view what, fs::path const& path) {
  return problem(Exit::unexpected, "FILE_FAULT",
                 fmt::format("Could not {} {}: {}.", what, path.string(),
                             std::generic_category().message(errno)));
}

// Closes on every way out; a close that fails after a sync loses nothing.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_{fd} {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;

  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    auto const written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> make_folder(fs::path const& folder) {
  fs::path path;
  for (auto const& part : folder) {
    path /= part;
    std::error_code error;
    if (fs::exists(path, error)) continue;
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fault("make the folder", path);
  }
  return {};
}

Result<void> sync_folder(fs::path const& folder) {
  Descriptor const handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (handle.get() < 0 || ::fsync(handle.get()) != 0) return fault("sync the folder", folder);
  return {};
}

}  // namespace

Result<std::string> read_file(fs::path const& path) {
  errno = 0;
  std::error_code error;
  auto const size = fs::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory) {
    return usage("NO_SUCH_FILE", fmt::format("There is no file {}.", path.string()));
  }
  if (error) {
    errno = error.value();
    return fault("read", path);
  }
  if (size > file_bytes_max) {
    return problem(Exit::unexpected, "FILE_TOO_LARGE",
                   fmt::format("{} is larger than {} bytes.", path.string(), file_bytes_max));
  }
  std::ifstream in{path, std::ios::binary};
  std::string content(static_cast<std::size_t>(size), '\0');
  if (!in.read(content.data(), static_cast<std::streamsize>(size))) return fault("read", path);
  return content;
}

Result<void> write_file(fs::path const& path, std::string_view content, Existing existing) {
  // A bare name is of where one stands.
  auto const folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  TRY_VOID(make_folder(folder));
  auto const draft = fs::path{fmt::format("{}.{}.draft", path.string(), ::getpid())};
  {
    Descriptor const file{::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (file.get() < 0) return fault("create", draft);
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) {
      auto const failed = fault("write", draft);
      ::unlink(draft.c_str());
      return failed;
    }
  }
  if (existing == Existing::refuse) {
    bool const linked = ::link(draft.c_str(), path.c_str()) == 0;
    auto const cause = errno;
    ::unlink(draft.c_str());
    errno = cause;
    if (!linked && cause == EEXIST) {
      return usage("FILE_EXISTS", fmt::format("{} is there already.", path.string()));
    }
    if (!linked) return fault("create", path);
  } else if (::rename(draft.c_str(), path.c_str()) != 0) {
    auto const failed = fault("replace", path);
    ::unlink(draft.c_str());
    return failed;
  }
  return sync_folder(folder);
}

}  // namespace wallet
