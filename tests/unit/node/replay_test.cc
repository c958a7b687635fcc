// `labord replay` over logs as a node writes them, and over what is none.

#include "node/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "consensus/core/step.h"
#include "consensus/shell/trace.h"
#include "tests/support/consensus_words.h"

namespace node {
namespace {

using namespace consensus::words;
using consensus::Input;
using testing::HasSubstr;
using testing::StartsWith;

// The log of validator 1 of four, from its first start on.
class LogOf {
 public:
  LogOf() {
    add("info", "ready");
    add("trace", describe(consensus::Start{
                     .config = config_,
                     .recovered = {.final = config_.root, .committed_block = config_.root.block}}));
  }

  // NOLINTNEXTLINE(misc-no-recursion): a vote of its own orders no further vote.
  void tell(Input const& input) {
    add("trace", describe(input));
    auto const output = step(config_, state_, input);
    if (output == consensus::Output{}) return;
    add("trace", describe(output));
    for (auto const& said : output.write) tell(vote(1, said));
  }
  void add(std::string_view level, std::string_view text) {
    text_ += "2026-11-25T14:02:1" + std::to_string(second_++ % 10) + ".250Z ";
    text_ += std::string{level} + " " + std::string{text} + "\n";
  }
  std::string& text() { return text_; }

 private:
  consensus::Config config_ = config_of(4, 1);
  consensus::State state_ =
      recover(config_, {.final = config_.root, .committed_block = config_.root.block});
  std::uint64_t second_ = 0;
  std::string text_;
};

LogOf of_one_view() {
  LogOf log;
  log.tell(consensus::Started{});
  log.tell(consensus::Work{.transactions = true, .due = false});
  log.add("info", "peer validator-3: our stream is open");
  log.tell(vote(0, nullify(1)));
  log.tell(vote(2, nullify(1)));
  log.tell(fired(consensus::TimerKind::advance, 1));
  return log;
}

struct Replayed {
  ExitCode code = ExitCode::ok;
  std::string said;
};

Replayed replayed(std::string const& log, ReplayOptions const& options = {}) {
  Replayed result;
  std::istringstream in{log};
  auto const done = replay(options, in, [&](std::string const& text) -> OrExit<void> {
    result.said += text;
    return {};
  });
  if (!done) result = {.code = done.error().code, .said = done.error().message};
  return result;
}

TEST(ReplayOfALog, SaysHowMuchDidWhatTheLogSays) {
  auto const result = replayed(of_one_view().text());
  EXPECT_EQ(result.code, ExitCode::ok);
  EXPECT_EQ(result.said, "6 inputs of 1 starts replayed, each with the output in the log\n");
}

TEST(ReplayOfALog, ExplainsEachTimeWhatIsWaitedForChanges) {
  auto const result = replayed(of_one_view().text(), {.log = {}, .explain = true, .at = {}});
  EXPECT_THAT(result.said, StartsWith("2026-11-25T14:02:11.250Z epoch 0 view 1: "));
  EXPECT_THAT(result.said, HasSubstr("\n2026-11-25T14:02:1"));
  EXPECT_THAT(result.said, HasSubstr("epoch 0 view 2: waiting for a proposal from validator 2"));
}

TEST(ReplayOfALog, ShowsAViewAsItWasLast) {
  auto const result = replayed(of_one_view().text(), {.log = {}, .explain = false, .at = "0/1"});
  EXPECT_EQ(result.code, ExitCode::ok);
  EXPECT_THAT(result.said, HasSubstr("1 of epoch 0, entered"));
  EXPECT_THAT(result.said, HasSubstr("view 1 NULLIFY: 2 of 3: validator 0"));
}

TEST(ReplayOfALog, RefusesWhatItCannotShow) {
  auto const text = of_one_view().text();
  for (auto const* const at : {"0", "0/", "/1", "0/1x", "a/1", "0/7"}) {
    EXPECT_EQ(replayed(text, {.log = {}, .explain = false, .at = at}).code, ExitCode::usage) << at;
  }
  EXPECT_THAT(replayed("2026-11-25T14:02:11.250Z info ready\n").said,
              HasSubstr("level = \"trace\""));
  auto const missing = replay({.log = "/nowhere/at/all", .explain = false, .at = {}},
                              [](std::string const&) -> OrExit<void> { return {}; });
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("/nowhere/at/all"));
}

TEST(ReplayOfALog, NamesTheLineThatDoesNotFollowAndBothOutputs) {
  auto text = of_one_view().text();
  auto const at = text.find("write=[e=0 v=1 kind=nullify]");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 28, "write=[e=0 v=2 kind=nullify]");
  auto const result = replayed(text);
  EXPECT_EQ(result.code, ExitCode::damaged);
  EXPECT_THAT(result.said, StartsWith("line "));
  EXPECT_THAT(result.said, HasSubstr("the log   out write=[e=0 v=2 kind=nullify]"));
  EXPECT_THAT(result.said, HasSubstr("computed  out write=[e=0 v=1 kind=nullify]"));
}

TEST(ReplayOfALog, PassesOverABeginningThatWasCutAndAnEndThatWasCutOff) {
  auto text = of_one_view().text();
  text = "2026-11-25T14:02:10.000Z trace in timer retry/9\n" + text +
         "2026-11-25T14:03:00.000Z trace in vote e=0 v=2 ki";
  EXPECT_THAT(replayed(text).said, HasSubstr("; 1 lines before the first start passed over"));
}

TEST(ReplayOfALog, RefusesALineWithoutAnEndWithoutReadingItWhole) {
  auto const text = of_one_view().text() + std::string(replay_line_bytes_max + 1, 'x') + "\n";
  EXPECT_THAT(replayed(text).said, HasSubstr("longer than any trace"));
}

}  // namespace
}  // namespace node
