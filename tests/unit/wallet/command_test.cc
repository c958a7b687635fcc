// What every command owes: JSON that parses, words for people, names that are meant.

#include "tests/unit/wallet/wallet_test.h"
#include "wallet/document.h"
#include "wallet/menu.h"

namespace wallet {
namespace {

using Command = WalletTest;

std::vector<std::string> every_command() {
  ScriptConsole console;
  Options options;
  Session session{options, console};
  return Menu{session, options}.commands();
}

std::vector<std::string> split(std::string const& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

TEST_F(Command, PrintsJsonThatParsesWhateverItIsGiven) {
  node_.stop();
  for (auto const& name : every_command()) {
    for (std::vector<std::string> const& bad : {std::vector<std::string>{},
                                                {"--nonsense"},
                                                {"\xff\xfe"},
                                                {"x", "y", "z", "w", "v"},
                                                {"--no-input"},
                                                {"1", "--title"}}) {
      auto words = split(name);
      words.insert(words.end(), bad.begin(), bad.end());
      words.emplace_back("--json");
      auto const code = labor(words);
      if (console_.out.empty()) continue;
      boost::system::error_code error;
      auto const value = boost::json::parse(console_.out, error);
      ASSERT_FALSE(error) << name << ": " << console_.out;
      EXPECT_EQ(value.at("ok").as_bool(), code == 0) << name << ": " << console_.out;
      if (code != 0) {
        EXPECT_EQ(value.at("error").at("exit").as_int64(), code);
        EXPECT_FALSE(value.at("error").at("message").as_string().empty());
      }
    }
  }
}

TEST_F(Command, UnknownWordsAreMetWithTheNearestRightOne) {
  EXPECT_EQ(labor({"acount", "show", "--json"}), 2);
  EXPECT_EQ(answer().at("error").at("hint").as_string(), "Did you mean `account`?");
  EXPECT_EQ(labor({"milestone", "fnud", "--json"}), 2);
  EXPECT_EQ(answer().at("error").at("hint").as_string(), "Did you mean `fund`?");
  EXPECT_EQ(labor({"account", "show", "--from", "alcie", "--json"}), 4);
  EXPECT_EQ(answer().at("error").at("hint").as_string(), "Did you mean `alice`?");
}

TEST_F(Command, ThatNeedsNoNodeAsksNone) {
  node_.stop();
  for (std::string const name : {"key list", "key show alice", "address show", "network list",
                                 "network show devnet", "tx list", "version", "help exit-codes"}) {
    EXPECT_EQ(labor(split(name)), 0) << name << ": " << console_.err;
  }
}

TEST_F(Command, ShowsExitCodesAsTheyAre) {
  ASSERT_EQ(labor({"help", "exit-codes", "--json"}), 0);
  EXPECT_EQ(answer().at("data").as_array().size(), exit_meanings().size());
}

TEST_F(Command, ThatIsBuiltSignedAndSentInAPipeIsOneTransaction) {
  ASSERT_EQ(labor({"account", "send", "bob", "1 USD", "--build-only"}), 0) << console_.err;
  console_.in = console_.out;
  ASSERT_EQ(labor({"tx", "simulate"}), 0) << console_.err;
  EXPECT_NE(console_.err.find("It would succeed now."), std::string::npos);
  console_.in = console_.out;
  ASSERT_EQ(labor_yes({"tx", "sign"}), 0) << console_.err;
  console_.in = console_.out;
  ASSERT_EQ(labor({"tx", "decode"}), 0) << console_.err;
  EXPECT_NE(console_.out.find("Signatures: good by alice"), std::string::npos) << console_.out;
  ASSERT_EQ(labor({"tx", "send"}), 0) << console_.err;
  EXPECT_NE(console_.out.find("Final and succeeded"), std::string::npos);
}

TEST_F(Command, SignsNothingForAnotherChain) {
  ASSERT_EQ(labor({"account", "send", "bob", "1 USD", "--build-only"}), 0) << console_.err;
  auto document = boost::json::parse(console_.out).as_object();
  std::string hash{document.at("genesis_hash").as_string()};
  hash[0] = hash[0] == '0' ? '1' : '0';
  document["genesis_hash"] = hash;
  console_.in = boost::json::serialize(document);
  EXPECT_EQ(labor_yes({"tx", "sign", "--json"}), 9);
  EXPECT_EQ(error_reason(), "WRONG_CHAIN");
}

TEST_F(Command, MergesSignaturesOnCopiesAndVerifiesThatNobodysIsMissing) {
  ASSERT_EQ(labor({"account", "send", "bob", "1 USD", "--build-only"}), 0) << console_.err;
  auto document = *parse_document(console_.out);
  document.body.set_fee_payer(bob_.address().str());
  auto const shared = document_of(document.genesis_hash, document.body).text();
  auto const copy = [&](std::string const& name) { return (home() / name).string(); };
  for (auto const* const name : {"alice", "bob"}) {
    console_.in = shared;
    ASSERT_EQ(labor_yes({"tx", "sign", "--from", name}), 0) << console_.err;
    ASSERT_TRUE(write_file(copy(std::string{name} + ".tx"), console_.out, Existing::refuse));
  }
  EXPECT_EQ(labor({"tx", "verify", copy("alice.tx"), "--json"}), 6);
  EXPECT_EQ(error_reason(), "FEE_PAYER_NOT_SIGNED");
  EXPECT_EQ(labor({"tx", "verify", copy("bob.tx"), "--json"}), 6);
  EXPECT_EQ(error_reason(), "NOT_AUTHORIZED");
  ASSERT_EQ(labor({"tx", "combine", copy("alice.tx"), copy("bob.tx")}), 0) << console_.err;
  auto const both = console_.out;
  console_.in = both;
  EXPECT_EQ(labor({"tx", "verify"}), 0) << console_.err;
  console_.in = both;
  EXPECT_EQ(labor({"tx", "send"}), 0) << console_.err;
}

TEST_F(Command, SignsForAnAccountWithOtherKeysThanItsFirstWhenToldSo) {
  ASSERT_EQ(labor({"account", "send", "bob", "1 USD", "--build-only"}), 0) << console_.err;
  auto const shared = console_.out;
  console_.in = shared;
  EXPECT_EQ(labor_yes({"tx", "sign", "--from", "bob", "--json"}), 4);
  EXPECT_EQ(error_reason(), "NOT_AUTHORIZED");
  console_.in = shared;
  ASSERT_EQ(labor_yes({"tx", "sign", "--from", "bob", "--account", "alice"}), 0) << console_.err;
  auto const signed_by_bob = console_.out;
  console_.in = signed_by_bob;
  EXPECT_EQ(labor({"tx", "verify", "--json"}), 6);
  console_.in = signed_by_bob;
  EXPECT_EQ(labor({"tx", "verify", "--account", "alice"}), 0) << console_.err;
  console_.in = shared;
  EXPECT_EQ(labor({"tx", "verify", "--account", "alice", "--json"}), 6) << "nobody has signed";
}

TEST_F(Command, VerifiesNoSignatureOfOtherBytes) {
  ASSERT_EQ(labor_yes({"account", "send", "bob", "1 USD", "--sign-only"}), 0) << console_.err;
  auto document = *parse_document(console_.out);
  auto signatures = signatures_of(document);
  signatures[0].mutable_signature()->front() ^= 1;
  console_.in = with_signatures(document, signatures).text();
  EXPECT_EQ(labor({"tx", "verify", "--json"}), 6);
  EXPECT_EQ(error_reason(), "BAD_SIGNATURE");
}

TEST_F(Command, BuildsSeveralMessagesAsOneTransaction) {
  console_.in = R"([{"transfer": {"to": ")" + address(bob_) +
                R"(", "asset": "USD", "amount": "1"}}, {"lock_tokens": {"amount": "5000000",
                "until_ms": "1790000000000"}}])";
  ASSERT_EQ(labor({"tx", "build"}), 0) << console_.err;
  console_.in = console_.out;
  ASSERT_EQ(labor({"tx", "decode", "--json"}), 0) << console_.err;
  EXPECT_EQ(answer().at("data").at("messages").as_array().size(), 2u);
  console_.in = R"([{"transfre": {}}])";
  EXPECT_EQ(labor({"tx", "build", "--json"}), 2);
  EXPECT_EQ(answer().at("error").at("hint").as_string(), "Did you mean `transfer`?");
}

