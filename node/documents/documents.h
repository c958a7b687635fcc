// The documents of a node, with their thread: clients' calls and peers' messages become tasks of
// it, in order, so that nothing here ever waits for consensus nor it for anything here.
//
//   peers --deliver--> Documents --> engine        what is about documents stays, the rest passes
//   on clients --put, get, erase--> Documents
//
// Bounds: tasks that wait; what comes when they are too many is refused (clients) or dropped
// (peers, who ask again). A peer's credit is held until its message has been dealt with.
//
// Threads: all but start() and stop() from any. Replies come from the thread of this, before stop()
// returns.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "node/documents/document_store.h"
#include "node/documents/exchange.h"
#include "node/engine/clock.h"
#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "node/store/store.h"

namespace node {

class Documents final : public PeerSink {
 public:
  static constexpr std::size_t tasks_max = 1024;
  // How late a question may end, or a copy.
  static constexpr std::uint64_t tick_ms = 100;

  // All but the store, which is its own, outlive it.
  struct Parts {
    std::unique_ptr<DocumentStore> store;
    Store const& chain_store;
    protocol::GenesisHash genesis;
    Clock const& clock;
    PeerSink& next;
    std::uint64_t copy_ms = 0;
  };
  explicit Documents(Parts parts);
  ~Documents() override;
  Documents(Documents const&) = delete;
  Documents& operator=(Documents const&) = delete;

  // `peers` until stop().
  void start(Peers& peers);
  // Ends all that waits: not_found.
  void stop();

  template <class T>
  using Reply = std::move_only_function<void(DocumentResult<T>)>;
  void put(labor::v1::PutDocumentRequest request, Reply<protocol::Hash> reply);
  void get(labor::v1::GetDocumentRequest request, Reply<protocol::Document> reply);
  void erase(labor::v1::DeleteDocumentRequest request,
             Reply<labor::v1::DeleteDocumentResponse> reply);

  void deliver(PeerDelivery delivery) override;
  void connected(PeerId const& peer) override;

  std::uint64_t count() const { return parts_.store->count(); }
  std::uint64_t bytes() const { return parts_.store->bytes(); }

 private:
  using Task = std::move_only_function<void(DocumentMoment const&)>;
  DocumentMoment now() const;
  // False if too many wait, or this has stopped.
  bool has_room();
  // After has_room().
  void post(Task task);
  void tick();

  Parts parts_;
  std::optional<DocumentExchange> exchange_;  // From start() on.
  Loop loop_;
  std::atomic<std::size_t> waiting_{0};
  std::atomic<bool> running_{false};
};

}  // namespace node
