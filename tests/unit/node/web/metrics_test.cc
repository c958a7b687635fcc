#include "node/web/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace node::web {
namespace {

using labor::v1::GetConsensusResponse;
using labor::v1::GetNodeInfoResponse;
using testing::HasSubstr;
using testing::Not;

GetNodeInfoResponse info() {
  GetNodeInfoResponse info;
  info.set_version("0.1.0");
  info.set_height(41);
  info.set_block_time_ms(1'700'000'000'250);
  info.set_validator(true);
  info.set_final_transactions(7);
  for (auto const connected : {true, false, true}) info.add_peers()->set_connected(connected);
  auto& stage = *info.add_stages();
  stage.set_stage("execute");
  stage.set_cpu_us(1'500'000);
  return info;
}

GetConsensusResponse consensus() {
  GetConsensusResponse consensus;
  consensus.set_view(90);
  consensus.set_view_age_ms(1500);
  consensus.set_quorum(3);
  consensus.add_unsigned_votes();
  auto& here = *consensus.add_validators();
  here.set_name("alice");
  here.set_this_node(true);
  auto& there = *consensus.add_validators();
  there.set_name("b\"o\\b\nby");
  there.set_inactive(true);
  there.set_silent_views(12);
  for (auto const epoch : {4U, 5U}) {
    auto& conflict = *consensus.add_conflicts();
    conflict.set_name("mallory");
    conflict.set_epoch(epoch);
    conflict.set_noticed(epoch);
    conflict.set_evidence_sent(1);
    conflict.set_settled(epoch == 4);
  }
  return consensus;
}

// What a collector makes of a page: the type of each family, and its series in order.
struct Page {
  std::map<std::string, std::string> types;
  std::map<std::string, std::string> helps;
  std::vector<std::string> series;  // With labels.
};
Page read(std::string const& text) {
  Page page;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string mark;
    std::string kind;
    std::string name;
    if (line.starts_with("# ")) {
      words >> mark >> kind >> name;
      std::string rest;
      std::getline(words >> std::ws, rest);
      (kind == "TYPE" ? page.types : page.helps)[name] = rest;
    } else {
      page.series.push_back(line.substr(0, line.rfind(' ')));
    }
  }
  return page;
}

TEST(Metrics, SayWhatTheApiSays) {
  auto const sent = consensus();
  auto const text = metrics_page(info(), &sent);
  for (auto const* line : {
           "labor_build_info{version=\"0.1.0\"} 1\n",
           "labor_block_height 41\n",
           "labor_block_timestamp_seconds 1700000000.25\n",
           "labor_validating 1\n",
           "labor_final_transactions_total 7\n",
           "labor_peers 3\n",
           "labor_peers_connected 2\n",
           "labor_stage_cpu_seconds_total{stage=\"execute\"} 1.5\n",
           "labor_consensus_answers 1\n",
           "labor_view 90\n",
           "labor_view_age_seconds 1.5\n",
           "labor_unsigned_votes 1\n",
           "labor_validator_connected{validator=\"alice\"} 1\n",
           "labor_validator_inactive{validator=\"alice\"} 0\n",
           "labor_validator_silent_views{validator=\"b\\\"o\\\\b\\nby\"} 12\n",
           "labor_contradicting_votes_total{validator=\"mallory\",epoch=\"5\"} 5\n",
           "labor_evidence_open{validator=\"mallory\",epoch=\"4\"} 0\n",
           "labor_evidence_open{validator=\"mallory\",epoch=\"5\"} 1\n",
       }) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(Metrics, LeaveOutWhatTheSilentLoopWouldTell) {
  auto const text = metrics_page(info(), nullptr);
  EXPECT_THAT(text, HasSubstr("labor_consensus_answers 0\n"));
  EXPECT_THAT(text, HasSubstr("labor_block_height 41\n"));
  EXPECT_THAT(text, Not(HasSubstr("labor_view ")));
}

// https://prometheus.io/docs/practices/naming: what `promtool check metrics` asks for.
TEST(Metrics, HaveNamesUnitsAndHelpAsTheFieldHasThem) {
  auto const sent = consensus();
  auto const page = read(metrics_page(info(), &sent));
  EXPECT_GT(page.types.size(), 25U);
  for (auto const& [name, type] : page.types) {
    SCOPED_TRACE(name);
    EXPECT_TRUE(name.starts_with("labor_"));
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos);
    EXPECT_EQ(type == "counter", name.ends_with("_total")) << type;
    EXPECT_TRUE(type == "counter" || type == "gauge") << type;
    for (auto const* unit : {"_ms", "_us", "_kb"}) EXPECT_FALSE(name.ends_with(unit));
    ASSERT_TRUE(page.helps.contains(name));
    EXPECT_THAT(page.helps.at(name), testing::EndsWith("."));
  }
  auto const once = std::set<std::string>(page.series.begin(), page.series.end());
  EXPECT_EQ(once.size(), page.series.size()) << "a series is there twice";
}

}  // namespace
}  // namespace node::web
