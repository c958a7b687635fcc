#include <algorithm>

#include "consensus/core/step.h"
#include "consensus/core/tally.h"
#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

// The view in which this vote was cast, or the one it proves we had entered since.
View entered_with(Statement const& statement) {
  return statement.kind == VoteKind::finalize ? statement.view.next() : statement.view;
}

}  // namespace

State recover(Config const& config, Recovered const& recovered) {
  auto const& final = recovered.final;
  CHECK(final == config.root || recovered.finalization);
  CHECK(recovered.committed_height >= final.height);
  auto state = State{.safety = Safety{config.epoch, final, recovered.finalization}};
  state.current = final.view.next();
  state.peers.resize(config.validators.size());
  state.block_target_bytes = protocol::limits::block_bytes_max;
  state.committed_height = recovered.committed_height;
  state.committed_block = recovered.committed_block;
  state.block_interval_ms = recovered.block_interval_ms;

  for (auto const& certificate : recovered.grounds) {
    CHECK(certificate->statement.epoch == config.epoch);
    state.safety.restore(*certificate);
    state.current = std::max(state.current, certificate->statement.view.next());
  }
  for (auto const& vote : recovered.own_votes) {
    CHECK(vote->statement.epoch == config.epoch);
    CHECK(config.self == vote->voter);
    if (vote->statement.view <= final.view) continue;
    state.safety.restore(vote->statement);
    count(state, *vote);
    state.current = std::max(state.current, entered_with(vote->statement));
  }
  return state;
}

}  // namespace consensus
