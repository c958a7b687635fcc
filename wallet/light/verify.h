// Checks of what a node says against the genesis: "it believes no node".
//
//   final block   header -> hash links -> finalization -> q signatures of its epoch's validators
//   record        value -> leaf -> siblings -> module root -> state root -> final block
//   transaction   bytes -> wire hash -> transactions root -> final block, and its receipt likewise
//
// A failure is UNVERIFIED (exit 10) with the reason of the step that failed.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"
#include "wallet/light/trust.h"
#include "wallet/problem.h"

namespace wallet {

// A header that q validators stand behind.
struct FinalHeader {
  protocol::BlockHash hash;
  labor::v1::BlockHeader header;

  protocol::TimeMs time() const { return protocol::TimeMs{header.time_ms()}; }
};

// The validators of the block's epoch must be known (epochs.h): UNKNOWN_EPOCH otherwise.
Result<FinalHeader> verify_finality(Trust const& trust, labor::v1::FinalityProof const& proof,
                                    protocol::Height height);

// That the record of `key` is `record`, or that there is none. `key` holds the key fields.
Result<void> verify_record(FinalHeader const& final_block, labor::v1::Record const& key,
                           std::optional<labor::v1::Record> const& record,
                           labor::v1::StateProof const& proof);

// Of a Receipt, or of the BlockEvents that stand after a block's receipts: what its root is over.
protocol::Hash receipt_hash(google::protobuf::Message const& message);

// A final block with everything in it: transactions, receipts and events match its header.
struct FinalBlock {
  FinalHeader header;
  labor::v1::Block block;
};
Result<FinalBlock> verify_block(Trust const& trust, labor::v1::GetBlockResponse const& response,
                                protocol::Height height);

// That `block` holds a transaction with this id at `index`, and that `receipt` is its receipt in
// `response`, which verify_block() has accepted.
Result<void> verify_inclusion(FinalBlock const& block, labor::v1::GetBlockResponse const& response,
                              std::uint32_t index, protocol::TransactionId const& id,
                              labor::v1::Receipt const& receipt);

}  // namespace wallet
