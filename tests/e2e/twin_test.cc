// Two nodes with one validator's home, as on two hosts that do not see each other: each has a
// journal, and neither has the other's. The two contradict each other, and what every node holds
// against them costs the validator its seat.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "devnet/files.h"
#include "devnet/ports.h"
#include "tests/e2e/changing_network.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

// Five: with four the seat would wait for somebody to take it.
constexpr unsigned twin = 4;
std::vector<unsigned> const honest{0, 1, 2, 3};

class Twin : public ChangingNetwork {
 protected:
  // A copy of the validator's folder with addresses of its own. From then on 0 and 1 see the
  // validator, and 2 and 3 the copy; 0 and 1 hear both, one after the other. So where it leads half
  // of the others vote for the one's block and half for the other's, until they give the view up.
  void copy_and_start() {
    auto const copy = home_ / "copy";
    fs::copy(folder_of(twin), copy, fs::copy_options::recursive);
    auto const ports = devnet::ports_free(2);
    ASSERT_TRUE(ports) << ports.error();
    auto const [api, peer] = std::pair{ports->at(0), ports->at(1)};
    set(copy, {{"api", "listen", fmt::format("127.0.0.1:{}", api)},
               {"peer", "listen", fmt::format("127.0.0.1:{}", peer)}});
    auto toml = devnet::read_file(copy / "labord.toml").value();
    ASSERT_TRUE(network().change_links([&](devnet::Link& link) {
      if (link.to == twin && link.from >= 2) link.target_port = peer;
      if (link.from != twin) return;
      if (link.to >= 2) link.state = devnet::LinkState::cut;
      if (link.to == 0) return;
      auto const shared = fmt::format("127.0.0.1:{}", link.listen_port);
      toml.replace(toml.find(shared), shared.size(), fmt::format("127.0.0.1:{}", link.target_port));
    }));
    ASSERT_TRUE(devnet::replace_file(copy / "labord.toml", toml));
    run_aside({labord(), "run", "--home", copy.string()}, "copy.log");
  }
  // What `labord consensus` says of evidence, of all of these together.
  std::string conflicts_noticed() {
    std::string told;
    for (auto const number : honest) {
      auto const text = typed({labord(), "consensus", "--home", folder_of(number).string()});
      auto const at = text.find("conflicts");
      if (at != std::string::npos) told += text.substr(at);
    }
    return told;
  }
};

TEST_F(Twin, OfAValidatorIsCaughtByEvidenceAndCostsItTheSeat) {
  make({.validators = 5});
  start();
  ASSERT_TRUE(goes_on(0)) << network().state_of_nodes();
  ASSERT_TRUE(network().stop_validator(twin));
  ASSERT_NO_FATAL_FAILURE(copy_and_start());
  ASSERT_TRUE(network().start_validator(twin));

  ASSERT_TRUE(pays_until([&] { return state_of("validator-4") == "gone"; }))
      << network().state_of_nodes() << conflicts_noticed();
  auto const shown = typed_by_owner({"validator", "show", "validator-4"});
  EXPECT_EQ(shown.find("\"offended_height\":\"0\""), std::string::npos) << shown;
  EXPECT_EQ(typed_by_owner({"validator", "list"}).find("validator-4"), std::string::npos);
  EXPECT_NE(typed_by_owner({"validator", "list", "--all"}).find("validator-4"), std::string::npos);
  auto const noticed = conflicts_noticed();
  EXPECT_NE(noticed.find("validator-4 signed "), std::string::npos) << noticed;
  EXPECT_NE(noticed.find("settled on chain: yes"), std::string::npos) << noticed;
  for (auto const number : honest) {
    EXPECT_TRUE(goes_on(number)) << network().state_of_nodes();
  }
  expect_equal(honest);
  for (auto const number : honest) {
    auto const noted = fmt::format("conflicts  validator-{}", number);
    EXPECT_EQ(noticed.find(noted), std::string::npos) << noticed;
  }
  EXPECT_TRUE(network().stop_all());
}

}  // namespace
}  // namespace e2e
