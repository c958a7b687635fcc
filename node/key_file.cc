#include "node/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

constexpr std::size_t digits = 64;

std::unexpected<KeyFileFault> fault(std::filesystem::path const& path, std::string_view what) {
  return std::unexpected{KeyFileFault{fmt::format("key file {}: {}", path.string(), what)}};
}

std::string last_error() {
  return std::generic_category().message(errno);
}

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

}  // namespace

Seed::Seed(base::ByteView bytes) {
  CHECK(bytes.size() == bytes_.size());
  std::ranges::copy(bytes, bytes_.begin());
}

Seed Seed::random() {
  CHECK(sodium_init() >= 0);
  std::array<std::uint8_t, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  Seed seed{bytes};
  sodium_memzero(bytes.data(), bytes.size());
  return seed;
}

Seed::Seed(Seed&& other) noexcept : bytes_{other.bytes_} {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Seed::~Seed() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

std::expected<Seed, KeyFileFault> read_key_file(std::filesystem::path const& path) {
  Descriptor const file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.get() < 0) return fault(path, last_error());
  struct stat status{};
  if (fstat(file.get(), &status) != 0) return fault(path, last_error());
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fault(path,
                 "others may read it, so take the key for known: make a new one, or if you "
                 "are sure that nobody did, chmod 600");
  }
  std::array<char, digits + 2> text{};
  auto const size = read(file.get(), text.data(), text.size());
  auto const whole = size == digits || (size == digits + 1 && text[digits] == '\n');
  auto bytes = whole ? base::from_hex({text.data(), digits}) : std::nullopt;
  sodium_memzero(text.data(), text.size());
  if (!bytes) return fault(path, "not 64 hexadecimal digits and a newline");
  Seed seed{base::bytes_of(*bytes)};
  sodium_memzero(bytes->data(), bytes->size());
  return seed;
}

std::expected<void, KeyFileFault> write_key_file(std::filesystem::path const& path,
                                                 Seed const& seed) {
  Descriptor const file{open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.get() < 0 && errno == EEXIST) return fault(path, "exists; it is never overwritten");
  if (file.get() < 0) return fault(path, last_error());
  auto text = base::hex(seed.view()) + "\n";
  auto const written = write(file.get(), text.data(), text.size());
  auto const done = written == static_cast<ssize_t>(text.size()) && fsync(file.get()) == 0;
  auto const reason = last_error();
  sodium_memzero(text.data(), text.size());
  if (!done) return fault(path, reason);
  return {};
}

}  // namespace node
