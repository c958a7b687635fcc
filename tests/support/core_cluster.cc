#include "tests/support/core_cluster.h"

#include <algorithm>
#include <ranges>

#include "consensus/certificate/attestation.h"
#include "consensus/core/leader.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace consensus {
namespace {

PublicKey key(std::size_t index) {
  PublicKey key;
  key.data[0] = static_cast<std::uint8_t>(index);
  return key;
}

ValidatorIndex index(std::size_t node) {
  return ValidatorIndex{static_cast<std::uint8_t>(node)};
}

BlockHash numbered(std::uint64_t number) {
  BlockHash block;
  for (std::size_t i = 0; i < 8; ++i) block.data[i] = static_cast<std::uint8_t>(number >> 8 * i);
  return block;
}

BlockRef const root{.view = {}, .height = {}, .block = numbered(~std::uint64_t{0})};

}  // namespace

Cluster::Cluster(Options options) : options_{options}, prng_{options.seed} {
  std::vector<PublicKey> keys;
  for (std::size_t i = 0; i < options.validators; ++i) keys.push_back(key(i));
  auto const set = ValidatorSet::from(keys);
  CHECK(set.has_value());
  contents_[root.block] = {};
  for (std::size_t i = 0; i < options.validators; ++i) {
    nodes_.push_back(
        {.config =
             {.epoch = Epoch{0}, .self = index(i), .validators = *set, .root = root, .timing = {}},
         .state = std::nullopt,
         .grounds = {},
         .votes = {},
         .pool = {},
         .chain = {},
         .final = root,
         .finalization = std::nullopt,
         .timers = {}});
  }
  for (std::size_t i = 0; i < options.validators; ++i) restart(i);
}

void Cluster::at(std::uint64_t delay_ms, std::size_t node, std::function<void()> act) {
  events_.insert(
      {now_ms_ + delay_ms, {.node = node, .life = nodes_[node].life, .act = std::move(act)}});
}

bool Cluster::run_until(std::uint64_t ms, std::function<bool()> const& done) {
  auto const end = now_ms_ + ms;
  while (!done()) {
    if (events_.empty() || events_.begin()->first > end) {
      now_ms_ = end;
      return done();
    }
    auto const event = std::move(events_.begin()->second);
    now_ms_ = events_.begin()->first;
    events_.erase(events_.begin());
    auto const& node = nodes_[event.node];
    if (node.life == event.life && node.state) event.act();
  }
  return true;
}

void Cluster::run_for(std::uint64_t ms) {
  (void)run_until(ms, [] { return false; });
}

void Cluster::crash(std::size_t node) {
  nodes_[node].state.reset();
  nodes_[node].timers.clear();
  ++nodes_[node].life;
}

void Cluster::restart(std::size_t which) {
  auto& node = nodes_[which];
  ++node.life;
  node.timers.clear();
  node.state =
      recover(node.config, {.final = node.final,
                            .finalization = node.finalization,
                            .committed_height = Height{node.chain.size()},
                            .committed_block = node.chain.empty() ? root.block : node.chain.back(),
                            .block_interval_ms = 0,
                            .grounds = node.grounds,
                            .own_votes = node.votes});
  at(0, which, [this, which] { feed(which, Started{}); });
  for (std::size_t peer = 0; peer < nodes_.size(); ++peer) {
    if (peer == which || !up(peer)) continue;
    at(0, which, [this, which, peer] { feed(which, Connected{.peer = index(peer)}); });
    at(0, peer, [this, which, peer] { feed(peer, Connected{.peer = index(which)}); });
  }
}

void Cluster::lose_bodies() {
  for (auto const& [block, content] : contents_) bodies_lost_.insert(block);
}

void Cluster::submit(std::size_t node, int transaction) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    at(i == node ? 0 : options_.delay_ms, i, [this, i, transaction] {
      nodes_[i].pool.insert(transaction);
      feed(i, Work{.transactions = true, .due = false});
    });
  }
}

