#include "consensus/core/missing.h"

#include <algorithm>

#include "consensus/core/leader.h"
#include "consensus/core/pace.h"
#include "protocol/base/check.h"

namespace consensus {
namespace {

// The leader first, whose duty it is to know; then all others in turn. Never an equivocator while
// there is anyone else.
std::optional<ValidatorIndex> whom_to_ask(Context const& context, Missing const& missing,
                                          std::uint32_t times_asked) {
  auto const& [config, state, out] = context;
  auto view = state.current;
  if (missing.block) {
    auto const known = state.blocks.find(*missing.block);
    if (known != state.blocks.end()) view = known->second.view;
  }
  auto const everyone = context.others().members();
  std::vector<ValidatorIndex> honest;
  std::ranges::copy_if(everyone, std::back_inserter(honest),
                       [&](auto const peer) { return !state.conflicts.contains(peer); });
  auto const& peers = honest.empty() ? everyone : honest;
  if (peers.empty()) return std::nullopt;
  // `peers` ascends, so this is the leader if it is among them, else the next by index.
  auto const first = std::ranges::lower_bound(peers, leader(config, view));
  // A leader that misses something itself begins with another peer each time it leads: a view may
  // last no longer than one question.
  auto const leads = leader(config, view) == config.self;
  auto const turns = leads ? view.value() / config.validators.size() : 0;
  auto const offset = static_cast<std::size_t>(first - peers.begin()) + times_asked + turns;
  return peers[offset % peers.size()];
}

void ask(Context const& context, Missing const& missing, Search& search) {
  auto const from = whom_to_ask(context, missing, search.times_asked);
  if (!from) return;
  ++search.times_asked;
  search.asked = from;
  if (missing.view) {
    context.out.want.emplace_back(FetchView{.from = *from, .view = *missing.view});
    return;
  }
  CHECK(missing.block.has_value());  // It is the one or the other.
  context.out.want.emplace_back(FetchBody{.from = *from, .block = *missing.block});
}

}  // namespace

void seek(Context const& context, Needs const& needs) {
  auto& state = context.state;
  std::erase_if(state.missing,
                [&](auto const& entry) { return !needs.all().contains(entry.first); });
  for (auto const& missing : needs.all()) {
    auto const [entry, fresh] = state.missing.try_emplace(missing);
    if (fresh) ask(context, missing, entry->second);
  }
  auto const abandoned = std::ranges::any_of(state.blocks, [](auto const& entry) {
    return entry.second.execution == BlockState::Execution::abandoned;
  });
  auto const timer = TimerId{.kind = TimerKind::fetch, .view = View{0}};
  if (state.missing.empty() && !abandoned) {
    disarm(context, TimerKind::fetch);
  } else if (!state.armed.contains(timer)) {
    arm(context, TimerKind::fetch, View{0},
        backed_off(2 * context.config.timing.delta_ms, state.backoff_level));
  }
}

void seek_again(Context const& context) {
  for (auto& [missing, search] : context.state.missing) ask(context, missing, search);
  for (auto& [hash, block] : context.state.blocks) {
    if (block.execution == BlockState::Execution::abandoned) {
      block.execution = BlockState::Execution::none;
    }
  }
}

}  // namespace consensus
