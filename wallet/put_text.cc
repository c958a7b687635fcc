#include "wallet/put_text.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/base/utf8.h"
#include "protocol/limits.h"
#include "wallet/flow.h"
#include "wallet/light/final_header.h"
#include "wallet/plain_text.h"

namespace wallet {

namespace {

std::string hex(protocol::Hash const& hash) {
  return base::hex(hash.view());
}

}  // namespace

Result<Texts> texts_of(Session& session) {
  TRY(network, session.network());
  return Texts{session.home(), network.chain_id};
}

void tell_of_texts(Session& session) {
  for (auto const& text : session.texts()) {
    session.say(
        fmt::format("With the text of `{}`, {} bytes, which the network's nodes keep and "
                    "anybody can read who has its hash.",
                    plain_text(text.name), text.document.text.size()));
    session.say(
        fmt::format("  `labor document delete {}` erases it; amounts and hashes stay "
                    "public.",
                    hex(text.hash())));
  }
}

Result<void> put_texts(Session& session) {
  for (auto const& text : session.texts()) TRY_VOID(put_text(session, text));
  return {};
}

Result<void> leave_texts(Session& session) {
  TRY(texts, texts_of(session));
  for (auto& text : session.texts()) {
    text.kept_at_ms = session.console().now_ms();
    TRY_VOID(texts.keep(text));
    session.say(
        fmt::format("The text of `{}` is in this wallet alone; before you send: `labor "
                    "document put {}`.",
                    plain_text(text.name), hex(text.hash())));
  }
  return {};
}

Result<void> put_text(Session& session, Text text) {
  TRY(chain, session.chain());
  TRY(file, session.acting_key());
  TRY(texts, texts_of(session));
  auto const hash = text.hash();
  text.kept_at_ms = session.console().now_ms();
  text.state = TextState::kept;
  TRY_VOID(texts.keep(text));
  TRY(signature,
      signature_of(session, file, protocol::putting_bytes(chain->trust().chain().hash(), hash)));
  labor::v1::PutDocumentRequest request;
  request.set_owner(text.document.owner.str());
  request.set_salt(text.document.salt.str());
  request.set_text(text.document.text);
  *request.add_signatures() = signature;
  TRY(answer, chain->client().put_document(request));
  if (answer.hash() != hash.chars()) {
    return unverified("BAD_DOCUMENT", "it took the text under another hash than the text has.");
  }
  text.state = TextState::put;
  return texts.keep(text);
}

Result<protocol::Document> get_text(Session& session, protocol::Hash const& hash) {
  TRY(chain, session.chain());
  TRY(answer, chain->client().document(hash.str()));
  auto const owner = protocol::Address::from(answer.owner());
  auto const salt = protocol::Salt::from(answer.salt());
  auto const fits = answer.text().size() <= protocol::limits::document_bytes_max;
  if (owner && salt && fits && base::is_utf8(answer.text())) {
    protocol::Document document{
        .owner = *owner, .salt = *salt, .text = std::move(*answer.mutable_text())};
    if (protocol::document_hash(document) == hash) return document;
  }
  return unverified("BAD_DOCUMENT", "what it gave is not the text of this hash.");
}

Result<labor::v1::DeleteDocumentResponse> erase_text(Session& session, Text text) {
  TRY(chain, session.chain());
  TRY(file, session.acting_key());
  TRY(texts, texts_of(session));
  auto const bytes = protocol::erasing_bytes(chain->trust().chain().hash(), text.hash());
  TRY(signature, signature_of(session, file, bytes));
  labor::v1::DeleteDocumentRequest request;
  request.set_owner(text.document.owner.str());
  request.set_text_hash(text.text_hash.str());
  *request.add_signatures() = signature;
  TRY(answer, chain->client().delete_document(request));
  text.state = TextState::erased;
  TRY_VOID(texts.keep(text));
  return std::move(answer);
}

}  // namespace wallet
