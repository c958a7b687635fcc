// Drives a machine's own table: every row must have a case here, every case fires its row, and is
// refused for who, time, state and guard. A row added without a case fails.

#pragma once

#include <gtest/gtest.h>
#include <labor/v1/status.pb.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/failure.h"
#include "protocol/execution/machine.h"
#include "tests/support/real_time.h"
#include "tests/support/work_scene.h"

namespace testing_support {

using Arrange = std::function<void(WorkScene&)>;
using Run = std::function<labor::v1::TxStatus(WorkScene&, protocol::Address const&)>;

// Who acts, by the scene's name for them.
using Role = protocol::Address const WorkScene::*;

// Somebody who may not, and what they hear.
struct Stranger {
  Role who;
  labor::v1::TxStatus status;
};

// What makes the guard refuse: an arrangement on top of the case's own, or another way to act.
struct Broken {
  std::string_view what;
  Arrange arrange;
  labor::v1::TxStatus status;
  Run run{};
};

// States are the numbers of the record's enum.
struct RowCase {
  std::string_view act;
  int from = 0;
  int to = 0;
  std::string_view by;  // As in the row: rows may differ in it alone.
  Arrange arrange;      // Brings the record into `from`, where the guard holds.
  // Acts as somebody; a clock's or a follower's case does what sets it off.
  Run run;
  Role who = nullptr;
  std::vector<Stranger> strangers{};
  std::vector<Broken> broken{};
  std::optional<int> at_last{};  // Where another row follows in the same step.
};

// What the test knows of the record under the table.
struct Watched {
  std::function<int(WorkScene const&)> state;  // 0 when it is not there.
  std::function<std::optional<std::uint64_t>(WorkScene const&)> deadline;
};

template <class Subject, class State>
class TableCoverage {
 public:
  using Machine = execution::Machine<Subject, State>;
  using Case = RowCase;
  using Row = typename Machine::RowType;

  TableCoverage(Machine const& machine, Watched watched, std::vector<Case> cases)
      : machine_{machine}, watched_{std::move(watched)}, cases_{std::move(cases)} {}

  void check_all() const {
    std::size_t fired = 0;
    for (auto const& row : machine_.rows) {
      SCOPED_TRACE(name_of(row));
      auto const* known = case_of(row);
      ASSERT_NE(known, nullptr) << "a row without a test";
      fires(row, *known);
      refuses_strangers(row, *known);
      refuses_late(row, *known);
      refuses_broken(row, *known);
      waits_for_its_time(row, *known);
      survives_an_outage(row, *known);
      ++fired;
    }
    EXPECT_EQ(fired, cases_.size()) << "a test without a row";
    refuses_other_states();
  }

 private:
  std::string name_of(Row const& row) const {
    return machine_.cause(row.act) + " from " + std::to_string(row.from) + " to " +
           std::to_string(row.to) + " by " + std::string{row.who.words};
  }

  Case const* case_of(Row const& row) const {
    for (auto const& known : cases_) {
      auto const same = known.act == row.act && known.from == row.from && known.to == row.to;
      if (same && known.by == row.who.words) return &known;
    }
    return nullptr;
  }

  protocol::Address actor(WorkScene const& scene, Case const& known) const {
    return known.who == nullptr ? protocol::Address{} : scene.*known.who;
  }

  void expect_state(WorkScene const& scene, int state) const {
    EXPECT_EQ(watched_.state(scene), state);
  }

  void fires(Row const& row, Case const& known) const {
    WorkScene scene;
    known.arrange(scene);
    expect_state(scene, row.from);
    scene.forget_events();
    auto const status = known.run(scene, actor(scene, known));
    EXPECT_EQ(status, labor::v1::TX_STATUS_OK) << execution::reason_of(status);
    expect_state(scene, known.at_last.value_or(row.to));
    EXPECT_TRUE(scene.saw(machine_.cause(row.act)));
  }

  void refuses_strangers(Row const& row, Case const& known) const {
    if (row.who.check == nullptr) return;
    EXPECT_FALSE(known.strangers.empty()) << "nobody tries to act in another's place";
    for (auto const& [who, expected] : known.strangers) {
      WorkScene scene;
      known.arrange(scene);
      refused(scene, row, known.run(scene, scene.*who), expected);
    }
  }

  // At the deadline a message is late although the block has fired nothing; a moment before, not.
  void refuses_late(Row const& row, Case const& known) const {
    if (row.trigger != execution::Trigger::message || row.from == State{}) return;
    WorkScene at;
    known.arrange(at);
    auto const deadline = watched_.deadline(at);
    if (!deadline) return;
    at.set_time(*deadline);
    refused(at, row, known.run(at, actor(at, known)), labor::v1::TX_STATUS_DEADLINE_PASSED);
    at.set_time(*deadline + 1);
    refused(at, row, known.run(at, actor(at, known)), labor::v1::TX_STATUS_DEADLINE_PASSED);
    WorkScene before;
    known.arrange(before);
    before.set_time(*deadline - 1);
    EXPECT_EQ(known.run(before, actor(before, known)), labor::v1::TX_STATUS_OK);
  }

