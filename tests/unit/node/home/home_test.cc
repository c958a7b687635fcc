// Bad days before a node runs: every one has its exit code and a message that says what to do.

#include "node/home.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "node/config.h"
#include "node/files.h"
#include "node/init.h"
#include "node/key_file.h"
#include "node/listening.h"
#include "node/signer_home.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

namespace fs = std::filesystem;

std::string const keys[] = {"validator.key", "node.key"};

labor::v1::Genesis genesis_with(protocol::PublicKey const& consensus_key,
                                protocol::PublicKey const& node_key) {
  labor::v1::Genesis genesis;
  genesis.set_chain_id("home-test");
  genesis.set_time_ms(1'700'000'000'000);
  genesis.set_devnet(true);
  auto& validator = *genesis.add_validators();
  validator.set_name("anna");
  validator.set_consensus_key(consensus_key.str());
  validator.set_node_key(node_key.str());
  return genesis;
}

Seed seed_of(char c) {
  return Seed{base::bytes_of(std::string(32, c))};
}

class HomeFolder : public testing::Test {
 protected:
  HomeFolder() { fs::remove_all(home_); }
  ~HomeFolder() override { fs::remove_all(home_); }

  // A node that init made, and a genesis with its keys.
  void make_node() {
    ASSERT_TRUE(init({.home = home_}));
    auto const key = read_key_file(home_ / "validator.key")->key().public_key();
    auto const node_key = read_key_file(home_ / "node.key")->key().public_key();
    write("genesis.json", protocol::to_json(genesis_with(key, node_key)));
  }
  void write(std::string const& name, std::string const& text) {
    std::ofstream{home_ / name} << text;
  }
  std::string read(std::string const& name) { return read_file(home_ / name, 1u << 20).value(); }

  void expect_exit(ExitCode code, std::string const& reason) {
    auto const got = load_home(home_);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, code);
    EXPECT_NE(got.error().message.find(reason), std::string::npos) << got.error().message;
  }

  fs::path home_ = testing::TempDir() + "home-" + std::to_string(getpid());
};

TEST_F(HomeFolder, ThatInitMadeIsUnderstoodOnceItsKeysAreInTheGenesis) {
  make_node();
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_EQ(home->name(), "anna");
  EXPECT_EQ(home->self, protocol::ValidatorIndex{0});
  EXPECT_TRUE(doubts(*home).empty());
  for (auto const& key : keys) {
    EXPECT_EQ(fs::status(home_ / key).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
  }
}

TEST_F(HomeFolder, InitTellsThePublicKeysAndNoSecret) {
  auto const told = init({.home = home_});
  ASSERT_TRUE(told);
  for (auto const& key : keys) {
    auto const seed = read_key_file(home_ / key);
    ASSERT_TRUE(seed);
    EXPECT_NE(told->find(base::hex(seed->key().public_key().view())), std::string::npos);
    EXPECT_EQ(told->find(base::hex(seed->view())), std::string::npos);
  }
}

TEST_F(HomeFolder, InitWithASignerMakesTheConsensusKeyThereAlone) {
  auto const genesis = home_.string() + "-genesis.json";
  std::ofstream{genesis} << protocol::to_json(
      genesis_with(seed_of('c').key().public_key(), seed_of('n').key().public_key()));
  auto const folder = home_ / "apart";
  ASSERT_FALSE(init({.home = home_, .signer = folder})) << "no chain to sign for";
  auto const told = init({.home = home_, .genesis = genesis, .signer = folder});
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_FALSE(fs::exists(home_ / "validator.key"));
  auto const signer = load_signer_home(folder);
  ASSERT_TRUE(signer) << signer.error().message;
  EXPECT_TRUE(open_signer_votes(*signer, machine_disk()));
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_EQ(home->key, signer->key.public_key());
  EXPECT_FALSE(home->consensus_key);
  EXPECT_EQ(home->config.signer_socket, signer->socket().string());
  fs::remove(genesis);
}

TEST_F(HomeFolder, InitNeverOverwritesWhateverIsThere) {
  make_node();
  for (auto const* file : {"validator.key", "node.key", "labord.toml"}) {
    SCOPED_TRACE(file);
    auto const kept = read(file);
    for (auto const* other : {"validator.key", "node.key", "labord.toml"}) {
      if (std::string{other} != file) fs::rename(home_ / other, home_ / (std::string{other} + "-"));
    }
    auto const again = init({.home = home_});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ExitCode::exists);
    EXPECT_EQ(read(file), kept);
    for (auto const* other : {"validator.key", "node.key", "labord.toml"}) {
      if (std::string{other} == file) continue;
      EXPECT_FALSE(fs::exists(home_ / other)) << "init has made half a home";
      fs::rename(home_ / (std::string{other} + "-"), home_ / other);
    }
  }
}

