#include "protocol/execution/block.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/admission.h"
#include "protocol/execution/block_run.h"
#include "protocol/execution/deadline.h"
#include "protocol/execution/recent_blocks.h"
#include "protocol/limits.h"
#include "protocol/validators/set.h"

namespace execution {

namespace limits = protocol::limits;
using labor::v1::BlockHeader;

namespace {

std::unexpected<BlockInvalid> invalid(BlockFault fault) {
  return std::unexpected{BlockInvalid{.fault = fault}};
}

// What the header says of chain and shape.
std::expected<void, BlockInvalid> check_header(BlockHeader const& header,
                                               protocol::Chain const& chain) {
  if (header.version() != block_version) return invalid(BlockFault::wrong_version);
  if (header.genesis_hash() != chain.hash().chars()) return invalid(BlockFault::wrong_chain);
  return {};
}

std::expected<void, BlockInvalid> check_link(BlockHeader const& header, Parent const& parent) {
  if (header.epoch() != parent.epoch.value()) return invalid(BlockFault::wrong_epoch);
  if (header.height() != parent.height.value() + 1) return invalid(BlockFault::wrong_height);
  if (header.parent_hash() != parent.hash.chars()) return invalid(BlockFault::wrong_parent);
  if (header.time_ms() < earliest_time(parent).value()) return invalid(BlockFault::too_early);
  auto const set = validators::present_set(*parent.state, parent.epoch);
  if (std::cmp_greater_equal(header.proposer(), set.validators_size())) {
    return invalid(BlockFault::unknown_proposer);
  }
  return {};
}

// Which of the results a proposer got wrong.
BlockFault difference(BlockHeader const& theirs, BlockHeader const& ours) {
  if (theirs.transactions_root() != ours.transactions_root()) return BlockFault::wrong_transactions;
  if (theirs.bytes_used() != ours.bytes_used() || theirs.work_used() != ours.work_used()) {
    return BlockFault::wrong_usage;
  }
  if (theirs.receipts_root() != ours.receipts_root()) return BlockFault::wrong_receipts;
  if (theirs.next_set_hash() != ours.next_set_hash()) return BlockFault::wrong_next_set;
  return BlockFault::wrong_state;
}

std::string_view sentence(BlockFault fault) {
  switch (fault) {
    case BlockFault::too_large:
      return "the block is larger than limits::block_bytes_max";
    case BlockFault::malformed:
      return "block or header is not in canonical form";
    case BlockFault::wrong_version:
      return "the block has a version that this node does not know: upgrade";
    case BlockFault::wrong_chain:
      return "the block is of a chain with another genesis";
    case BlockFault::wrong_epoch:
      return "the block is of another epoch than its parent";
    case BlockFault::wrong_height:
      return "the block's height is not its parent's + 1";
    case BlockFault::wrong_parent:
      return "the block names another parent";
    case BlockFault::too_early:
      return "the block is less than block_interval_min after its parent";
    case BlockFault::unknown_proposer:
      return "the proposer is not in the validator set";
    case BlockFault::wrong_next_set:
      return "the block ends its epoch too early or too late, or names another next set";
    case BlockFault::too_many_transactions:
      return "more than limits::transactions_per_block_max transactions";
    case BlockFault::unknown_system_message:
      return "a system message that this version does not know";
    case BlockFault::bad_transaction:
      return "a transaction is malformed or wrongly signed";
    case BlockFault::wrong_transactions:
      return "the transactions root is not that of the transactions";
    case BlockFault::inadmissible:
      return "a transaction may not be in this block";
    case BlockFault::too_much_work:
      return "a transaction after limits::changes_per_block_max changes";
    case BlockFault::wrong_usage:
      return "bytes or work used differ";
    case BlockFault::wrong_receipts:
      return "the receipts root differs";
    case BlockFault::wrong_state:
      return "the state root differs";
  }
  UNREACHABLE();
}

// A header's fixed parts and the framing of one transaction, at most.
constexpr std::size_t header_bytes_max = 512;
constexpr std::size_t framing_bytes_max = 8;

}  // namespace

std::string explain(BlockInvalid const& invalid) {
  auto text = std::string{sentence(invalid.fault)};
  if (invalid.status != labor::v1::TX_STATUS_UNSPECIFIED) {
    text += ": transaction " + std::to_string(invalid.index) + ": " + reason_of(invalid.status);
  }
  return text;
}

protocol::BlockHash block_hash(std::string_view header) {
  return crypto::hash_as<protocol::BlockHash>(crypto::domains::header, {base::bytes_of(header)});
}

Parent parent_of(ExecutedBlock const& block) {
  auto const epoch = protocol::Epoch{block.header.epoch()};
  auto const boundary = !block.header.next_set_hash().empty();
  return {.epoch = boundary ? epoch.next() : epoch,
          .height = protocol::Height{block.header.height()},
          .hash = block.hash,
          .time = protocol::TimeMs{block.header.time_ms()},
          .state = block.state};
}

protocol::TimeMs earliest_time(Parent const& parent) {
  auto const interval = parameter_of(*parent.state, labor::v1::PARAMETER_BLOCK_INTERVAL_MIN_MS);
  return protocol::TimeMs{parent.time.value() + interval};
}

bool deadline_due(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time) {
  auto const entry = parent.state->next(state::Module::deadlines, {});
  if (!entry) return false;
  auto const at = std::max(time, earliest_time(parent));
  return parse_deadline(*entry).time <= chain_time(chain, parent, at).time;
}

std::expected<ParsedBlock, BlockInvalid> parse_block(std::string bytes,
                                                     protocol::Chain const& chain) {
  if (bytes.size() > limits::block_bytes_max) return invalid(BlockFault::too_large);
  auto block = canonical::decode<labor::v1::Block>(bytes);
  if (!block) return invalid(BlockFault::malformed);
  auto header = canonical::decode<BlockHeader>(block->header());
  if (!header) return invalid(BlockFault::malformed);
  TRY_VOID(check_header(*header, chain));
  if (std::cmp_greater(block->transactions_size(), limits::transactions_per_block_max)) {
    return invalid(BlockFault::too_many_transactions);
  }
  if (!block->system_messages().empty()) return invalid(BlockFault::unknown_system_message);

