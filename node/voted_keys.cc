#include "node/voted_keys.h"

#include <algorithm>
#include <string>

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

bool lists(std::string const& text, protocol::PublicKey const& key) {
  return text.find(base::hex(key.view()) + "\n") != std::string::npos;
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
  // A line that a crash left half stays, and is nobody's.
  auto const line =
      (text.empty() || text.ends_with('\n') ? "" : "\n") + base::hex(key.view()) + "\n";
  TRY_VOID(file->write(text.size(), line));
  TRY_VOID(file->sync());
  return disk.sync_folder(home);
}

}  // namespace node
