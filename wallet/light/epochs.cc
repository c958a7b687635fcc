#include "wallet/light/epochs.h"

#include <fmt/format.h>

#include "protocol/base/check.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"
#include "wallet/light/final_header.h"

namespace wallet {

using protocol::Epoch;
using protocol::Height;

Result<void> take_change(Trust& trust, Epoch epoch, labor::v1::EpochChange const& change) {
  auto const* const known = trust.find(epoch);
  CHECK(known != nullptr);
  TRY(header, header_of(trust.chain(), change.boundary_header()));
  if (header.epoch() != epoch.value()) {
    return unverified("WRONG_EPOCH", fmt::format("it gives the end of epoch {} for that of {}.",
                                                 header.epoch(), epoch.value()));
  }
  if (header.height() < known->set.first_height()) {
    return unverified("WRONG_HEIGHT",
                      fmt::format("epoch {} ends before it begins.", epoch.value()));
  }
  TRY_VOID(check_finalization(known->committee, change.finalization(),
                              execution::block_hash(change.boundary_header()),
                              Height{header.height()}));
  auto const& next = change.next_set();
  if (header.next_set_hash().empty()) {
    return unverified("NO_BOUNDARY",
                      fmt::format("the block at height {} ends no epoch.", header.height()));
  }
  if (validators::hash_of(next).chars() != header.next_set_hash()) {
    return unverified("WRONG_SET", fmt::format("the validators it gives for epoch {} are not those "
                                               "that the block before names.",
                                               epoch.next().value()));
  }
  bool const follows = next.epoch() == epoch.next().value() &&
                       next.first_height() == Height{header.height()}.next().value();
  if (!follows || !trust.know(next)) {
    return unverified("BAD_SET", fmt::format("the validators of epoch {} make no set that follows.",
                                             epoch.next().value()));
  }
  return {};
}

Result<void> follow_epochs(Trust& trust, Epoch wanted, AskEpochs const& ask) {
  while (trust.find(wanted) == nullptr) {
    auto epoch = trust.latest(wanted).committee.epoch;
    labor::v1::GetEpochsRequest request;
    request.set_first_epoch(epoch.value());
    request.set_count_max(epoch_changes_per_page);
    TRY(page, ask(request));
    if (page.changes().empty()) {
      return unverified("MISSING_EPOCH",
                        fmt::format("it speaks of epoch {}, and cannot say who followed the "
                                    "validators of epoch {}.",
                                    wanted.value(), epoch.value()));
    }
    if (page.changes_size() > static_cast<int>(epoch_changes_per_page)) {
      return unverified("TOO_MANY_EPOCHS",
                        "it gives more changes of epochs than it was asked for.");
    }
    for (auto const& change : page.changes()) {
      TRY_VOID(take_change(trust, epoch, change));
      epoch = epoch.next();
    }
  }
  return {};
}

}  // namespace wallet
