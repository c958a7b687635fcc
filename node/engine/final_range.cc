#include "node/engine/final_range.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "consensus/shell/catch_up.h"
#include "protocol/limits.h"

namespace node {
namespace {

// An answer stays below the message bound with room for the finalization.
constexpr std::size_t answer_bytes_max =
    protocol::limits::peer_message_bytes_max - protocol::limits::certificate_bytes_max - 4096;

}  // namespace

std::optional<labor::v1::FinalBlocks> final_range(Snapshot const& snapshot,
                                                  labor::v1::FetchBlocks const& wanted) {
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
  if (complete == 0) return std::nullopt;
  range.mutable_blocks()->DeleteSubrange(complete, range.blocks_size() - complete);
  return range;
}

}  // namespace node
