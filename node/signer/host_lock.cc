#include "node/signer/host_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "protocol/base/hex.h"

namespace node::signer {
namespace {

constexpr mode_t readable = 0644;
constexpr std::size_t name_digits = 16;

// Read-only is enough for flock(), and in a folder of everybody's the kernel lets nobody create
// what another user has.
int open_or_create(char const* path) {
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  auto const there = ::open(path, flags);
  if (there >= 0 || errno != ENOENT) return there;
  auto const made = ::open(path, flags | O_CREAT | O_EXCL, readable);
  if (made < 0) return errno == EEXIST ? ::open(path, flags) : made;
  ::fchmod(made, readable);  // Whatever the umask.
  return made;
}

}  // namespace

std::expected<FileLock, FileLock::Failure> FileLock::take(std::filesystem::path const& path) {
  auto const failed = [&](bool taken) {
    return std::unexpected{Failure{.taken = taken,
                                   .what = fmt::format("cannot lock {}: {}", path.string(),
                                                       std::generic_category().message(errno))}};
  };
  auto const descriptor = open_or_create(path.c_str());
  if (descriptor < 0) return failed(false);
  FileLock lock{descriptor};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return failed(errno == EWOULDBLOCK);
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}

std::filesystem::path key_lock(protocol::GenesisHash const& genesis,
                               protocol::PublicKey const& key) {
  constexpr std::string_view usual = "/run/lock";
  std::error_code ignored;
  auto const folder = std::filesystem::is_directory(usual, ignored) ? usual : "/tmp";
  return fmt::format("{}/labord-{}-{}.lock", folder,
                     base::hex(genesis.view()).substr(0, name_digits),
                     base::hex(key.view()).substr(0, name_digits));
}

}  // namespace node::signer
