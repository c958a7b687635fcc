#include "wallet/light/verify.h"

#include <fmt/format.h>

#include <vector>

#include "consensus/certificate/encoding.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/execution/block.h"
#include "protocol/execution/transaction.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "wallet/light/record.h"

namespace wallet {

namespace {

// Blocks between a block and the first descendant with a finalization of its own: views skipped
// in a row, far fewer than this.
constexpr int links_max = 4096;

std::unexpected<Problem> unverified(std::string reason, std::string message) {
  return problem(Exit::unverified, std::move(reason),
                 fmt::format("The node's answer does not verify: {}", message),
                 "Do not act on it. Ask another node: `--node HOST:PORT`.");
}

Result<labor::v1::BlockHeader> header_of(Trust const& trust, std::string_view bytes) {
  auto header = canonical::decode<labor::v1::BlockHeader>(bytes);
  if (!header) return unverified("BAD_HEADER", std::string{explain(header.error())});
  if (header->genesis_hash() != trust.chain().hash().chars()) {
    return unverified("WRONG_GENESIS", "the block belongs to another chain.");
  }
  return *std::move(header);
}

// Walks from the finalized descendant down to the block; the descendant's header.
Result<labor::v1::BlockHeader> follow_links(Trust const& trust,
                                            labor::v1::FinalityProof const& proof) {
  if (proof.headers_size() > links_max) {
    return unverified("TOO_MANY_LINKS",
                      "there are too many headers between block and certificate.");
  }
  std::vector<std::string const*> chain;
  for (auto const& bytes : proof.headers()) chain.push_back(&bytes);
  chain.push_back(&proof.header());
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    TRY(header, header_of(trust, *chain[i]));
    if (header.parent_hash() != execution::block_hash(*chain[i + 1]).chars()) {
      return unverified("BROKEN_LINK", "the headers do not follow one another.");
    }
  }
  return header_of(trust, *chain.front());
}

Result<void> check_finalization(Trust const& trust, std::string_view finalization,
                                protocol::BlockHash const& top, protocol::Height height) {
  auto certificate = consensus::decode_certificate(finalization, trust.committee().validators);
  if (!certificate) {
    return unverified("BAD_CERTIFICATE", std::string{explain(certificate.error())});
  }
  auto const verified = consensus::verify(trust.committee(), *std::move(certificate));
  if (!verified) return unverified("BAD_CERTIFICATE", std::string{explain(verified.error())});
  auto const& statement = (*verified)->statement;
  if (statement.kind != consensus::VoteKind::finalize) {
    return unverified("NOT_FINAL", "the certificate does not make the block final.");
  }
  if (statement.block != top || statement.height != height) {
    return unverified("WRONG_BLOCK", "the certificate is for another block.");
  }
  return {};
}

template <class T>
protocol::Hash receipt_hash(T const& message) {
  auto const bytes = canonical::encode(message);
  return crypto::hash(crypto::domains::receipt, {base::bytes_of(bytes)});
}

}  // namespace

Result<FinalHeader> verify_finality(Trust const& trust, labor::v1::FinalityProof const& proof,
                                    protocol::Height height) {
  TRY(header, header_of(trust, proof.header()));
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
  TRY(top, follow_links(trust, proof));
  auto const& top_bytes = proof.headers().empty() ? proof.header() : proof.headers(0);
  TRY_VOID(check_finalization(trust, proof.finalization(), execution::block_hash(top_bytes),
                              protocol::Height{top.height()}));
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
