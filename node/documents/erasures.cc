#include "node/documents/erasures.h"

#include "protocol/document.h"

namespace node {

DocumentResult<ErasedDocument> document_of(labor::v1::DocumentErasure const& erasure) {
  auto const owner = protocol::Address::from(erasure.owner());
  if (!owner) return std::unexpected{DocumentRefusal::bad_owner};
  auto const text = protocol::Hash::from(erasure.text_hash());
  if (!text) return std::unexpected{DocumentRefusal::bad_hash};
  return ErasedDocument{.hash = protocol::document_hash(*owner, *text), .owner = *owner};
}

labor::v1::DocumentErasure const* Erasures::find(protocol::Hash const& hash) const {
  auto const found = rows_.find(hash);
  return found == rows_.end() ? nullptr : &found->second.erasure;
}

bool Erasures::add(labor::v1::DocumentErasure erasure, protocol::TimeMs at) {
  auto const document = document_of(erasure);
  if (!document || rows_.contains(document->hash) || rows_.size() >= count_max) return false;
  auto& of_owner = of_owner_[document->owner];
  if (of_owner >= per_owner_max) return false;
  ++of_owner;
  by_time_.emplace(at, document->hash);
  rows_.emplace(document->hash, Row{.erasure = std::move(erasure), .owner = document->owner});
  return true;
}

std::vector<protocol::Hash> Erasures::expire(protocol::TimeMs now) {
  std::vector<protocol::Hash> gone;
  while (!by_time_.empty() && by_time_.begin()->first.value() + kept_ms <= now.value()) {
    auto const hash = by_time_.begin()->second;
    by_time_.erase(by_time_.begin());
    auto const row = rows_.find(hash);
    auto const of_owner = of_owner_.find(row->second.owner);
    if (--of_owner->second == 0) of_owner_.erase(of_owner);
    rows_.erase(row);
    gone.push_back(hash);
  }
  return gone;
}

std::vector<labor::v1::DocumentErasure> Erasures::newest(std::size_t most) const {
  std::vector<labor::v1::DocumentErasure> erasures;
  for (auto at = by_time_.rbegin(); at != by_time_.rend() && erasures.size() < most; ++at) {
    erasures.push_back(rows_.at(at->second).erasure);
  }
  return erasures;
}

}  // namespace node
