// A cluster, its weather and its people, for one seed.
//
//   storm    anything may fail, and only safety is asked for
//   core     a quorum of honest nodes is healed for good, the rest stays as bad as it was: the
//            core must finalize and be equal
//   calm     every honest node is healed: all must become equal, and what people sent be final

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/life.h"
#include "tests/sim/load.h"
#include "tests/sim/operators.h"
#include "tests/sim/seed_run.h"

namespace sim {

class World {
 public:
  explicit World(SeedOptions const& options);

  SeedReport run();

 private:
  enum class Phase : std::uint8_t { storm, core, calm };

  struct Node {
    std::unique_ptr<SimulatedDisk> disk;
    std::size_t number = 0;  // Of its known keys.
    crypto::SecretKey key;
    std::optional<crypto::SecretKey> next_key{};  // Registered, or on its way to be.
    std::size_t keys = 1;
    std::size_t journals_lost = 0;
    bool begins_journal = false;
    NodeClock clock;
    std::unique_ptr<Life> life;

    std::string journal_folder() const { return "journal" + std::to_string(journals_lost); }
    bool core = false;
    bool stays_down = false;
    bool spent = false;  // Its key: it observes.
    bool dead = false;   // Until all are healed.
  };

  static FaultRates draw_rates(SeedOptions const& options, Prng& prng);
  static std::vector<bool> draw_honest(SeedOptions const& options, SetPlan const& plan, Prng& prng);
  MakeDeviation deviation_of(std::size_t node) const;

  // Phases.
  void play();
  // Runs until `done`; a violation ends it too, and so does the time, with `otherwise`.
  void run_until(std::uint64_t limit_us, std::function<bool()> const& done,
                 std::string const& otherwise);
  void run_on();
  void enter(Phase phase);
  void heal_core();
  bool votes_in_latest(std::size_t node) const;
  void add_to_core(std::size_t node);
  // The set has changed under it.
  void complete_core();
  void heal_all();
  bool core_is_equal_at(std::uint64_t height) const;
  bool all_are_equal() const;
  std::string heights() const;

  // Weather.
  void skew_clocks();
  void boot(std::size_t node);
  void stop(std::size_t node, std::string const& why);
  void bury(std::size_t node);
  void connect_all();
  void connect(std::size_t a, std::size_t b);
  bool may_fail(std::size_t node) const;

  // Misfortunes.
  void schedule_misfortunes();
  // About once in `every_us`; 0: never.
  void schedule(std::uint64_t every_us, void (World::*strike)());
  std::size_t somebody();
  Life* victim(std::size_t node);
  void trouble_a_start(std::size_t node, Power& power);
  void crash_somebody();
  void cut_power(std::size_t node);
  void pause_somebody();
  void trouble_a_disk();
  void lose_a_journal();
  void partition();
  void divide(Network::Partition const& cut);
  void cut_at_a_change(std::size_t node);

  // People.
  void person_acts(std::size_t client, bool again);
  void became_final(protocol::Height height,
                    std::vector<execution::CheckedPtr> const& transactions);

  // Those who change the set: world_sets.cc.
  std::uint64_t now_ms() const;
  void operators_act();
  void send_pending(std::size_t account);
  void owner_acts(state::Reader const& state);
  void operator_acts(std::size_t node, state::Reader const& state);
  void rotate(std::size_t node, state::Reader const& state);
  void switch_key(std::size_t node);
  void days_pass(std::uint64_t ms);
  void kill_one_that_goes();
  void cut_one_off();
  bool others_have_rotated() const;
  void bring_back();
  std::size_t faulty() const;
  Life* furthest();
  std::uint64_t operators_see(state::Reader const& state);
  void set_changed(consensus::Epoch next);

  // The last checks.
  void check_replay();
  void check_work_was_done();

  SeedOptions options_;
  Prng prng_;
  FaultRates rates_;
  SetPlan plan_;
  FaultCounts faults_;
  RuleCounts rules_;
  EventQueue events_;
  Trace trace_;
  protocol::Chain chain_;
  Epochs epochs_;
  std::vector<bool> honest_;
  Oracle oracle_;
  LedgerOracle ledger_;
  Opener opener_;
  Network network_;
  Load load_;
  std::optional<Operators> operators_;
  std::vector<std::size_t> to_go_;
  std::optional<std::size_t> cut_off_;
  std::uint64_t absences_ = 0;
  SetChangeCounts set_changes_;
  std::uint64_t leapt_ms_ = 0;
  Surroundings around_;
  std::vector<Node> nodes_;
  Phase phase_ = Phase::storm;
  Prng misfortune_prng_;
  std::uint64_t misfortunes_ = 0;
  std::uint64_t stops_ = 0;
  bool people_rest_ = false;
  std::uint64_t crashes_ = 0;
  std::uint64_t commits_ = 0;
  std::uint64_t transactions_ = 0;
  std::uint64_t highest_final_ = 0;
  consensus::Epoch told_epoch_{};  // Whose set the oracle knows.
};

}  // namespace sim
