// A validator whose signer is a process of its own: its votes count, its absence stops nothing, and
// it comes back; whoever would sign twice does not start.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "devnet/bench_load.h"
#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "protocol/genesis.h"
#include "tests/e2e/e2e_network.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using devnet::Network;
using devnet::NodeClient;

constexpr std::uint64_t accounts = 100;
constexpr unsigned apart = 3;  // The validator with the signer.
constexpr unsigned other = 0;  // Without it a quorum needs `apart`.
constexpr int locked = 75;
constexpr int damaged = 65;

class SignerApart : public NetworkTest {
 protected:
  ~SignerApart() override { devnet::signal_process(signer_, SIGKILL); }

  static std::string labord() { return devnet::program("labord").string(); }
  std::string home() const { return home_ / "signer"; }

  void start_signer() {
    auto const started =
        devnet::start({labord(), "signer", "--home", home()}, home_ / "signer.log");
    ASSERT_TRUE(started) << started.error();
    signer_ = *started;
  }
  void end_signer(int signal) {
    ASSERT_TRUE(devnet::signal_process(signer_, signal));
    ASSERT_TRUE(devnet::wait_ended(signer_, deadline_ms));
  }
  // What it says when it ends, as it should; not later than the deadline.
  static std::optional<devnet::Ended> signer_refused(std::string const& folder) {
    auto const seconds = std::to_string(deadline_ms / 1000);
    return devnet::run({"/usr/bin/timeout", seconds, labord(), "signer", "--home", folder});
  }
  // Whether the node sees its signer.
  static bool there(Network const& network) {
    auto const info = NodeClient{network.validators()[apart].api_port}.info();
    return info && info->signer_away_since_ms() == 0;
  }
  // To the shortest that there are, so that the signer goes through several.
  static void shorten_epochs(fs::path const& genesis) {
    std::stringstream text;
    text << std::ifstream{genesis}.rdbuf();
    auto shorter = protocol::Chain::from_json(text.str())->genesis();
    auto& change = *shorter.add_parameters();
    change.set_parameter(labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
    change.set_value(4);
    std::ofstream{genesis} << protocol::to_json(shorter);
  }
  // New blocks become final on the validator `seen_by`.
  static bool goes_on(Network const& network, devnet::LoadSource& source, unsigned seen_by) {
    NodeClient const node{network.validators()[seen_by].api_port};
    auto const before = node.info();
    constexpr std::uint64_t blocks = 5;
    return before && devnet::wait_until(deadline_ms, [&] {
             for (unsigned i = 1; i < network.validators().size(); ++i) {
               NodeClient{network.validators()[i].api_port}.submit({source.next().bytes});
             }
             auto const now = node.info();
             return now && now->height() >= before->height() + blocks;
           });
  }

  devnet::ProcessName signer_;
};

TEST_F(SignerApart, VotesGoesFromEpochToEpochIsMissedAndComesBackAndNoSecondOneStarts) {
  // Keys of its own: the lock of a key is the host's.
  auto made = Network::create(
      home_ / "net",
      {.seed = "signer-" + std::to_string(::getpid()), .proxied = false, .accounts = accounts});
  ASSERT_TRUE(made) << made.error();
  auto& network = *made;
  shorten_epochs(home_ / "net" / "genesis.json");
  auto const moved = devnet::run({labord(), "signer", "init", "--home", home(), "--node",
                                  (home_ / "net" / "node-3").string()});
  ASSERT_TRUE(moved);
  ASSERT_EQ(moved->code, 0) << moved->err;
  ASSERT_FALSE(fs::exists(home_ / "net" / "node-3" / "validator.key"));

  // The node starts without its signer, and follows.
  ASSERT_TRUE(network.start_all());
  ASSERT_TRUE(network.wait_ready(deadline_ms)) << network.state_of_nodes();
  EXPECT_FALSE(there(network));
  auto const chain = devnet::load_chain(NodeClient{network.validators()[1].api_port}, accounts);
  ASSERT_TRUE(chain);
  devnet::LoadSource source{*chain, 0, 1};
  EXPECT_TRUE(goes_on(network, source, apart)) << network.state_of_nodes();

  start_signer();
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return there(network); }));
  ASSERT_TRUE(network.kill_validator(other));
  EXPECT_TRUE(goes_on(network, source, apart)) << "its votes are needed\n"
                                               << network.state_of_nodes();
  auto const info = NodeClient{network.validators()[apart].api_port}.info();
  EXPECT_GE(info->epoch(), 2U);

  // Nobody's votes make a quorum now, until it is back: what was not said is said then.
  end_signer(SIGKILL);
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return !there(network); }));
  NodeClient{network.validators()[1].api_port}.submit({source.next().bytes});
  start_signer();
  EXPECT_TRUE(goes_on(network, source, apart)) << network.state_of_nodes();

  // A second one, with the same home or a copy of it.
  fs::create_directory(home_ / "copy");
  for (auto const* name : {"votes", "state", "genesis.json", "validator.key"}) {
    fs::copy(fs::path{home()} / name, home_ / "copy" / name, fs::copy_options::recursive);
  }
  for (auto const& second : {home(), (home_ / "copy").string()}) {
    auto const refused = signer_refused(second);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, locked) << second << ": " << refused->err;
  }

  // Its journal, damaged or away: the key is spent, and the chain goes on without it.
  ASSERT_TRUE(network.start_validator(other));
  end_signer(SIGTERM);  // It notes how far it is.
  auto const journal = fs::path{home()} / "votes";
  for (auto const& file : fs::directory_iterator{journal}) {
    if (file.path().extension() == ".journal") fs::resize_file(file.path(), 64);
  }
  for (auto const* what : {"cut", "gone"}) {
    auto const refused = signer_refused(home());
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, damaged) << what << ": " << refused->err;
    EXPECT_NE(refused->err.find("new consensus key"), std::string::npos) << refused->err;
    fs::remove_all(journal);
  }
  EXPECT_TRUE(goes_on(network, source, apart)) << network.state_of_nodes();
  EXPECT_TRUE(network.stop_all());
}

}  // namespace
}  // namespace e2e
