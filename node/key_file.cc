#include "node/key_file.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <system_error>

#include "node/files.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits = 64;
constexpr unsigned owner_only = 0600;

std::unexpected<KeyFileFault> fault(fs::path const& path, std::string_view what) {
  return std::unexpected{KeyFileFault{fmt::format("key file {}: {}", path.string(), what)}};
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
}

}  // namespace

Seed::Seed(base::ByteView bytes) {
  CHECK(bytes.size() == bytes_.size());
  std::ranges::copy(bytes, bytes_.begin());
}

Seed Seed::random() {
  CHECK(sodium_init() >= 0);
  std::array<std::uint8_t, 32> bytes{};
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

std::expected<Seed, KeyFileFault> read_key_file(fs::path const& path) {
  std::error_code error;
  auto const status = fs::status(path, error);
  auto const others = fs::perms::group_all | fs::perms::others_all;
  if (!error && (status.permissions() & others) != fs::perms::none) {
    return fault(path,
                 "others may use it, so take the key for known and make a new one; if you are sure "
                 "that nobody has read it, chmod 600");
  }
  auto text = read_file(path, digits + 1);
  if (!text) return fault(path, text.error());
  auto const whole = text->size() == digits || (text->size() == digits + 1 && text->back() == '\n');
  auto bytes = whole ? base::from_hex(std::string_view{*text}.substr(0, digits)) : std::nullopt;
  wipe(*text);
  if (!bytes) return fault(path, "not 64 hexadecimal digits and a newline");
  Seed seed{base::bytes_of(*bytes)};
  wipe(*bytes);
  return seed;
}

std::expected<void, KeyFileFault> write_key_file(fs::path const& path, Seed const& seed) {
  auto text = base::hex(seed.view()) + "\n";
  auto const written = write_new_file(path, text, owner_only);
  wipe(text);
  if (!written) return fault(path, written.error());
  return {};
}

}  // namespace node
