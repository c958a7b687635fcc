#include "protocol/document.h"

#include "protocol/crypto/hash.h"
#include "protocol/crypto/sign.h"

namespace protocol {

Hash text_hash(Salt const& salt, std::string_view text) {
  return crypto::hash(crypto::domains::document_text, {salt.view(), base::bytes_of(text)});
}

Hash document_hash(Address const& owner, Hash const& text_hash) {
  return crypto::hash(crypto::domains::document, {owner.view(), text_hash.view()});
}

Hash document_hash(Document const& document) {
  return document_hash(document.owner, text_hash(document.salt, document.text));
}

std::string putting_bytes(GenesisHash const& genesis, Hash const& document) {
  return crypto::signing_bytes(crypto::tags::put_document, genesis, document.view());
}

std::string erasing_bytes(GenesisHash const& genesis, Hash const& document) {
  return crypto::signing_bytes(crypto::tags::delete_document, genesis, document.view());
}

}  // namespace protocol
