#include "node/documents/document_store.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <string_view>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace node {

using protocol::Document;
using protocol::Hash;
using protocol::TimeMs;

namespace {

constexpr std::string_view document_mark = "LBRdoc01";
constexpr std::string_view erasure_mark = "LBRera01";
constexpr std::string_view erased_suffix = ".erased";
constexpr std::size_t mark_and_time_bytes = document_mark.size() + sizeof(std::uint64_t);
constexpr std::size_t header_bytes =
    mark_and_time_bytes + protocol::Address::size + protocol::Salt::size;
constexpr std::size_t file_bytes_max = header_bytes + protocol::limits::document_bytes_max;
constexpr std::size_t hash_digits = 2 * Hash::size;

std::string name_of(Hash const& hash) {
  return base::hex(hash.view());
}
std::string erasure_name_of(Hash const& hash) {
  return name_of(hash) + std::string{erased_suffix};
}

// Of the names that this store gives: none else in the folder is touched.
std::optional<Hash> hash_in(std::string_view name) {
  auto const hash = base::from_hex_as<Hash>(name.substr(0, hash_digits));
  return hash && name_of(*hash) == name.substr(0, hash_digits) ? hash : std::nullopt;
}

std::uint64_t on_disk(std::uint64_t file_bytes) {
  return (file_bytes + DocumentStore::block_bytes - 1) / DocumentStore::block_bytes *
         DocumentStore::block_bytes;
}

std::string marked(std::string_view mark, TimeMs time) {
  std::string bytes{mark};
  base::append_big_endian(bytes, time.value());
  return bytes;
}

struct Header {
  TimeMs until{};
  protocol::Address owner;
  protocol::Salt salt;
};
std::optional<Header> header_of(std::string_view file) {
  if (file.size() <= header_bytes || !file.starts_with(document_mark)) return std::nullopt;
  file.remove_prefix(document_mark.size());
  auto const until = base::read_big_endian<std::uint64_t>(file);
  file.remove_prefix(sizeof(std::uint64_t));
  auto const owner = protocol::Address::from(file.substr(0, protocol::Address::size));
  auto const salt =
      protocol::Salt::from(file.substr(protocol::Address::size, protocol::Salt::size));
  CHECK(owner && salt);  // The size was compared above.
  return Header{.until = TimeMs{until}, .owner = *owner, .salt = *salt};
}

DocumentRefusal refusal_of(DiskError const& error) {
  spdlog::warn("documents: {}", error.message);
  return error.full ? DocumentRefusal::disk_full : DocumentRefusal::disk_failed;
}

}  // namespace

DocumentStore::DocumentStore(std::filesystem::path folder, DocumentBounds const& bounds, Disk& disk)
    : folder_{std::move(folder)}, bounds_{bounds}, disk_{disk} {}

// ---- what a start finds ----

DiskResult<std::unique_ptr<DocumentStore>> DocumentStore::open(std::filesystem::path folder,
                                                               DocumentBounds const& bounds,
                                                               Disk& disk) {
  std::unique_ptr<DocumentStore> store{new DocumentStore{std::move(folder), bounds, disk}};
  TRY_VOID(disk.create_folder(store->folder_));
  TRY_VOID(store->read_folder());
  return store;
}

DiskResult<void> DocumentStore::read_folder() {
  TRY(names, disk_.list(folder_));
  for (auto const& name : names) {
    auto const hash = hash_in(name);
    if (!hash) continue;
    auto const is_document = name.size() == hash_digits;
    if (!is_document && name != erasure_name_of(*hash)) continue;
    TRY(whole, is_document ? read_row(*hash) : read_erasure(name, *hash));
    if (!whole) TRY_VOID(disk_.remove(folder_ / name));
  }
  // A crash between the two halves of an erasure.
  for (auto const& hash : erasures_on_disk_) {
    if (!rows_.contains(hash)) continue;
    TRY_VOID(overwrite_and_remove(name_of(hash)));
    forget_row(hash);
  }
  return {};
}

DiskResult<bool> DocumentStore::read_row(Hash const& hash) {
  TRY(file, disk_.open(folder_ / name_of(hash)));
  TRY(size, file->size());
  if (size > file_bytes_max) return false;
  // A byte of the text, too: without any it is torn.
  TRY(beginning, file->read(0, header_bytes + 1));
  auto const header = header_of(beginning);
  if (!header) return false;
  add_row(hash, {.owner = header->owner, .bytes = on_disk(size), .until = header->until});
  return true;
}

