// A validator whose signer is a process of its own: its votes count, its absence stops nothing, and
// it comes back; whoever would sign twice does not start.

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <optional>
#include <string>

#include "devnet/waiting.h"
#include "tests/e2e/changing_network.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

constexpr unsigned apart = 3;  // The validator with the signer.
constexpr unsigned other = 0;  // Without it a quorum needs `apart`.
constexpr int locked = 75;
constexpr int damaged = 65;

class SignerApart : public ChangingNetwork {
 protected:
  std::string home() const { return home_ / "signer"; }

  void start_signer() { signer_ = run_signer(home()); }
  void end_signer(int signal) { end_aside(signer_, signal); }
  // What it says when it ends, as it should; not later than the deadline.
  static std::optional<devnet::Ended> signer_refused(std::string const& folder) {
    auto const seconds = std::to_string(deadline_ms / 1000);
    return devnet::run({"/usr/bin/timeout", seconds, labord(), "signer", "--home", folder});
  }
  // Whether the node sees its signer.
  bool there() const {
    auto const info = node(apart).info();
    return info && info->signer_away_since_ms() == 0;
  }

  devnet::ProcessName signer_;
};

TEST_F(SignerApart, VotesGoesFromEpochToEpochIsMissedAndComesBackAndNoSecondOneStarts) {
  make({.validators = 4, .proxied = false});
  typed({labord(), "signer", "init", "--home", home(), "--node", folder_of(apart)});
  ASSERT_FALSE(fs::exists(folder_of(apart) / "validator.key"));

  // The node starts without its signer, and follows.
  start();
  EXPECT_FALSE(there());
  EXPECT_TRUE(goes_on(apart)) << network().state_of_nodes();

  start_signer();
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return there(); }));
  ASSERT_TRUE(network().kill_validator(other));
  EXPECT_TRUE(goes_on(apart)) << "its votes are needed\n" << network().state_of_nodes();
  auto const info = node(apart).info();
  EXPECT_GE(info->epoch(), 2U);

  // Nobody's votes make a quorum now, until it is back: what was not said is said then.
  end_signer(SIGKILL);
  ASSERT_TRUE(devnet::wait_until(deadline_ms, [&] { return !there(); }));
  pay();
  start_signer();
  EXPECT_TRUE(goes_on(apart)) << network().state_of_nodes();

  // A second one, with the same home or a copy of it.
  copy_signer(home(), home_ / "copy");
  for (auto const& second : {home(), (home_ / "copy").string()}) {
    auto const refused = signer_refused(second);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, locked) << second << ": " << refused->err;
  }

  // Its journal, damaged or away: the key is spent, and the chain goes on without it.
  ASSERT_TRUE(network().start_validator(other));
  end_signer(SIGTERM);  // It notes how far it is.
  auto const journal = fs::path{home()} / "votes";
  for (auto const& file : fs::directory_iterator{journal}) {
    // Within its first record: an epoch may have begun just now, with nothing signed in it.
    if (file.path().extension() == ".journal") fs::resize_file(file.path(), 32);
  }
  for (auto const* what : {"cut", "gone"}) {
    auto const refused = signer_refused(home());
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, damaged) << what << ": " << refused->err;
    EXPECT_NE(refused->err.find("new consensus key"), std::string::npos) << refused->err;
    fs::remove_all(journal);
  }
  EXPECT_TRUE(goes_on(apart)) << network().state_of_nodes();
  EXPECT_TRUE(network().stop_all());
}

}  // namespace
}  // namespace e2e
