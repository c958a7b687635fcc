// A longer text than the chain carries: the chain has its hash, nodes keep the text beside it
// (node/documents), and whoever owns it can have it erased.
//
//   text hash     = BLAKE2b-256[LBRtext1](salt (32), text)
//   document hash = BLAKE2b-256[LBRdoc1](owner's address (32), text hash (32))
//   put, erase    = Ed25519 over the tag zero-padded to 16 bytes, genesis hash, document hash
//
// The salt is random, so that a short text cannot be guessed from its hash once it is erased. The
// owner is in the hash, so that nobody can put a copied text in another name and keep it there; and
// the hash has two steps, so that an owner can show to be the owner after the text is gone.
//
// A text is UTF-8 of 1 to limits::document_bytes_max bytes.

#pragma once

#include <string>
#include <string_view>

#include "protocol/types.h"

namespace protocol {

using Salt = base::Bytes<struct SaltTag, 32>;

struct Document {
  Address owner{};
  Salt salt{};
  std::string text;

  bool operator==(Document const&) const = default;
};

Hash text_hash(Salt const& salt, std::string_view text);
Hash document_hash(Address const& owner, Hash const& text_hash);
Hash document_hash(Document const& document);

// The bytes that keys of the owner sign.
std::string putting_bytes(GenesisHash const& genesis, Hash const& document);
std::string erasing_bytes(GenesisHash const& genesis, Hash const& document);

}  // namespace protocol
