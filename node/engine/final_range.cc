#include "node/engine/final_range.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "consensus/shell/catch_up.h"
#include "node/store/finality.h"
#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace node {
namespace {

using protocol::limits::headers_per_proof_max;

// An answer stays below the message bound with room for the finalization.
constexpr std::size_t answer_bytes_max =
    protocol::limits::peer_message_bytes_max - protocol::limits::certificate_bytes_max - 4096;
static_assert(protocol::limits::block_bytes_max +
                  headers_per_proof_max * protocol::limits::header_bytes_max <
              answer_bytes_max);

// What was asked for and is here, up to the last that has a finalization of its own; without any
// finalization where none of them has one.
labor::v1::FinalBlocks blocks_from(Snapshot const& snapshot, labor::v1::FetchBlocks const& wanted) {
  auto const last = snapshot.head().height.value();
  auto const count = std::min(wanted.count_max(), consensus::chunk_blocks);
  labor::v1::FinalBlocks range;
  std::size_t bytes = 0;
  int complete = 0;  // Blocks up to the last that has a finalization.
  for (auto height = wanted.from_height(); height <= last && height - wanted.from_height() < count;
       ++height) {
    auto block = snapshot.block(protocol::Height{height});
    if (!block) break;  // Pruned: it asks the next one.
    bytes += block->size() + 16;
    if (bytes > answer_bytes_max) break;
    auto const boundary = is_boundary(*block);
    range.add_blocks()->set_block(*std::move(block));
    if (auto finalization = snapshot.finalization(protocol::Height{height})) {
      complete = range.blocks_size();
      range.set_finalization(*std::move(finalization));
    }
    if (boundary) break;
  }
  if (complete > 0) {
    range.mutable_blocks()->DeleteSubrange(complete, range.blocks_size() - complete);
  }
  return range;
}

// Adds the headers that lead from the last block, of which `first` is the height of the first, to
// the nearest finalization above; blocks for which there is no room beside them leave. False: there
// is none.
bool lead_to_finalization(Snapshot const& snapshot, std::uint64_t first,
                          labor::v1::FinalBlocks& range) {
  auto const height = first + static_cast<std::uint64_t>(range.blocks_size()) - 1;
  auto const last = std::min(snapshot.head().height.value(), first + headers_per_proof_max);
  auto finality = finality_of(snapshot, protocol::Height{height}, protocol::Height{last});
  if (!finality) return false;
  range.set_finalization(std::move(finality->finalization));
  for (auto& header : finality->headers) *range.add_headers() = std::move(header);
  while (range.ByteSizeLong() > answer_bytes_max) {
    CHECK(range.blocks_size() > 1);  // One has room, whatever its size.
    *range.add_headers() = header_of(range.blocks().rbegin()->block());
    range.mutable_blocks()->RemoveLast();
  }
  return true;
}

}  // namespace

std::optional<labor::v1::FinalBlocks> final_range(Snapshot const& snapshot,
                                                  labor::v1::FetchBlocks const& wanted) {
  auto range = blocks_from(snapshot, wanted);
  if (range.blocks().empty()) return std::nullopt;
  auto const proved =
      !range.finalization().empty() || lead_to_finalization(snapshot, wanted.from_height(), range);
  if (!proved) return std::nullopt;
  return range;
}

}  // namespace node
