// What owners have signed: that a document be erased. Remembered so that the text is not taken
// again, and told to peers who were down when it happened.
//
// Invariants: each is of a document's owner (whoever adds has checked it); no owner has more than
// per_owner_max, and all together no more than count_max: what does not fit is not remembered,
// which costs others that were down, not those who erase at once. None is older than kept_ms.
//
// Threads: one at a time.

#pragma once

#include <labor/v1/peer_service.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "node/documents/refusal.h"
#include "protocol/types.h"

namespace node {

// The document that it names: the owner and the hash of the text make its hash.
struct ErasedDocument {
  protocol::Hash hash;
  protocol::Address owner;
};
// bad_owner, bad_hash.
DocumentResult<ErasedDocument> document_of(labor::v1::DocumentErasure const& erasure);

class Erasures {
 public:
  static constexpr std::size_t count_max = 16384;
  static constexpr std::size_t per_owner_max = 256;
  // A copy is gone after a day; whoever has the original may have been down for long.
  static constexpr std::uint64_t kept_ms = 90ull * 24 * 60 * 60 * 1000;

  bool contains(protocol::Hash const& hash) const { return rows_.contains(hash); }
  labor::v1::DocumentErasure const* find(protocol::Hash const& hash) const;

  // False if it is known or does not fit.
  bool add(labor::v1::DocumentErasure erasure, protocol::TimeMs at);
  // Those that are too old leave; their hashes.
  std::vector<protocol::Hash> expire(protocol::TimeMs now);

  // The newest first.
  std::vector<labor::v1::DocumentErasure> newest(std::size_t most) const;

 private:
  struct Row {
    labor::v1::DocumentErasure erasure;
    protocol::Address owner;
  };
  std::map<protocol::Hash, Row> rows_;
  std::set<std::pair<protocol::TimeMs, protocol::Hash>> by_time_;
  std::map<protocol::Address, std::size_t> of_owner_;
};

}  // namespace node
