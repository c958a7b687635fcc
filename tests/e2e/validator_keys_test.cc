// Validators that turn to new keys and come new, in processes, by what their operators are told to
// type: from node to node, from signer to signer, and where a journal was lost.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <vector>

#include "devnet/files.h"
#include "devnet/ports.h"
#include "devnet/time_travel.h"
#include "devnet/waiting.h"
#include "tests/e2e/changing_network.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

constexpr unsigned turning = 3;
constexpr unsigned other = 0;  // Without it a quorum of four needs `turning`.
constexpr int damaged = 65;

class ValidatorKeys : public ChangingNetwork {
 protected:
  static std::string name_of(unsigned number) { return fmt::format("validator-{}", number); }
  std::string home_of(unsigned number) const { return folder_of(number).string(); }
  // "path" as labord.toml would have it.
  static std::string unquoted(std::vector<std::string> const& words) {
    if (words.empty() || words[0].size() < 2) return {};
    return words[0].substr(1, words[0].size() - 2);
  }
  // One that is not being restarted.
  static unsigned asks(unsigned number) { return (number + 1) % 4; }
  // The operator's command in what `labord rotate` has told; the new key.
  std::string register_key(std::string const& told, unsigned asked) {
    auto words = words_after(told, "labor validator rotate ");
    if (words.size() != 4) return {};
    auto const key = words[1];
    words.insert(words.begin(), {"validator", "rotate"});
    typed_by_owner(words, asked);
    return key;
  }
  bool seated_with(unsigned number, std::string const& key) {
    auto const asked = asks(number);
    return pays_until([&] {
      return state_of(name_of(number), asked) == "seated" && key_of(name_of(number), asked) == key;
    });
  }
  // `labord rotate`, and what it says is next.
  void turn(unsigned number) {
    auto const told = typed({labord(), "rotate", "--home", home_of(number)});
    auto const key = register_key(told, asks(number));
    set(folder_of(number), {{"keys", "validator", unquoted(words_after(told, "validator = "))}});
    ASSERT_TRUE(network().restart_validator(number));
    ASSERT_TRUE(seated_with(number, key)) << network().state_of_nodes();
  }
  // The same, to a key in a new signer, whose process it returns.
  devnet::ProcessName turn_to_signer(unsigned number, fs::path const& signer) {
    auto const told =
        typed({labord(), "rotate", "--home", home_of(number), "--signer", signer.string()});
    auto const process = run_signer(signer);
    auto const key = register_key(told, asks(number));
    set(folder_of(number), {{"signer", "socket", unquoted(words_after(told, "socket = "))},
                            {"signer", "key", unquoted(words_after(told, "key = "))}});
    EXPECT_TRUE(network().restart_validator(number));
    EXPECT_TRUE(seated_with(number, key)) << network().state_of_nodes();
    return process;
  }
  // Its votes make the quorum.
  void expect_votes(unsigned number) {
    ASSERT_TRUE(network().kill_validator(other));
    EXPECT_TRUE(goes_on(number)) << network().state_of_nodes();
    ASSERT_TRUE(network().start_validator(other));
    EXPECT_TRUE(goes_on(other)) << network().state_of_nodes();
  }
  void expect_no_consensus_key_in(fs::path const& node) {
    for (auto const& file : fs::directory_iterator{node}) {
      if (file.path().extension() != ".key") continue;
      EXPECT_EQ(file.path().filename(), "node.key");
    }
  }
};

TEST_F(ValidatorKeys, AreRotatedOneByOneOnAllFourWhileTheChainGoesOn) {
  make({.validators = 4, .proxied = false});
  start();
  for (unsigned i = 0; i < 4; ++i) ASSERT_NO_FATAL_FAILURE(turn((i + 1) % 4));
  ASSERT_NO_FATAL_FAILURE(expect_votes(turning));
  expect_equal({0, 1, 2, 3});
  EXPECT_TRUE(network().stop_all());
}

TEST_F(ValidatorKeys, SpentByALostJournalGiveWayToANewOneThatVotes) {
  make({.validators = 4, .proxied = false});
  start();
  ASSERT_TRUE(network().stop_validator(turning));
  fs::remove_all(folder_of(turning) / "data" / "votes");
  ASSERT_TRUE(network().start_validator(turning));
  EXPECT_TRUE(goes_on(turning)) << network().state_of_nodes();
  EXPECT_FALSE(node(turning).info()->validator());
  auto const waits = typed({labord(), "consensus", "--home", home_of(turning)});
  EXPECT_NE(waits.find("observes and does not vote: "), std::string::npos) << waits;
  EXPECT_NE(waits.find("there is no journal"), std::string::npos) << waits;

  ASSERT_NO_FATAL_FAILURE(turn(turning));
  ASSERT_NO_FATAL_FAILURE(expect_votes(turning));

  // Turned back to, the key that was lost stays spent.
  set(folder_of(turning), {{"keys", "validator", "validator.key"}});
  ASSERT_TRUE(network().restart_validator(turning));
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return node(turning).info().has_value(); }));
  EXPECT_FALSE(node(turning).info()->validator());
  expect_equal({0, 1, 2, 3});
  EXPECT_TRUE(network().stop_all());
}