  ParsedBlock parsed;
  parsed.hash = block_hash(block->header());
  parsed.header = std::move(*header);
  for (auto& transaction : *block->mutable_transactions()) {
    parsed.transactions.push_back(std::move(transaction));
  }
  parsed.bytes = std::move(bytes);
  return parsed;
}

ExecutedBlock build(protocol::Chain const& chain, Parent const& parent,
                    std::span<CheckedPtr const> candidates, BuildOptions const& options) {
  auto const most = options.bytes_max == 0 ? limits::block_bytes_max
                                           : std::min(options.bytes_max, limits::block_bytes_max);
  BlockRun run{chain, parent, std::max(options.time, earliest_time(parent))};
  std::size_t bytes = header_bytes_max;
  std::size_t taken = 0;
  for (auto const& candidate : candidates) {
    if (taken == limits::transactions_per_block_max || run.full()) break;
    auto const size = candidate->bytes().size() + framing_bytes_max;
    if (bytes + size > most) continue;  // A smaller one behind it may fit.
    if (!run.add(candidate)) continue;
    bytes += size;
    ++taken;
  }
  return std::move(run).finish(options.proposer);
}

std::expected<ExecutedBlock, BlockInvalid> execute(protocol::Chain const& chain,
                                                   Parent const& parent, ParsedBlock const& block,
                                                   std::vector<CheckedPtr> transactions) {
  CHECK(transactions.size() == block.transactions.size());
  TRY_VOID(check_link(block.header, parent));

  BlockRun run{chain, parent, protocol::TimeMs{block.header.time_ms()}};
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    if (run.full()) {
      return std::unexpected{BlockInvalid{.fault = BlockFault::too_much_work, .index = i}};
    }
    if (auto const added = run.add(transactions[i]); !added) {
      return std::unexpected{BlockInvalid{
          .fault = BlockFault::inadmissible, .index = i, .status = added.error().status}};
    }
  }
  auto const proposer = static_cast<std::uint8_t>(block.header.proposer());
  auto executed = std::move(run).finish(protocol::ValidatorIndex{proposer});
  if (executed.hash != block.hash) return invalid(difference(block.header, executed.header));
  return executed;
}

std::expected<ExecutedBlock, BlockInvalid> execute(protocol::Chain const& chain,
                                                   Parent const& parent, std::string bytes) {
  TRY(parsed, parse_block(std::move(bytes), chain));
  std::vector<CheckedPtr> checked;
  for (std::size_t i = 0; i < parsed.transactions.size(); ++i) {
    auto transaction = check_transaction(parsed.transactions[i], chain);
    if (!transaction) {
      return std::unexpected{BlockInvalid{
          .fault = BlockFault::bad_transaction, .index = i, .status = transaction.error().status}};
    }
    checked.push_back(std::move(*transaction));
  }
  return execute(chain, parent, parsed, std::move(checked));
}

std::expected<labor::v1::Receipt, Failure> simulate(protocol::Chain const& chain,
                                                    Parent const& parent, protocol::TimeMs time,
                                                    std::string_view body) {
  if (body.size() > limits::transaction_bytes_max) {
    return fail(labor::v1::TX_STATUS_TOO_LARGE,
                {{"got", body.size()}, {"most", limits::transaction_bytes_max}});
  }
  auto const decoded = canonical::decode<labor::v1::TransactionBody>(body);
  if (!decoded) return fail(labor::v1::TX_STATUS_NON_CANONICAL);
  TRY_VOID(check_body(*decoded, chain));

  auto const at = std::max(time, earliest_time(parent));
  std::size_t const signatures = decoded->fee_payer().empty() ? 1 : 2;
  auto const units = units_of(*decoded, signed_size(body.size(), signatures), signatures);
  TRY(charge, admit_unsigned(*parent.state, *decoded, units, {.block_time = at}));
  auto const block = BlockTime{.height = parent.height.next(),
                               .time = chain_time(chain, parent, at).time,
                               .genesis = chain.hash()};
  auto const scratch = std::make_shared<state::Overlay>(parent.state);
  note_block(*scratch, parent);
  return run_transaction(scratch, block, *decoded, transaction_id(body), charge).receipt;
}

}  // namespace execution
