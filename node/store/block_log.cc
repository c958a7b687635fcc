#include "node/store/block_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "node/store/byte_reader.h"
#include "node/store/frame.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace node {
namespace {

using consensus::DiskFailure;

constexpr std::size_t entry_header_bytes = sizeof(std::uint64_t) + protocol::BlockHash::size;
constexpr std::size_t entry_bytes_max = entry_header_bytes + protocol::limits::block_bytes_max;

constexpr std::string_view name_begin = "blocks-";
constexpr std::string_view name_end = ".log";
constexpr std::size_t name_digits = 20;

std::string name_of(std::uint64_t serial) {
  return fmt::format("{}{:020}{}", name_begin, serial, name_end);
}

std::optional<std::uint64_t> parse_name(std::string_view name) {
  if (name.size() != name_begin.size() + name_digits + name_end.size()) return std::nullopt;
  std::uint64_t serial = 0;
  auto const digits = name.substr(name_begin.size(), name_digits);
  auto const end = digits.data() + digits.size();
  auto const read = std::from_chars(digits.data(), end, serial);
  if (read.ec != std::errc{} || read.ptr != end || name_of(serial) != name) return std::nullopt;
  return serial;
}

std::unexpected<DiskFailure> failed(DiskError const& error) {
  auto const advice = error.full ? "the disk is full: free space and start again"
                                 : "check the disk, then start again";
  return std::unexpected{DiskFailure{fmt::format("the block log: {}; {}", error.message, advice)}};
}

}  // namespace

BlockLog::BlockLog(BlockLogOptions options, Disk& disk)
    : options_{std::move(options)}, disk_{disk} {}

std::filesystem::path BlockLog::path(std::uint64_t serial) const {
  return options_.folder / name_of(serial);
}

std::expected<std::unique_ptr<BlockLog>, DiskFailure> BlockLog::open(BlockLogOptions options,
                                                                     Disk& disk) {
  std::unique_ptr<BlockLog> log{new BlockLog{std::move(options), disk}};
  auto const& folder = log->options_.folder;
  if (auto const made = disk.create_folder(folder); !made) return failed(made.error());
  auto const names = disk.list(folder);
  if (!names) return failed(names.error());
  for (auto const& name : *names) {
    if (auto const serial = parse_name(name)) TRY_VOID(log->load(*serial));
  }
  // Never goes on where a file was found to end: what is torn there stays torn.
  TRY_VOID(log->begin_segment());
  return log;
}

std::expected<void, DiskFailure> BlockLog::load(std::uint64_t serial) {
  auto file = disk_.open(path(serial));
  if (!file) return failed(file.error());
  auto const size = (*file)->size();
  if (!size) return failed(size.error());
  Segment segment;
  while (segment.end < *size) {
    auto const header = (*file)->read(segment.end, frame_header_bytes);
    if (!header) return failed(header.error());
    if (header->size() < frame_header_bytes) break;
    auto const length = base::read_big_endian<std::uint32_t>(*header);
    if (length < entry_header_bytes || length > entry_bytes_max) break;
    auto const bytes = (*file)->read(segment.end, frame_header_bytes + length);
    if (!bytes) return failed(bytes.error());
    auto const entry = first_frame(*bytes, entry_bytes_max);
    if (!entry) break;
    ByteReader reader{*entry};
    auto const height = protocol::Height{reader.number<std::uint64_t>()};
    auto const hash = reader.bytes<protocol::BlockHash>();
    places_.insert_or_assign(hash,
                             Place{.serial = serial,
                                   .offset = segment.end + frame_header_bytes + entry_header_bytes,
                                   .bytes = length - entry_header_bytes,
                                   .height = height});
    segment.highest = std::max(segment.highest, height);
    segment.end += frame_header_bytes + length;
  }
  segment.file = std::move(*file);
  segments_.emplace(serial, std::move(segment));
  return {};
}

std::expected<void, DiskFailure> BlockLog::begin_segment() {
  auto const serial = segments_.empty() ? 1 : segments_.rbegin()->first + 1;
  auto file = disk_.open(path(serial));
  if (!file) return failed(file.error());
  if (auto const done = (*file)->reserve(options_.segment_bytes); !done) {
    return failed(done.error());
  }
  if (auto const named = disk_.sync_folder(options_.folder); !named) return failed(named.error());
  segments_.emplace(serial, Segment{.file = std::move(*file), .end = 0, .highest = {}});
  return {};
}

std::expected<void, DiskFailure> BlockLog::store(protocol::Height height,
                                                 protocol::BlockHash const& hash,
                                                 std::string_view body) {
  CHECK(body.size() <= protocol::limits::block_bytes_max);
  if (places_.contains(hash)) return {};
  if (segments_.rbegin()->second.end > options_.segment_bytes) TRY_VOID(begin_segment());
  auto& [serial, segment] = *segments_.rbegin();
  auto entry = base::big_endian(height.value()) + hash.str();
  auto const framed = frame(entry.append(body));
  if (auto const put = segment.file->write(segment.end, framed); !put) return failed(put.error());
  if (auto const synced = segment.file->sync(); !synced) return failed(synced.error());
  places_.emplace(hash, Place{.serial = serial,
                              .offset = segment.end + frame_header_bytes + entry_header_bytes,
                              .bytes = body.size(),
                              .height = height});
  segment.end += framed.size();
  segment.highest = std::max(segment.highest, height);
  return {};
}

std::expected<std::optional<std::string>, DiskFailure> BlockLog::find(
    protocol::BlockHash const& hash) const {
  auto const place = places_.find(hash);
  if (place == places_.end()) return std::nullopt;
  auto const& [serial, offset, bytes, height] = place->second;
  auto body = segments_.at(serial).file->read(offset, bytes);
  if (!body) return failed(body.error());
  if (body->size() != bytes) return std::nullopt;
  return std::move(*body);
}

std::vector<protocol::BlockHash> BlockLog::held() const {
  std::vector<std::pair<protocol::Height, protocol::BlockHash>> ordered;
  ordered.reserve(places_.size());
  for (auto const& [hash, place] : places_) ordered.emplace_back(place.height, hash);
  std::ranges::sort(ordered);
  std::vector<protocol::BlockHash> hashes;
  hashes.reserve(ordered.size());
  for (auto const& [height, hash] : ordered) hashes.push_back(hash);
  return hashes;
}

std::expected<void, DiskFailure> BlockLog::committed(protocol::Height height) {
  auto removed = false;
  while (segments_.size() > 1 && segments_.begin()->second.highest <= height) {
    auto const serial = segments_.begin()->first;
    forget(serial);
    if (auto const gone = disk_.remove(path(serial)); !gone) return failed(gone.error());
    removed = true;
  }
  if (!removed) return {};
  if (auto const named = disk_.sync_folder(options_.folder); !named) return failed(named.error());
  return {};
}

void BlockLog::forget(std::uint64_t serial) {
  std::erase_if(places_, [&](auto const& entry) { return entry.second.serial == serial; });
  segments_.erase(serial);
}

}  // namespace node
