// Which keys may vote with what a disk holds: one whose journal is lost never again, a new one from
// its own first view on.

#include "node/data.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "node/init.h"
#include "node/key_file.h"
#include "tests/support/person.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

namespace fs = std::filesystem;

class DataTest : public testing::Test {
 protected:
  DataTest() {
    EXPECT_TRUE(init({.home = home_}));
    labor::v1::Genesis genesis;
    genesis.set_chain_id("data-test");
    genesis.set_time_ms(1'700'000'000'000);
    genesis.set_devnet(true);
    auto& validator = *genesis.add_validators();
    validator.set_name("anna");
    validator.set_consensus_key(read_key_file(home_ / "validator.key")->key().public_key().str());
    validator.set_node_key(read_key_file(home_ / "node.key")->key().public_key().str());
    std::ofstream{home_ / "genesis.json"} << protocol::to_json(genesis);
  }

  // Whether the home's key may vote; with another key where a Person's number is given.
  bool votes(std::uint64_t person = 0) {
    auto home = load_home(home_);
    EXPECT_TRUE(home) << home.error().message;
    if (person != 0) {
      home->consensus_key = testing_support::secret_key(person);
      home->key = home->consensus_key->public_key();
    }
    auto const data = open_data(*home, machine_disk());
    EXPECT_TRUE(data) << data.error().message;
    EXPECT_EQ(data->votes != nullptr, data->key_spent.empty()) << data->key_spent;
    return data->key_spent.empty();
  }

  testing_support::TempFolder const folder_;
  fs::path const home_ = folder_.path() / "home";
};

// Of the chain a node fetches what it has lost; a text that was put here is here alone.
TEST_F(DataTest, TextsOutliveTheDataOfTheChainAndFillNoMoreThanTheSettingsSay) {
  auto home = load_home(home_);
  ASSERT_TRUE(home) << home.error().message;
  home->config.documents_bytes_max = DocumentStore::block_bytes;
  protocol::Document const text{.owner = {}, .salt = {}, .text = "text"};
  protocol::Document const another{.owner = {}, .salt = {}, .text = "another"};
  {
    auto const documents = open_documents(*home, machine_disk());
    ASSERT_TRUE(documents) << documents.error().message;
    ASSERT_TRUE((*documents)->put(text).has_value());
    EXPECT_EQ((*documents)->put(another).error(), DocumentRefusal::node_full);
  }
  fs::remove_all(home_ / "data");
  auto const documents = open_documents(*home, machine_disk());
  ASSERT_TRUE(documents) << documents.error().message;
  EXPECT_TRUE((*documents)->find(protocol::document_hash(text)).has_value());
}

TEST_F(DataTest, AKeyWhoseJournalIsLostObservesAndANewOneVotes) {
  EXPECT_TRUE(votes());
  EXPECT_TRUE(votes()) << "after a restart";
  fs::remove_all(home_ / "data" / "votes");
  EXPECT_FALSE(votes());
  EXPECT_FALSE(votes()) << "after a restart";
  EXPECT_TRUE(votes(1));
  EXPECT_TRUE(votes(1)) << "after a restart";
}

// The new key's journal says nothing of what the old one signed.
TEST_F(DataTest, AKeyWhoseJournalIsLostDoesNotVoteWithAnothersJournal) {
  EXPECT_TRUE(votes());
  fs::remove_all(home_ / "data" / "votes");
  EXPECT_TRUE(votes(1));
  EXPECT_FALSE(votes());
  EXPECT_TRUE(votes(1));
}

TEST_F(DataTest, NeitherDoesOneWhoseDataIsGone) {
  EXPECT_TRUE(votes());
  fs::remove_all(home_ / "data");
  EXPECT_TRUE(votes(1));
  EXPECT_FALSE(votes());
  fs::remove_all(home_ / "data");
  EXPECT_FALSE(votes(1));
  EXPECT_TRUE(votes(2));
}

// Both have their votes in the one journal.
TEST_F(DataTest, AKeyThatIsTurnedFromMayBeTurnedBackToWhileTheJournalIsThere) {
  EXPECT_TRUE(votes());
  EXPECT_TRUE(votes(1));
  EXPECT_TRUE(votes());
}

}  // namespace
}  // namespace node