TEST_F(Command, LocksTokensAndNamesTheRecordItMade) {
  ASSERT_EQ(labor_yes({"token", "lock", "100 LBR", "--until", "90d", "--json"}), 0) << console_.err;
  auto const created = answer().at("data").at("created").as_array();
  ASSERT_EQ(created.size(), 1u);
  EXPECT_EQ(created[0].at("kind").as_string(), "lock");
  EXPECT_EQ(answer().at("data").at("created_ids").as_array()[0].as_string(),
            created[0].at("id").as_string());
}

TEST_F(Command, MakesAKeyAndAsksItsWordsBack) {
  console_.terminal = true;
  console_.answers = {"long enough", "long enough", "not", "the", "words"};
  EXPECT_EQ(labor({"key", "new", "carol", "--json"}), 3);
  EXPECT_EQ(error_reason(), "WORDS_DIFFER");
  EXPECT_NE(console_.shown.find("24."), std::string::npos);
  EXPECT_EQ(console_.out.find("24."), std::string::npos);
  EXPECT_EQ(labor({"key", "show", "carol"}), 4);
}

TEST_F(Command, LeavesNoWordsBehindWhenThePasswordIsRefused) {
  auto const words = home() / "words";
  EXPECT_EQ(labor_yes({"key", "new", "carol", "--words-file", words.string(), "--json"}), 4);
  EXPECT_EQ(error_reason(), "PASSWORD_TOO_SHORT");
  EXPECT_FALSE(std::filesystem::exists(words));
}