  void refuses_broken(Row const& row, Case const& known) const {
    if (row.guard.check == nullptr || row.trigger == execution::Trigger::clock) return;
    EXPECT_FALSE(known.broken.empty()) << "nothing breaks the guard";
    for (auto const& broken : known.broken) {
      SCOPED_TRACE(broken.what);
      WorkScene scene;
      known.arrange(scene);
      if (broken.arrange) broken.arrange(scene);
      scene.forget_events();
      auto const& run = broken.run ? broken.run : known.run;
      EXPECT_EQ(run(scene, actor(scene, known)), broken.status);
      EXPECT_FALSE(scene.saw(machine_.cause(row.act)));
    }
  }

  // A clock fires at its time and after it, not before.
  void waits_for_its_time(Row const& row, Case const& known) const {
    if (row.trigger != execution::Trigger::clock) return;
    for (auto const late : {0, 1}) {
      WorkScene scene;
      known.arrange(scene);
      auto const deadline = watched_.deadline(scene);
      ASSERT_TRUE(deadline.has_value());
      scene.set_time(*deadline - 1);
      scene.fire_due();
      expect_state(scene, row.from);
      scene.forget_events();
      scene.set_time(*deadline + static_cast<std::uint64_t>(late));
      scene.fire_due();
      expect_state(scene, known.at_last.value_or(row.to));
      EXPECT_TRUE(scene.saw(machine_.cause(row.act)));
    }
  }

  // Three days without a block, in the middle of a clock: it fires three days later and no sooner,
  // and until then whoever had time has it.
  void survives_an_outage(Row const& row, Case const& known) const {
    if (row.trigger == execution::Trigger::follow || row.from == State{}) return;
    constexpr std::uint64_t a_second = 1000;
    SCOPED_TRACE("an outage");
    WorkScene scene;
    known.arrange(scene);
    auto const deadline = watched_.deadline(scene);
    if (!deadline) return;
    auto const middle = scene.now_ms() + (*deadline - scene.now_ms()) / 2;
    scene.set_time(middle);
    scene.block_after(outage_of_three_days_ms);
    expect_state(scene, row.from);
    EXPECT_EQ(watched_.deadline(scene), deadline);
    EXPECT_EQ(scene.now_ms(), middle) << "it has taken somebody's time";

    scene.set_time(*deadline - 2 * a_second);
    scene.block_after(a_second);
    expect_state(scene, row.from);
    if (row.trigger == execution::Trigger::message) {
      EXPECT_EQ(known.run(scene, actor(scene, known)), labor::v1::TX_STATUS_OK);
      return;
    }
    scene.block_after(a_second);
    expect_state(scene, known.at_last.value_or(row.to));
    EXPECT_TRUE(scene.saw(machine_.cause(row.act)));
    EXPECT_EQ(execution::outages_ms(scene.state()), outage_of_three_days_ms);
    frees_all_money(scene);
  }

  // By time alone, longer than any clock.
  static void frees_all_money(WorkScene& scene) {
    for (int i = 0; i < 60; ++i) {
      scene.wait(10 * day_ms);
      scene.fire_due();
    }
    EXPECT_EQ(scene.held(), 0u);
  }

  void refused(WorkScene& scene, Row const& row, labor::v1::TxStatus status,
               labor::v1::TxStatus expected) const {
    EXPECT_EQ(status, expected) << execution::reason_of(status);
    expect_state(scene, row.from);
  }

  // Every act from every state that no row leads it from.
  void refuses_other_states() const {
    std::set<std::pair<std::string_view, int>> tried;
    for (auto const& known : cases_) {
      if (known.who == nullptr || known.from == 0) continue;
      for (auto const& other : cases_) {
        for (auto const state : {other.from, other.to}) {
          auto const reached = state == other.from || !other.at_last;
          if (state == 0 || !reached || leads(known.act, state)) continue;
          if (!tried.emplace(known.act, state).second) continue;
          SCOPED_TRACE(machine_.cause(known.act) + " from " + std::to_string(state));
          WorkScene scene;
          other.arrange(scene);
          if (state == other.to) (void)other.run(scene, actor(scene, other));
          expect_state(scene, state);
          auto const wrong = machine_.wrong_state == nullptr
                                 ? labor::v1::TX_STATUS_WRONG_STATE
                                 : machine_.wrong_state(static_cast<State>(state));
          EXPECT_EQ(known.run(scene, actor(scene, known)), wrong);
          expect_state(scene, state);
        }
      }
    }
    EXPECT_EQ(tried.empty(), states() == 1 || !people_act()) << "of one state there is no other";
  }

  // On a record that is there; else all that happens to it is the block's.
  bool people_act() const {
    for (auto const& row : machine_.rows) {
      if (row.trigger == execution::Trigger::message && row.from != State{}) return true;
    }
    return false;
  }

  std::size_t states() const {
    std::set<State> seen;
    for (auto const& row : machine_.rows) seen.insert({row.from, row.to});
    seen.erase(State{});
    return seen.size();
  }

  bool leads(std::string_view act, int from) const {
    for (auto const& row : machine_.rows) {
      if (row.act == act && row.from == from) return true;
    }
    return false;
  }

  Machine const& machine_;
  Watched watched_;
  std::vector<Case> cases_;
};

}  // namespace testing_support
