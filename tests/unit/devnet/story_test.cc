#include "devnet/story.h"

#include <gtest/gtest.h>

namespace devnet {
namespace {

Action only_action(std::string const& line) {
  auto const story = parse_story("story T\n" + line);
  EXPECT_TRUE(story.has_value()) << story.error();
  return story->steps.at(0).action;
}

TEST(Story, EveryKindOfLineIsRead) {
  auto const act = std::get<Act>(only_action("client: job post --title \"A b\" -> job"));
  EXPECT_EQ(act.person, "client");
  EXPECT_EQ(act.command, (std::vector<std::string>{"job", "post", "--title", "A b"}));
  EXPECT_EQ(act.name, "job");

  auto const fails = std::get<Fails>(only_action("talent fails NOT_YOUR_JOB: job close $job"));
  EXPECT_EQ(fails.reason, "NOT_YOUR_JOB");

  auto const sees = std::get<Sees>(only_action("client sees state = accepted: milestone show 1/0"));
  EXPECT_EQ(sees.path, "state");
  EXPECT_EQ(sees.value, "accepted");

  auto const waits = std::get<Waits>(only_action("client waits told = \"4 of 4\": dispute show 1"));
  EXPECT_EQ(waits.until.path, "told");
  EXPECT_EQ(waits.until.value, "4 of 4");

  auto const has = std::get<Has>(only_action("talent has +500.00 USD"));
  EXPECT_EQ(has.change, "+500.00");
  EXPECT_EQ(std::get<Has>(only_action("treasury has +50.00 USD")).holder, "treasury");

  EXPECT_EQ(std::get<TimePasses>(only_action("time passes 1d2h")).duration_ms, 93'600'000u);
  constexpr std::uint64_t hour_ms = 3'600'000;
  EXPECT_EQ(std::get<TimePassesUntil>(only_action("time passes until saturday")).in_week_ms,
            120 * hour_ms);
  EXPECT_EQ(std::get<TimePassesUntil>(only_action("time passes until monday 12:30")).in_week_ms,
            12 * hour_ms + hour_ms / 2);
  EXPECT_EQ(std::get<ValidatorFate>(only_action("validator 3 dies")).fate, Fate::dies);
  EXPECT_EQ(std::get<LinksDelay>(only_action("links delay 50")).delay_ms, 50u);
  EXPECT_EQ(std::get<PeopleAsk>(only_action("people ask validator 2")).validator, 2u);
  auto const file =
      std::get<FileChanges>(only_action("file $folder/a.json says \"6 USD\" instead of \"5 USD\""));
  EXPECT_EQ(file.file, "$folder/a.json");
  EXPECT_EQ(file.to, "6 USD");
  EXPECT_EQ(file.from, "5 USD");
  EXPECT_TRUE(std::holds_alternative<SupplyHolds>(only_action("supply holds")));
  EXPECT_TRUE(std::holds_alternative<NodesAgree>(only_action("nodes agree")));
  EXPECT_EQ(std::get<Say>(only_action("say two words")).text, "two words");
}

TEST(Story, ALineOfSeveralPeopleIsAStepForEachOfThem) {
  auto const story = parse_story("story T\nclient, talent , app fails NO: job show 1");
  ASSERT_TRUE(story.has_value()) << story.error();
  ASSERT_EQ(story->steps.size(), 3u);
  EXPECT_EQ(std::get<Fails>(story->steps[0].action).person, "client");
  EXPECT_EQ(std::get<Fails>(story->steps[1].action).person, "talent");
  EXPECT_EQ(std::get<Fails>(story->steps[2].action).person, "app");
}

TEST(Story, AWordThatSaysHasInACommandIsNotABalance) {
  auto const act = std::get<Act>(only_action("client: job post --title \"Who has time\""));
  EXPECT_EQ(act.command.back(), "Who has time");
  auto const sees = std::get<Sees>(only_action("client sees 0.what = \"she has it\": todo"));
  EXPECT_EQ(sees.value, "she has it");
}

TEST(Story, AWrongLineIsRefusedWithItsNumberAndWhatItShouldBe) {
  struct Row {
    char const* line;
    char const* says;
  };
  Row const rows[] = {
      {"somebody: job list", "no such line"},
      {"client job list", "a colon"},
      {"client, nobody: job list", "nobody's name: nobody"},
      {"client, : job list", "nobody's name"},
      {"client:", "a command"},
      {"client: job list ->", "one name"},
      {"client fails: job list", "expected PERSON"},
      {"client: say \"open", "not closed"},
      {"time passes soon", "duration"},
      {"time passes 99999d", "duration"},
      {"time passes until someday", "weekday"},
      {"time passes until monday noon", "time of day"},
      {"time passes until monday 24:00", "time of day"},
      {"time passes until monday 1200", "time of day"},
      {"time passes until", "duration"},
      {"validator three dies", "number"},
      {"validator 3 sings", "dies"},
      {"links delay much", "ms"},
      {"file a.json says nothing", "no such line"},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.line);
    auto const story = parse_story(std::string{"story T\n\n"} + row.line);
    ASSERT_FALSE(story.has_value());
    EXPECT_NE(story.error().find("line 3"), std::string::npos) << story.error();
    EXPECT_NE(story.error().find(row.says), std::string::npos) << story.error();
  }
  EXPECT_FALSE(parse_story("client: job list").has_value()) << "a story needs a title";
}

}  // namespace
}  // namespace devnet