bool Cluster::committed(std::size_t node, int transaction) const {
  return std::ranges::any_of(chain(node), [&](auto const& block) {
    return std::ranges::count(contents_.at(block).transactions, transaction) > 0;
  });
}

bool Cluster::committed_everywhere(int transaction) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (up(i) && !committed(i, transaction)) return false;
  }
  return true;
}

std::string Cluster::disagreement() const {
  for (auto const& one : nodes_) {
    for (auto const& other : nodes_) {
      for (std::size_t h = 0; h < std::min(one.chain.size(), other.chain.size()); ++h) {
        if (one.chain[h] != other.chain[h]) return "two blocks at height " + std::to_string(h + 1);
      }
    }
  }
  return "";
}

void Cluster::feed(std::size_t node, Input const& input) {
  obey(node, step(nodes_[node].config, *nodes_[node].state, input));
  report_work(node);
}

void Cluster::obey(std::size_t which, Output const& output) {
  auto& node = nodes_[which];
  for (auto const& ground : output.grounds) node.grounds.push_back(Attestation::of(ground));
  for (auto const& statement : output.write) {
    auto const vote = Vote{.statement = statement, .voter = index(which), .signature = {}};
    node.votes.push_back(Attestation::of(vote));
    at(0, which, [this, which, vote] { feed(which, Attestation::of(vote)); });
  }
  for (auto const& [to, speech] : output.send) {
    Vote const* signed_vote = nullptr;
    auto const said = std::get_if<OwnVote>(&speech);
    auto const proposed = std::get_if<OwnProposal>(&speech);
    Vote vote;
    if (said != nullptr || proposed != nullptr) {
      vote = {.statement = said != nullptr ? said->statement : proposed->statement,
              .voter = index(which),
              .signature = {}};
      signed_vote = &vote;
    }
    for (auto const peer : to.members()) deliver(which, peer.value(), speech, signed_vote);
  }
  for (auto const& [timer, act, delay_ms] : output.timers) {
    if (act == TimerOrder::Act::cancel) {
      node.timers.erase(timer);
      continue;
    }
    auto const number = ++armed_;
    node.timers[timer] = number;
    at(delay_ms, which, [this, which, id = timer, number] {
      auto& timers = nodes_[which].timers;
      if (!timers.contains(id) || timers.at(id) != number) return;
      timers.erase(id);
      feed(which, TimerFired{.timer = id});
    });
  }
  for (auto const& want : output.want) order(which, want);
  for (auto const& finalization : output.commit) commit(which, finalization);
}

void Cluster::deliver(std::size_t from, std::size_t to, Speech const& speech,
                      Vote const* signed_vote) {
  ++messages_;
  if (prng_.permille(options_.loss_permille)) return;
  if (lost_ && lost_(from, to, speech)) return;
  auto const delay_ms = options_.delay_ms + prng_.below(options_.jitter_ms + 1);
  auto const vote = signed_vote == nullptr ? Vote{} : *signed_vote;
  at(delay_ms, to, [this, from, to, speech, vote] { receive(from, to, speech, &vote); });
}

void Cluster::receive(std::size_t from, std::size_t to, Speech const& speech,
                      Vote const* signed_vote) {
  if (std::holds_alternative<OwnVote>(speech)) {
    feed(to, Attestation::of(*signed_vote));
  } else if (auto const* vote = std::get_if<Vote>(&speech)) {
    feed(to, Attestation::of(*vote));
  } else if (auto const* certificate = std::get_if<Certificate>(&speech)) {
    feed(to, Attestation::of(*certificate));
    feed(to, Heard{.peer = index(from), .statement = certificate->statement, .certificate = true});
  } else if (auto const* again = std::get_if<ProposalAgain>(&speech)) {
    feed(to, proposal(again->vote));
  } else {
    for (auto const& aid : std::get<OwnProposal>(speech).certificates)
      feed(to, Attestation::of(aid));
    feed(to, proposal(*signed_vote));
  }
}

