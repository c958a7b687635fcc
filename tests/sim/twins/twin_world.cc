#include "tests/sim/twins/twin_world.h"

#include <algorithm>
#include <ranges>

#include "consensus/certificate/attestation.h"
#include "consensus/core/step.h"
#include "protocol/base/check.h"
#include "tests/sim/testimony.h"
#include "tests/support/prng.h"

namespace sim {
namespace {

using consensus::Attestation;
using consensus::Vote;

constexpr std::uint64_t delay_ms = 10;
// Longer than t_a becomes within the first views, and shorter than anything is said again: in a
// divided view one says all there is to say to one's own side, and then it heals.
constexpr std::uint64_t division_ms = 4000;
constexpr std::uint64_t retry_ms = 5000;
// All time-outs together, grown to their longest, take a quarter of it.
constexpr std::uint64_t end_ms = 240'000;

consensus::BlockHash hash_of(std::uint64_t number) {
  consensus::BlockHash hash;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    hash.data[i] = static_cast<std::uint8_t>(number >> 8 * i);
  }
  return hash;
}

std::uint64_t number_of(consensus::BlockHash const& hash) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number |= std::uint64_t{hash.data[i]} << 8 * i;
  return number;
}

consensus::BlockRef root() {
  return {.view = {}, .height = {}, .block = hash_of(~std::uint64_t{0})};
}

consensus::ValidatorIndex index(std::size_t validator) {
  return consensus::ValidatorIndex{static_cast<std::uint8_t>(validator)};
}

consensus::ValidatorSet set_of(std::size_t validators) {
  std::vector<consensus::PublicKey> keys(validators);
  for (std::size_t i = 0; i < validators; ++i) keys[i].data[0] = static_cast<std::uint8_t>(i);
  auto set = consensus::ValidatorSet::from(std::move(keys));
  CHECK(set.has_value());
  return *std::move(set);
}

std::vector<bool> honest_of(TwinWorld::Options const& options) {
  std::vector<bool> honest(options.validators, true);
  for (auto const twinned : options.twinned) honest[twinned] = false;
  return honest;
}

}  // namespace

TwinWorld::TwinWorld(Options const& options)
    : divided_views_{options.divided_views}, oracle_{honest_of(options), root().block} {
  auto const set = set_of(options.validators);
  auto const add = [&](std::size_t validator, bool twinned) {
    auto const config = consensus::Config{.epoch = {},
                                          .self = index(validator),
                                          .validators = set,
                                          .root = root(),
                                          .timing = {.retry_ms = retry_ms}};
    instances_.push_back({.validator = validator,
                          .twinned = twinned,
                          .config = config,
                          .state = consensus::recover(config, {.final = root(),
                                                               .finalization = {},
                                                               .committed_height = {},
                                                               .committed_block = root().block,
                                                               .block_interval_ms = 0,
                                                               .grounds = {},
                                                               .own_votes = {}}),
                          .entered_ms = 0,
                          .timers = {},
                          .bodies = {},
                          .committed = {},
                          .head = root().block});
    at(0, instances_.size() - 1, consensus::Started{});
    at(0, instances_.size() - 1, consensus::Work{.transactions = true, .due = false});
  };
  for (auto const validator : options.twinned) {
    add(validator, true);
    add(validator, true);
  }
  for (std::size_t i = 0; i < options.validators; ++i) {
    if (honest_of(options)[i]) add(i, false);
  }
}

std::string TwinWorld::name_of(std::size_t instance) const {
  auto const& which = instances_[instance];
  return std::to_string(which.validator) + (which.twinned && instance % 2 == 1 ? "'" : "");
}

// ---- time ----

void TwinWorld::at(std::uint64_t wait_ms, std::size_t to, consensus::Input input) {
  events_.push_back({{now_ms_ + wait_ms, asked_++}, to, std::move(input)});
  std::ranges::push_heap(events_, later);
}

