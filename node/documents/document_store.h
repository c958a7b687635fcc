// The texts that this node keeps, a file each, in a folder beside the chain's data. Not in the
// database: LevelDB keeps what was deleted until it compacts, and an erased text must be gone.
//
//   FOLDER/HASH          = "LBRdoc01" kept until (8, big-endian ms; 0: until its owner deletes it)
//                          owner (32) salt (32) text
//   FOLDER/HASH.erased   = "LBRera01" at (8, big-endian ms) encoded labor.v1.DocumentErasure
//   HASH                   64 hex digits; computed again from each file that is read: one that a
//                          power cut has torn is found out by its own name
//
// Originals were put here by their owners: bounded for each owner and in all, synced before the
// answer, kept until they are deleted. Copies came from peers: the first to expire make room for
// new ones, and a power cut may lose them. A document counts with its blocks on disk, so that many
// short ones are bounded too. To erase is to overwrite and unlink, and to remember it (erasures.h).
//
// Threads: one at a time; count() and bytes() any.
// Errors: an operation that fails changes nothing that was answered for before. A full disk refuses
// texts; it does not keep one from being erased.

#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "node/documents/erasures.h"
#include "node/documents/refusal.h"
#include "node/store/disk.h"
#include "protocol/document.h"
#include "protocol/types.h"

namespace node {

struct DocumentBounds {
  std::uint64_t bytes_max = 512ull << 20;         // Of originals.
  std::uint64_t owner_bytes_max = 2ull << 20;     // Of originals of one owner.
  std::uint64_t copies_bytes_max = 128ull << 20;  // Of copies.
};

class DocumentStore {
 public:
  // As far as files grow: a block of the usual file systems.
  static constexpr std::uint64_t block_bytes = 4096;

  // Finds what is there; drops what was torn. The folder is made where missing.
  static DiskResult<std::unique_ptr<DocumentStore>> open(std::filesystem::path folder,
                                                         DocumentBounds const& bounds, Disk& disk);

  // An original. Again is fine; a copy becomes one. Refused: erased, owner_full, node_full, the
  // disk. The text has the form that the protocol wants.
  DocumentResult<protocol::Hash> put(protocol::Document const& document);
  // Until then. Refused: erased, the disk, and node_full where it is larger than all copies may be.
  DocumentResult<void> keep_copy(protocol::Document const& document, protocol::TimeMs until);

  struct Found {
    protocol::Document document;
    std::optional<protocol::TimeMs> until{};  // Of a copy.
  };
  // Refused: erased, not_found, disk_failed.
  DocumentResult<Found> find(protocol::Hash const& hash);

  struct Erased {
    bool was_here = false;
    bool is_news = false;  // It was here, or was not known to be erased: others should hear it.
  };
  // Checked by the caller to be the owner's.
  DocumentResult<Erased> erase(labor::v1::DocumentErasure const& erasure, protocol::TimeMs now);
  Erasures const& erasures() const { return erasures_; }

  // Copies whose time is over, and erasures that are remembered for long enough.
  void expire(protocol::TimeMs now);

  std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }
  std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Row {
    protocol::Address owner;
    std::uint64_t bytes = 0;
    protocol::TimeMs until{};  // 0: an original.
  };
  enum class Durable { yes, no };

  DocumentStore(std::filesystem::path folder, DocumentBounds const& bounds, Disk& disk);
  DiskResult<void> read_folder();
  // Whether it is whole, as far as its beginning and size tell.
  DiskResult<bool> read_row(protocol::Hash const& hash);
  DiskResult<bool> read_erasure(std::string const& name, protocol::Hash const& hash);

  DiskResult<void> write(std::string const& name, std::string_view bytes, Durable durable);
  DiskResult<void> overwrite_and_remove(std::string const& name);
  void add_row(protocol::Hash const& hash, Row const& row);
  void forget_row(protocol::Hash const& hash);
  // A copy, or what was found torn: gone from memory in any case, from the disk as far as it lets.
  void drop(protocol::Hash const& hash);

  std::filesystem::path folder_;
  DocumentBounds bounds_;
  Disk& disk_;
  std::map<protocol::Hash, Row> rows_;
  std::map<protocol::Address, std::uint64_t> original_bytes_of_;
  std::set<std::pair<protocol::TimeMs, protocol::Hash>> copies_;
  std::uint64_t originals_bytes_ = 0;
  std::uint64_t copies_bytes_ = 0;
  Erasures erasures_;
  std::set<protocol::Hash> erasures_on_disk_;
  std::atomic<std::uint64_t> count_{0};
  std::atomic<std::uint64_t> bytes_{0};
};

}  // namespace node
