// A document, whoever owns it, and what the owner signs of it.

#pragma once

#include <labor/v1/node_service.pb.h>
#include <labor/v1/peer_service.pb.h>

#include <string>
#include <utility>

#include "node/documents/exchange.h"
#include "protocol/document.h"
#include "tests/support/person.h"

namespace node {

inline constexpr std::uint64_t day_ms = 24ull * 60 * 60 * 1000;

inline protocol::GenesisHash genesis_of_test() {
  protocol::GenesisHash genesis;
  genesis.data.fill(7);
  return genesis;
}

inline protocol::Document document_by(testing_support::Person const& owner, std::string text,
                                      std::uint8_t salt = 1) {
  protocol::Document document{.owner = owner.address(), .salt = {}, .text = std::move(text)};
  document.salt.data.fill(salt);
  return document;
}

inline labor::v1::Signature signature_by(testing_support::Person const& who,
                                         std::string const& bytes) {
  labor::v1::Signature signature;
  signature.set_public_key(who.key().public_key().str());
  signature.set_signature(who.key().sign(base::bytes_of(bytes)).str());
  return signature;
}

inline labor::v1::PutDocumentRequest putting(protocol::Document const& document,
                                             testing_support::Person const& signer,
                                             protocol::GenesisHash const& genesis) {
  labor::v1::PutDocumentRequest request;
  request.set_owner(document.owner.str());
  request.set_salt(document.salt.str());
  request.set_text(document.text);
  *request.add_signatures() =
      signature_by(signer, protocol::putting_bytes(genesis, protocol::document_hash(document)));
  return request;
}

inline labor::v1::DocumentErasure erasure_of(protocol::Document const& document,
                                             testing_support::Person const& signer,
                                             protocol::GenesisHash const& genesis) {
  labor::v1::DocumentErasure erasure;
  erasure.set_owner(document.owner.str());
  erasure.set_text_hash(protocol::text_hash(document.salt, document.text).str());
  *erasure.add_signatures() =
      signature_by(signer, protocol::erasing_bytes(genesis, protocol::document_hash(document)));
  return erasure;
}

inline labor::v1::DeleteDocumentRequest deleting(protocol::Document const& document,
                                                 testing_support::Person const& signer,
                                                 protocol::GenesisHash const& genesis) {
  auto const erasure = erasure_of(document, signer, genesis);
  labor::v1::DeleteDocumentRequest request;
  request.set_owner(erasure.owner());
  request.set_text_hash(erasure.text_hash());
  *request.mutable_signatures() = erasure.signatures();
  return request;
}

}  // namespace node
