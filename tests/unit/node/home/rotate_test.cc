// A node's own half of a rotation: a new key, and a proof that the chain takes.

#include "node/rotate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "node/files.h"
#include "node/home.h"
#include "node/init.h"
#include "node/key_file.h"
#include "node/signer_home.h"
#include "protocol/base/hex.h"
#include "protocol/validators/seats.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

namespace fs = std::filesystem;

class RotateTest : public testing::Test {
 protected:
  RotateTest() {
    EXPECT_TRUE(init({.home = home_}));
    labor::v1::Genesis genesis;
    genesis.set_chain_id("rotate-test");
    genesis.set_time_ms(1'700'000'000'000);
    genesis.set_devnet(true);
    auto& validator = *genesis.add_validators();
    validator.set_name("anna");
    validator.set_consensus_key(key_of("validator.key").str());
    validator.set_node_key(key_of("node.key").str());
    std::ofstream{home_ / "genesis.json"} << protocol::to_json(genesis);
  }

  protocol::PublicKey key_of(std::string const& file) const {
    return read_key_file(home_ / file)->key().public_key();
  }
  // The words of the command that the operator is told to send.
  static std::vector<std::string> command_in(std::string const& text) {
    std::istringstream stream{text.substr(text.find("labor validator rotate"))};
    std::vector<std::string> words(7);
    for (auto& word : words) stream >> word;
    return words;
  }
  std::vector<fs::path> new_keys() const {
    std::vector<fs::path> found;
    for (auto const& entry : fs::directory_iterator{home_}) {
      if (entry.path().filename().string().starts_with("validator-")) found.push_back(entry.path());
    }
    return found;
  }

  testing_support::TempFolder const folder_;
  fs::path const home_ = folder_.path() / "home";
};

TEST_F(RotateTest, PrintsACommandWhoseProofTheChainTakes) {
  auto const told = rotate({.home = home_});
  ASSERT_TRUE(told) << told.error().message;
  ASSERT_EQ(new_keys().size(), 1u);
  auto const fresh = read_key_file(new_keys()[0]);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(told->find(base::hex(fresh->view())), std::string::npos) << "a secret";
  auto const words = command_in(*told);
  EXPECT_EQ(words[3], base::hex(key_of("validator.key").view()));
  EXPECT_EQ(words[4], base::hex(fresh->key().public_key().view()));
  EXPECT_EQ(words[5], base::hex(key_of("node.key").view()));

  labor::v1::RotateValidatorKeys message;
  message.set_consensus_key(*base::from_hex(words[3]));
  message.set_new_consensus_key(*base::from_hex(words[4]));
  message.set_new_node_key(*base::from_hex(words[5]));
  auto const home = load_home(home_);
  ASSERT_TRUE(home);
  auto const signed_bytes = validators::rotation_bytes(home->chain.hash(), message);
  auto const proof = protocol::Signature::from(*base::from_hex(words[6]));
  ASSERT_TRUE(proof.has_value());
  EXPECT_TRUE(crypto::verify(fresh->key().public_key(), base::bytes_of(signed_bytes), *proof));
}

TEST_F(RotateTest, IntoASignerMakesTheKeyThereAndNeverInTheNode) {
  auto const told = rotate({.home = home_, .signer = folder_.path() / "signer"});
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_TRUE(new_keys().empty());
  auto const signer = load_signer_home(folder_.path() / "signer");
  ASSERT_TRUE(signer) << signer.error().message;
  EXPECT_TRUE(open_signer_votes(*signer, machine_disk()));
  auto const words = command_in(*told);
  EXPECT_EQ(words[4], base::hex(signer->key.public_key().view()));

  // As the operator is told.
  std::ofstream{home_ / "labord.toml"} << "[signer]\nsocket = \"" << signer->socket().string()
                                       << "\"\nkey = \"" << words[4] << "\"\n";
  EXPECT_FALSE(load_home(home_)) << "the key of before is still in the node";
  fs::rename(home_ / "validator.key", folder_.path() / "given-up.key");
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_EQ(home->key, signer->key.public_key());
  EXPECT_FALSE(home->consensus_key);

  auto const without = rotate({.home = home_});
  ASSERT_FALSE(without);
  EXPECT_NE(without.error().message.find("--signer"), std::string::npos) << without.error().message;
  auto const again = rotate({.home = home_, .signer = folder_.path() / "signer"});
  ASSERT_FALSE(again) << "a signer has one key for good";
  EXPECT_EQ(again.error().code, ExitCode::exists);
  EXPECT_TRUE(rotate({.home = home_, .signer = folder_.path() / "next"}));
}

TEST_F(RotateTest, LeavesTheNodeAsItWasUntilItsSettingIsChanged) {
  auto const settings = read_file(home_ / "labord.toml", 1u << 20).value();
  ASSERT_TRUE(rotate({.home = home_}));
  EXPECT_EQ(read_file(home_ / "labord.toml", 1u << 20).value(), settings);
  EXPECT_EQ(load_home(home_)->key, key_of("validator.key"));

  auto const file = new_keys().at(0).filename().string();
  auto changed = settings;
  auto const at = changed.find("\"validator.key\"");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, std::string{"\"validator.key\""}.size(), "\"" + file + "\"");
  std::ofstream{home_ / "labord.toml"} << changed;
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_EQ(home->key, key_of(file));
  for (auto const& doubt : doubts(*home)) {
    EXPECT_EQ(doubt.find("no [[peers]]"), std::string::npos) << "it is its own: " << doubt;
  }
}

}  // namespace
}  // namespace node