TEST_F(Command, SaysOfWhichNetworkAForeignAddressIs) {
  auto const foreign = protocol::address_text(bob_.address(), protocol::Network::main);
  EXPECT_EQ(labor_yes({"account", "send", foreign, "1 USD", "--json"}), 2);
  EXPECT_EQ(error_reason(), "WRONG_NETWORK");
  EXPECT_EQ(labor_yes({"account", "send", foreign.substr(0, 30), "1 USD", "--json"}), 2);
  EXPECT_EQ(error_reason(), "INVALID_ADDRESS");
}

TEST_F(Command, TakesAFileThatIsNotThereForAMistakeOfTheCommandLine) {
  EXPECT_EQ(labor_yes({"milestone", "submit", "1/0", "--delivery", "@nowhere", "--json"}), 2);
  EXPECT_EQ(error_reason(), "NO_SUCH_FILE");
}

TEST_F(Command, RecoversTheSameKeyFromItsWords) {
  auto const words = (home() / "words").string();
  ASSERT_EQ(labor_yes({"key", "export", "alice", "--words-file", words}), 0) << console_.err;
  ASSERT_EQ(labor_yes({"key", "recover", "again", "--words-file", words, "--devnet", "--kdf",
                       "minimum", "--json"}),
            0)
      << console_.err;
  EXPECT_EQ(answer().at("data").at("address").as_string(), address(alice_));
  ASSERT_EQ(labor({"key", "verify-backup", "alice", "--words-file", words}), 0);
  ASSERT_EQ(labor({"key", "verify-backup", "bob", "--words-file", words, "--json"}), 4);
  EXPECT_EQ(error_reason(), "OTHER_WORDS");
}

TEST_F(Command, ExportsWordsOnlyWhenTheNameIsTyped) {
  console_.terminal = true;
  console_.answers = {"yes"};
  EXPECT_EQ(labor({"key", "export", "alice"}), 3);
  EXPECT_TRUE(console_.shown.empty());
  console_.answers = {"alice", "devnet"};
  EXPECT_EQ(labor({"key", "export", "alice"}), 0) << console_.err;
  EXPECT_FALSE(console_.shown.empty());
  EXPECT_TRUE(console_.out.empty());
}

TEST_F(Command, AddsANetworkFromItsGenesis) {
  auto const path = (home() / "genesis.json").string();
  ASSERT_TRUE(write_file(path, protocol::to_json(chain_.chain().genesis()), Existing::refuse));
  ASSERT_EQ(labor({"network", "add", "again", "--api", node_.api(), "--genesis", path}), 0)
      << console_.err;
  EXPECT_EQ(labor({"node", "status", "--network", "again", "--json"}), 0) << console_.err;
  EXPECT_EQ(labor({"network", "add", "bad", "--api", "nowhere", "--genesis", path}), 2);
  EXPECT_EQ(labor({"network", "use", "agian", "--json"}), 2);
  EXPECT_EQ(answer().at("error").at("hint").as_string(), "Did you mean `again`?");
}

}  // namespace
}  // namespace wallet
