#include "node/store/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <leveldb/cache.h>
#include <leveldb/options.h>
#include <unistd.h>

#include <fstream>

#include "protocol/base/check.h"

namespace node {
namespace {

constexpr int bloom_bits_per_key = 10;  // 1% false positives.

leveldb::Slice slice_of(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
std::string_view view_of(leveldb::Slice const& slice) {
  return {slice.data(), slice.size()};
}

// "labord (pid 4711)", as far as the system tells.
std::string holder_of(std::filesystem::path const& lock_file) {
  auto const file = ::open(lock_file.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return "another process";
  struct flock lock{};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  auto const asked = ::fcntl(file, F_GETLK, &lock);
  ::close(file);
  if (asked != 0 || lock.l_type == F_UNLCK) return "this process";
  std::string name = "a process";
  std::ifstream{fmt::format("/proc/{}/comm", lock.l_pid)} >> name;
  return fmt::format("{} (pid {})", name, lock.l_pid);
}

bool says(leveldb::Status const& status, std::string_view what) {
  return status.ToString().find(what) != std::string::npos;
}

OpenFailure::Kind kind_of(leveldb::Status const& status) {
  if (status.IsCorruption()) return OpenFailure::Kind::damaged;
  if (says(status, "LOCK")) return OpenFailure::Kind::locked;
  if (says(status, "No space left")) return OpenFailure::Kind::full;
  return OpenFailure::Kind::io;
}

std::string advice(std::filesystem::path const& folder, OpenFailure::Kind kind) {
  switch (kind) {
    case OpenFailure::Kind::locked:
      return fmt::format("{} holds it: stop that first", holder_of(folder / "LOCK"));
    case OpenFailure::Kind::damaged:
      return "the database is damaged: check the disk, move this folder away (not the journal's) "
             "and start again; the node fetches the chain from its peers";
    case OpenFailure::Kind::full:
      return "the disk is full: free space and start again; nothing that was final is lost";
    case OpenFailure::Kind::another_schema:
    case OpenFailure::Kind::another_genesis:
    case OpenFailure::Kind::io:
      break;
  }
  return "check the disk and the folder's owner, then start again";
}

}  // namespace

Database::Database(Options const& options, Disk& disk)
    : folder_{options.folder},
      disk_{disk},
      filter_{leveldb::NewBloomFilterPolicy(bloom_bits_per_key)},
      blocks_{leveldb::NewLRUCache(options.block_cache_bytes)} {}

Database::~Database() = default;

std::expected<std::shared_ptr<Database>, OpenFailure> Database::open(Options const& wanted,
                                                                     Disk& disk) {
  auto const& folder = wanted.folder;
  auto const failure = [&](OpenFailure::Kind kind, std::string_view what) {
    return std::unexpected{OpenFailure{
        kind, fmt::format("cannot open {}: {}; {}", folder.string(), what, advice(folder, kind))}};
  };
  if (auto const made = disk.create_folder(folder); !made) {
    return failure(made.error().full ? OpenFailure::Kind::full : OpenFailure::Kind::io,
                   made.error().message);
  }
  std::shared_ptr<Database> database{new Database{wanted, disk}};
  leveldb::Options options;
  options.env = &disk.database_env();
  options.create_if_missing = true;
  options.paranoid_checks = true;
  options.compression = leveldb::kNoCompression;  // Hashes and signatures do not compress.
  options.filter_policy = database->filter_.get();
  options.block_cache = database->blocks_.get();
  options.write_buffer_size = wanted.write_buffer_bytes;
  leveldb::DB* opened = nullptr;
  auto const status = leveldb::DB::Open(options, folder.string(), &opened);
  if (!status.ok()) return failure(kind_of(status), status.ToString());
  database->database_.reset(opened);
  return database;
}

// By scan(): LevelDB counts every Get that looks into more than one table against the upper one,
// and merges that into the level below after a hundred. With 10^6 accounts, two thirds of all that
// was written to the disk were such merges.
std::optional<std::string> Database::get(std::string_view key,
                                         leveldb::Snapshot const* snapshot) const {
  std::optional<std::string> value;
  scan(key, key, snapshot, [&](auto found, auto row) {
    if (found == key) value = row;
    return false;
  });
  return value;
}

void Database::scan(std::string_view prefix, std::string_view from,
                    leveldb::Snapshot const* snapshot, Visit const& visit) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot;
  std::unique_ptr<leveldb::Iterator> const row{database_->NewIterator(options)};
  for (row->Seek(slice_of(from)); row->Valid(); row->Next()) {
    if (!row->key().starts_with(slice_of(prefix))) break;
    if (!visit(view_of(row->key()), view_of(row->value()))) break;
  }
  if (!row->status().ok()) fail("read", row->status());
}

void Database::write(leveldb::WriteBatch& batch) {
  leveldb::WriteOptions options;
  // Every batch: an unsynced one before a change of log file could be lost under a synced one.
  options.sync = true;
  auto const status = database_->Write(options, &batch);
  if (!status.ok()) fail("write", status);
}

std::size_t Database::bytes_about() const {
  std::string const behind_all(1, '\xff');  // Tables begin with letters.
  leveldb::Range const all{"", behind_all};
  std::uint64_t bytes = 0;
  database_->GetApproximateSizes(&all, 1, &bytes);
  return bytes;
}

std::string Database::damage(std::string_view what) const {
  return fmt::format("cannot use {}: {}; {}", folder_.string(), what,
                     advice(folder_, OpenFailure::Kind::damaged));
}

void Database::fail(std::string_view doing, leveldb::Status const& status) const {
  disk_.stop(fmt::format("cannot {} {}: {}; {}", doing, folder_.string(), status.ToString(),
                         advice(folder_, kind_of(status))));
  UNREACHABLE();
}

}  // namespace node