DiskResult<bool> DocumentStore::read_erasure(std::string const& name, Hash const& hash) {
  TRY(file, disk_.open(folder_ / name));
  TRY(bytes, file->read(0, block_bytes));
  labor::v1::DocumentErasure erasure;
  auto const marked = bytes.size() > mark_and_time_bytes && bytes.starts_with(erasure_mark);
  if (!marked || !erasure.ParseFromString(bytes.substr(mark_and_time_bytes))) return false;
  auto const document = document_of(erasure);
  auto const at =
      base::read_big_endian<std::uint64_t>(std::string_view{bytes}.substr(erasure_mark.size()));
  if (!document || document->hash != hash || !erasures_.add(std::move(erasure), TimeMs{at})) {
    return false;
  }
  erasures_on_disk_.insert(hash);
  return true;
}

// ---- files and rows ----

DiskResult<void> DocumentStore::write(std::string const& name, std::string_view bytes,
                                      Durable durable) {
  auto const written = [&]() -> DiskResult<void> {
    TRY(file, disk_.open(folder_ / name));
    TRY_VOID(file->truncate(0));
    TRY_VOID(file->write(0, bytes));
    if (durable == Durable::no) return {};
    TRY_VOID(file->sync());
    return disk_.sync_folder(folder_);
  }();
  // What is half there takes space and is worth nothing.
  if (!written) static_cast<void>(disk_.remove(folder_ / name));
  return written;
}

// Unlinked blocks keep their bytes until something else is written there.
DiskResult<void> DocumentStore::overwrite_and_remove(std::string const& name) {
  auto const overwritten = [&]() -> DiskResult<void> {
    TRY(file, disk_.open(folder_ / name));
    TRY(size, file->size());
    TRY_VOID(file->write(0, std::string(size, '\0')));
    return file->sync();
  }();
  if (!overwritten) spdlog::warn("documents: {}", overwritten.error().message);
  TRY_VOID(disk_.remove(folder_ / name));
  return disk_.sync_folder(folder_);
}

void DocumentStore::add_row(Hash const& hash, Row const& row) {
  CHECK(rows_.emplace(hash, row).second);
  count_.fetch_add(1, std::memory_order_relaxed);
  bytes_.fetch_add(row.bytes, std::memory_order_relaxed);
  if (row.until == TimeMs{}) {
    original_bytes_of_[row.owner] += row.bytes;
    originals_bytes_ += row.bytes;
  } else {
    copies_.emplace(row.until, hash);
    copies_bytes_ += row.bytes;
  }
}

void DocumentStore::forget_row(Hash const& hash) {
  auto const found = rows_.find(hash);
  if (found == rows_.end()) return;
  auto const row = found->second;
  rows_.erase(found);
  count_.fetch_sub(1, std::memory_order_relaxed);
  bytes_.fetch_sub(row.bytes, std::memory_order_relaxed);
  if (row.until == TimeMs{}) {
    originals_bytes_ -= row.bytes;
    auto const of_owner = original_bytes_of_.find(row.owner);
    of_owner->second -= row.bytes;
    if (of_owner->second == 0) original_bytes_of_.erase(of_owner);
  } else {
    copies_.erase({row.until, hash});
    copies_bytes_ -= row.bytes;
  }
}

void DocumentStore::drop(Hash const& hash) {
  forget_row(hash);
  if (auto const removed = disk_.remove(folder_ / name_of(hash)); !removed) {
    spdlog::warn("documents: {}", removed.error().message);
  }
}

// ---- what is asked of it ----

