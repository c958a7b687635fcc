// What happens to documents at one node: what clients and peers say goes in, answers come out. No
// thread and no clock of its own, so that a test is a list of calls (documents.h has both).
//
//   put      signed by the owner's keys, kept until the owner deletes it
//   get      what is here at once; else every connected peer is asked, and whoever has it first is
//            believed if the hash is right: the copy is kept for copy_ms, less what it was kept
//            before
//   erase    signed; done here, remembered, and passed on to every peer, who checks it again.
//            Whoever hears of it for the first time passes it on, too
//   connected  the peer may have been down: it is told what was erased
//
// A copy says for how much longer it may be kept. Without that, two nodes that are read now and
// then would give an erased text to each other for ever, where one of them was down when it was
// erased.
//
// Bounds: hashes asked for at one time, callers for each, questions a second to peers, answers a
// second to each peer, puts and deletes a second (each syncs the disk that votes are synced to).
//
// Threads: one at a time. Replies are called from within, once each.

#pragma once

#include <labor/v1/node_service.pb.h>
#include <labor/v1/peer_service.pb.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "node/documents/document_store.h"
#include "node/documents/rate.h"
#include "node/documents/refusal.h"
#include "node/engine/peers.h"
#include "protocol/document.h"

namespace node {

// The node's clock, by which copies expire, and a steady one, by which peers are waited for.
struct DocumentMoment {
  protocol::TimeMs time{};
  std::uint64_t steady_ms = 0;
};

class DocumentExchange {
 public:
  using Signatures = google::protobuf::RepeatedPtrField<labor::v1::Signature>;
  // must_be_signed_by_owner() (owner.h) of the last final state.
  using CheckOwner = std::function<DocumentResult<void>(
      protocol::Address const& owner, Signatures const& signatures, std::string_view bytes)>;
  using Reply = std::move_only_function<void(DocumentResult<protocol::Document>)>;

  // All outlive it.
  struct Parts {
    DocumentStore& store;
    Peers& peers;
    protocol::GenesisHash genesis;
    CheckOwner check_owner;
    std::uint64_t copy_ms = 0;
  };

  static constexpr std::uint64_t ask_ms = 2000;
  static constexpr std::size_t asked_max = 256;
  static constexpr std::size_t callers_max = 64;  // For one hash.
  static constexpr Rate::Bounds questions{.per_second = 50, .burst = 200};
  static constexpr Rate::Bounds answers{.per_second = 100, .burst = 400};
  static constexpr Rate::Bounds changes{.per_second = 20, .burst = 100};
  static constexpr Rate::Bounds heard_erasures{.per_second = 100, .burst = 8192};
  static constexpr std::size_t erasures_per_message_max = 256;
  // To a peer that has just come.
  static constexpr std::size_t erasures_told_max = 4096;

  explicit DocumentExchange(Parts parts);

  // ---- clients ----

  DocumentResult<protocol::Hash> put(labor::v1::PutDocumentRequest const& request,
                                     DocumentMoment const& now);
  void get(std::string_view hash, DocumentMoment const& now, Reply reply);
  DocumentResult<labor::v1::DeleteDocumentResponse> erase(
      labor::v1::DeleteDocumentRequest const& request, DocumentMoment const& now);

  // ---- peers: nothing that they say is believed ----

  void connected(PeerId const& peer);
  // Of the three kinds about documents. What is refused is counted.
  void heard(PeerId const& from, labor::v1::PeerMessage const& message, DocumentMoment const& now);
  std::uint64_t refused() const { return refused_; }

  // Ends what has been waited for long enough, and what is over.
  void tick(DocumentMoment const& now);
  // Ends all that is waited for.
  void end();

 private:
  struct Asked {
    std::set<PeerId> waited_for;
    std::uint64_t until_steady_ms = 0;
    std::vector<Reply> callers;
  };
  struct PeerRates {
    Rate answers{DocumentExchange::answers};
    Rate erasures{heard_erasures};
  };

  void asked_for(PeerId const& peer, labor::v1::FetchDocument const& message,
                 DocumentMoment const& now);
  void answered(PeerId const& peer, labor::v1::Document const& message, DocumentMoment const& now);
  void told(PeerId const& peer, labor::v1::DocumentErasures const& message,
            DocumentMoment const& now);
  DocumentResult<DocumentStore::Erased> erase(labor::v1::DocumentErasure const& erasure,
                                              DocumentMoment const& now);
  void ask(protocol::Hash const& hash, DocumentMoment const& now, Reply reply);
  void has_not(PeerId const& peer, protocol::Hash const& hash);
  void settle(protocol::Hash const& hash, DocumentResult<protocol::Document> const& result);
  void refuse(PeerId const& peer, std::string_view what, std::string_view why);

  Parts parts_;
  std::map<protocol::Hash, Asked> asked_;
  std::map<PeerId, PeerRates> rates_;
  Rate questions_{questions};
  Rate changes_{changes};
  std::uint64_t refused_ = 0;
};

}  // namespace node
