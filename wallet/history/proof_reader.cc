#include "wallet/history/proof_reader.h"

#include <algorithm>
#include <utility>

#include "protocol/codec/canonical.h"
#include "protocol/crypto/list.h"
#include "wallet/light/epochs.h"
#include "wallet/light/final_header.h"

namespace wallet {

namespace {

std::string validators_of(labor::v1::ValidatorSet set) {
  set.clear_epoch();
  set.clear_first_height();
  return canonical::encode(set);
}

}  // namespace

Result<ProofReader> ProofReader::of(Chain const& chain) {
  TRY(trust, Trust::from(chain.trust().chain()));
  return ProofReader{chain, std::move(trust)};
}

Result<std::optional<labor::v1::Record>> ProofReader::record(labor::v1::Record const& key) {
  TRY(known, chain_.record(key));
  if (!known) return known;
  labor::v1::GetRecordRequest request;
  *request.mutable_key() = key;
  request.set_prove(true);
  TRY(response, chain_.client().record(request));
  auto& row = *kept_.add_records();
  row.set_allocated_record(response.release_record());
  row.set_allocated_proof(response.release_proof());
  row.mutable_proof()->set_height(response.height());
  TRY_VOID(keep(std::move(*response.mutable_finality())));
  return std::optional{row.record()};
}

Result<labor::v1::Receipt> ProofReader::receipt(std::uint64_t height,
                                                std::string const& transaction_id) {
  TRY(response, chain_.client().block(height));
  auto const& receipts = response.receipts();
  auto const found =
      std::ranges::find(receipts, transaction_id, &labor::v1::Receipt::transaction_id);
  auto const block = canonical::decode<labor::v1::Block>(response.block());
  if (found == receipts.end() || !block) {
    return unverified("NOT_INCLUDED", "the block has not the receipt that it was said to have.");
  }
  std::vector<protocol::Hash> hashes;
  for (auto const& each : receipts) hashes.push_back(receipt_hash(each));
  hashes.push_back(receipt_hash(response.events()));
  auto const index = static_cast<std::uint64_t>(found - receipts.begin());
  auto& row = *kept_.mutable_receipt();
  *row.mutable_receipt() = *found;
  row.set_height(height);
  row.set_index(index);
  row.set_count(hashes.size());
  for (auto const& hash : crypto::list_path(std::move(hashes), index)) row.add_path(hash.str());
  labor::v1::FinalityProof proof;
  proof.set_header(block->header());
  *proof.mutable_headers() = response.headers();
  proof.set_finalization(response.finalization());
  TRY_VOID(keep(std::move(proof)));
  return *found;
}

Result<void> ProofReader::keep(labor::v1::FinalityProof proof) {
  TRY(header, header_of(trust_.chain(), proof.header()));
  TRY_VOID(follow(protocol::Epoch{header.epoch()}));
  blocks_.insert_or_assign(header.height(), std::move(proof));
  return {};
}

Result<void> ProofReader::follow(protocol::Epoch epoch) {
  last_epoch_ = std::max(last_epoch_, epoch);
  return follow_epochs(
      trust_, epoch,
      [this](labor::v1::GetEpochsRequest const& request) -> Result<labor::v1::GetEpochsResponse> {
        TRY(page, chain_.client().epochs(request));
        changes_.insert(changes_.end(), page.changes().begin(), page.changes().end());
        return std::move(page);
      });
}

Result<labor::v1::HistoryEvidence> ProofReader::evidence() {
  auto evidence = kept_;
  // A page may have brought more than was needed.
  for (std::size_t i = 0; i < last_epoch_.value(); ++i) {
    auto& change = *evidence.add_epochs();
    change = changes_.at(i);
    auto const& before = trust_.find(protocol::Epoch{i})->set;
    if (validators_of(before) == validators_of(change.next_set())) {
      change.mutable_next_set()->clear_validators();
    }
  }
  for (auto const& [height, proof] : blocks_) *evidence.add_blocks() = proof;
  return evidence;
}

}  // namespace wallet
