#include "node/api/lists.h"

#include <algorithm>
#include <utility>

#include "node/api/page_token.h"
#include "protocol/base/check.h"

namespace node {

using labor::v1::ListRecordsRequest;
using labor::v1::ListRecordsResponse;
using labor::v1::RecordIndex;

namespace {

bool known(RecordIndex index) {
  return index != labor::v1::RECORD_INDEX_UNSPECIFIED && labor::v1::RecordIndex_IsValid(index);
}

Refusal token_refusal(std::string reason, std::string_view message) {
  return {.code = grpc::StatusCode::INVALID_ARGUMENT,
          .reason = std::move(reason),
          .message = std::string{message},
          .metadata = {},
          .retry_after_ms = std::nullopt};
}

}  // namespace

Answer<ListRecordsResponse> Lists::list(std::shared_ptr<Snapshot const> latest,
                                        ListRecordsRequest const& request) {
  if (!known(request.index())) {
    return std::unexpected{invalid_field("index", "name one of RecordIndex")};
  }
  if (!request.address().empty() && request.address().size() != protocol::Address::size) {
    return std::unexpected{invalid_field("address", "an address is 32 bytes")};
  }
  auto const size = request.page_size() == 0 ? page_size_usual : request.page_size();
  IndexQuery query{.index = request.index(),
                   .account = request.address(),
                   .id = request.id(),
                   .after = {},
                   .count_max = std::min(size, page_size_max)};
  auto snapshot = std::move(latest);
  if (!request.page_token().empty()) {
    auto const token = decode_page_token(request);
    if (!token) {
      return std::unexpected{token_refusal("INVALID_PAGE_TOKEN", explain(token.error()))};
    }
    snapshot = pinned(token->height);
    if (snapshot == nullptr) {
      return std::unexpected{token_refusal(
          "PAGE_TOKEN_EXPIRED", "the state this list was of is no longer kept; begin again")};
    }
    query.after = token->after;
  }
  auto page = snapshot->list(query);
  if (!page) {
    return std::unexpected{
        invalid_field("address", "this index asks for an address, an id, or neither")};
  }
  ListRecordsResponse response;
  response.set_height(snapshot->head().height.value());
  for (auto& record : page->records) *response.add_records() = std::move(record);
  if (!page->next.empty()) {
    response.set_next_page_token(
        encode({.height = snapshot->head().height, .after = page->next}, request));
    pin(snapshot);
  }
  return response;
}

void Lists::pin(std::shared_ptr<Snapshot const> const& snapshot) {
  std::lock_guard const lock{mutex_};
  auto const now = std::chrono::steady_clock::now();
  pins_[snapshot->head().height] = {snapshot, now};
  forget(now);
}

std::shared_ptr<Snapshot const> Lists::pinned(protocol::Height height) {
  std::lock_guard const lock{mutex_};
  auto const now = std::chrono::steady_clock::now();
  forget(now);
  auto const found = pins_.find(height);
  if (found == pins_.end()) return nullptr;
  found->second.used = now;
  return found->second.snapshot;
}

void Lists::forget(Moment now) {
  std::erase_if(pins_, [now](auto const& pin) { return now - pin.second.used > pinned_for; });
  while (pins_.size() > pinned_max) pins_.erase(pins_.begin());
}

}  // namespace node