TEST_F(ValidatorKeys, GoFromSignerToSignerAlsoWhereTheJournalOfOneIsLost) {
  make({.validators = 4, .proxied = false});
  typed({labord(), "signer", "init", "--home", home_ / "first", "--node", home_of(turning)});
  auto const first = run_signer(home_ / "first");
  start();
  auto const second = turn_to_signer(turning, home_ / "second");
  devnet::signal_process(first, SIGTERM);
  ASSERT_NO_FATAL_FAILURE(expect_votes(turning));

  end_aside(second, SIGKILL);
  fs::remove_all(home_ / "second" / "votes");
  auto const refused = devnet::run({labord(), "signer", "--home", home_ / "second"});
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, damaged) << refused->err;
  EXPECT_NE(refused->err.find("labord rotate"), std::string::npos) << refused->err;
  turn_to_signer(turning, home_ / "third");
  ASSERT_NO_FATAL_FAILURE(expect_votes(turning));
  expect_no_consensus_key_in(folder_of(turning));
  expect_equal({0, 1, 2, 3});
  EXPECT_TRUE(network().stop_all());
}

// With all in it that says how far the journal was: the signer cannot know, its node does.
TEST_F(ValidatorKeys, AreNotVotedWithWhereASignersFolderIsPutBackFromABackup) {
  make({.validators = 4, .proxied = false});
  auto const home = home_ / "signer";
  typed({labord(), "signer", "init", "--home", home, "--node", home_of(turning)});
  auto signer = run_signer(home);
  start();
  end_aside(signer, SIGTERM);
  copy_signer(home, home_ / "backup");
  signer = run_signer(home);
  ASSERT_NO_FATAL_FAILURE(expect_votes(turning));

  ASSERT_TRUE(network().kill_validator(turning));
  end_aside(signer, SIGKILL);
  fs::remove_all(home);
  fs::rename(home_ / "backup", home);
  run_signer(home);
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return fs::exists(home / "signer.sock"); }));
  ASSERT_TRUE(network().start_validator(turning));
  EXPECT_TRUE(goes_on(turning)) << network().state_of_nodes();
  EXPECT_NE(node(turning).info()->signer_away_since_ms(), 0U);
  auto const log = devnet::read_file(network().log_of(turning)).value();
  EXPECT_NE(log.find("its journal is an old copy"), std::string::npos) << log;
  EXPECT_TRUE(network().stop_all());
}

// The folder of a node that the four speak to, with its key in a signer from the start.
class Newcomer : public ValidatorKeys {
 protected:
  void init() {
    auto const told = typed({labord(), "init", "--home", folder(), "--genesis",
                             network().home() / "genesis.json", "--signer", home_ / "signer"});
    admission_ = fmt::format("zug {} {} owner", words_after(told, "consensus key ").at(0),
                             words_after(told, "node key ").at(0));
    auto const ports = devnet::ports_free(3);
    ASSERT_TRUE(ports) << ports.error();
    api_port_ = ports->at(0);
    set(folder(), {{"api", "listen", fmt::format("127.0.0.1:{}", api_port_)},
                   {"peer", "listen", fmt::format("127.0.0.1:{}", ports->at(1))},
                   {"web", "listen", fmt::format("127.0.0.1:{}", ports->at(2))},
                   {"devnet", "offset_file", folder_of(0) / "offset_ms"}});
    auto const file = fs::path{folder()} / "labord.toml";
    auto toml = devnet::read_file(file).value();
    for (unsigned i = 0; i < 4; ++i) {
      auto const address = name_of(i) + ".example:7300";
      toml.replace(toml.find(address), address.size(),
                   fmt::format("127.0.0.1:{}", network().validators()[i].peer_port));
      std::ofstream{folder_of(i) / "labord.toml", std::ios::app} << fmt::format(
          "\n[[peers]]\nname = \"zug\"\naddress = \"127.0.0.1:{}\"\nnode_key = \"{}\"\n",
          ports->at(1), words_after(told, "node key ").at(0));
    }
    ASSERT_TRUE(devnet::replace_file(file, toml));
  }
  void admit() {
    for (auto const* person : {"owner", "owner2"}) {
      typed_by(person, {"token", "lock", "200000 LBR", "--until", "90d"});
    }
    typed_by_owner({"ballot", "new", "--title", "Zug", "--admit", admission_});
    pass_days(8);
    for (auto const* person : {"owner", "owner2"}) typed_by(person, {"ballot", "vote", "1", "yes"});
    pass_days(7);
    pass_days(2);
  }
  void pass_days(std::uint64_t days) {
    constexpr std::uint64_t day_ms = 24ull * 3600 * 1000;
    auto const passed = devnet::pass_time(network(), days * day_ms);
    ASSERT_TRUE(passed) << passed.error();
  }
  std::string folder() const { return home_ / "zug"; }

  std::string admission_;
  std::uint16_t api_port_ = 0;
};

TEST_F(Newcomer, JoinsWithASignerAndItsKeyIsNeverInTheNode) {
  make({.validators = 4, .proxied = false});
  ASSERT_NO_FATAL_FAILURE(init());
  start();
  run_signer(home_ / "signer");
  ASSERT_TRUE(
      devnet::wait_until(deadline_ms, [&] { return fs::exists(home_ / "signer/signer.sock"); }));
  run_aside({labord(), "run", "--home", folder()}, "zug.log");
  ASSERT_NO_FATAL_FAILURE(admit());
  ASSERT_TRUE(pays_until([&] { return state_of("zug") == "seated"; }))
      << network().state_of_nodes();
  // Four of five decide: one of them is the newcomer.
  ASSERT_TRUE(network().kill_validator(other));
  EXPECT_TRUE(goes_on(turning)) << network().state_of_nodes();
  EXPECT_TRUE(devnet::NodeClient{api_port_}.info()->validator());
  expect_no_consensus_key_in(folder());
  EXPECT_TRUE(network().stop_all());
}

}  // namespace
}  // namespace e2e
