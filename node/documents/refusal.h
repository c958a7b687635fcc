// Why a document is not taken, not given or not erased: what clients, and in logs peers, are told.

#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace node {

enum class DocumentRefusal : std::uint8_t {
  bad_owner,       // Not 32 bytes, as an address has.
  bad_salt,        // Not 32 bytes.
  bad_hash,        // Not 32 bytes.
  no_text,         // Nothing between the first byte and the last.
  too_long,        // Above limits::document_bytes_max.
  not_utf8,        // Bytes that are no text.
  bad_signatures,  // None, too many, a key twice, or one that does not fit.
  no_account,      // The owner is in no account record of the last final state.
  not_the_owner,   // The keys that signed may not sign for the owner.
  erased,          // Its owner had it erased: for good.
  owner_full,      // The owner has as much here as one may.
  node_full,       // All owners together have.
  disk_full,
  disk_failed,
  not_found,  // Neither here nor, as far as they answered, at a peer.
  busy,       // More is under way than this node takes on.
};

// A sentence that a person can act on.
std::string_view explain(DocumentRefusal refusal);

template <class T>
using DocumentResult = std::expected<T, DocumentRefusal>;

}  // namespace node
