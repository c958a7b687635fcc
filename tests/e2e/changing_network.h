// A network whose validators change: their keys, their number, what runs of them. Its epochs are as
// short as they may be, and the person called owner operates all validators.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "devnet/bench_load.h"
#include "devnet/node_client.h"
#include "tests/e2e/e2e_network.h"

namespace e2e {

// The value of a setting, in labord.toml; a section that is not there is added.
struct Setting {
  std::string_view section;
  std::string_view key;
  std::string value;
};

class ChangingNetwork : public NetworkTest {
 protected:
  ~ChangingNetwork() override;

  // Nothing runs yet. With keys of its own: the lock of a key is the host's.
  void make(devnet::NetworkOptions options);
  // Begins, and can be paid in.
  void start();
  devnet::Network& network() { return *network_; }
  bool runs(unsigned number) const { return network_->runs(number); }
  devnet::NodeClient node(unsigned number) const;
  std::filesystem::path folder_of(unsigned number) const;

  // ---- processes that the network does not know ----

  static std::string labord() { return devnet::program("labord").string(); }
  // Ended with the test.
  devnet::ProcessName run_aside(devnet::Arguments const& arguments, std::string const& log);
  devnet::ProcessName run_signer(std::filesystem::path const& home);
  static void end_aside(devnet::ProcessName const& process, int signal);
  // All but its socket.
  static void copy_signer(std::filesystem::path const& home, std::filesystem::path const& to);
  // Runs to its end, which must be a good one; what it prints.
  static std::string typed(devnet::Arguments const& arguments);
  // `labor`.
  std::string typed_by(std::string const& person, devnet::Arguments const& words,
                       unsigned asked = 0);
  std::string typed_by_owner(devnet::Arguments const& words, unsigned asked = 0) {
    return typed_by("owner", words, asked);
  }

  // ---- validators ----

  // What stands after `begin` in the text, to the end of its line, in words.
  static std::vector<std::string> words_after(std::string const& text, std::string_view begin);
  static void set(std::filesystem::path const& node, std::vector<Setting> const& settings);
  // "seated", ... as `labor validator show` has it.
  std::string state_of(std::string const& validator, unsigned asked = 0);
  std::string key_of(std::string const& validator, unsigned asked = 0);

  // ---- the chain goes on ----

  // Pays once, through all that run.
  void pay();
  // Pays all the time until it holds; whether it does.
  bool pays_until(std::function<bool()> const& holds);
  // New blocks become final on the validator, a few.
  bool goes_on(unsigned seen_by);
  // Equal blocks at the height that all of these have reached.
  void expect_equal(std::vector<unsigned> const& validators);

 private:
  std::optional<devnet::Network> network_;
  std::optional<devnet::LoadChain> chain_;
  std::optional<devnet::LoadSource> source_;
  std::vector<devnet::ProcessName> aside_;
};

}  // namespace e2e
