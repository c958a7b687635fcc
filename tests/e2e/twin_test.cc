// A second node with a validator's home, as on a standby host that was set up from a copy: it has
// not the journal of what the first has signed since. So it contradicts it, and what the others
// hold against the two costs the validator its seat.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "devnet/ports.h"
#include "devnet/waiting.h"
#include "tests/e2e/changing_network.h"
#include "tests/support/http_get.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

// Five: with four the seat would wait for somebody to take it.
constexpr unsigned twin = 4;
std::vector<unsigned> const honest{0, 1, 2, 3};
constexpr auto name = "validator-4";

class Twin : public ChangingNetwork {
 protected:
  std::string consensus_of(unsigned number) const {
    return typed({labord(), "consensus", "--home", folder_of(number)});
  }
  std::string consensus_of_all() const {
    std::string all;
    for (auto const number : {0U, 1U, 2U, 3U, twin}) all += consensus_of(number) + "\n";
    return all;
  }
  // The chain is idle, in a view that `twin` leads: whatever comes next is in its block.
  bool leads_next() const {
    return std::ranges::all_of(std::vector<unsigned>{0, 1, 2, 3, twin}, [&](unsigned number) {
      auto const now = consensus_of(number);
      return now.find(fmt::format("leader {}\n", name)) != std::string::npos &&
             now.find("work       none\n") != std::string::npos;
    });
  }
  // Its vote for a block has come to the validator.
  bool has_notarized(unsigned seen_by) const {
    auto const now = consensus_of(seen_by);
    auto const poll = now.substr(std::min(now.find(" NOTARIZE height "), now.size()));
    return poll.substr(0, poll.find("missing")).find(name) != std::string::npos;
  }
  // What the validators hold against it.
  std::string noticed() const {
    std::string told;
    for (auto const number : honest) {
      if (!runs(number)) continue;
      auto const now = consensus_of(number);
      told += now.substr(std::min(now.find("conflicts"), now.size()));
    }
    return told;
  }
  // What a collector is told.
  std::string metrics_of(unsigned number) {
    return testing_support::http_get(network().validators()[number].web_port, "/metrics").body();
  }
  // A copy of its folder with addresses of its own, to which the others will speak in its place.
  fs::path copy_home() {
    auto const copy = home_ / "standby";
    fs::copy(folder_of(twin), copy, fs::copy_options::recursive);
    auto const ports = devnet::ports_free(3);
    EXPECT_TRUE(ports) << ports.error();
    standby_port_ = ports->at(1);
    set(copy, {{"api", "listen", fmt::format("127.0.0.1:{}", ports->at(0))},
               {"peer", "listen", fmt::format("127.0.0.1:{}", standby_port_)},
               {"web", "listen", fmt::format("127.0.0.1:{}", ports->at(2))}});
    return copy;
  }

  std::uint16_t standby_port_ = 0;
};

TEST_F(Twin, OfAValidatorFromACopyOfItsHomeIsCaughtByEvidenceAndCostsItTheSeat) {
  make({.validators = 5});
  start();
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] {
    if (leads_next()) return true;
    pay();
    return false;
  })) << consensus_of_all();
  ASSERT_TRUE(network().stop_validator(twin));
  auto const standby = copy_home();
  ASSERT_TRUE(network().start_validator(twin));
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return node(twin).info().has_value(); }));
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return leads_next(); })) << consensus_of(twin);

  // Three of five decide nothing, so what it proposes stays open; then its host is lost, and the
  // standby leads the same view.
  for (auto const number : {2U, 3U}) ASSERT_TRUE(network().kill_validator(number));
  pay();
  for (auto const number : {0U, 1U}) {
    ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return has_notarized(number); }))
        << consensus_of(number);
  }
  ASSERT_TRUE(network().kill_validator(twin));
  ASSERT_TRUE(network().change_links([&](devnet::Link& link) {
    if (link.to == twin) link.target_port = standby_port_;
  }));
  run_aside({labord(), "run", "--home", standby}, "standby.log");
  auto const contradiction = fmt::format("{} signed NOTARIZE and NOTARIZE of view ", name);
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] {
    return noticed().find(contradiction) != std::string::npos;
  })) << consensus_of(0);

  // The others come back, and so does its first host.
  for (auto const number : {2U, 3U, twin}) ASSERT_TRUE(network().start_validator(number));
  ASSERT_TRUE(pays_until([&] { return state_of(name) == "gone"; }))
      << network().state_of_nodes() << noticed();
  auto const shown = typed_by_owner({"validator", "show", name});
  EXPECT_EQ(shown.find("\"offended_height\":\"0\""), std::string::npos) << shown;
  EXPECT_EQ(typed_by_owner({"validator", "list"}).find(name), std::string::npos);
  EXPECT_NE(typed_by_owner({"validator", "list", "--all"}).find(name), std::string::npos);
  for (auto const number : honest) {
    EXPECT_TRUE(goes_on(number)) << network().state_of_nodes();
  }
  auto const told = noticed();
  EXPECT_NE(told.find("settled on chain: yes"), std::string::npos) << told;
  auto const collected = metrics_of(honest.front());
  EXPECT_NE(collected.find(fmt::format("labor_contradicting_votes_total{{validator=\"{}\"", name)),
            std::string::npos)
      << collected;
  EXPECT_NE(collected.find(fmt::format("labor_evidence_open{{validator=\"{}\"", name)),
            std::string::npos);
  for (auto const number : honest) {
    EXPECT_EQ(told.find(fmt::format("validator-{} signed ", number)), std::string::npos) << told;
  }
  expect_equal(honest);
  EXPECT_TRUE(network().stop_all());
}

}  // namespace
}  // namespace e2e
