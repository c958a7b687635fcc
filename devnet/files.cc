#include "devnet/files.h"

#include <fstream>
#include <iterator>

namespace devnet {

namespace fs = std::filesystem;

std::expected<std::string, std::string> read_file(fs::path const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return std::unexpected{"cannot read " + path.string()};
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

std::expected<void, std::string> replace_file(fs::path const& path, std::string const& content) {
  auto const draft = path.string() + ".new";
  std::ofstream out{draft, std::ios::binary};
  out << content;
  out.close();
  std::error_code error;
  if (out) fs::rename(draft, path, error);
  if (!out || error) return std::unexpected{"cannot write " + path.string()};
  return {};
}

std::expected<void, std::string> write_private(fs::path const& path, std::string const& content) {
  std::ofstream out{path, std::ios::binary};
  std::error_code error;
  // Closed to others before anything is in it.
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
  out << content;
  out.close();
  if (!out || error) return std::unexpected{"cannot write " + path.string()};
  return {};
}

}  // namespace devnet
