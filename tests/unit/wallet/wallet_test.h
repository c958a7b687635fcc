// A wallet with two keys, alice (rich) and bob, on a devnet of one fake node.

#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "protocol/address.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/wallet/fake_node.h"
#include "tests/unit/wallet/script_console.h"
#include "wallet/config.h"
#include "wallet/file.h"
#include "wallet/keystore/keystore.h"
#include "wallet/run.h"

namespace wallet {

class WalletTest : public testing::Test {
 protected:
  static constexpr std::uint64_t epoch_blocks = 4;

  static KeyFile key(std::string name, std::uint8_t byte) {
    Secret entropy{32};
    for (auto& b : entropy.writable()) b = byte;
    return *seal(entropy, Secret::copy_of(std::string_view{"devnet"}),
                 {.name = std::move(name), .devnet = true, .kdf = Kdf::minimum});
  }

  static labor::v1::Genesis genesis(KeyFile const& alice, KeyFile const& bob) {
    auto genesis = testing_support::test_genesis();
    auto& epochs = *genesis.add_parameters();
    epochs.set_parameter(labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
    epochs.set_value(epoch_blocks);
    auto& rich = *genesis.add_accounts();
    rich.set_address(alice.address().str());
    rich.set_member(true);
    for (auto const asset : {labor::v1::ASSET_LBR, labor::v1::ASSET_USD}) {
      auto& balance = *rich.add_balances();
      balance.set_asset(asset);
      balance.set_amount(1000 * testing_support::usd);
    }
    auto& poor = *genesis.add_accounts();
    poor.set_address(bob.address().str());
    poor.set_member(true);
    return genesis;
  }

  void SetUp() override {
    Keystore const keystore{home() / "keys"};
    ASSERT_TRUE(keystore.add(alice_).has_value());
    ASSERT_TRUE(keystore.add(bob_).has_value());
    Config const config{.network = "devnet",
                        .key = "alice",
                        .networks = {{.name = "devnet",
                                      .api = node_.api(),
                                      .chain_id = chain_.chain().id(),
                                      .genesis_hash = chain_.chain().hash(),
                                      .devnet = true}}};
    ASSERT_TRUE(save_config(home(), config).has_value());
    ASSERT_TRUE(write_file(home() / "password", "devnet\n", Existing::refuse).has_value());
    console_.clock_ms = chain_.time().value();
  }

  std::filesystem::path home() const { return folder_.path() / "labor"; }

  // As typed after `labor`; the exit code.
  int labor(std::vector<std::string> words) {
    console_.out.clear();
    console_.err.clear();
    words.insert(words.end(), {"--home", home().string(), "--wait", "2s"});
    return run(std::move(words), console_);
  }
  // The same without questions.
  int labor_yes(std::vector<std::string> words) {
    words.insert(words.end(), {"--yes", "--password-file", (home() / "password").string()});
    return labor(std::move(words));
  }

  // What was printed with --json, whole.
  boost::json::object answer() const {
    boost::system::error_code error;
    auto const value = boost::json::parse(console_.out, error);
    EXPECT_FALSE(error) << console_.out;
    return value.is_object() ? value.get_object() : boost::json::object{};
  }
  std::string error_reason() const {
    auto const whole = answer();
    auto const* const error = whole.if_contains("error");
    return error == nullptr ? "no error" : std::string{error->at("reason").as_string()};
  }

  std::string address(KeyFile const& file) const {
    return protocol::address_text(file.address(), protocol::Network::devnet);
  }

  KeyFile const alice_ = key("alice", 1);
  KeyFile const bob_ = key("bob", 2);
  testing_support::TestChain chain_{genesis(alice_, bob_)};
  FakeNode node_{chain_};
  testing_support::TempFolder folder_;
  ScriptConsole console_;
};

}  // namespace wallet