TwinWorld::Event TwinWorld::take_next() {
  auto first = events_.empty() ? When{.ms = ~std::uint64_t{0}, .number = 0} : events_.front().when;
  std::optional<std::pair<std::size_t, consensus::TimerId>> fires;
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    for (auto const& [timer, when] : instances_[i].timers) {
      if (when >= first) continue;
      first = when;
      fires = {i, timer};
    }
  }
  if (fires) {
    instances_[fires->first].timers.erase(fires->second);
    return {first, fires->first, consensus::TimerFired{.timer = fires->second}};
  }
  CHECK(!events_.empty());  // There is work all the time, so somebody has a timer.
  std::ranges::pop_heap(events_, later);
  auto event = std::move(events_.back());
  events_.pop_back();
  return event;
}

void TwinWorld::divide(Division division) {
  CHECK(waiting_.has_value());
  divisions_.push_back(division);
}

TwinWorld::Pause TwinWorld::run() {
  while (true) {
    if (!waiting_) {
      auto event = take_next();
      now_ms_ = event.when.ms;
      if (now_ms_ > end_ms) return Pause::stuck;
      auto& instance = instances_[event.to];
      auto const before = instance.state.current;
      waiting_ = {event.to, consensus::step(instance.config, instance.state, event.input)};
      ++steps_;
      if (instance.state.current != before) instance.entered_ms = now_ms_;
    }
    auto const view = instances_[waiting_->first].state.current.value();
    if (divisions_.size() < std::min<std::uint64_t>(view, divided_views_)) return Pause::undivided;
    auto const [which, output] = *std::exchange(waiting_, std::nullopt);
    obey(which, output);
    if (oracle_.violation()) return Pause::violated;
    if (!output.commit.empty() && all_are_final()) return Pause::over;
  }
}

bool TwinWorld::all_are_final() const {
  return std::ranges::all_of(instances_, [this](Instance const& instance) {
    return instance.twinned || instance.state.safety.floor().value() > divided_views_;
  });
}

bool TwinWorld::reaches(std::size_t from, std::size_t to) const {
  auto const view = instances_[from].state.current.value();
  if (view > divided_views_ || now_ms_ - instances_[from].entered_ms >= division_ms) return true;
  auto const sides = divisions_[view - 1];
  return (sides >> from & 1) == (sides >> to & 1);
}

// ---- what a step asks for ----

void TwinWorld::obey(std::size_t which, consensus::Output const& output) {
  auto& instance = instances_[which];
  for (auto const& statement : output.write) {
    auto const vote =
        Vote{.statement = statement, .voter = index(instance.validator), .signature = {}};
    oracle_.said(said(vote));
    at(0, which, Attestation::of(vote));
  }
  for (auto const& [to, speech] : output.send) {
    for (std::size_t i = 0; i < instances_.size(); ++i) {
      if (to.contains(index(instances_[i].validator)) && reaches(which, i)) say(which, i, speech);
    }
  }
  for (auto const& [timer, act, wait_ms] : output.timers) {
    if (act == consensus::TimerOrder::Act::cancel) {
      instance.timers.erase(timer);
    } else {
      instance.timers.insert_or_assign(timer, When{now_ms_ + wait_ms, asked_++});
    }
  }
  for (auto const& want : output.want) order(which, want);
  for (auto const& finalization : output.commit) commit(which, finalization);
}

void TwinWorld::say(std::size_t from, std::size_t to, consensus::Speech const& speech) {
  auto const voter = index(instances_[from].validator);
  if (auto const* own = std::get_if<consensus::OwnVote>(&speech)) {
    at(delay_ms, to,
       Attestation::of(Vote{.statement = own->statement, .voter = voter, .signature = {}}));
  } else if (auto const* vote = std::get_if<Vote>(&speech)) {
    at(delay_ms, to, Attestation::of(*vote));
  } else if (auto const* certificate = std::get_if<consensus::Certificate>(&speech)) {
    oracle_.certified(said(certificate->statement), signers_of(*certificate));
    at(delay_ms, to, Attestation::of(*certificate));
    at(delay_ms, to,
       consensus::Heard{.peer = voter, .statement = certificate->statement, .certificate = true});
  } else if (auto const* again = std::get_if<consensus::ProposalAgain>(&speech)) {
    propose(to, again->vote);
  } else {
    auto const& proposal = std::get<consensus::OwnProposal>(speech);
    for (auto const& aid : proposal.certificates) at(delay_ms, to, Attestation::of(aid));
    propose(to, Vote{.statement = proposal.statement, .voter = voter, .signature = {}});
  }
}

