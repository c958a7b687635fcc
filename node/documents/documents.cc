#include "node/documents/documents.h"

#include <chrono>
#include <latch>
#include <utility>

#include "node/documents/owner.h"

namespace node {

using labor::v1::PeerMessage;

namespace {

bool is_about_documents(PeerMessage const& message) {
  return message.has_fetch_document() || message.has_document() || message.has_document_erasures();
}

constexpr auto busy = std::unexpected{DocumentRefusal::busy};

}  // namespace

Documents::Documents(Parts parts) : parts_{std::move(parts)} {}

Documents::~Documents() {
  stop();
}

void Documents::start(Peers& peers) {
  exchange_.emplace(DocumentExchange::Parts{
      .store = *parts_.store,
      .peers = peers,
      .genesis = parts_.genesis,
      .check_owner =
          [this](auto const& owner, auto const& signatures, auto bytes) {
            return must_be_signed_by_owner(*parts_.chain_store.latest(), owner, signatures, bytes);
          },
      .copy_ms = parts_.copy_ms});
  loop_.start({});
  running_ = true;
  tick();
}

void Documents::stop() {
  if (!running_.exchange(false)) return;
  std::latch ended{1};
  loop_.post([this, &ended] {
    exchange_->end();
    ended.count_down();
  });
  ended.wait();
  loop_.stop();
}

DocumentMoment Documents::now() const {
  auto const steady = std::chrono::steady_clock::now().time_since_epoch();
  auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(steady).count();
  return {.time = parts_.clock.now(), .steady_ms = static_cast<std::uint64_t>(ms)};
}

bool Documents::has_room() {
  if (!running_) return false;
  if (waiting_.fetch_add(1) < tasks_max) return true;
  waiting_.fetch_sub(1);
  return false;
}

void Documents::post(Task task) {
  loop_.post([this, task = std::move(task)]() mutable {
    waiting_.fetch_sub(1);
    task(now());
  });
}

void Documents::tick() {
  loop_.post([this] { exchange_->tick(now()); });
  loop_.after(tick_ms, [this] { tick(); });
}

// ---- clients ----

void Documents::put(labor::v1::PutDocumentRequest request, Reply<protocol::Hash> reply) {
  if (!has_room()) return reply(busy);
  post([this, request = std::move(request), reply = std::move(reply)](auto const& moment) mutable {
    reply(exchange_->put(request, moment));
  });
}

void Documents::get(labor::v1::GetDocumentRequest request, Reply<protocol::Document> reply) {
  if (!has_room()) return reply(busy);
  post([this, request = std::move(request), reply = std::move(reply)](auto const& moment) mutable {
    exchange_->get(request.hash(), moment, std::move(reply));
  });
}

void Documents::erase(labor::v1::DeleteDocumentRequest request,
                      Reply<labor::v1::DeleteDocumentResponse> reply) {
  if (!has_room()) return reply(busy);
  post([this, request = std::move(request), reply = std::move(reply)](auto const& moment) mutable {
    reply(exchange_->erase(request, moment));
  });
}

// ---- peers ----

void Documents::deliver(PeerDelivery delivery) {
  if (!is_about_documents(delivery.message)) return parts_.next.deliver(std::move(delivery));
  if (!has_room()) return;
  post([this, delivery = std::move(delivery)](auto const& moment) {
    exchange_->heard(delivery.from, delivery.message, moment);
  });
}

void Documents::connected(PeerId const& peer) {
  parts_.next.connected(peer);
  if (!has_room()) return;
  post([this, peer](auto const&) { exchange_->connected(peer); });
}

}  // namespace node
