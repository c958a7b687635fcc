#include "wallet/light/verify.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/execution/block.h"
#include "protocol/execution/transaction.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "wallet/light/final_header.h"
#include "wallet/light/record.h"

namespace wallet {

namespace {

// Walks from the finalized descendant down to the block; the descendant's header. It is of the same
// epoch: the last block of each has a finalization of its own, so no proof needs to go beyond.
Result<labor::v1::BlockHeader> follow_links(Trust const& trust,
                                            labor::v1::FinalityProof const& proof,
                                            std::uint64_t epoch) {
  auto const& headers = proof.headers();
  if (std::cmp_greater(headers.size(), protocol::limits::headers_per_proof_max)) {
    return unverified("TOO_MANY_LINKS",
                      "there are too many headers between block and certificate.");
  }
  std::vector<std::string const*> chain;
  for (auto const& bytes : headers) chain.push_back(&bytes);
  chain.push_back(&proof.header());
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    TRY(header, header_of(trust.chain(), *chain[i]));
    if (header.epoch() != epoch) {
      return unverified("WRONG_EPOCH", "the certificate is of another epoch than the block.");
    }
    if (header.parent_hash() != execution::block_hash(*chain[i + 1]).chars()) {
      return unverified("BROKEN_LINK", "the headers do not follow one another.");
    }
  }
  return header_of(trust.chain(), *chain.front());
}

}  // namespace

protocol::Hash receipt_hash(google::protobuf::Message const& message) {
  auto const bytes = canonical::encode(message);
  return crypto::hash(crypto::domains::receipt, {base::bytes_of(bytes)});
}

Result<FinalHeader> verify_finality(Trust const& trust, labor::v1::FinalityProof const& proof,
                                    protocol::Height height) {
  TRY(header, header_of(trust.chain(), proof.header()));
  if (header.height() != height.value()) {
    return unverified("WRONG_HEIGHT", "the header is of another height.");
  }
  auto const hash = execution::block_hash(proof.header());
  if (height.value() == 0) {
    if (hash != trust.root_block()) {
      return unverified("WRONG_GENESIS", "block 0 is not that of the genesis.");
    }
    return FinalHeader{.hash = hash, .header = std::move(header)};
  }
  auto const* const validators = trust.find(protocol::Epoch{header.epoch()});
  if (validators == nullptr) {
    return unverified("UNKNOWN_EPOCH",
                      fmt::format("the validators of epoch {} are not known.", header.epoch()));
  }
  TRY(top, follow_links(trust, proof, header.epoch()));
  auto const& top_bytes = proof.headers().empty() ? proof.header() : proof.headers(0);
  TRY_VOID(check_finalization(validators->committee, proof.finalization(),
                              execution::block_hash(top_bytes), protocol::Height{top.height()}));
  return FinalHeader{.hash = hash, .header = std::move(header)};
}

Result<void> verify_record(FinalHeader const& final_block, labor::v1::Record const& key,
                           std::optional<labor::v1::Record> const& record,
                           labor::v1::StateProof const& proof) {
  auto const wanted = stored_record(key);
  if (!wanted) return unverified("BAD_KEY", "it asks for no record.");
  std::optional<std::string> value;
  if (record) {
    auto const stored = stored_record(*record);
    if (!stored || stored->key != wanted->key) {
      return unverified("WRONG_RECORD", "it is another record than was asked for.");
    }
    value = stored->value;
  }
  auto const root = protocol::StateRoot::from(final_block.header.state_root());
  if (!root) return unverified("BAD_HEADER", "the header has no state root.");
  auto const verified = state::verify(proof, *root, wanted->key, value);
  if (!verified) return unverified("BAD_PROOF", std::string{explain(verified.error())});
  return {};
}

Result<FinalBlock> verify_block(Trust const& trust, labor::v1::GetBlockResponse const& response,
                                protocol::Height height) {
  auto block = canonical::decode<labor::v1::Block>(response.block());
  if (!block) return unverified("BAD_BLOCK", std::string{explain(block.error())});
  labor::v1::FinalityProof proof;
  proof.set_header(block->header());
  *proof.mutable_headers() = response.headers();
  proof.set_finalization(response.finalization());
  TRY(header, verify_finality(trust, proof, height));

  std::vector<protocol::Hash> items;
  for (auto const& bytes : block->transactions()) {
    items.push_back(protocol::Hash{execution::wire_hash(bytes).data});
  }
  if (!block->system_messages().empty()) {
    return unverified("BAD_BLOCK", "it holds system messages that this version does not know.");
  }
  if (crypto::list_root(std::move(items)).chars() != header.header.transactions_root()) {
    return unverified("WRONG_TRANSACTIONS", "the transactions are not those of the block.");
  }
  std::vector<protocol::Hash> receipts;
  for (auto const& receipt : response.receipts()) receipts.push_back(receipt_hash(receipt));
  receipts.push_back(receipt_hash(response.events()));
  if (crypto::list_root(std::move(receipts)).chars() != header.header.receipts_root()) {
    return unverified("WRONG_RECEIPTS", "the receipts are not those of the block.");
  }
  return FinalBlock{.header = std::move(header), .block = *std::move(block)};
}

Result<void> verify_inclusion(FinalBlock const& block, labor::v1::GetBlockResponse const& response,
                              std::uint32_t index, protocol::TransactionId const& id,
                              labor::v1::Receipt const& receipt) {
  auto const position = static_cast<int>(index);
  bool const there = index < static_cast<std::uint32_t>(block.block.transactions_size()) &&
                     index < static_cast<std::uint32_t>(response.receipts_size());
  if (!there) return unverified("NOT_INCLUDED", "the block has no transaction at that place.");
  auto const& bytes = block.block.transactions(position);
  auto const transaction = canonical::decode<labor::v1::Transaction>(bytes);
  if (!transaction || execution::transaction_id(transaction->body()) != id) {
    return unverified("NOT_INCLUDED", "the transaction at that place is another one.");
  }
  if (canonical::encode(response.receipts(position)) != canonical::encode(receipt)) {
    return unverified("WRONG_RECEIPT", "the receipt is not the one in the block.");
  }
  return {};
}

}  // namespace wallet
