#include "node/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace node {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_{fd} {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<std::string> last_error() {
  return std::unexpected{std::generic_category().message(errno)};
}

}  // namespace

std::expected<std::string, std::string> read_file(std::filesystem::path const& path,
                                                  std::size_t bytes_max) {
  Descriptor const file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.get() < 0) return last_error();
  std::string text;
  for (;;) {
    constexpr std::size_t chunk_bytes = 64u << 10;
    auto const had = text.size();
    text.resize(had + chunk_bytes);
    auto const got = read(file.get(), text.data() + had, chunk_bytes);
    if (got < 0) return last_error();
    text.resize(had + static_cast<std::size_t>(got));
    if (got == 0) return text;
    if (text.size() > bytes_max) {
      return std::unexpected{fmt::format("longer than {} bytes", bytes_max)};
    }
  }
}

std::expected<void, std::string> write_new_file(std::filesystem::path const& path,
                                                std::string_view text, unsigned mode) {
  Descriptor const file{open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  if (file.get() < 0 && errno == EEXIST) {
    return std::unexpected{"exists; it is never overwritten"};
  }
  if (file.get() < 0) return last_error();
  while (!text.empty()) {
    auto const put = write(file.get(), text.data(), text.size());
    if (put < 0) return last_error();
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (fsync(file.get()) != 0) return last_error();
  return {};
}

std::expected<void, std::string> replace_file(std::filesystem::path const& path,
                                              std::string_view text, unsigned mode) {
  auto const fresh = path.string() + ".new";
  if (unlink(fresh.c_str()) != 0 && errno != ENOENT) return last_error();
  if (auto const written = write_new_file(fresh, text, mode); !written) return written;
  if (rename(fresh.c_str(), path.c_str()) != 0) return last_error();
  auto const parent = path.parent_path();
  Descriptor const folder{
      open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder.get() < 0 || fsync(folder.get()) != 0) return last_error();
  return {};
}

}  // namespace node
