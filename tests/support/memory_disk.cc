#include "tests/support/memory_disk.h"

#include <algorithm>

#include "protocol/base/check.h"

namespace testing_support {
namespace {

void put(std::string& file, std::uint64_t offset, std::string_view bytes) {
  auto const end = static_cast<std::size_t>(offset) + bytes.size();
  if (file.size() < end) file.resize(end);
  std::ranges::copy(bytes, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

class MemoryFile final : public node::File {
 public:
  MemoryFile(MemoryDisk& disk, std::filesystem::path path, std::shared_ptr<MemoryDisk::Data> data)
      : disk_{disk}, path_{std::move(path)}, data_{std::move(data)} {}

  node::DiskResult<std::uint64_t> size() override { return data_->bytes.size(); }

  node::DiskResult<std::string> read(std::uint64_t offset, std::size_t count) override {
    if (auto const fine = disk_.count("read", path_); !fine) return std::unexpected{fine.error()};
    if (offset >= data_->bytes.size()) return std::string{};
    return data_->bytes.substr(static_cast<std::size_t>(offset), count);
  }

  node::DiskResult<void> write(std::uint64_t offset, std::string_view bytes) override {
    // A write that fails may have been begun.
    auto const fine = disk_.count("write", path_);
    auto const done = fine ? bytes : bytes.substr(0, bytes.size() / 2);
    put(data_->bytes, offset, done);
    data_->since.push_back({offset, std::string{done}});
    return fine;
  }

  node::DiskResult<void> reserve(std::uint64_t size) override {
    if (auto const fine = disk_.count("reserve", path_); !fine) return fine;
    auto const wanted = static_cast<std::size_t>(size);
    if (data_->bytes.size() < wanted) data_->bytes.resize(wanted);
    if (data_->durable.size() < wanted) data_->durable.resize(wanted);
    return {};
  }

  node::DiskResult<void> truncate(std::uint64_t size) override {
    if (auto const fine = disk_.count("truncate", path_); !fine) return fine;
    data_->bytes.resize(static_cast<std::size_t>(size));
    data_->durable = data_->bytes;
    data_->since.clear();
    return {};
  }

  node::DiskResult<void> sync() override {
    if (auto const fine = disk_.count("sync", path_); !fine) return fine;
    data_->durable = data_->bytes;
    data_->since.clear();
    return {};
  }

 private:
  MemoryDisk& disk_;
  std::filesystem::path path_;
  std::shared_ptr<MemoryDisk::Data> data_;
};

node::DiskResult<void> MemoryDisk::count(std::string_view doing,
                                         std::filesystem::path const& path) {
  ++operations_;
  if (!failing_ || operations_ <= fail_from_) return {};
  return std::unexpected{node::DiskError{
      .message = std::string{doing} + " " + path.string() + ": the disk failed", .full = full_}};
}

node::DiskResult<std::unique_ptr<node::File>> MemoryDisk::open(std::filesystem::path const& path) {
  if (auto const fine = count("open", path); !fine) return std::unexpected{fine.error()};
  auto& data = names_[path];
  if (!data) data = std::make_shared<Data>();
  return std::make_unique<MemoryFile>(*this, path, data);
}

node::DiskResult<void> MemoryDisk::create_folder(std::filesystem::path const& path) {
  // Of a database that is opened beside another, which goes at once where this fails.
  env_.run_background();
  return count("create", path);
}

node::DiskResult<std::vector<std::string>> MemoryDisk::list(std::filesystem::path const& folder) {
  if (auto const fine = count("list", folder); !fine) return std::unexpected{fine.error()};
  std::vector<std::string> names;
  for (auto const& [path, data] : names_) {
    if (path.parent_path() == folder) names.push_back(path.filename().string());
  }
  return names;
}

node::DiskResult<void> MemoryDisk::remove(std::filesystem::path const& path) {
  if (auto const fine = count("remove", path); !fine) return fine;
  names_.erase(path);
  return {};
}

node::DiskResult<void> MemoryDisk::sync_folder(std::filesystem::path const& folder) {
  if (auto const fine = count("sync", folder); !fine) return fine;
  auto const inside = [&](auto const& entry) { return entry.first.parent_path() == folder; };
  std::erase_if(durable_names_, inside);
  for (auto const& entry : names_) {
    if (inside(entry)) durable_names_.insert(entry);
  }
  return {};
}

node::DiskResult<void> MemoryDisk::rename(std::filesystem::path const& from,
                                          std::filesystem::path const& to) {
  if (auto const fine = count("rename", from); !fine) return fine;
  CHECK(names_.contains(from));
  names_[to] = names_[from];
  names_.erase(from);
  return {};
}

void MemoryDisk::stop(std::string const& message) {
  env_.run_background();
  throw Stopped{message};
}

void MemoryDisk::crash(std::size_t bytes_kept) {
  for (auto& [path, data] : durable_names_) {
    data->bytes = data->durable;
    for (auto const& write : data->since) {
      auto const kept = std::min(bytes_kept, write.bytes.size());
      if (kept > 0) put(data->bytes, write.offset, std::string_view{write.bytes}.substr(0, kept));
      bytes_kept -= kept;
    }
    data->durable = data->bytes;
    data->since.clear();
  }
  names_ = durable_names_;
}

void MemoryDisk::fail(std::size_t after, bool full) {
  failing_ = true;
  full_ = full;
  fail_from_ = operations_ + after;
}

std::string& MemoryDisk::bytes(std::filesystem::path const& path) {
  CHECK(names_.contains(path));
  return names_[path]->bytes;
}

std::vector<std::filesystem::path> MemoryDisk::paths() const {
  std::vector<std::filesystem::path> paths;
  for (auto const& [path, data] : names_) paths.push_back(path);
  return paths;
}

}  // namespace testing_support
