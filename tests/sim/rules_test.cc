// The rules that a range of seeds puts to work are those of consensus/README.md.

#include "tests/sim/rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "tests/sim/campaign.h"
#include "tests/sim/report.h"
#include "tests/sim/trace_words.h"
#include "tests/source/root.h"

namespace sim {
namespace {

std::set<std::string> watched() {
  std::set<std::string> numbers;
  for (std::size_t i = 0; i < rule_kinds; ++i) {
    auto const name = name_of(static_cast<Rule>(i));
    numbers.emplace(name.substr(0, name.find('.')));
  }
  return numbers;
}

TEST(SimRules, AreAllWatched) {
  std::set<std::string> expected;
  for (int i = 1; i <= 17; ++i) expected.insert("R" + std::to_string(i));
  for (int i = 1; i <= 5; ++i) expected.insert("S" + std::to_string(i));
  EXPECT_EQ(watched(), expected);
}

TEST(SimRules, AreInTheReadmeOfConsensus) {
  std::ifstream const file{testing_support::source_root() / "consensus/README.md"};
  std::stringstream text;
  text << file.rdbuf();
  for (auto const& rule : watched()) {
    auto const title = rule.starts_with('R') ? "**" + rule + " " : rule + " ";
    EXPECT_NE(text.str().find(title), std::string::npos) << rule;
  }
}

TEST(SimRules, NeverPutToWorkAreNamedOnceThereWereSeedsEnough) {
  CampaignReport report;
  report.seeds = seeds_for_every_rule;
  EXPECT_EQ(never_seen(report).size(), fault_kinds + set_change_kinds + rule_kinds);
  report.total.rules.add(Rule::r8_stale);
  EXPECT_EQ(never_seen(report).size(), fault_kinds + set_change_kinds + rule_kinds - 1);
  report.seeds = seeds_for_every_fault - 1;
  EXPECT_TRUE(never_seen(report).empty());
}

TEST(SimTraceWords, AreReadFromTheLinesOfARunner) {
  auto const* const line =
      "out write=[e=0 v=7 kind=nullify; e=0 v=6 kind=nullify] "
      "want=[build v=8 parent=[v=5 h=4 block=ab]; gossip_again]";
  auto const written = items_of(line, "write");
  ASSERT_EQ(written.size(), 2u);
  EXPECT_EQ(number_in(written[1], "v"), 6u);
  auto const wanted = items_of(line, "want");
  ASSERT_EQ(wanted.size(), 2u);
  EXPECT_EQ(wanted[1], "gossip_again");
  EXPECT_EQ(number_in(wanted[0], "h"), 4u);
  EXPECT_FALSE(number_in(wanted[0], "e"));
  EXPECT_TRUE(items_of(line, "send").empty());
}

}  // namespace
}  // namespace sim