void TwinWorld::propose(std::size_t to, Vote const& vote) {
  auto const& block = content(vote.statement.block);
  instances_[to].bodies.push_back(block.block);
  at(delay_ms, to,
     Attestation::of(consensus::Proposal{.vote = vote,
                                         .parent_hash = block.parent,
                                         .proposer = block.proposer,
                                         .boundary = false,
                                         .form = consensus::Proposal::Form::sound}));
}

void TwinWorld::order(std::size_t which, consensus::Want const& want) {
  if (auto const* view = std::get_if<consensus::FetchView>(&want)) {
    for (std::size_t i = 0; i < instances_.size(); ++i) {
      if (index(instances_[i].validator) != view->from || !reaches(which, i)) continue;
      at(delay_ms, i,
         consensus::Asked{
             .peer = index(instances_[which].validator), .epoch = {}, .view = view->view});
    }
  } else if (auto const* body = std::get_if<consensus::FetchBody>(&want)) {
    fetch_body(which, *body);
  } else if (auto const* one = std::get_if<consensus::Build>(&want)) {
    build(which, *one);
  } else if (auto const* execute = std::get_if<consensus::Execute>(&want)) {
    at(0, which,
       consensus::Executed{.epoch = {},
                           .view = execute->view,
                           .block = execute->block,
                           .verdict = consensus::Verdict::valid});
  } else if (auto const* store = std::get_if<consensus::StoreBody>(&want)) {
    at(0, which, consensus::BodyDurable{.block = store->block});
  } else if (std::holds_alternative<consensus::Diverged>(want)) {
    oracle_.violate("instance " + name_of(which) + " diverges");
  }
}

// Twins build different blocks: what they were told of the people differs.
void TwinWorld::build(std::size_t which, consensus::Build const& order) {
  auto const proposer = index(instances_[which].validator);
  auto const seed = mix(number_of(order.parent.block) + order.view.value()) + which;
  auto const block = hash_of(mix(seed) | 1);
  if (std::ranges::find(contents_, block, &Content::block) == contents_.end()) {
    contents_.push_back({.block = block,
                         .parent = order.parent.block,
                         .height = order.parent.height.next(),
                         .proposer = proposer});
    oracle_.block({.hash = block,
                   .parent = order.parent.block,
                   .height = order.parent.height.next().value()});
  }
  instances_[which].bodies.push_back(block);
  at(0, which,
     consensus::Built{.epoch = {}, .view = order.view, .parent = order.parent, .block = block});
}

// Who lacks it, or is on the other side, does not answer.
void TwinWorld::fetch_body(std::size_t which, consensus::FetchBody const& want) {
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    if (index(instances_[i].validator) != want.from || !reaches(which, i)) continue;
    auto const& bodies = instances_[i].bodies;
    if (std::ranges::find(bodies, want.block) == bodies.end() || !reaches(i, which)) continue;
    instances_[which].bodies.push_back(want.block);
    at(2 * delay_ms, which, consensus::BodyHeld{.block = want.block});
    return;
  }
}

TwinWorld::Content const& TwinWorld::content(consensus::BlockHash const& block) const {
  auto const found = std::ranges::find(contents_, block, &Content::block);
  CHECK(found != contents_.end());
  return *found;
}

// Bodies of final blocks are found somewhere: how is catch-up's affair.
void TwinWorld::commit(std::size_t which, consensus::Certificate const& finalization) {
  auto& instance = instances_[which];
  std::vector<Content> path;
  for (auto block = finalization.statement.block; block != instance.head;) {
    auto const found = std::ranges::find(contents_, block, &Content::block);
    if (found == contents_.end() || found->height <= instance.committed) {
      return oracle_.violate("instance " + name_of(which) + " is to commit another branch");
    }
    path.push_back(*found);
    block = found->parent;
  }
  for (auto const& block : path | std::views::reverse) {
    instance.head = block.block;
    instance.committed = block.height;
    if (!instance.twinned) {
      oracle_.committed(
          instance.validator,
          {.hash = block.block, .parent = block.parent, .height = block.height.value()});
    }
    at(0, which,
       consensus::Committed{.height = block.height, .block = block.block, .block_interval_ms = 0});
  }
}

}  // namespace sim
