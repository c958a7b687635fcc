// A cluster in which some validators run twice: a twin has the key of its validator, and neither
// knows of the other, so together they do what an equivocator does, with the product's own code
// (Bano et al., "Twins: BFT systems made robust", 2021).
//
// For each view the instances are divided in two. What an instance says within the first
// `division_ms` after it has entered a view reaches those of its own side only; what it says
// later, or in a view above the last divided one, reaches all. So a case is a sequence of
// divisions, one per view, and every view ends.
//
// The core is the product's step(). Blocks, execution and disks are what it was told they are, and
// at once; nothing is drawn: equal divisions give equal runs.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "consensus/core/output.h"
#include "consensus/core/state.h"
#include "tests/sim/oracle.h"

namespace sim {

// The side of each instance, a bit each.
using Division = std::uint32_t;

class TwinWorld {
 public:
  struct Options {
    std::size_t validators = 4;
    std::vector<std::size_t> twinned;  // Each of them runs twice.
    std::size_t divided_views = 5;
  };
  enum class Pause : std::uint8_t {
    undivided,  // Somebody has entered a view that needs its division.
    over,       // All that are not twinned have a final block above the divided views.
    stuck,      // That has not come about in time.
    violated,
  };

  explicit TwinWorld(Options const& options);

  // Twins first: instances 2i and 2i + 1 are the validator twinned[i].
  std::size_t instances() const { return instances_.size(); }
  // The validator, with a prime if it is the second of its kind.
  std::string name_of(std::size_t instance) const;

  Pause run();
  // After Pause::undivided: what the next view looks like.
  void divide(Division division);

  std::vector<Division> const& divisions() const { return divisions_; }
  std::optional<std::string> const& violation() const { return oracle_.violation(); }
  std::uint64_t steps() const { return steps_; }

 private:
  // At equal times, in the order in which they were asked for.
  struct When {
    std::uint64_t ms = 0;
    std::uint64_t number = 0;
    auto operator<=>(When const&) const = default;
  };
  struct Instance {
    std::size_t validator = 0;
    bool twinned = false;
    consensus::Config config;
    consensus::State state;
    std::uint64_t entered_ms = 0;
    std::map<consensus::TimerId, When> timers;
    std::vector<consensus::BlockHash> bodies;
    consensus::Height committed{};
    consensus::BlockHash head{};
  };
  struct Event {
    When when;
    std::size_t to = 0;
    consensus::Input input;
  };
  struct Content {
    consensus::BlockHash block{};
    consensus::BlockHash parent{};
    consensus::Height height{};
    consensus::ValidatorIndex proposer{};
  };

  static bool later(Event const& a, Event const& b) { return a.when > b.when; }

  Event take_next();
  void at(std::uint64_t delay_ms, std::size_t to, consensus::Input input);
  bool reaches(std::size_t from, std::size_t to) const;
  bool all_are_final() const;
  Content const& content(consensus::BlockHash const& block) const;

  void obey(std::size_t which, consensus::Output const& output);
  void say(std::size_t from, std::size_t to, consensus::Speech const& speech);
  void propose(std::size_t to, consensus::Vote const& vote);
  void order(std::size_t which, consensus::Want const& want);
  void build(std::size_t which, consensus::Build const& order);
  void fetch_body(std::size_t which, consensus::FetchBody const& want);
  void commit(std::size_t which, consensus::Certificate const& finalization);

  std::size_t divided_views_;
  std::vector<Division> divisions_;
  std::vector<Instance> instances_;
  std::vector<Content> contents_;
  std::vector<Event> events_;  // A heap.
  // What waits for a division: the output of a step that entered its view.
  std::optional<std::pair<std::size_t, consensus::Output>> waiting_;
  Oracle oracle_;
  std::uint64_t now_ms_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace sim