Verified<Proposal> Cluster::proposal(Vote const& vote) const {
  auto const& content = contents_.at(vote.statement.block);
  return Attestation::of(Proposal{.vote = vote,
                                  .parent_hash = content.parent,
                                  .proposer = content.proposer,
                                  .boundary = content.height == options_.boundary,
                                  .form = Proposal::Form::sound});
}

void Cluster::order(std::size_t which, Want const& want) {
  if (auto const* fetch = std::get_if<FetchView>(&want)) {
    auto const asked = Asked{.peer = index(which), .epoch = Epoch{0}, .view = fetch->view};
    auto const peer = std::size_t{fetch->from.value()};
    at(options_.delay_ms, peer, [this, peer, asked] { feed(peer, asked); });
  } else if (auto const* body = std::get_if<FetchBody>(&want)) {
    if (bodies_lost_.contains(body->block)) return;
    at(2 * options_.delay_ms, which,
       [this, which, block = body->block] { feed(which, BodyHeld{.block = block}); });
  } else if (auto const* one = std::get_if<Build>(&want)) {
    at(0, which, [this, which, build_order = *one] { build(which, build_order); });
  } else if (auto const* execute = std::get_if<Execute>(&want)) {
    auto const refused = refused_.contains({which, execute->view});
    auto const answer = Executed{.epoch = Epoch{0},
                                 .view = execute->view,
                                 .block = execute->block,
                                 .verdict = refused ? Verdict::invalid : Verdict::valid};
    at(0, which, [this, which, answer] { feed(which, answer); });
  } else if (auto const* store = std::get_if<StoreBody>(&want)) {
    at(options_.sync_ms, which,
       [this, which, block = store->block] { feed(which, BodyDurable{.block = block}); });
  } else if (std::holds_alternative<Diverged>(want)) {
    nodes_[which].diverged = true;
  }
}

std::vector<int> Cluster::admissible(Node const& node, BlockHash parent) const {
  auto left = node.pool;
  for (auto block = parent; block != root.block; block = contents_.at(block).parent) {
    for (auto const transaction : contents_.at(block).transactions) left.erase(transaction);
  }
  return {left.begin(), left.end()};
}

void Cluster::build(std::size_t which, Build const& order) {
  auto const& node = nodes_[which];
  auto answer = Built{.epoch = Epoch{0}, .view = order.view, .parent = order.parent, .block = {}};
  auto const transactions = admissible(node, order.parent.block);
  if (order.parent.height == options_.boundary) {
    answer.block = order.parent.block;
  } else if (order.empty_allowed || !transactions.empty()) {
    auto const block = numbered(contents_.size());
    contents_[block] = {.parent = order.parent.block,
                        .height = order.parent.height.next(),
                        .proposer = index(which),
                        .transactions = transactions};
    answer.block = block;
  }
  feed(which, answer);
}

void Cluster::commit(std::size_t which, Certificate const& finalization) {
  auto& node = nodes_[which];
  auto const& said = finalization.statement;
  std::vector<BlockHash> path;
  for (auto block = said.block; contents_.at(block).height.value() > node.chain.size();
       block = contents_.at(block).parent) {
    path.push_back(block);
  }
  for (auto const& block : path | std::views::reverse) {
    auto const& tip = node.chain.empty() ? root.block : node.chain.back();
    CHECK(contents_.at(block).parent == tip);
    node.chain.push_back(block);
    auto const done =
        Committed{.height = Height{node.chain.size()}, .block = block, .block_interval_ms = 0};
    at(0, which, [this, which, done] { feed(which, done); });
  }
  if (said.height <= node.final.height) return;
  node.final = {.view = said.view, .height = said.height, .block = said.block};
  node.finalization = finalization;
}

void Cluster::report_work(std::size_t which) {
  auto const& node = nodes_[which];
  auto const tip = foothold(*node.state).parent;
  if (!tip) return;
  auto const work =
      Work{.transactions = !admissible(node, tip->block).empty(), .due = node.state->work.due};
  if (work == node.state->work) return;
  at(0, which,
     [this, which, work] { obey(which, step(nodes_[which].config, *nodes_[which].state, work)); });
}

}  // namespace consensus
