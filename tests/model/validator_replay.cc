#include "tests/model/validator_replay.h"

#include <algorithm>
#include <array>

#include "consensus/certificate/attestation.h"
#include "consensus/core/leader.h"
#include "protocol/base/check.h"

namespace model {
namespace {

using namespace consensus;

// rules.qnt: members.
std::array<std::size_t, 4> members(Epoch epoch) {
  switch (epoch.value() % 3) {
    case 0:
      return {0, 1, 2, 3};
    case 1:
      return {1, 2, 3, 4};
    default:
      return {0, 2, 3, 4};
  }
}

PublicKey key_of(std::size_t who) {
  PublicKey key;
  key.data[0] = static_cast<std::uint8_t>(who);
  return key;
}

ValidatorSet set_of(Epoch epoch) {
  std::vector<PublicKey> keys;
  for (auto const who : members(epoch)) keys.push_back(key_of(who));
  auto const set = ValidatorSet::from(keys);
  CHECK(set.has_value());
  return *set;
}

Vote vote_of(ValidatorSet const& validators, std::size_t who, Statement const& statement) {
  auto const index = validators.index_of(key_of(who));
  CHECK(index.has_value());  // The model lets members alone be heard.
  return {.statement = statement, .voter = *index, .signature = {}};
}

// Nobody checks the signatures; the core wants as many as a quorum.
Verified<Certificate> certificate_of(ValidatorSet const& validators, Statement const& statement) {
  return Attestation::of(Certificate{.statement = statement,
                                     .signers = SignerSet::first(validators.quorum()),
                                     .signatures = std::vector<Signature>(validators.quorum())});
}

std::set<Statement> votes_in(std::map<View, OwnVotes> const& own) {
  std::set<Statement> all;
  for (auto const& [view, votes] : own) {
    for (auto const& said : {votes.notarize, votes.nullify, votes.finalize}) {
      if (said) all.insert(*said);
    }
  }
  return all;
}

std::set<Statement> certificates_in(Safety const& safety) {
  std::set<Statement> all;
  for (auto const& [view, held] : safety.notarizations()) all.insert(held.statement);
  for (auto const& [view, held] : safety.nullifications()) all.insert(held.statement);
  return all;
}

std::set<std::pair<std::size_t, Statement>> counted_in(State const& state, Epoch epoch) {
  std::set<std::pair<std::size_t, Statement>> all;
  auto const people = members(epoch);
  for (auto const& [view, round] : state.rounds) {
    for (auto const& [voter, ballots] : round.votes) {
      for (auto const& vote : {ballots.notarize, ballots.nullify, ballots.finalize}) {
        if (vote) all.emplace(people.at(voter.value()), vote->statement);
      }
    }
  }
  return all;
}

template <class Signed>
std::set<Statement> above(View floor, std::vector<Verified<Signed>> const& records) {
  std::set<Statement> all;
  for (auto const& record : records) {
    if (record->statement.view > floor) all.insert(record->statement);
  }
  return all;
}

bool is_sent(Output const& output, Statement const& statement) {
  return std::ranges::any_of(output.send, [&](Send const& send) {
    auto const* vote = std::get_if<OwnVote>(&send.speech);
    if (vote != nullptr) return vote->statement == statement;
    auto const* proposal = std::get_if<OwnProposal>(&send.speech);
    return proposal != nullptr && proposal->statement == statement;
  });
}

std::string view_of(View view) {
  return std::to_string(view.value());
}

}  // namespace

ValidatorReplay::ValidatorReplay(std::size_t who, std::uint64_t epoch_blocks)
    : who_{who},
      epoch_blocks_{epoch_blocks},
      config_{.epoch = {}, .self = {}, .validators = set_of(Epoch{0}), .root = {}, .timing = {}} {
  begin_epoch(Epoch{0}, {.view = {}, .height = {}, .block = hash_of(0)});
  trouble_ = drain({});
}

void ValidatorReplay::begin_epoch(Epoch epoch, BlockRef root) {
  root.view = View{0};
  config_.epoch = epoch;
  config_.validators = set_of(epoch);
  config_.self = config_.validators.index_of(key_of(who_));
  config_.root = root;
  disk_ = {.final = root, .finalization = std::nullopt, .grounds = {}, .votes = {}};
  start();
}

// There is always work: what the model does not have is time, and idle views are about time.
void ValidatorReplay::start() {
  orders_ = {};
  queue_.clear();
  state_ = recover(config_, {.final = disk_.final,
                             .finalization = disk_.finalization,
                             .committed_height = disk_.final.height,
                             .committed_block = disk_.final.block,
                             .block_interval_ms = 0,
                             .grounds = disk_.grounds,
                             .own_votes = disk_.votes});
  queue_.emplace_back(Started{});
  queue_.emplace_back(Work{.transactions = true, .due = false});
}

Difference ValidatorReplay::does(Deed const& deed, Headers const& headers, Validator const& model) {
  spoken_.clear();
  if (trouble_) return trouble_;
  if (auto difference = give(deed, headers)) return difference;
  return compare(model);
}

Difference ValidatorReplay::give(Deed const& deed, Headers const& headers) {
  auto const block = hash_of(deed.block);
  if (deed.act == "crash") {
    state_.reset();
    return std::nullopt;
  }
  if (deed.act == "restart") {
    start();
    return drain(headers);
  }
  if (!state_) return "the model gives an input to a validator that is down";
  if (deed.act == "propose") return build(deed, headers);
  if (deed.act == "receive") {
    auto const& header = headers.at(deed.block);
    auto const proposer = config_.validators.index_of(key_of(header.by));
    auto const boundary = header.height == (config_.epoch.value() + 1) * epoch_blocks_;
    return feed(Attestation::of(Proposal{.vote = vote_of(config_.validators, deed.by, deed.says),
                                         .parent_hash = hash_of(header.parent),
                                         .proposer = proposer.value_or(ValidatorIndex{}),
                                         .boundary = boundary,
                                         .form = Proposal::Form::sound}),
                headers);
  }
  if (deed.act == "hear") {
    return feed(Attestation::of(vote_of(config_.validators, deed.by, deed.says)), headers);
  }
  if (deed.act == "take") return feed(certificate_of(config_.validators, deed.says), headers);
  if (deed.act == "fetch") {
    if (orders_.bodies.erase(block) == 0) return "the body was not asked for";
    return feed(BodyHeld{.block = block}, headers);
  }
  if (deed.act == "store") {
    if (orders_.stores.erase(block) == 0) return "storing the body was not ordered";
    return feed(BodyDurable{.block = block}, headers);
  }
  if (deed.act == "execute") return execute(deed.block, headers);
  if (deed.act == "time_out") return expire(TimerKind::advance);
  if (deed.act == "say_again") return expire(TimerKind::retry);
  return "the replay knows no action " + deed.act;
}

Difference ValidatorReplay::expire(TimerKind kind) {
  auto const timer = TimerId{.kind = kind, .view = state_->current};
  if (orders_.timers.erase(timer) == 0) return "the timer is not armed";
  return feed(TimerFired{.timer = timer}, {});
}

Difference ValidatorReplay::build(Deed const& deed, Headers const& headers) {
  auto const& order = orders_.build;
  if (!order || order->view != state_->current) return "no block was ordered of the leader";
  auto const again = hash_of(deed.block) == order->parent.block;
  if (order->parent.view != deed.says.parent_view) {
    return "the block was ordered on view " + view_of(order->parent.view);
  }
  if (!again && hash_of(headers.at(deed.block).parent) != order->parent.block) {
    return "the block was ordered on another parent";
  }
  return feed(Built{.epoch = config_.epoch,
                    .view = order->view,
                    .parent = order->parent,
                    .block = hash_of(deed.block)},
              headers);
}

Difference ValidatorReplay::execute(BlockNumber block, Headers const& headers) {
  auto const ordered = orders_.executions.find(hash_of(block));
  if (ordered == orders_.executions.end()) return "execution was not ordered";
  auto const order = ordered->second;
  orders_.executions.erase(ordered);
  auto const& header = headers.at(block);
  if (order.parent != hash_of(header.parent)) return "execution was ordered on another parent";
  return feed(Executed{.epoch = config_.epoch,
                       .view = order.view,
                       .block = order.block,
                       .verdict = header.valid ? Verdict::valid : Verdict::invalid},
              headers);
}

Difference ValidatorReplay::feed(Input const& input, Headers const& headers) {
  queue_.push_back(input);
  return drain(headers);
}

// Own votes come back as inputs, and final blocks are committed at once.
Difference ValidatorReplay::drain(Headers const& headers) {
  while (!queue_.empty()) {
    auto const next = queue_.front();
    queue_.pop_front();
    auto const output = step(config_, *state_, next);
    if (auto difference = obey(output)) return difference;
    for (auto const& finalization : output.commit) commit(finalization, headers);
  }
  return std::nullopt;
}

Difference ValidatorReplay::obey(Output const& output) {
  for (auto const& ground : output.grounds) disk_.grounds.push_back(Attestation::of(ground));
  for (auto const& statement : output.write) {
    auto const vote = Attestation::of(vote_of(config_.validators, who_, statement));
    disk_.votes.push_back(vote);
    spoken_.insert(statement);
    queue_.emplace_back(vote);
    if (!is_sent(output, statement)) return "a vote is written and not sent";
  }
  for (auto const& [timer, act, delay_ms] : output.timers) {
    if (act == TimerOrder::Act::arm) {
      orders_.timers.insert(timer);
    } else {
      orders_.timers.erase(timer);
    }
  }
  for (auto const& want : output.want) {
    if (std::holds_alternative<Diverged>(want)) return "it says that the chain has split";
    order(want);
  }
  return std::nullopt;
}

void ValidatorReplay::order(Want const& want) {
  if (auto const* body = std::get_if<FetchBody>(&want)) orders_.bodies.insert(body->block);
  if (auto const* store = std::get_if<StoreBody>(&want)) orders_.stores.insert(store->block);
  if (auto const* one = std::get_if<Execute>(&want)) orders_.executions[one->block] = *one;
  if (auto const* one = std::get_if<Build>(&want)) orders_.build = *one;
}

void ValidatorReplay::commit(Certificate const& finalization, Headers const& headers) {
  auto const& said = finalization.statement;
  disk_.final = {.view = said.view, .height = said.height, .block = said.block};
  disk_.finalization = finalization;
  if (said.height.value() == (config_.epoch.value() + 1) * epoch_blocks_) {
    begin_epoch(config_.epoch.next(), disk_.final);
    return;
  }
  CHECK(std::ranges::any_of(headers, [&](auto const& entry) {
    return hash_of(entry.first) == said.block && entry.second.height == said.height.value();
  }));
  queue_.emplace_front(
      Committed{.height = said.height, .block = said.block, .block_interval_ms = 0});
}

Difference ValidatorReplay::compare(Validator const& model) const {
  if (model.up != state_.has_value()) return "only one of the two is up";
  if (model.epoch != config_.epoch)
    return "it is in epoch " + std::to_string(config_.epoch.value());
  if (model.journal != above(model.final.view, disk_.votes)) return "the journal's votes differ";
  if (model.grounds != above(model.final.view, disk_.grounds)) return "the votes' grounds differ";
  if (model.final != disk_.final) return "it holds view " + view_of(disk_.final.view) + " final";
  if (model.spoken != spoken_) {
    return "it says " + std::to_string(spoken_.size()) + " votes where the model says " +
           std::to_string(model.spoken.size()) + ", or others";
  }
  if (!model.up) return std::nullopt;
  auto const& safety = state_->safety;
  if (model.view != state_->current) return "it is in view " + view_of(state_->current);
  if (model.final != safety.final()) return "it holds view " + view_of(safety.floor()) + " final";
  if (model.own != votes_in(safety.own())) return "its own votes differ";
  if (model.certificates != certificates_in(safety)) return "its certificates differ";
  if (model.votes != counted_in(*state_, config_.epoch)) return "the votes it counts differ";
  return std::nullopt;
}

}  // namespace model
