// Texts of this wallet that stand beside the chain by their hash (protocol/document.h): kept here
// with their salts, so that they can be put again, and found again to be erased.
//
//   HOME/documents/CHAIN_ID/HASH.json = {"labor": "document/1", "state", "name", "kept_at_ms",
//       "owner": HEX, "text_hash": HEX, "salt": HEX, "text"}
//
// Of a text that was erased the hash of the text stays, by which it can be erased again elsewhere;
// salt and text go here too.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/document.h"
#include "wallet/problem.h"

namespace wallet {

enum class TextState {
  kept,  // Here alone.
  put,   // A node has taken it.
  erased,
};
std::string_view name_of(TextState state);

struct Text {
  protocol::Document document;
  protocol::Hash text_hash;
  std::string name;  // Of the file it came from.
  std::uint64_t kept_at_ms = 0;
  TextState state = TextState::kept;

  protocol::Hash hash() const { return protocol::document_hash(document.owner, text_hash); }
};

// With a new salt. DOCUMENT_EMPTY, DOCUMENT_TOO_LONG, DOCUMENT_NOT_TEXT.
Result<Text> make_text(protocol::Address const& owner, std::string name, std::string content);

class Texts {
 public:
  Texts(std::filesystem::path const& home, std::string_view chain_id)
      : folder_{home / "documents" / chain_id} {}

  Result<void> keep(Text const& text) const;
  // UNKNOWN_DOCUMENT if this wallet never kept it.
  Result<Text> find(protocol::Hash const& hash) const;
  // Newest first.
  Result<std::vector<Text>> all() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace wallet
