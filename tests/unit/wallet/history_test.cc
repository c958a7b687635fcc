// An ended contract as a file: exported from a node, checked without one.

#include <set>

#include "tests/unit/wallet/history_scene.h"
#include "wallet/history/canonical_json.h"

namespace wallet {
namespace {

using testing::HasSubstr;
using testing::Not;

// 100 USD in minor units, as a varint in hex.
constexpr char const* hundred_usd = "80c2d72f";

TEST_F(History, WithAmountsIsProvedByTheContractsRecord) {
  rate();
  auto const text = exported({"--amounts"});
  auto const checked = check(text);
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  json::object const wanted{
      {"contract", "1"},
      {"client", address(alice_)},
      {"talent", address(bob_)},
      {"role", "talent"},
      {"title", "North"},
      {"start", checked->proved.at("start")},
      {"ended", checked->proved.at("ended")},
      {"outcome", "paid in full for what was delivered"},
      {"rating", {{"quality", "5"}, {"communication", "5"}, {"punctuality", "5"}, {"again", "5"}}},
      {"amounts",
       {{"paid", "100.00 USD"},
        {"delivered", "100.00 USD"},
        {"bonus", "0.00 USD"},
        {"fee", "10.00 USD"}}}};
  EXPECT_EQ(checked->proved, wanted);
  EXPECT_TRUE(checked->stated.empty());
  EXPECT_THAT(text, HasSubstr(hundred_usd));
}

TEST_F(History, WithoutAmountsIsProvedByTheCommitmentToFeedback) {
  rate();
  auto const text = exported();
  auto const checked = check(text);
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  EXPECT_THAT(text, Not(HasSubstr(hundred_usd)));
  EXPECT_EQ(checked->proved.at("client"), json::value(address(alice_)));
  EXPECT_EQ(checked->proved.at("role"), json::value("talent"));
  EXPECT_EQ(checked->proved.at("rating").at("quality"), json::value("5"));
  EXPECT_FALSE(checked->proved.contains("title"));
  EXPECT_EQ(checked->stated.at("title"), json::value("North"));
  // What was said second has no commitment: it is the holder's word.
  auto const by_client = check(exported({}, "alice"));
  ASSERT_TRUE(by_client.has_value());
  EXPECT_EQ(by_client->proved.at("role"), json::value("client"));
  EXPECT_FALSE(by_client->proved.contains("rating"));
  EXPECT_EQ(by_client->stated.at("rating").at("quality"), json::value("4"));
  // Of one contract, both ways show the same end.
  EXPECT_EQ(check(exported({"--amounts"}))->proved.at("ended"), checked->proved.at("ended"));
}

TEST_F(History, IsCheckedWithoutANodeThroughAllEpochs) {
  rate();
  auto const file = (home() / "contract.json").string();
  must({"history", "export", "1", "--from", "bob", "--out", file});
  EXPECT_EQ(labor_yes({"history", "export", "1", "--from", "bob", "--out", file}), 2);
  EXPECT_THAT(console_.err, HasSubstr("FILE_EXISTS"));
  auto document = document_of(*read_file(file));
  auto const shown = evidence_of(document);
  ASSERT_GE(shown.epochs_size(), 2);
  for (auto const& change : shown.epochs()) {
    EXPECT_TRUE(change.next_set().validators().empty()) << "they have not changed";
  }
  node_.stop();
  ASSERT_EQ(labor({"history", "verify", file}), 0) << console_.err;
  EXPECT_THAT(console_.out, HasSubstr("Proved by chain"));
  EXPECT_THAT(console_.out, HasSubstr("The holder's word, which nothing in the file proves"));
  ASSERT_EQ(labor({"history", "verify", file, "--json"}), 0);
  EXPECT_EQ(answer().at("data").at("account"), json::value(address(bob_)));
  auto changed = *read_file(file);
  changed.replace(changed.find("North"), 5, "South");
  ASSERT_TRUE(write_file(file, changed, Existing::replace).has_value());
  EXPECT_EQ(labor({"history", "verify", file, "--json"}), 10);
  EXPECT_EQ(error_reason(), "BAD_SIGNATURE");
}

TEST_F(History, HasNoByteThatCanBeChanged) {
  rate();
  std::set<std::string> reasons;
  auto const flip = [&](std::string const& text, std::size_t step) {
    for (std::size_t i = 0; i < text.size(); i += step) {
      auto changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1 << i % 8);
      auto const checked = check(changed);
      ASSERT_FALSE(checked.has_value()) << i << " of " << text;
      reasons.insert(checked.error().reason);
    }
    for (auto const& other : {text.substr(1), text + " ", " " + text, text + text,
                              text.substr(0, text.size() / 2), std::string{}}) {
      EXPECT_NE(reason_of(other), "believed");
    }
  };
  flip(exported(), 1);
  flip(exported({"--amounts"}), 5);
  EXPECT_EQ(reasons, (std::set<std::string>{"BAD_SIGNATURE", "NOT_A_CREDENTIAL", "NOT_SIGNED"}));
}

TEST_F(History, MayBeStoredInTheCanonicalFormAndInNoOther) {
  rate();
  auto const text = exported();
  auto const value = *parse_json(text);
  EXPECT_EQ(reason_of(*canonical_json(value)), "believed");
  for (auto const& [from, to] :
       {std::pair{"\n  ", "\n\t"}, std::pair{"tlabor1", "\\u0074labor1"}}) {
    auto spelled = text;
    spelled.replace(spelled.find(from), std::string_view{from}.size(), to);
    EXPECT_EQ(reason_of(spelled), "NOT_AS_WRITTEN");
  }
  auto twice = text;
  twice.insert(twice.find("\"title\""), "\"title\": \"South\",\n      ");
  EXPECT_EQ(reason_of(twice), "NOT_AS_WRITTEN");
}

TEST_F(History, IsTheAccountsWhoseKeyItIsAndNotAGivenUpKeys) {
  rate();
  auto const before = exported();
  auto const carol = key("carol", 3);
  ASSERT_TRUE(Keystore{home() / "keys"}.add(carol).has_value());
  must({"authority", "rotate", "--key", "carol", "--from", "bob"});
  EXPECT_EQ(refused({"--from", "bob"}), "NOT_THE_ACCOUNTS_KEY");
  auto const after = exported({"--account", address(bob_)}, "carol");
  EXPECT_EQ(reason_of(after), "believed");
  EXPECT_EQ(reason_of(resigned(document_of(after), bob_)), "NOT_THE_ACCOUNTS_KEY");
  EXPECT_EQ(reason_of(before), "believed") << "it says as of when";
}

TEST_F(History, IsOfWhatHasEndedAndOfItsSidesAlone) {
  EXPECT_EQ(refused({"--from", "bob"}), "CONTRACT_NOT_ENDED");
  end();
  EXPECT_EQ(refused({"--from", "bob"}), "NOTHING_WITHOUT_AMOUNTS");
  EXPECT_THAT(std::string{answer().at("error").at("hint").as_string()},
              HasSubstr("labor feedback give 1"));
  EXPECT_EQ(check(exported({"--amounts"}))->proved.at("title"), json::value("North"));
  auto const carol = key("carol", 3);
  ASSERT_TRUE(Keystore{home() / "keys"}.add(carol).has_value());
  EXPECT_EQ(refused({"--from", "carol"}), "NOT_YOUR_CONTRACT");
  EXPECT_EQ(refused({"--from", "bob", "--act-for", "alice"}), "ACT_NOT_FOR_OTHERS");
  EXPECT_EQ(labor_yes({"history", "export", "7", "--json"}), 2);
  EXPECT_EQ(error_reason(), "NOT_FOUND");
}

TEST_F(History, WithoutAmountsIsNotMadeOfWhatHasThemBesideTheCommitment) {
  console_.in = R"([{"end_contract": {"contract": "1"}},
                    {"commit_feedback": {"contract": "1", "commitment": ")" +
                std::string(64, 'c') + R"("}}])";
  for (auto const* step : {"build", "sign", "send"}) {
    must({"tx", step});
    console_.in = console_.out;
  }
  EXPECT_EQ(refused({"--from", "bob"}), "NOTHING_WITHOUT_AMOUNTS");
  EXPECT_THAT(std::string{answer().at("error").at("message").as_string()},
              HasSubstr("together with something else"));
  EXPECT_EQ(reason_of(exported({"--amounts"})), "believed");
}