DocumentResult<Hash> DocumentStore::put(Document const& document) {
  auto const hash = protocol::document_hash(document);
  if (erasures_.contains(hash)) return std::unexpected{DocumentRefusal::erased};
  auto const known = rows_.find(hash);
  if (known != rows_.end() && known->second.until == TimeMs{}) return hash;
  auto const bytes = on_disk(header_bytes + document.text.size());
  auto const of_owner = original_bytes_of_.find(document.owner);
  auto const has = of_owner == original_bytes_of_.end() ? 0 : of_owner->second;
  if (has + bytes > bounds_.owner_bytes_max) return std::unexpected{DocumentRefusal::owner_full};
  if (originals_bytes_ + bytes > bounds_.bytes_max) {
    return std::unexpected{DocumentRefusal::node_full};
  }
  forget_row(hash);
  auto const file =
      marked(document_mark, TimeMs{}) + document.owner.str() + document.salt.str() + document.text;
  if (auto const written = write(name_of(hash), file, Durable::yes); !written) {
    return std::unexpected{refusal_of(written.error())};
  }
  add_row(hash, {.owner = document.owner, .bytes = bytes});
  return hash;
}

DocumentResult<void> DocumentStore::keep_copy(Document const& document, TimeMs until) {
  auto const hash = protocol::document_hash(document);
  if (erasures_.contains(hash)) return std::unexpected{DocumentRefusal::erased};
  auto const bytes = on_disk(header_bytes + document.text.size());
  if (bytes > bounds_.copies_bytes_max) return std::unexpected{DocumentRefusal::node_full};
  if (until == TimeMs{} || rows_.contains(hash)) return {};
  while (copies_bytes_ + bytes > bounds_.copies_bytes_max) {
    auto const first = copies_.begin()->second;
    drop(first);
  }
  auto const file =
      marked(document_mark, until) + document.owner.str() + document.salt.str() + document.text;
  if (auto const written = write(name_of(hash), file, Durable::no); !written) {
    return std::unexpected{refusal_of(written.error())};
  }
  add_row(hash, {.owner = document.owner, .bytes = bytes, .until = until});
  return {};
}

DocumentResult<DocumentStore::Found> DocumentStore::find(Hash const& hash) {
  if (erasures_.contains(hash)) return std::unexpected{DocumentRefusal::erased};
  auto const row = rows_.find(hash);
  if (row == rows_.end()) return std::unexpected{DocumentRefusal::not_found};
  auto const read = [&]() -> DiskResult<std::string> {
    TRY(file, disk_.open(folder_ / name_of(hash)));
    return file->read(0, file_bytes_max);
  }();
  if (!read) return std::unexpected{refusal_of(read.error())};
  auto const header = header_of(*read);
  if (header) {
    Found found{.document = {.owner = header->owner,
                             .salt = header->salt,
                             .text = read->substr(header_bytes)}};
    if (row->second.until != TimeMs{}) found.until = row->second.until;
    if (protocol::document_hash(found.document) == hash) return found;
  }
  spdlog::warn("documents: {} was damaged on disk and is dropped", name_of(hash));
  drop(hash);
  return std::unexpected{DocumentRefusal::not_found};
}

DocumentResult<DocumentStore::Erased> DocumentStore::erase(
    labor::v1::DocumentErasure const& erasure, TimeMs now) {
  TRY(document, document_of(erasure));
  auto const remembered = erasures_.add(erasure, now);
  if (!rows_.contains(document.hash)) return Erased{.was_here = false, .is_news = remembered};
  // From here on it is given to nobody; its row stays until the file is gone, so that an owner who
  // was told of a failing disk can have it tried again.
  if (auto const gone = overwrite_and_remove(name_of(document.hash)); !gone) {
    return std::unexpected{refusal_of(gone.error())};
  }
  forget_row(document.hash);
  // What was not here is in memory alone: peers tell it again after a restart, and nobody makes
  // this disk sync for hashes that are nobody's.
  if (erasures_.contains(document.hash)) {
    auto const file = marked(erasure_mark, now) + erasure.SerializeAsString();
    auto const written = write(erasure_name_of(document.hash), file, Durable::yes);
    if (written) {
      erasures_on_disk_.insert(document.hash);
    } else {
      spdlog::warn("documents: {}", written.error().message);
    }
  }
  return Erased{.was_here = true, .is_news = true};
}

void DocumentStore::expire(TimeMs now) {
  while (!copies_.empty() && copies_.begin()->first <= now) {
    auto const hash = copies_.begin()->second;
    drop(hash);
  }
  for (auto const& hash : erasures_.expire(now)) {
    if (erasures_on_disk_.erase(hash) == 0) continue;
    if (auto const removed = disk_.remove(folder_ / erasure_name_of(hash)); !removed) {
      spdlog::warn("documents: {}", removed.error().message);
    }
  }
}

}  // namespace node
