#include "node/config.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "node/nearest.h"

namespace node {
namespace {

std::string const key_a(64, 'a');
std::string const key_b(64, 'b');

std::string peer(std::string const& name, std::string const& key) {
  return "[[peers]]\nname = \"" + name + "\"\naddress = \"127.0.0.1:1\"\nnode_key = \"" + key +
         "\"\n";
}

TEST(Config, WhatIsWrittenReadsBackAsTheSameAndEveryKeyIsExplained) {
  Config config;
  config.api_listen = "[::1]:8000";
  config.web_listen = "";
  config.mempool_count_max = 77;
  config.log_file = "a \"quoted\" \\ name";
  protocol::PublicKey key;
  key.data.fill(0xAB);
  config.peers = {{.name = "bern", .address = "10.0.0.2:7300", .node_key = key}};
  auto const text = to_toml(config);
  auto const read = parse_config(text, "labord.toml");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_toml(*read), text);
  EXPECT_EQ(read->api_listen, "[::1]:8000");
  EXPECT_EQ(read->web_listen, "");
  EXPECT_EQ(read->mempool_count_max, 77u);
  EXPECT_EQ(read->log_file, config.log_file);
  ASSERT_EQ(read->peers.size(), 1u);
  EXPECT_EQ(read->peers[0].node_key, key);

  std::string above;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line); above = line) {
    auto const is_key = line.find(" = ") != std::string::npos && line[0] != '#';
    auto const in_peer =
        line.starts_with("name") || line.starts_with("address") || line.starts_with("node_key");
    EXPECT_TRUE(!is_key || in_peer || above.starts_with("# ")) << line;
  }
}

TEST(Config, AnEmptyFileIsAllDefaults) {
  auto const read = parse_config("", "labord.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(to_toml(*read), to_toml(Config{}));
}

TEST(Config, MistakesAreNamedWithTheirLineAndWhatWasMeant) {
  struct Row {
    char const* name;
    std::string text;
    char const* want;
  };
  Row const rows[] = {
      {"typo in a key", "[api]\nlisten_ = \"a:1\"\n",
       ":2: there is no \"listen_\"; did you mean \"listen\"?"},
      {"typo in a section", "\n[mempol]\n",
       ":2: there is no \"mempol\"; did you mean \"mempool\"?"},
      {"nothing near", "[api]\nxylophone = 1\n",
       ":2: there is no \"xylophone\" here; known: listen"},
      {"key without section", "listen = \"a:1\"\n", "there is no \"listen\""},
      {"section as a value", "api = 1\n", ":1: [api] must be a section"},
      {"number as text", "[mempool]\ncount_max = \"1\"\n",
       ":2: mempool.count_max must be a whole number, not text"},
      {"number with a point", "[mempool]\ncount_max = 1.5\n", "not a number with a point"},
      {"text as number", "[api]\nlisten = 7300\n",
       ":2: api.listen must be text in quotes, not a whole number"},
      {"below", "[workers]\nthreads = 0\n", ":2: workers.threads is 0, outside 1 to 256"},
      {"above", "[workers]\nthreads = 257\n", "outside 1 to 256"},
      {"negative", "[workers]\nthreads = -1\n", "is -1, outside"},
      {"copies for longer than a day", "[documents]\ncopy_ms = 86400001\n",
       ":2: documents.copy_ms is 86400001, outside 0 to 86400000"},
      {"no room for one text", "[documents]\nowner_bytes_max = 65536\n", "outside 131072 to"},
      {"nowhere for metrics, misspelt", "[web]\nlisten = \"off\"\n",
       "web.listen is \"off\", not host:port"},
      {"no port", "[api]\nlisten = \"localhost\"\n", "api.listen is \"localhost\", not host:port"},
      {"port too large", "[peer]\nlisten = \"a:65536\"\n", "not host:port"},
      {"empty path", "[storage]\nfolder = \"\"\n", "storage.folder must not be empty"},
      {"level", "[log]\nlevel = \"inf\"\n", "did you mean \"info\"?"},
      {"not TOML", "[api\nlisten", "labord.toml:1"},
      {"twice", "[api]\nlisten = \"a:1\"\nlisten = \"a:1\"\n", "labord.toml:3"},
      {"one peer without brackets", "[peers]\nname = \"a\"\n", "[[peers]]"},
      {"peer without key", "[[peers]]\nname = \"a\"\naddress = \"a:1\"\n",
       ":1: a peer without node_key"},
      {"short key", peer("a", "ab"), ":4: peers.node_key must be 64 hex digits"},
      {"typo in a peer", "[[peers]]\nnme = \"a\"\n",
       ":2: there is no \"nme\"; did you mean \"name\"?"},
      {"same name", peer("a", key_a) + peer("a", key_b), ":5: two peers named a"},
      {"same key", peer("a", key_a) + peer("b", key_a), "peers a and b have the same node_key"},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const got = parse_config(row.text, "labord.toml");
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().message.find(row.want), std::string::npos) << got.error().message;
    EXPECT_TRUE(got.error().message.starts_with("labord.toml:")) << got.error().message;
  }
}

TEST(Config, AMissingFileSaysWhatToDo) {
  auto const got = read_config(testing::TempDir() + "no-such-home");
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().message.find("labord init"), std::string::npos);
}

TEST(Config, AnAddressIsAHostAndAPort) {
  for (auto const* good : {"a:0", "127.0.0.1:65535", "[::1]:80", "node.example:7300"}) {
    EXPECT_TRUE(is_address(good)) << good;
  }
  for (auto const* bad : {"", "a", ":1", "a:", "a:x", "a:-1", "a:65536", "::1:80", "a:1 "}) {
    EXPECT_FALSE(is_address(bad)) << bad;
  }
}

TEST(Nearest, IsTheFewestEditsAwayOrNothing) {
  constexpr std::string_view known[] = {"listen", "level", "file"};
  EXPECT_EQ(nearest("lisetn", known), "listen");
  EXPECT_EQ(nearest("levl", known), "level");
  EXPECT_EQ(nearest("something", known), std::nullopt);
  EXPECT_EQ(edits_between("kitten", "sitting"), 3u);
  EXPECT_EQ(edits_between("", "abc"), 3u);
}

}  // namespace
}  // namespace node