TEST_F(HomeFolder, InitWithAGenesisListsItsValidatorsAsPeers) {
  auto const genesis = home_.string() + "-genesis.json";
  auto const node_key = seed_of('n').key().public_key();
  std::ofstream{genesis} << protocol::to_json(
      genesis_with(seed_of('c').key().public_key(), node_key));
  auto const done = init({.home = home_, .genesis = genesis});
  fs::remove(genesis);
  ASSERT_TRUE(done) << done.error().message;
  auto const config = read_config(home_);
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_EQ(config->peers.size(), 1u);
  EXPECT_EQ(config->peers[0].name, "anna");
  EXPECT_EQ(config->peers[0].node_key, node_key);
}

TEST_F(HomeFolder, OfANodeThatIsNotInTheGenesisIsUnderstoodWithANote) {
  auto const genesis = home_.string() + "-genesis.json";
  std::ofstream{genesis} << protocol::to_json(
      genesis_with(seed_of('c').key().public_key(), seed_of('n').key().public_key()));
  auto const done = init({.home = home_, .genesis = genesis});
  fs::remove(genesis);
  ASSERT_TRUE(done) << done.error().message;
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_FALSE(home->self);
  EXPECT_EQ(home->name(), base::hex(home->key.view()).substr(0, 8));
  auto const notes = doubts(*home);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("is not one of the genesis"), std::string::npos) << notes[0];
}

TEST_F(HomeFolder, ThatIsIncompleteOrWrongIsRefusedWithTheReason) {
  expect_exit(ExitCode::config, "labord init");
  make_node();
  auto const good_genesis = read("genesis.json");

  fs::remove(home_ / "genesis.json");
  expect_exit(ExitCode::config, "cannot read the genesis");
  write("genesis.json", "{\"chainId\": 1");
  expect_exit(ExitCode::config, "genesis.json");
  write("genesis.json", good_genesis);

  fs::permissions(home_ / "validator.key", fs::perms::others_read, fs::perm_options::add);
  expect_exit(ExitCode::config, "others may use it");
  fs::remove(home_ / "validator.key");
  expect_exit(ExitCode::config, "No such file");

  write("labord.toml", "[api]\nlisen = \"a:1\"\n");
  expect_exit(ExitCode::config, "labord.toml:2: there is no \"lisen\"; did you mean \"listen\"?");
}

TEST_F(HomeFolder, WhatIsOddButPossibleIsADoubt) {
  make_node();
  auto const key = read_key_file(home_ / "validator.key")->key().public_key();
  auto genesis = genesis_with(key, seed_of('y').key().public_key());
  auto& other = *genesis.add_validators();
  other.set_name("bern");
  other.set_consensus_key(seed_of('p').key().public_key().str());
  other.set_node_key(seed_of('q').key().public_key().str());
  write("genesis.json", protocol::to_json(genesis));
  auto const home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  auto const found = doubts(*home);
  ASSERT_EQ(found.size(), 2u);
  auto const all = found[0] + found[1];
  EXPECT_NE(all.find("not the one of the genesis"), std::string::npos);
  EXPECT_NE(all.find("no [[peers]] for validator bern"), std::string::npos);
}

TEST(Listening, APortInUseIsNamed) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor taken{context, {boost::asio::ip::make_address("127.0.0.1"), 0}};
  auto const port = std::to_string(taken.local_endpoint().port());
  EXPECT_NE(why_not_listening("127.0.0.1:" + port).find("port " + port + " is in use"),
            std::string::npos);
  EXPECT_NE(why_not_listening("203.0.113.1:0").find("address"), std::string::npos);
}

}  // namespace
}  // namespace node
