// Watches the runner of one honest node for the rules that it puts to work, from outside: the lines
// of its trace say what each step was given and what came of it, and between two lines its state
// can be read. Counts, and judges nothing.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consensus/core/step.h"
#include "tests/sim/rules.h"

namespace sim {

class RuleWatch {
 public:
  RuleWatch(consensus::Config config, RuleCounts& counts)
      : config_{std::move(config)}, counts_{counts} {}

  // What a start found on disk.
  void recovered(consensus::Recovered const& found, consensus::State const& state);
  // A line of the trace; `state` is the runner's at this moment.
  void line(std::string_view text, consensus::State const& state);
  // The turn is over: its last step has no line after it.
  void turned(consensus::State const& state);

  // What happens before the core: verification, and the shell's own timers and fetching.
  void refused(std::string_view why);
  void held() { counts_.add(Rule::r8_held); }
  void released() { counts_.add(Rule::r8_released); }
  void final_blocks_came() { counts_.add(Rule::r12_final_blocks_fetched); }
  void committed();

 private:
  // What a step may change, as it was before.
  struct Before {
    consensus::View current{};
    consensus::BlockRef final{};
    std::size_t notarized = 0;
    std::size_t nullified = 0;
    std::size_t conflicts = 0;
    std::uint64_t noticed = 0;  // Contradictions, repetitions included.
    std::uint32_t backoff_level = 0;
    bool timed_out = false;
    std::optional<consensus::Build> building{};
    consensus::SignerSet answered{};
    std::vector<std::uint32_t> silent_views{};
  };
  struct Step {
    std::string input{};   // "in ..."; empty: nothing to conclude.
    std::string output{};  // "out ...", or empty.
    Before before;

    bool given(std::string_view kind) const;
    bool learned(consensus::State const& after) const;
  };

  static Before look(consensus::State const& state);
  static std::uint64_t noticed(consensus::State const& state);
  void conclude(consensus::State const& after);
  void certificates(consensus::State const& after);
  void passing_on();
  void leading(consensus::State const& after);
  void waiting_to_lead(consensus::State const& after);
  void missing(consensus::State const& after);
  void work(consensus::State const& after);
  void timers(consensus::State const& after);
  void repeats(consensus::State const& after);
  void bounds(consensus::State const& after);
  void bodies(consensus::State const& after);

  // R8 and S1 to S5: rule_watch_votes.cc.
  void proposal(consensus::State const& after);
  void votes(consensus::State const& after);
  void notarized(consensus::Statement const& said, consensus::State const& after);
  void nullified(consensus::View view, consensus::State const& after);
  void nullified_for_proposal(consensus::State const& after);
  void finalized(consensus::View view, consensus::State const& after);
  void ask_for_forbidden(consensus::State const& after);
  void expect_refused(Rule rule, consensus::Safety const& safety,
                      consensus::Statement const& statement, consensus::SafetyRefusal why);

  bool leads(consensus::View view) const {
    return config_.self == config_.validators.leader(config_.epoch, view);
  }

  consensus::Config config_;
  RuleCounts& counts_;
  Step step_;
  consensus::View waited_in_{};  // Each view counts once.
};

}  // namespace sim
