#include "tests/sim/simulated_disk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "node/store/frame.h"
#include "protocol/base/check.h"

namespace sim {
namespace {

Fault fault_of(DiskCall call) {
  switch (call) {
    case DiskCall::read:
      return Fault::read_error;
    case DiskCall::write:
      return Fault::write_error;
    case DiskCall::sync:
      return Fault::sync_error;
  }
  UNREACHABLE();
}

std::string_view name_of(DiskCall call) {
  switch (call) {
    case DiskCall::read:
      return "read";
    case DiskCall::write:
      return "write";
    case DiskCall::sync:
      return "sync";
  }
  UNREACHABLE();
}

}  // namespace

class SimulatedDisk::OpenFile final : public node::File {
 public:
  OpenFile(SimulatedDisk& disk, std::string path, std::shared_ptr<Content> content)
      : disk_{disk}, path_{std::move(path)}, content_{std::move(content)} {}

  node::DiskResult<std::uint64_t> size() override { return content_->seen.size(); }

  node::DiskResult<std::string> read(std::uint64_t offset, std::size_t count) override {
    auto error = disk_.power_->on() ? disk_.meets(DiskCall::read, path_) : std::nullopt;
    if (error) return std::unexpected{*std::move(error)};
    if (offset >= content_->seen.size()) return std::string{};
    return content_->seen.substr(offset, count);
  }

  node::DiskResult<void> write(std::uint64_t offset, std::string_view bytes) override {
    if (!disk_.power_->reach(CrashPoint::append)) return {};
    auto error = disk_.meets(DiskCall::write, path_);
    if (!error && offset + bytes.size() > content_->seen.size()) error = disk_.lacks_room(path_);
    if (error) bytes = bytes.substr(0, disk_.prng_.below(bytes.size() + 1));
    put(content_->seen, offset, bytes);
    content_->since.push_back({offset, std::string{bytes}});
    if (error) return std::unexpected{*std::move(error)};
    return {};
  }

  // Sizes are durable at once: the worst for a reader is a length without its bytes.
  node::DiskResult<void> reserve(std::uint64_t size) override {
    if (!disk_.power_->on() || size <= content_->seen.size()) return {};
    if (auto error = disk_.lacks_room(path_)) return std::unexpected{*std::move(error)};
    content_->seen.resize(size, '\0');
    content_->durable.resize(std::max<std::size_t>(size, content_->durable.size()), '\0');
    return {};
  }

  node::DiskResult<void> truncate(std::uint64_t size) override {
    if (!disk_.power_->on()) return {};
    content_->seen.resize(size, '\0');
    content_->durable = content_->seen;
    content_->since.clear();
    return {};
  }

  node::DiskResult<void> sync() override {
    if (!disk_.power_->reach(CrashPoint::sync)) return {};
    if (auto error = disk_.meets(DiskCall::sync, path_)) return std::unexpected{*std::move(error)};
    for (auto const& write : content_->since) put(content_->durable, write.offset, write.bytes);
    content_->since.clear();
    return {};
  }

 private:
  SimulatedDisk& disk_;
  std::string path_;
  std::shared_ptr<Content> content_;
};

void SimulatedDisk::put(std::string& content, std::uint64_t offset, std::string_view bytes) {
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size(), '\0');
  content.replace(offset, bytes.size(), bytes);
}

void SimulatedDisk::crash() {
  for (auto& [path, content] : files_) {
    CHECK(content.use_count() == 1);
    auto& durable = content->durable;
    for (auto const& write : content->since) {
      auto const whole = write.bytes.size();
      auto const kept =
          prng_.permille(torn_permille_) ? prng_.below(whole + 1) : prng_.below(2) * whole;
      if (kept == 0) {
        faults_.add(Fault::write_lost);
      } else if (kept < whole) {
        faults_.add(Fault::write_torn);
      }
      put(durable, write.offset, std::string_view{write.bytes}.substr(0, kept));
      // What a file system loses it loses from here on: later writes of this file went with it.
      if (kept < whole) break;
    }
    content->seen = durable;
    content->since.clear();
  }
}

// ---- trouble ----

std::optional<node::DiskError> SimulatedDisk::meets(DiskCall call, std::string const& path) {
  if (!trouble_ || trouble_->first != call) return std::nullopt;
  if (trouble_->second > 0) {
    --trouble_->second;
    return std::nullopt;
  }
  trouble_.reset();
  faults_.add(fault_of(call));
  return node::DiskError{fmt::format("{} {}: Input/output error", name_of(call), path)};
}

std::optional<node::DiskError> SimulatedDisk::lacks_room(std::string const& path) {
  if (!full_) return std::nullopt;
  faults_.add(Fault::disk_full);
  return node::DiskError{.message = fmt::format("write {}: No space left on device", path),
                         .full = true};
}

void SimulatedDisk::mend() {
  trouble_.reset();
  full_ = false;
}

// The newest file is the one that counts.
bool SimulatedDisk::damage_journal(std::string const& folder) {
  constexpr std::size_t frame_bytes_max = 1u << 20;
  for (auto entry = files_.rbegin(); entry != files_.rend(); ++entry) {
    auto& [path, content] = *entry;
    if (!path.starts_with(folder)) continue;
    auto const found = node::read_frames(content->durable, frame_bytes_max);
    if (found.frames.size() < 2) return false;
    auto const whole = found.frames.size() - 1;
    auto const at = found.frames[static_cast<std::size_t>(prng_.below(whole))];
    auto const offset = static_cast<std::size_t>(at.data() - content->durable.data());
    content->durable[offset + static_cast<std::size_t>(prng_.below(at.size()))] ^= 1;
    content->seen = content->durable;
    faults_.add(Fault::journal_damaged);
    return true;
  }
  return false;
}

// ---- names ----

node::DiskResult<std::unique_ptr<node::File>> SimulatedDisk::open(
    std::filesystem::path const& path) {
  auto const found = files_.find(path.string());
  auto const content = found != files_.end() ? found->second : std::make_shared<Content>();
  if (power_->on()) files_.emplace(path.string(), content);
  return std::make_unique<OpenFile>(*this, path.string(), content);
}

node::DiskResult<std::vector<std::string>> SimulatedDisk::list(
    std::filesystem::path const& folder) {
  std::vector<std::string> names;
  for (auto const& [path, content] : files_) {
    auto const file = std::filesystem::path{path};
    if (file.parent_path() == folder) names.push_back(file.filename().string());
  }
  return names;
}

node::DiskResult<void> SimulatedDisk::remove(std::filesystem::path const& path) {
  if (power_->on()) files_.erase(path.string());
  return {};
}

node::DiskResult<void> SimulatedDisk::rename(std::filesystem::path const& from,
                                             std::filesystem::path const& to) {
  if (!power_->on()) return {};
  auto moved = files_.extract(from.string());
  CHECK(!moved.empty());
  files_.insert_or_assign(to.string(), std::move(moved.mapped()));
  return {};
}

}  // namespace sim
