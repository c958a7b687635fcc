#include "node/api/epochs.h"

#include <labor/v1/block.pb.h>

#include <algorithm>

#include "protocol/base/check.h"
#include "protocol/validators/set.h"

namespace node {

using protocol::Epoch;
using protocol::Height;

namespace {

// The change to the epoch of `next`, the set that its boundary block wrote.
labor::v1::EpochChange change_to(Snapshot const& snapshot, labor::v1::ValidatorSet next) {
  auto const boundary = Height{next.first_height() - 1};
  auto const bytes = snapshot.block(boundary);
  auto const finalization = snapshot.finalization(boundary);
  labor::v1::Block block;
  // Never pruned, and committed with a finalization of its own (R17).
  CHECK(bytes && finalization && block.ParseFromString(*bytes));
  labor::v1::EpochChange change;
  change.set_boundary_header(block.header());
  change.set_finalization(*finalization);
  *change.mutable_next_set() = std::move(next);
  return change;
}

}  // namespace

labor::v1::GetEpochsResponse get_epochs(Snapshot const& snapshot,
                                        labor::v1::GetEpochsRequest const& request) {
  labor::v1::GetEpochsResponse response;
  auto const running = snapshot.head().epoch.value();
  if (request.first_epoch() >= running) return response;
  auto const most = request.count_max() == 0
                        ? epoch_changes_per_page_max
                        : std::min(request.count_max(), epoch_changes_per_page_max);
  auto const end =
      request.first_epoch() + std::min<std::uint64_t>(running - request.first_epoch(), most);
  for (auto epoch = request.first_epoch(); epoch < end; ++epoch) {
    *response.add_changes() =
        change_to(snapshot, validators::present_set(snapshot, Epoch{epoch + 1}));
  }
  return response;
}

}  // namespace node
