// Building and executing blocks, the only way from one state to the next.
//
//   begin     due deadlines in (time, id) order, up to limits::deadlines_per_block_max and
//             deadline_changes_per_block_max; the rest carry over in order. One that cannot be
//             worked off (a defect of ours) is put off by deadline_retry_ms
//   middle    the transactions, in the order of the block, until limits::changes_per_block_max keys
//             have changed. One that contradicts the records is rolled back as INTERNAL
//   end       the next set of validators where the epoch ends, roots, header
//
// Execution is a function of (chain, parent, block bytes): every replica gets the same header or
// the same refusal. Nothing here has a clock; the leader passes its time in.
//
// Chain time. A block more than outage_gap_ms after its parent adds the gap to outage_ms; records
// store, and guards compare, block time - outage_ms, so an outage takes nobody's time
// (4-labor.md). Devnets travel in time on purpose and keep outage_ms at 0. Only headers,
// valid_until_ms and allowances are in block time.
//
// Roots, by crypto::list_root. transactions_root: wire hashes, then hashes of system messages.
// receipts_root: LBRrcpt1(encoded receipt) of each, then LBRrcpt1(encoded BlockEvents).
//
// Threads: the execution thread only.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/record.pb.h>
#include <labor/v1/validators.pb.h>

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/transaction.h"
#include "protocol/genesis.h"
#include "protocol/state/overlay.h"
#include "protocol/types.h"

namespace execution {

inline constexpr std::uint32_t block_version = 1;
// Idle chains beat once a minute (3-consensus.md); ten missed beats are an outage.
inline constexpr std::uint64_t outage_gap_ms = 10ull * 60 * 1000;

// What a block stands on. `epoch` is that of the parent's children, so of a boundary block the
// next. `state` reads the parent's post-state.
struct Parent {
  protocol::Epoch epoch{};
  protocol::Height height{};
  protocol::BlockHash hash{};
  protocol::TimeMs time{};
  std::shared_ptr<state::Reader const> state;
};

struct ExecutedBlock {
  labor::v1::BlockHeader header;
  protocol::BlockHash hash{};
  std::string bytes;  // Encoded labor.v1.Block.
  std::vector<CheckedPtr> transactions;
  std::vector<labor::v1::Receipt> receipts;
  std::vector<std::string> encoded_receipts;
  labor::v1::BlockEvents events;
  std::string encoded_events;
  // Over the parent's state; holds values and tree nodes, which finalization writes.
  std::shared_ptr<state::Overlay> state;
  // Of a boundary block: the validators of the next epoch.
  std::optional<labor::v1::ValidatorSet> next_set;
  // What remains due: the next block has work even without a transaction.
  bool deadlines_left = false;
};

// Outages up to the block whose post-state this is.
std::uint64_t outages_ms(state::Reader const& state);

// The Parent of this block's children.
Parent parent_of(ExecutedBlock const& block);

// Height 0: the state of the genesis and the header whose hash is view 0's block.
ExecutedBlock genesis_block(protocol::Chain const& chain);

// Why a block is invalid.
enum class BlockFault {
  too_large,
  malformed,  // Block or header is not canonical.
  wrong_version,
  wrong_chain,  // Another genesis hash.
  wrong_epoch,
  wrong_height,
  wrong_parent,
  too_early,  // Less than block_interval_min after its parent.
  too_many_transactions,
  unknown_system_message,
  bad_transaction,     // check_transaction() refuses one.
  wrong_transactions,  // The root in the header is not that of the block.
  unknown_proposer,    // No such index in the set.
  inadmissible,        // admit() refuses one.
  too_much_work,       // A transaction after limits::changes_per_block_max changes.
  wrong_usage,
  wrong_receipts,
  wrong_next_set,  // A boundary where none is due, none where one is, or another set.
  wrong_state,
};

struct BlockInvalid {
  BlockFault fault{};
  std::size_t index = 0;  // Of the transaction at fault, where one is,
  labor::v1::TxStatus status = labor::v1::TX_STATUS_UNSPECIFIED;  // and why.
};

// A sentence a person can act on.
std::string explain(BlockInvalid const& invalid);

// A block taken apart, its header's link to its own bytes not yet checked.
struct ParsedBlock {
  std::string bytes;
  labor::v1::BlockHeader header;
  protocol::BlockHash hash{};
  std::vector<std::string> transactions;
};

// too_large to unknown_system_message, as far as the bytes and the chain show.
std::expected<ParsedBlock, BlockInvalid> parse_block(std::string bytes,
                                                     protocol::Chain const& chain);

// Block hash = LBRhdr1(encoded header).
protocol::BlockHash block_hash(std::string_view header);

struct BuildOptions {
  protocol::TimeMs time{};  // The leader's clock; the block's is never below earliest_time().
  protocol::ValidatorIndex proposer{};
  std::size_t bytes_max = 0;  // A leader's target, at most limits::block_bytes_max; 0 = that.
};

// The least time a child of `parent` may have: parent + block_interval_min.
protocol::TimeMs earliest_time(Parent const& parent);

// Whether a deadline is due at `time` on `parent`: work even without a transaction.
bool deadline_due(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time);

// Takes of `candidates`, in their order, what is admissible and fits; the others are skipped.
ExecutedBlock build(protocol::Chain const& chain, Parent const& parent,
                    std::span<CheckedPtr const> candidates, BuildOptions const& options);

// `transactions` are those of the block, checked before (the mempool remembers them by wire
// hash); CHECKs that there are as many as in the block.
std::expected<ExecutedBlock, BlockInvalid> execute(protocol::Chain const& chain,
                                                   Parent const& parent, ParsedBlock const& block,
                                                   std::vector<CheckedPtr> transactions);

// Parses, checks every signature on the calling thread, and executes.
std::expected<ExecutedBlock, BlockInvalid> execute(protocol::Chain const& chain,
                                                   Parent const& parent, std::string bytes);

// What `body` would do as the next transaction on `parent`, were it signed by account and fee
// payer. Changes nothing.
std::expected<labor::v1::Receipt, Failure> simulate(protocol::Chain const& chain,
                                                    Parent const& parent, protocol::TimeMs time,
                                                    std::string_view body);

}  // namespace execution
