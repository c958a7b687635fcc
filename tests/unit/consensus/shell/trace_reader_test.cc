// A trace is read back as it was written, and whatever else there is in its place is refused.

#include "consensus/shell/trace_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "consensus/core/step.h"
#include "consensus/shell/trace_replay.h"
#include "tests/support/consensus_words.h"
#include "tests/support/prng.h"

namespace consensus {
namespace {

using namespace words;

Start with_journal() {
  auto const config = config_of(4, 1);
  return {.config = config,
          .recovered = {.final = {.view = View{2}, .height = Height{1}, .block = block('A')},
                        .finalization = *certificate(finalize(2, 'A')),
                        .committed_height = Height{1},
                        .committed_block = block('A'),
                        .block_interval_ms = 250,
                        .grounds = {certificate(nullify(3)), certificate(notarize(4, 'B', {2, 2}))},
                        .own_votes = {vote(1, nullify(3)), vote(1, finalize(4, 'B', {2, 2}))}}};
}

// Of each kind, in each of its forms.
std::vector<Input> inputs() {
  auto const in_view = BlockRef{.view = View{2}, .height = Height{1}, .block = block('A')};
  return {Started{},
          proposal(5, 'C', {4, 3}, 'B'),
          proposal(6, 'C', {4, 3}, 'B', Proposal::Form::stale),
          proposal_again(7, 'D', {4, 3}, 2),
          vote(3, notarize(5, 'C', {4, 3})),
          vote(0, nullify(5)),
          certificate(finalize(5, 'C', {4, 3})),
          fired(TimerKind::leader, 5),
          fired(TimerKind::standstill),
          Built{.epoch = {}, .view = View{5}, .parent = in_view, .block = block('C')},
          Built{.epoch = {}, .view = View{5}, .parent = in_view, .block = std::nullopt},
          executed(5, 'C'),
          executed(5, 'C', Verdict::abandoned),
          BodyHeld{.block = block('C')},
          BodyDurable{.block = block('C')},
          Committed{.height = Height{2}, .block = block('B'), .block_interval_ms = 1},
          Work{.transactions = true, .due = false},
          Heard{.peer = validator(2), .statement = nullify(9), .certificate = true},
          Heard{.peer = validator(2), .statement = notarize(9, 'E', {8, 3}), .certificate = false},
          Connected{.peer = validator(3)},
          Asked{.peer = validator(0), .epoch = Epoch{0}, .view = View{4}}};
}

std::string refusal(std::string_view line, Config const& config) {
  auto const read = read_trace(line, &config);
  return read ? "read" : std::string{explain(read.error())};
}

TEST(TraceReader, ReadsWhatARunnerStartsFrom) {
  auto const start = with_journal();
  auto const line = describe(start);
  auto const read = read_trace(line, nullptr);
  ASSERT_TRUE(read) << explain(read.error());
  auto const& found = std::get<Start>(*read);
  EXPECT_EQ(found.config, start.config);
  EXPECT_EQ(recover(found.config, found.recovered), recover(start.config, start.recovered));
}

TEST(TraceReader, ReadsEveryKindOfInput) {
  auto const config = config_of(4, 1);
  std::vector<bool> seen(std::variant_size_v<Input>);
  for (auto const& input : inputs()) {
    seen[input.index()] = true;
    auto const line = describe(input);
    auto const read = read_trace(line, &config);
    ASSERT_TRUE(read) << line << ": " << explain(read.error());
    EXPECT_EQ(describe(std::get<Input>(*read)), line);
  }
  EXPECT_EQ(std::ranges::count(seen, false), 0) << "an input that no example has";
}

TEST(TraceReader, RefusesWhatNoNodeSays) {
  auto const config = config_of(4, 1);
  auto const hash = std::string(64, '4');
  struct Row {
    std::string line;
    TraceRefusal why;
  };
  Row const rows[] = {
      {"", TraceRefusal::unknown_kind},
      {"in ", TraceRefusal::unknown_kind},
      {"in dance v=1", TraceRefusal::unknown_kind},
      {"in started v=1", TraceRefusal::misspelt},
      {"in committed h=1 block=" + hash, TraceRefusal::misspelt},
      {"in committed h=-1 block=" + hash + " interval_ms=1", TraceRefusal::misspelt},
      {"in committed h=01 block=" + hash + " interval_ms=1", TraceRefusal::misspelt},
      {"in committed h=99999999999999999999 block=" + hash + " interval_ms=1",
       TraceRefusal::misspelt},
      {"in body_held block=44", TraceRefusal::misspelt},
      {"in executed e=0 v=1 block=" + hash + " verdict=fine", TraceRefusal::misspelt},
      {"in timer hold/3", TraceRefusal::not_the_cores},
      {"in vote e=1 v=3 kind=nullify voter=0", TraceRefusal::impossible_claim},
      {"in vote e=0 v=3 kind=nullify voter=4", TraceRefusal::impossible_claim},
      {"in vote e=0 v=3 kind=nullify voter=400", TraceRefusal::misspelt},
      {"in vote e=0 v=0 kind=nullify voter=0", TraceRefusal::impossible_claim},
      {"in certificate e=0 v=3 kind=nullify signers=0,1", TraceRefusal::impossible_claim},
      {"in certificate e=0 v=3 kind=nullify signers=0,1,7", TraceRefusal::impossible_claim},
      {"in certificate e=0 v=3 kind=nullify signers=2,1,0", TraceRefusal::misspelt},
      {"in connected peer=4", TraceRefusal::unknown_peer},
      {"start e=0 self=1", TraceRefusal::impossible_start},
  };
  for (auto const& [line, why] : rows) {
    EXPECT_EQ(refusal(line, config), explain(why)) << line;
  }
  EXPECT_EQ(read_trace("in started", nullptr).error(), TraceRefusal::before_start);
}

// What a lying log could make a replay do is to end in a refusal, whatever is changed in it.
TEST(TraceReader, NoChangeToATraceEndsAReplayInAnythingButARefusal) {
  constexpr std::uint64_t seed = 20261126;
  constexpr int rounds = 4000;
  SCOPED_TRACE("SEED=" + std::to_string(seed));
  sim::Prng prng{seed};
  auto const start = describe(with_journal());
  std::vector<std::string> lines{start};
  for (auto const& input : inputs()) lines.push_back(describe(input));
  std::size_t refused = 0;
  for (int round = 0; round < rounds; ++round) {
    TraceReplay replay;
    EXPECT_TRUE(replay.take(start));
    for (int i = 0; i < 8; ++i) {
      auto line = prng.pick(lines);
      for (auto changes = prng.between(0, 2); changes > 0; --changes) {
        auto const at = prng.below(line.size());
        auto const other = prng.pick(lines);
        switch (prng.below(3)) {
          case 0:
            line[at] = other[prng.below(other.size())];
            break;
          case 1:
            line.erase(at, prng.between(1, 9));
            break;
          default:
            line.insert(at, other.substr(prng.below(other.size()), prng.between(1, 9)));
        }
        if (line.empty()) break;
      }
      if (!replay.take(line)) ++refused;
    }
  }
  EXPECT_GT(refused, 0u);
}

TEST(TraceReplay, FollowsATraceAndObjectsWhereItIsChanged) {
  auto const start = with_journal();
  auto state = recover(start.config, start.recovered);
  auto const first = describe(Input{Started{}});
  auto const output = describe(step(start.config, state, Started{}));
  auto const second = describe(Input{vote(0, nullify(5))});

  TraceReplay replay;
  ASSERT_TRUE(replay.take(describe(start)));
  ASSERT_TRUE(replay.take(first));
  ASSERT_TRUE(replay.take(output));
  ASSERT_NE(replay.life(), nullptr);
  EXPECT_EQ(replay.life()->state, state);
  ASSERT_TRUE(replay.take(first));
  auto const left_out = replay.take(second);
  ASSERT_FALSE(left_out);
  EXPECT_TRUE(std::holds_alternative<TraceReplay::Difference>(left_out.error()));
  auto const uncalled_for = replay.take(output);
  ASSERT_FALSE(uncalled_for);
  EXPECT_EQ(std::get<TraceReplay::Difference>(uncalled_for.error()).computed, "");
}

TEST(TraceReplay, BeginsAgainWhereTheNodeDid) {
  auto const start = describe(with_journal());
  TraceReplay replay;
  ASSERT_TRUE(replay.take(start));
  ASSERT_TRUE(replay.take("in started"));
  EXPECT_TRUE(replay.take(start)) << "killed before it could write what it did";
  EXPECT_EQ(replay.starts(), 2u);
}

}  // namespace
}  // namespace consensus
