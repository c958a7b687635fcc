#include "consensus/core/progress.h"

#include <algorithm>

#include "consensus/core/leader.h"
#include "consensus/core/pace.h"
#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

// Below this a leader does not go: one transaction of full size still fits.
constexpr std::uint64_t block_target_bytes_min = 2 * protocol::limits::transaction_bytes_max;

// Votes of this many views are kept whole, for evidence.
constexpr std::uint64_t votes_kept_views = 64;

bool held(Safety const& safety, Statement const& statement) {
  switch (statement.kind) {
    case VoteKind::notarize:
      return safety.notarizations().contains(statement.view);
    case VoteKind::nullify:
      return safety.nullified(statement.view);
    case VoteKind::finalize:
      return false;  // Always above the floor, so always new.
  }
  UNREACHABLE();
}

// More than f validators lied if one view has two notarized blocks.
bool contradicts(Safety const& safety, Statement const& statement) {
  if (statement.kind == VoteKind::nullify) return false;
  auto const block = safety.notarized(statement.view);
  return block && block->block != statement.block;
}

// Votes so far back in a chain that finds no finality matter only where their certificate is
// still to come: FINALIZE, and views that were jumped over. Keeps memory to the certificates.
void forget_spent_votes(Context const& context) {
  auto const& [config, state, out] = context;
  for (auto& [view, round] : state.rounds) {
    if (view.value() + votes_kept_views >= state.current.value()) return;
    if (!state.safety.nullified(view) && !state.safety.notarized(view)) continue;
    std::erase_if(round.votes, [&](auto const& entry) {
      return entry.first != config.self && !entry.second.finalize;
    });
  }
}

void enter(Context const& context, View view) {
  auto& state = context.state;
  CHECK(view > state.current);
  note_silence(context.config, state);
  leave_view(context);
  state.current = view;
  state.pace = {};
  forget_spent_votes(context);
  if (view.value() >= state.safety.floor().value() + 3) slow_down(state);
}

// Certificates go to those that have not shown to be beyond them.
void pass_on(Context const& context, Certificate const& certificate) {
  auto to = context.others();
  for (auto const peer : to.members()) {
    if (context.state.peers[peer.value()].view > certificate.statement.view) to.erase(peer);
  }
  context.send(to, certificate);
}

void note_nullified(Context const& context, View view) {
  auto const led = leader(context.config, view) == context.config.self;
  if (!led || !context.state.safety.own(view).notarize) return;
  auto& target = context.state.block_target_bytes;
  target = std::max(target / 2, block_target_bytes_min);
}

// B and its ancestors are final: tell the shell, and forget what is below.
void conclude(Context const& context, Certificate const& finalization) {
  auto& state = context.state;
  auto const& final = state.safety.final();
  context.out.commit.push_back(finalization);

  std::erase_if(state.rounds, [&](auto const& round) { return round.first <= final.view; });
  std::erase_if(state.blocks, [&](auto const& entry) {
    return entry.second.view <= final.view && entry.first != final.block;
  });
  auto const entry = state.blocks.find(final.block);
  if (entry != state.blocks.end() && entry->second.execution == BlockState::Execution::invalid) {
    diverge(context, final);
  }
  if (leader(context.config, final.view) == context.config.self) {
    auto& target = state.block_target_bytes;
    target = std::min<std::uint64_t>(target + target / 10, protocol::limits::block_bytes_max);
  }
  speed_up(state);
  disarm(context, TimerKind::standstill);
}

}  // namespace

void learn(Context const& context, Certificate const& certificate) {
  auto& state = context.state;
  auto const& statement = certificate.statement;
  if (statement.view <= state.safety.floor()) return;
  if (contradicts(state.safety, statement)) {
    diverge(context,
            {.view = statement.view, .height = statement.height, .block = statement.block});
    return;
  }
  if (held(state.safety, statement)) return;

  if (statement.kind == VoteKind::nullify) note_nullified(context, statement.view);
  state.safety.learn(certificate);
  pass_on(context, certificate);
  if (statement.view >= state.current) enter(context, statement.view.next());
  if (statement.kind == VoteKind::finalize) conclude(context, certificate);
}

}  // namespace consensus
