#include "consensus/core/voting.h"

#include <algorithm>
#include <iterator>

#include "consensus/core/leader.h"
#include "consensus/core/pace.h"
#include "consensus/core/tally.h"

namespace consensus {
namespace {

using Execution = BlockState::Execution;

// Said at one time; the rest at the next repetition.
constexpr std::size_t lost_views_max = 64;

// The only way to a vote: past the safety rules, into `write`. False: refused.
bool cast(Context const& context, Statement const& statement) {
  if (!context.config.self) return false;  // An observer.
  auto& safety = context.state.safety;
  if (!safety.admit(statement)) return false;
  std::ranges::move(safety.take_grounds(statement), std::back_inserter(context.out.grounds));
  context.out.write.push_back(statement);
  return true;
}

// Whether FINALIZE of the block has nothing to wait for here.
bool certifiable(State const& state, BlockHash const& block) {
  auto const known = state.blocks.find(block);
  return known != state.blocks.end() && known->second.execution == Execution::valid &&
         known->second.durable;
}

bool say_nullify(Context const& context, View view) {
  auto const statement = nullify(context.config.epoch, view);
  if (context.state.safety.own(view).nullify || !cast(context, statement)) return false;
  context.send(context.others(), OwnVote{.statement = statement});
  return true;
}

void order_execution(Context const& context, BlockHash const& block, BlockHash const& parent) {
  auto& known = context.state.blocks.at(block);
  if (known.execution != Execution::none || !known.held) return;
  if (!executed(context.state, parent)) return;
  known.execution = Execution::ordered;
  context.out.want.emplace_back(Execute{.view = known.view, .block = block, .parent = parent});
}

void order_storage(Context const& context, BlockHash const& block) {
  auto& known = context.state.blocks.at(block);
  if (known.store_ordered || !known.held) return;
  known.store_ordered = true;
  context.out.want.emplace_back(StoreBody{.block = block});
}

// What the proposal is on the parent that it names, if the leader named it rightly; what is missing
// is sought. `again`: the parent itself, a boundary block, whoever proposed it first (R17).
enum class Standing { sound, again, faulty, unknown };
Standing standing_of(State const& state, Proposal const& proposal, Needs& needs) {
  auto const& said = proposal.vote.statement;
  auto const floor = state.safety.floor();
  if (proposal.form == Proposal::Form::malformed) return Standing::faulty;
  if (said.parent_view >= said.view) return Standing::faulty;
  if (said.parent_view < floor) return Standing::faulty;

  auto const parent = state.safety.notarized(said.parent_view);
  if (!parent) {
    needs.view(said.parent_view);
    return Standing::unknown;
  }
  if (said.block == parent->block) {
    auto const may = proposal.boundary && said.height == parent->height && parent->view > floor;
    return may ? Standing::again : Standing::faulty;
  }
  auto const child = proposal.proposer == proposal.vote.voter &&
                     proposal.parent_hash == parent->block && said.height == parent->height.next();
  return child ? Standing::sound : Standing::faulty;
}

// "Missing" is never "wrong": whatever of the skipped views is not known yet is fetched (R4).
bool skips_known(State const& state, Statement const& said, Needs& needs) {
  auto known = true;
  for (auto u = said.parent_view.next(); u < said.view && !needs.full(); u = u.next()) {
    if (state.safety.nullified(u)) continue;
    needs.view(u);
    known = false;
  }
  return known;
}

void certify_one(Context const& context, Statement const& notarized, Needs& needs) {
  auto& state = context.state;
  auto const& block = note_block(state, notarized);
  if (!block.held) needs.body(notarized.block);
  order_storage(context, notarized.block);

  auto const parent = state.safety.notarized(notarized.parent_view);
  // What was proposed again is executed on what it was first proposed on.
  if (parent && parent->block != notarized.block) {
    order_execution(context, notarized.block, parent->block);
  } else if (!parent && notarized.parent_view > state.safety.floor()) {
    needs.view(notarized.parent_view);
  }
  if (block.execution == Execution::invalid) {
    diverge(context,
            {.view = notarized.view, .height = notarized.height, .block = notarized.block});
    return;
  }
  if (!certifiable(state, notarized.block)) return;
  auto const finalize = with_kind(notarized, VoteKind::finalize);
  if (!state.safety.check(finalize)) return;  // Said already, or NULLIFY was.
  if (cast(context, finalize)) context.send(context.others(), OwnVote{.statement = finalize});
}

// The certificates that a validator which has not been in this view may lack.
std::vector<Certificate> entry_certificates(Safety const& safety, Statement const& said) {
  std::vector<Certificate> certificates;
  auto const parent = safety.notarizations().find(said.parent_view);
  if (parent != safety.notarizations().end()) {
    certificates.push_back(parent->second);
  } else if (auto const& final = safety.finalization()) {
    certificates.push_back(*final);
  }
  auto const& nullified = safety.nullifications();
  for (auto entry = nullified.upper_bound(said.parent_view);
       entry != nullified.end() && entry->first < said.view; ++entry) {
    if (certificates.size() == protocol::limits::certificates_per_proposal_max) break;
    certificates.push_back(entry->second);
  }
  return certificates;
}

// Lacks so many blocks that nothing can be built in time: the others need not wait to see that.
bool cannot_lead(Context const& context) {
  auto const& [config, state, out] = context;
  constexpr std::uint64_t blocks_max = 64;  // Take about as long as Delta.
  auto const& final = state.safety.final();
  return leads(config, state) && !executed(state, final.block) &&
         final.height.value() > state.committed_height.value() + blocks_max;
}

}  // namespace

BlockState& note_block(State& state, Statement const& said) {
  auto& block = state.blocks[said.block];
  block.view = std::max(block.view, said.view);
  return block;
}

void certify(Context const& context, Needs& needs) {
  for (auto const& [view, notarization] : context.state.safety.notarizations()) {
    certify_one(context, notarization.statement, needs);
  }
}

void judge(Context const& context, Needs& needs) {
  auto& state = context.state;
  auto const round = state.rounds.find(state.current);
  if (round == state.rounds.end()) return;
  auto const& proposed = round->second.proposal;
  if (!proposed) return;
  auto const own = context.own();
  if (own.notarize || own.nullify) return;

  auto const& proposal = *proposed;
  auto const& said = proposal.vote.statement;
  auto const standing = standing_of(state, proposal, needs);
  if (standing == Standing::faulty) state.pace.leader_failed = true;
  if (standing == Standing::faulty || standing == Standing::unknown) return;

  order_execution(context, said.block, proposal.parent_hash);
  auto const known = skips_known(state, said, needs);
  auto const execution = state.blocks.at(said.block).execution;
  if (execution == Execution::invalid) state.pace.leader_failed = true;
  if (execution != Execution::valid || !known) return;
  if (proposal.form == Proposal::Form::stale && standing != Standing::again) return;

  if (!cast(context, said)) return;
  context.send(context.others(), OwnVote{.statement = said});
  order_storage(context, said.block);  // Syncs while the votes travel.
}

void give_up(Context const& context) {
  auto const& [config, state, out] = context;
  auto const first = leader(config, state.current);
  auto const round = state.rounds.find(state.current);
  auto const leader_nullified = round != state.rounds.end() &&
                                round->second.votes.contains(first) &&
                                round->second.votes.at(first).nullify.has_value();
  if (!state.pace.leader_failed && !leader_nullified && !cannot_lead(context)) return;
  if (!say_nullify(context, state.current)) return;
  arm(context, TimerKind::retry, state.current, config.timing.retry_ms);
  if (!state.pace.timed_out) return;
  if (!state.missing.empty()) give_up_lost(context);
  out.want.emplace_back(GossipAgain{});
}

void give_up_lost(Context const& context) {
  auto const& state = context.state;
  auto const& safety = state.safety;
  std::size_t said = 0;
  for (auto view = safety.floor().next(); view < state.current; view = view.next()) {
    if (safety.nullified(view)) continue;
    auto const block = safety.notarized(view);
    if (block && certifiable(state, block->block)) continue;
    if (say_nullify(context, view) && ++said == lost_views_max) return;
  }
}

void lead(Context const& context, Needs& needs) {
  auto& state = context.state;
  if (!context.config.self || !leads(context.config, state)) return;
  auto const own = context.own();
  auto const why = reasons(context.config, state);
  if (own.notarize || own.nullify || !why.any()) return;

  auto const [parent, missing] = foothold(state);
  if (missing) needs.view(*missing);
  if (!parent || !executed(state, parent->block)) return;

  auto const order = Build{.epoch = context.config.epoch,
                           .view = state.current,
                           .parent = *parent,
                           .empty_allowed = why.empty_wanted(),
                           .bytes_max = state.block_target_bytes};
  auto& pace = state.pace;
  auto const same_parent = pace.building && pace.building->parent == *parent;
  auto const allows_more = order.empty_allowed && pace.building && !pace.building->empty_allowed;
  if (same_parent && !allows_more) return;  // Ordered, or there is nothing to build from.
  pace.building = order;
  pace.nothing_to_build = false;
  context.out.want.emplace_back(order);
}

void propose(Context const& context, Built const& built) {
  auto const& [config, state, out] = context;
  auto& pace = state.pace;
  if (built.view != state.current || !pace.building) return;
  if (built.parent != pace.building->parent) return;  // An order that has been replaced.
  if (!built.block) {
    pace.nothing_to_build = true;
    return;
  }
  auto const again = *built.block == built.parent.block;  // A boundary block (R17).
  auto const said = Statement{.epoch = config.epoch,
                              .view = state.current,
                              .kind = VoteKind::notarize,
                              .parent_view = built.parent.view,
                              .height = again ? built.parent.height : built.parent.height.next(),
                              .block = *built.block};
  if (context.own().nullify || !cast(context, said)) return;
  auto& block = note_block(state, said);
  block.held = true;
  block.execution = Execution::valid;

  SignerSet here;
  SignerSet elsewhere;
  for (auto const peer : context.others().members()) {
    (state.peers[peer.value()].view >= said.view ? here : elsewhere).insert(peer);
  }
  context.send(here, OwnProposal{.statement = said, .certificates = {}});
  context.send(elsewhere, OwnProposal{.statement = said,
                                      .certificates = entry_certificates(state.safety, said)});
  order_storage(context, *built.block);
}

}  // namespace consensus
