#include "node/voted_keys.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

// Far more keys than a validator rotates through.
constexpr std::uint64_t bytes_max = 1u << 20;

DiskResult<std::string> read_all(File& file) {
  TRY(size, file.size());
  return file.read(0, static_cast<std::size_t>(std::min(size, bytes_max)));
}

constexpr std::string_view spent_line = "spent\n";

bool lists(std::string_view text, protocol::PublicKey const& key) {
  return text.find(base::hex(key.view()) + "\n") != std::string_view::npos;
}

// A line that a crash left half stays, and is nobody's.
DiskResult<void> add_line(Disk& disk, std::filesystem::path const& home, File& file,
                          std::string const& text, std::string_view line) {
  auto const begun = !text.empty() && !text.ends_with('\n');
  TRY_VOID(file.write(text.size(), (begun ? "\n" : "") + std::string{line}));
  TRY_VOID(file.sync());
  return disk.sync_folder(home);
}

}  // namespace

DiskResult<bool> has_voted(Disk& disk, std::filesystem::path const& home,
                           protocol::PublicKey const& key) {
  TRY(file, disk.open(home / voted_keys_file));
  TRY(text, read_all(*file));
  return lists(text, key);
}

DiskResult<void> note_voted(Disk& disk, std::filesystem::path const& home,
                            protocol::PublicKey const& key) {
  TRY(file, disk.open(home / voted_keys_file));
  TRY(text, read_all(*file));
  if (lists(text, key)) return {};
  return add_line(disk, home, *file, text, base::hex(key.view()) + "\n");
}

DiskResult<bool> is_spent(Disk& disk, std::filesystem::path const& home,
                          protocol::PublicKey const& key) {
  TRY(file, disk.open(home / voted_keys_file));
  TRY(text, read_all(*file));
  auto const last = text.rfind(spent_line);
  return last != std::string::npos && lists(std::string_view{text}.substr(0, last), key);
}

DiskResult<void> spend_voted(Disk& disk, std::filesystem::path const& home) {
  TRY(file, disk.open(home / voted_keys_file));
  TRY(text, read_all(*file));
  if (text.empty() || text.ends_with(spent_line)) return {};
  return add_line(disk, home, *file, text, spent_line);
}

}  // namespace node
