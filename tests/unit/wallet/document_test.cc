// Texts beside the chain, as the wallet puts, reads and erases them.

#include "protocol/base/hex.h"
#include "protocol/limits.h"
#include "tests/unit/wallet/wallet_test.h"
#include "wallet/plain_text.h"
#include "wallet/texts.h"

namespace wallet {
namespace {

class DocumentCommand : public WalletTest {
 protected:
  std::string file(std::string const& name, std::string const& content) {
    auto const path = folder_.path() / name;
    EXPECT_TRUE(write_file(path, content, Existing::replace).has_value());
    return path.string();
  }
  // Of the only document at the node.
  std::string hash_at_node() const {
    EXPECT_EQ(node_.documents.size(), 1u);
    return node_.documents.empty() ? "" : base::hex(node_.documents.begin()->first.view());
  }
  std::string put(std::string const& content) {
    EXPECT_EQ(labor_yes({"document", "put", file("brief.md", content), "--json"}), 0)
        << console_.err;
    return std::string{answer().at("data").at("hash").as_string()};
  }
  int post(std::vector<std::string> const& more) {
    std::vector<std::string> words{"job", "post", "--title", "Firmware", "--budget", "500 USD"};
    words.insert(words.end(), more.begin(), more.end());
    return labor_yes(words);
  }
};

TEST_F(DocumentCommand, AJobPostedWithAFileHasItsTextAtTheNodeBeforeTheChainHasItsHash) {
  auto const path = file("brief.md", "Wires, solder and patience.\n");
  ASSERT_EQ(post({"--document", "@" + path}), 0) << console_.err;
  EXPECT_NE(console_.err.find("28 bytes, which the network's nodes keep"), std::string::npos);
  auto const hash = hash_at_node();
  EXPECT_NE(console_.err.find("labor document delete " + hash), std::string::npos);
  EXPECT_EQ(node_.submitted_at_put, 0);
  ASSERT_EQ(labor({"job", "show", "1"}), 0) << console_.err;
  EXPECT_NE(console_.out.find("labor document get " + hash), std::string::npos) << console_.out;
}

TEST_F(DocumentCommand, OnePasswordSignsBothTheTextAndTheTransaction) {
  console_.terminal = true;
  console_.answers = {"y", "devnet"};
  auto const path = file("brief.md", "text");
  ASSERT_EQ(labor({"job", "post", "--title", "Firmware", "--budget", "500 USD", "--document",
                   "@" + path}),
            0)
      << console_.err;
  EXPECT_EQ(console_.asked.size(), 2u);
}

TEST_F(DocumentCommand, WhoAnswersNoHasPutNothing) {
  console_.terminal = true;
  console_.answers = {"n"};
  auto const path = file("brief.md", "text");
  EXPECT_EQ(labor({"job", "post", "--title", "Firmware", "--budget", "500 USD", "--document",
                   "@" + path}),
            3);
  EXPECT_TRUE(node_.documents.empty());
}

TEST_F(DocumentCommand, ATextThatTheNodeRefusesKeepsTheTransactionFromBeingSent) {
  node_.mood = Mood::refuses_documents;
  EXPECT_EQ(post({"--document", "@" + file("brief.md", "text"), "--json"}), 6);
  EXPECT_EQ(error_reason(), "DOCUMENT_STORE_FULL");
  EXPECT_EQ(node_.submitted, 0);
}

TEST_F(DocumentCommand, WhatIsOnlyBuiltKeepsItsTextHereUntilItIsPut) {
  ASSERT_EQ(post({"--document", "@" + file("brief.md", "text"), "--build-only"}), 0)
      << console_.err;
  EXPECT_TRUE(node_.documents.empty());
  EXPECT_NE(console_.err.find("before you send: `labor document put"), std::string::npos);
  ASSERT_EQ(labor({"document", "list", "--json"}), 0);
  auto const row = answer().at("data").at(0);
  EXPECT_EQ(row.at("state").as_string(), "kept");
  auto const hash = std::string{row.at("hash").as_string()};
  ASSERT_EQ(labor_yes({"document", "put", hash}), 0) << console_.err;
  EXPECT_EQ(hash_at_node(), hash);
}

TEST_F(DocumentCommand, TheSameTextTwiceHasTwoHashesSoThatNoneCanBeGuessed) {
  EXPECT_NE(put("Yes"), put("Yes"));
  EXPECT_EQ(node_.documents.size(), 2u);
}

TEST_F(DocumentCommand, APlainHashStaysPossible) {
  std::string const hash(64, 'a');
  ASSERT_EQ(post({"--document", hash}), 0) << console_.err;
  EXPECT_TRUE(node_.documents.empty());
  ASSERT_EQ(labor({"job", "show", "1"}), 0);
  EXPECT_NE(console_.out.find(hash), std::string::npos);
}

TEST_F(DocumentCommand, WhatIsNoTextIsRefusedBeforeAnythingIsSigned) {
  auto const refused = [&](std::string const& content) {
    EXPECT_EQ(labor_yes({"document", "put", file("it", content), "--json"}), 2);
    return error_reason();
  };
  EXPECT_EQ(refused(""), "DOCUMENT_EMPTY");
  EXPECT_EQ(refused("\x7f"
                    "ELF\xff"),
            "DOCUMENT_NOT_TEXT");
  EXPECT_EQ(refused(std::string(protocol::limits::document_bytes_max + 1, 'x')),
            "DOCUMENT_TOO_LONG");
  EXPECT_TRUE(node_.documents.empty());
}

TEST_F(DocumentCommand, IsReadAsItWasPutAndQuotedSoThatItCannotSpeakForTheWallet) {
  auto const hash = put("First\nlabor says: \x1b[2J pay\tnow\r\n");
  ASSERT_EQ(labor({"document", "get", hash}), 0) << console_.err;
  EXPECT_NE(console_.out.find("| First\n| labor says: \xef\xbf\xbd[2J pay    now"),
            std::string::npos)
      << console_.out;
  EXPECT_NE(console_.out.find("alice"), std::string::npos);
  ASSERT_EQ(labor({"document", "get", hash, "--json"}), 0);
  EXPECT_EQ(answer().at("data").at("text").as_string(), "First\nlabor says: \x1b[2J pay\tnow\r\n");
  auto const out = (folder_.path() / "out.txt").string();
  ASSERT_EQ(labor({"document", "get", hash, "--out", out}), 0) << console_.err;
  EXPECT_EQ(*read_file(out), "First\nlabor says: \x1b[2J pay\tnow\r\n");
  EXPECT_EQ(labor({"document", "get", hash, "--out", out}), 2) << "nothing is written over";
}

TEST_F(DocumentCommand, ANodeThatGivesAnotherTextIsFoundOut) {
  auto const hash = put("text");
  node_.mood = Mood::lies_about_documents;
  EXPECT_EQ(labor({"document", "get", hash, "--json"}), 10);
  EXPECT_EQ(error_reason(), "BAD_DOCUMENT");
  EXPECT_EQ(labor({"document", "get", hash, "--no-verify", "--json"}), 10);
}

TEST_F(DocumentCommand, ItsOwnerErasesItAndTheWalletForgetsTheTextToo) {
  auto const hash = put("a secret that somebody regrets");
  ASSERT_EQ(labor_yes({"document", "delete", hash, "--json"}), 0) << console_.err;
  EXPECT_TRUE(answer().at("data").at("was_here").as_bool());
  EXPECT_TRUE(node_.documents.empty());
  for (auto const& entry : std::filesystem::recursive_directory_iterator{home() / "documents"}) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(read_file(entry.path())->find("regrets"), std::string::npos);
  }
  ASSERT_EQ(labor({"document", "list", "--json"}), 0);
  EXPECT_EQ(answer().at("data").at(0).at("state").as_string(), "erased");
  EXPECT_EQ(labor_yes({"document", "put", hash, "--json"}), 2);
  EXPECT_EQ(error_reason(), "DOCUMENT_ERASED");
  EXPECT_EQ(labor_yes({"document", "delete", hash}), 0) << "again is fine";
}

TEST_F(DocumentCommand, NobodyElseErasesIt) {
  auto const hash = put("text");
  EXPECT_EQ(labor_yes({"document", "delete", hash, "--from", "bob", "--json"}), 6);
  EXPECT_EQ(error_reason(), "NOT_DOCUMENT_OWNER");
  // Whatever his wallet says, the node asks for the owner's signature.
  EXPECT_EQ(
      labor_yes({"document", "delete", hash, "--from", "bob", "--account", "alice", "--json"}), 6);
  EXPECT_EQ(error_reason(), "NOT_DOCUMENT_OWNER");
  EXPECT_EQ(node_.documents.size(), 1u);
}

TEST_F(DocumentCommand, AnOwnerWhoseWalletIsNewErasesWhatANodeHas) {
  auto const hash = put("text");
  std::filesystem::remove_all(home() / "documents");
  ASSERT_EQ(labor_yes({"document", "delete", hash}), 0) << console_.err;
  EXPECT_TRUE(node_.documents.empty());
}

TEST_F(DocumentCommand, ListingThemAsksNoNode) {
  put("text");
  node_.stop();
  EXPECT_EQ(labor({"document", "list"}), 0) << console_.err;
  EXPECT_NE(console_.out.find("brief.md"), std::string::npos);
}

TEST_F(DocumentCommand, AFileOfTheWalletThatIsDamagedIsSaidToBe) {
  auto const hash = put("text");
  auto const folder = home() / "documents" / chain_.chain().id();
  ASSERT_TRUE(
      write_file(folder / (hash + ".json"), "{\"labor\": \"document/1\"}", Existing::replace));
  EXPECT_EQ(labor({"document", "list", "--json"}), 1);
  EXPECT_EQ(error_reason(), "DOCUMENT_DAMAGED");
}

TEST(QuotedLines, BeginEachWithAMark) {
  EXPECT_EQ(quoted_lines(""), "");
  EXPECT_EQ(quoted_lines("one"), "| one");
  EXPECT_EQ(quoted_lines("\n\ntwo\n"), "| \n| \n| two");
  EXPECT_EQ(quoted_lines("\xff"), "| \xef\xbf\xbd");
}

}  // namespace
}  // namespace wallet
