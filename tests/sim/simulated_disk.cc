#include "tests/sim/simulated_disk.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"

namespace sim {

class SimulatedDisk::OpenFile final : public node::File {
 public:
  OpenFile(SimulatedDisk& disk, std::shared_ptr<Content> content)
      : disk_{disk}, content_{std::move(content)} {}

  node::DiskResult<std::uint64_t> size() override { return content_->seen.size(); }

  node::DiskResult<std::string> read(std::uint64_t offset, std::size_t count) override {
    if (offset >= content_->seen.size()) return std::string{};
    return content_->seen.substr(offset, count);
  }

  node::DiskResult<void> write(std::uint64_t offset, std::string_view bytes) override {
    if (!disk_.power_->reach(CrashPoint::append)) return {};
    put(content_->seen, offset, bytes);
    content_->since.push_back({offset, std::string{bytes}});
    return {};
  }

  // Sizes are durable at once: the worst for a reader is a length without its bytes.
  node::DiskResult<void> reserve(std::uint64_t size) override {
    if (!disk_.power_->on() || size <= content_->seen.size()) return {};
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
    for (auto const& write : content_->since) put(content_->durable, write.offset, write.bytes);
    content_->since.clear();
    return {};
  }

 private:
  SimulatedDisk& disk_;
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

node::DiskResult<std::unique_ptr<node::File>> SimulatedDisk::open(
    std::filesystem::path const& path) {
  auto& content = files_[path.string()];
  if (!content) content = std::make_shared<Content>();
  return std::make_unique<OpenFile>(*this, content);
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

}  // namespace sim