TEST_F(History, IsWrittenWhereOneStandsUnderABareName) {
  rate();
  auto const before = std::filesystem::current_path();
  std::filesystem::current_path(home());
  EXPECT_EQ(labor_yes({"history", "export", "1", "--from", "bob", "--out", "contract.json"}), 0)
      << console_.err;
  EXPECT_EQ(labor({"history", "verify", "contract.json"}), 0) << console_.err;
  std::filesystem::current_path(before);
}

TEST_F(History, IsReadFromNoFileThatIsNoCredential) {
  struct Row {
    std::string text;
    std::string reason;
  };
  Row const rows[] = {{"", "NOT_A_CREDENTIAL"},
                      {"[]", "NOT_A_CREDENTIAL"},
                      {"5\n", "NOT_A_CREDENTIAL"},
                      {std::string(100'000, '['), "NOT_A_CREDENTIAL"},
                      {"{\"a\":" + std::string(100'000, '{'), "NOT_A_CREDENTIAL"},
                      {"{}\n", "NOT_SIGNED"},
                      {"{\"n\":1e999}", "NOT_AS_WRITTEN"},
                      {"{\"proof\":{}}", "NOT_SIGNED"}};
  for (auto const& row : rows) EXPECT_EQ(reason_of(row.text), row.reason) << row.text.substr(0, 20);
}

}  // namespace
}  // namespace wallet
