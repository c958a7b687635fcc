// A handful of cores that talk to each other over a network of whole milliseconds. Bodies are a
// table that all share, execution is immediate, the journal is a vector that a crash leaves.
//
// Says whether the rules, together, get anywhere and how fast; the whole runner under hostile
// weather is tests/sim.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "consensus/core/step.h"
#include "tests/support/prng.h"

namespace consensus {

class Cluster {
 public:
  struct Options {
    std::size_t validators = 4;
    std::uint64_t delay_ms = 10;
    std::uint64_t sync_ms = 0;  // Of a body.
    std::uint64_t loss_permille = 0;
    std::uint64_t jitter_ms = 0;
    std::uint64_t seed = 1;
    std::optional<Height> boundary{};  // The block of this height ends the epoch.
  };
  explicit Cluster(Options options);

  std::uint64_t now_ms() const { return now_ms_; }
  void run_for(std::uint64_t ms);
  // Runs until `done`, at most `ms`; whether it was.
  bool run_until(std::uint64_t ms, std::function<bool()> const& done);

  // A transaction in the pool of `node`, there at once, and at all others one delay later.
  void submit(std::size_t node, int transaction);
  void crash(std::size_t node);
  // From its journal and what it has committed.
  void restart(std::size_t node);
  // Messages for which this is true are lost.
  void cut(std::function<bool(std::size_t from, std::size_t to, Speech const&)> lost) {
    lost_ = std::move(lost);
  }
  void set_loss(std::uint64_t permille) { options_.loss_permille = permille; }
  void set_sync(std::uint64_t ms) { options_.sync_ms = ms; }
  // No node has the bodies of the blocks made so far, and none will get one.
  void lose_bodies();
  // From now on, this node says that what it executes is invalid.
  void refuse_blocks_of(std::size_t node, View view) { refused_.insert({node, view}); }

  State const& state(std::size_t node) const { return *nodes_.at(node).state; }
  bool up(std::size_t node) const { return nodes_.at(node).state.has_value(); }
  std::vector<BlockHash> const& chain(std::size_t node) const { return nodes_.at(node).chain; }
  bool committed(std::size_t node, int transaction) const;
  bool committed_everywhere(int transaction) const;
  bool diverged(std::size_t node) const { return nodes_.at(node).diverged; }
  // Blocks that all live nodes agree on, in the order of heights; an empty text if two differ.
  std::string disagreement() const;
  std::size_t messages() const { return messages_; }

 private:
  struct Content {
    BlockHash parent{};
    Height height{};
    ValidatorIndex proposer{};
    std::vector<int> transactions;
  };
  struct Node {
    Config config;
    std::optional<State> state;                  // Nothing while it is down.
    std::vector<Verified<Certificate>> grounds;  // With `votes`: the journal.
    std::vector<Verified<Vote>> votes;
    std::set<int> pool;
    std::vector<BlockHash> chain;  // Committed, from height 1.
    BlockRef final{};
    std::optional<Certificate> finalization;
    std::map<TimerId, std::uint64_t> timers;  // With the number of their arming.
    std::uint64_t life = 0;                   // Events of an earlier life are dropped.
    bool diverged = false;
  };
  struct Event {
    std::size_t node{};
    std::uint64_t life{};
    std::function<void()> act;
  };

  void at(std::uint64_t delay_ms, std::size_t node, std::function<void()> act);
  void feed(std::size_t node, Input const& input);
  void obey(std::size_t node, Output const& output);
  void deliver(std::size_t from, std::size_t to, Speech const& speech, Vote const* signed_vote);
  void receive(std::size_t from, std::size_t to, Speech const& speech, Vote const* signed_vote);
  Verified<Proposal> proposal(Vote const& vote) const;
  void order(std::size_t node, Want const& want);
  void build(std::size_t node, Build const& order);
  void commit(std::size_t node, Certificate const& finalization);
  void report_work(std::size_t node);
  std::vector<int> admissible(Node const& node, BlockHash parent) const;

  Options options_;
  sim::Prng prng_;
  std::uint64_t now_ms_ = 0;
  std::uint64_t armed_ = 0;
  std::multimap<std::uint64_t, Event> events_;
  std::vector<Node> nodes_;
  std::map<BlockHash, Content> contents_;
  std::set<std::pair<std::size_t, View>> refused_;
  std::set<BlockHash> bodies_lost_;
  std::function<bool(std::size_t, std::size_t, Speech const&)> lost_;
  std::size_t messages_ = 0;
};

}  // namespace consensus
