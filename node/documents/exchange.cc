#include "node/documents/exchange.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/base/utf8.h"
#include "protocol/limits.h"

namespace node {

using labor::v1::PeerMessage;
using protocol::Document;
using protocol::Hash;

namespace {

// bad_owner, bad_salt, no_text, too_long, not_utf8.
DocumentResult<Document> checked(std::string_view owner_bytes, std::string_view salt_bytes,
                                 std::string const& text) {
  auto const owner = protocol::Address::from(owner_bytes);
  if (!owner) return std::unexpected{DocumentRefusal::bad_owner};
  auto const salt = protocol::Salt::from(salt_bytes);
  if (!salt) return std::unexpected{DocumentRefusal::bad_salt};
  if (text.empty()) return std::unexpected{DocumentRefusal::no_text};
  if (text.size() > protocol::limits::document_bytes_max) {
    return std::unexpected{DocumentRefusal::too_long};
  }
  if (!base::is_utf8(text)) return std::unexpected{DocumentRefusal::not_utf8};
  return Document{.owner = *owner, .salt = *salt, .text = text};
}

PeerMessage question(Hash const& hash) {
  PeerMessage message;
  message.mutable_fetch_document()->set_hash(hash.str());
  return message;
}

PeerMessage telling(labor::v1::DocumentErasure const& erasure) {
  PeerMessage message;
  *message.mutable_document_erasures()->add_erasures() = erasure;
  return message;
}

std::set<PeerId> connected_to(Peers const& peers) {
  std::set<PeerId> connected;
  auto const rows = peers.status();
  for (auto const& row : rows) {
    if (row.connected && row.key) connected.insert(*row.key);
  }
  return connected;
}

}  // namespace

DocumentExchange::DocumentExchange(Parts parts) : parts_{std::move(parts)} {}

// ---- clients ----

DocumentResult<Hash> DocumentExchange::put(labor::v1::PutDocumentRequest const& request,
                                           DocumentMoment const& now) {
  TRY(document, checked(request.owner(), request.salt(), request.text()));
  auto const hash = protocol::document_hash(document);
  TRY_VOID(parts_.check_owner(document.owner, request.signatures(),
                              protocol::putting_bytes(parts_.genesis, hash)));
  if (!changes_.take(1, now.steady_ms)) return std::unexpected{DocumentRefusal::busy};
  return parts_.store.put(document);
}

void DocumentExchange::get(std::string_view hash_bytes, DocumentMoment const& now, Reply reply) {
  auto const hash = Hash::from(hash_bytes);
  if (!hash) return reply(std::unexpected{DocumentRefusal::bad_hash});
  parts_.store.expire(now.time);
  auto found = parts_.store.find(*hash);
  if (found) return reply(std::move(found->document));
  if (found.error() != DocumentRefusal::not_found) return reply(std::unexpected{found.error()});
  auto const asked = asked_.find(*hash);
  if (asked == asked_.end()) return ask(*hash, now, std::move(reply));
  auto& callers = asked->second.callers;
  if (callers.size() >= callers_max) return reply(std::unexpected{DocumentRefusal::busy});
  callers.push_back(std::move(reply));
}

void DocumentExchange::ask(Hash const& hash, DocumentMoment const& now, Reply reply) {
  auto peers = connected_to(parts_.peers);
  if (peers.empty()) return reply(std::unexpected{DocumentRefusal::not_found});
  if (asked_.size() >= asked_max || !questions_.take(1, now.steady_ms)) {
    return reply(std::unexpected{DocumentRefusal::busy});
  }
  auto& asked = asked_[hash];
  asked.waited_for = std::move(peers);
  asked.until_steady_ms = now.steady_ms + ask_ms;
  asked.callers.push_back(std::move(reply));
  parts_.peers.broadcast(question(hash));
}

DocumentResult<labor::v1::DeleteDocumentResponse> DocumentExchange::erase(
    labor::v1::DeleteDocumentRequest const& request, DocumentMoment const& now) {
  labor::v1::DocumentErasure erasure;
  erasure.set_owner(request.owner());
  erasure.set_text_hash(request.text_hash());
  *erasure.mutable_signatures() = request.signatures();
  TRY(document, document_of(erasure));
  TRY_VOID(parts_.check_owner(document.owner, erasure.signatures(),
                              protocol::erasing_bytes(parts_.genesis, document.hash)));
  if (!changes_.take(1, now.steady_ms)) return std::unexpected{DocumentRefusal::busy};
  TRY(erased, erase(erasure, now));
  labor::v1::DeleteDocumentResponse response;
  response.set_hash(document.hash.str());
  response.set_was_here(erased.was_here);
  // Also what was known to be erased: whoever asks again wants the others to hear it again.
  if (!erased.is_news) parts_.peers.broadcast(telling(erasure));
  response.set_peers_told(static_cast<std::uint32_t>(connected_to(parts_.peers).size()));
  return response;
}

DocumentResult<DocumentStore::Erased> DocumentExchange::erase(
    labor::v1::DocumentErasure const& erasure, DocumentMoment const& now) {
  TRY(document, document_of(erasure));
  TRY(erased, parts_.store.erase(erasure, now.time));
  if (erased.is_news) parts_.peers.broadcast(telling(erasure));
  settle(document.hash, std::unexpected{DocumentRefusal::erased});
  return erased;
}

// ---- peers ----

void DocumentExchange::connected(PeerId const& peer) {
  auto const erasures = parts_.store.erasures().newest(erasures_told_max);
  PeerMessage message;
  for (auto const& erasure : erasures) {
    auto& batch = *message.mutable_document_erasures();
    *batch.add_erasures() = erasure;
    if (std::cmp_less(batch.erasures_size(), erasures_per_message_max)) continue;
    parts_.peers.send(peer, message);
    message.Clear();
  }
  if (message.has_document_erasures()) parts_.peers.send(peer, message);
}

void DocumentExchange::heard(PeerId const& from, PeerMessage const& message,
                             DocumentMoment const& now) {
  switch (message.message_case()) {
    case PeerMessage::kFetchDocument:
      return asked_for(from, message.fetch_document(), now);
    case PeerMessage::kDocument:
      return answered(from, message.document(), now);
    case PeerMessage::kDocumentErasures:
      return told(from, message.document_erasures(), now);
    default:
      return refuse(from, "a message", "it is about no document");
  }
}

void DocumentExchange::asked_for(PeerId const& peer, labor::v1::FetchDocument const& message,
                                 DocumentMoment const& now) {
  auto const hash = Hash::from(message.hash());
  if (!hash) return refuse(peer, "a question", explain(DocumentRefusal::bad_hash));
  if (!rates_[peer].answers.take(1, now.steady_ms)) {
    return refuse(peer, "a question", "more of them a second than a node needs to ask");
  }
  parts_.store.expire(now.time);
  PeerMessage message_back;
  auto& answer = *message_back.mutable_document();
  answer.set_hash(hash->str());
  if (auto found = parts_.store.find(*hash)) {
    answer.set_owner(found->document.owner.str());
    answer.set_salt(found->document.salt.str());
    answer.set_text(std::move(found->document.text));
    auto const& until = found->until;
    answer.set_keep_ms(until ? until->value() - now.time.value() : parts_.copy_ms);
  }
  // A peer that was down when it was erased asks for it: now it knows.
  if (auto const* const erasure = parts_.store.erasures().find(*hash)) {
    parts_.peers.send(peer, telling(*erasure));
  }
  parts_.peers.send(peer, message_back);
}

void DocumentExchange::answered(PeerId const& peer, labor::v1::Document const& message,
                                DocumentMoment const& now) {
  auto const hash = Hash::from(message.hash());
  // Late, or never asked for.
  if (!hash || !asked_.contains(*hash)) return;
  if (message.owner().empty()) return has_not(peer, *hash);
  auto document = checked(message.owner(), message.salt(), message.text());
  if (!document) {
    refuse(peer, "a document", explain(document.error()));
    return has_not(peer, *hash);
  }
  if (protocol::document_hash(*document) != *hash) {
    refuse(peer, "a document", "its hash is another than was asked for");
    return has_not(peer, *hash);
  }
  auto const keep_ms = std::min(message.keep_ms(), parts_.copy_ms);
  if (keep_ms > 0) {
    auto const until = protocol::TimeMs{now.time.value() + keep_ms};
    // Read without a copy where none can be kept.
    auto const kept = parts_.store.keep_copy(*document, until);
    if (!kept) spdlog::info("documents: no copy kept: {}", explain(kept.error()));
  }
  settle(*hash, *std::move(document));
}

void DocumentExchange::told(PeerId const& peer, labor::v1::DocumentErasures const& message,
                            DocumentMoment const& now) {
  auto const count = static_cast<std::size_t>(message.erasures_size());
  if (count > erasures_per_message_max)
    return refuse(peer, "an erasure", "too many in one message");
  if (!rates_[peer].erasures.take(count, now.steady_ms)) {
    return refuse(peer, "an erasure", "more of them a second than owners make");
  }
  for (auto const& erasure : message.erasures()) {
    auto const document = document_of(erasure);
    if (!document) {
      refuse(peer, "an erasure", explain(document.error()));
      continue;
    }
    if (parts_.store.erasures().contains(document->hash)) continue;
    auto const signed_so =
        parts_.check_owner(document->owner, erasure.signatures(),
                           protocol::erasing_bytes(parts_.genesis, document->hash));
    if (!signed_so) {
      refuse(peer, "an erasure", explain(signed_so.error()));
      continue;
    }
    if (auto const erased = erase(erasure, now); !erased) {
      spdlog::warn("documents: {} is not erased: {}", base::hex(document->hash.view()),
                   explain(erased.error()));
    }
  }
}

// ---- questions under way ----

void DocumentExchange::has_not(PeerId const& peer, Hash const& hash) {
  auto& waited_for = asked_.at(hash).waited_for;
  waited_for.erase(peer);
  if (waited_for.empty()) settle(hash, std::unexpected{DocumentRefusal::not_found});
}

void DocumentExchange::settle(Hash const& hash, DocumentResult<Document> const& result) {
  auto const found = asked_.find(hash);
  if (found == asked_.end()) return;
  auto callers = std::move(found->second.callers);
  asked_.erase(found);
  for (auto& caller : callers) caller(result);
}

void DocumentExchange::tick(DocumentMoment const& now) {
  std::vector<Hash> over;
  for (auto const& [hash, asked] : asked_) {
    if (asked.until_steady_ms <= now.steady_ms) over.push_back(hash);
  }
  for (auto const& hash : over) settle(hash, std::unexpected{DocumentRefusal::not_found});
  parts_.store.expire(now.time);
}

void DocumentExchange::end() {
  while (!asked_.empty()) {
    auto const hash = asked_.begin()->first;
    settle(hash, std::unexpected{DocumentRefusal::not_found});
  }
}

void DocumentExchange::refuse(PeerId const& peer, std::string_view what, std::string_view why) {
  ++refused_;
  // A peer that floods must not fill the log with it.
  if (!std::has_single_bit(refused_)) return;
  spdlog::warn("documents: refused {} of the peer with consensus key {} (number {}): {}", what,
               base::hex(peer.view()), refused_, why);
}

}  // namespace node
