// An ended contract as a file: exported from a node, checked without one, and refused wherever
// somebody has changed it, the holder included, who can sign anything.

#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "tests/unit/wallet/wallet_test.h"
#include "wallet/history/canonical_json.h"
#include "wallet/history/credential.h"

namespace wallet {
namespace {

using labor::v1::HistoryEvidence;
using testing::Contains;
using testing::HasSubstr;
using testing::Key;
using testing::Not;

// 100 USD in minor units, as a varint in hex.
constexpr char const* hundred_usd = "80c2d72f";

class History : public WalletTest {
 protected:
  void SetUp() override {
    WalletTest::SetUp();
    must({"profile", "create", "--headline", "Draws maps", "--from", "bob"});
    must({"profile", "publish", "--from", "bob"});
    must(
        {"offer", "make", "--talent", "bob", "--title", "North", "--milestone", "Map=100 USD/14d"});
    must({"offer", "accept", "1", "--from", "bob"});
    must({"milestone", "fund", "1/0"});
    must({"milestone", "submit", "1/0", "--delivery", std::string(64, 'b'), "--from", "bob"});
    must({"milestone", "accept", "1/0"});
  }
  void end() { must({"contract", "end", "1"}); }
  void give(std::string const& who, std::string const& points) {
    must({"feedback", "give", "1", "--quality", points, "--communication", points, "--punctuality",
          points, "--again", points, "--from", who});
  }
  // Ended, and both have spoken; the client first.
  void rate() {
    end();
    give("alice", "5");
    give("bob", "4");
    must({"feedback", "reveal", "1"});
  }

  void must(std::vector<std::string> const& words) {
    ASSERT_EQ(labor_yes(words), 0) << testing::PrintToString(words) << console_.err;
  }

  std::string exported(std::vector<std::string> const& more = {}, std::string const& by = "bob") {
    std::vector<std::string> words{"history", "export", "1", "--from", by};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(labor_yes(words), 0) << console_.err;
    return console_.out;
  }
  std::string refused(std::vector<std::string> words) {
    words.insert(words.begin(), {"history", "export", "1"});
    words.emplace_back("--json");
    EXPECT_NE(labor_yes(words), 0);
    return error_reason();
  }

  Result<CheckedCredential> check(std::string_view text) const {
    return check_credential(chain_.chain(), text);
  }
  std::string reason_of(std::string_view text) const {
    auto const checked = check(text);
    if (checked) return "believed";
    EXPECT_EQ(checked.error().exit, Exit::unverified);
    EXPECT_THAT(checked.error().message, HasSubstr("This file does not verify"));
    return checked.error().reason;
  }

  static json::object document_of(std::string const& text) {
    return parse_json(text)->get_object();
  }
  static json::object& subject(json::object& document) {
    return document["credentialSubject"].as_object();
  }
  static json::object& proved(json::object& document) {
    return subject(document)["proved"].as_object();
  }
  static json::object& evidence(json::object& document) {
    return document["evidence"].as_array().at(0).as_object();
  }
  static HistoryEvidence evidence_of(json::object& document) {
    auto const bytes = std::string{evidence(document)["bytes"].as_string()}.substr(1);
    return *canonical::decode<HistoryEvidence>(*base::from_hex(bytes));
  }

  // Signed anew, as only the holder of the key can.
  std::string resigned(json::object document, KeyFile const& by) const {
    document.erase("proof");
    auto const secret = unlock(by, Secret::copy_of(std::string_view{"devnet"}));
    auto const secured =
        secure(std::move(document), {.key = by.public_key, .created = "2026-01-05T00:00:00Z"},
               [&](std::string_view bytes) -> Result<protocol::Signature> {
                 return secret->sign(base::bytes_of(bytes));
               });
    return credential_text(*secured);
  }

  struct Lie {
    std::string name;
    std::string reason;
    std::function<void(json::object&)> tell;
  };
  void expect_refused(std::string const& text, std::vector<Lie> const& lies) {
    ASSERT_EQ(reason_of(resigned(document_of(text), bob_)), "believed");
    for (auto const& lie : lies) {
      auto document = document_of(text);
      lie.tell(document);
      EXPECT_EQ(reason_of(resigned(document, bob_)), lie.reason) << lie.name;
    }
  }
  static std::function<void(json::object&)> with_evidence(
      std::function<void(HistoryEvidence&)> const& change) {
    return [change](json::object& document) {
      auto it = evidence_of(document);
      change(it);
      evidence(document)["bytes"] = "f" + base::hex(canonical::encode(it));
    };
  }
};

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

TEST_F(History, ClaimsNothingThatItsEvidenceDoesNotShowWhoeverSigns) {
  rate();
  auto const text = exported();
  EXPECT_EQ(reason_of(resigned(document_of(text), alice_)), "NOT_THE_ACCOUNTS_KEY");
  expect_refused(
      text,
      {{"another client", "CLAIM_NOT_PROVED",
        [this](auto& it) { proved(it)["client"] = address(bob_); }},
       {"another rating", "CLAIM_NOT_PROVED",
        [](auto& it) { proved(it)["rating"].as_object()["again"] = "4"; }},
       {"a claim less", "CLAIM_NOT_PROVED", [](auto& it) { proved(it).erase("ended"); }},
       {"what is stated as proved", "CLAIM_NOT_PROVED",
        [](auto& it) { proved(it)["title"] = "North"; }},
       {"another account", "CLAIM_NOT_PROVED",
        [this](auto& it) { subject(it)["account"] = address(alice_); }},
       {"another issuer", "CLAIM_NOT_PROVED", [](auto& it) { it["issuer"] = "did:example:a"; }},
       {"another time", "CLAIM_NOT_PROVED",
        [](auto& it) { it["validFrom"] = "2020-01-01T00:00:00Z"; }},
       {"another type", "CLAIM_NOT_PROVED", [](auto& it) { it["type"] = json::array{}; }},
       {"a member more", "CLAIM_NOT_PROVED", [](auto& it) { it["name"] = "Doctor"; }},
       {"another height", "CLAIM_NOT_PROVED", [](auto& it) { evidence(it)["height"] = "1"; }},
       {"another kind of statement", "NOT_A_CREDENTIAL",
        [](auto& it) { subject(it)["stated"].as_object()["degree"] = "Doctor"; }},
       {"nothing stated", "NOT_A_CREDENTIAL", [](auto& it) { subject(it).erase("stated"); }},
       {"no subject", "NOT_A_CREDENTIAL", [](auto& it) { it.erase("credentialSubject"); }},
       {"no evidence", "NOT_A_CREDENTIAL", [](auto& it) { it.erase("evidence"); }},
       {"evidence twice", "NOT_A_CREDENTIAL",
        [](auto& it) { it["evidence"].as_array().push_back(evidence(it)); }},
       {"evidence that is no text", "NOT_A_CREDENTIAL",
        [](auto& it) { evidence(it)["bytes"] = 5; }},
       {"evidence that is not hexadecimal", "NOT_A_CREDENTIAL",
        [](auto& it) { evidence(it)["bytes"] = "fxy"; }},
       {"evidence that is none", "BAD_EVIDENCE", [](auto& it) { evidence(it)["bytes"] = "fffff"; }},
       {"another chain", "WRONG_GENESIS",
        [](auto& it) { evidence(it)["genesisHash"] = std::string(64, '0'); }}});
}

TEST_F(History, StandsOnNoReceiptThatTheChainHasNot) {
  rate();
  auto const receipt = [](auto change) {
    return with_evidence([change](HistoryEvidence& it) { change(*it.mutable_receipt()); });
  };
  auto const commitment = [&](auto change) {
    return receipt([change](auto& it) {
      for (auto& event : *it.mutable_receipt()->mutable_events()) {
        change(*event.mutable_record_changed());
      }
    });
  };
  expect_refused(
      exported(),
      {{"no receipt", "BAD_EVIDENCE", with_evidence([](auto& it) { it.clear_receipt(); })},
       {"another contract", "WRONG_RECEIPTS",
        commitment([](auto& it) { it.mutable_record()->mutable_feedback()->set_contract(2); })},
       {"another cause", "WRONG_RECEIPTS",
        commitment([](auto& it) { it.set_cause("feedback.reply"); })},
       {"a failure", "WRONG_RECEIPTS",
        receipt([](auto& it) { it.mutable_receipt()->set_status(labor::v1::TX_STATUS_EXPIRED); })},
       {"another place", "WRONG_RECEIPTS", receipt([](auto& it) { it.set_index(1); })},
       {"one more place", "WRONG_RECEIPTS", receipt([](auto& it) { it.set_count(3); })},
       {"a longer way", "WRONG_RECEIPTS",
        receipt([](auto& it) { it.add_path(std::string(32, 'h')); })},
       {"half a hash", "BAD_EVIDENCE", receipt([](auto& it) { it.add_path("half"); })},
       {"another block", "BAD_EVIDENCE", receipt([](auto& it) { it.set_height(1); })},
       {"another salt", "WRONG_RATING",
        with_evidence([](auto& it) { it.mutable_rating()->set_salt(std::string(32, 's')); })},
       {"another rating", "WRONG_RATING",
        with_evidence([](auto& it) { it.mutable_rating()->mutable_content()->set_quality(4); })}});
}

TEST_F(History, StandsOnNoRecordOrBlockThatTheChainHasNot) {
  rate();
  auto const records = [](auto change) {
    return with_evidence([change](HistoryEvidence& it) {
      for (auto& row : *it.mutable_records()) change(*row.mutable_record());
    });
  };
  auto const blocks = [](auto change) {
    return with_evidence([change](HistoryEvidence& it) { change(*it.mutable_blocks()); });
  };
  expect_refused(
      exported({"--amounts"}),
      {{"more was paid", "BAD_PROOF", records([](auto& it) {
          if (it.has_contract()) it.mutable_contract()->set_released(1);
        })},
       {"another key", "BAD_PROOF", records([this](auto& it) {
          if (!it.has_account()) return;
          it.mutable_account()->mutable_authority()->set_public_key(alice_.public_key.str());
        })},
       {"another account's address", "BAD_KEY", records([](auto& it) {
          if (it.has_account()) it.mutable_account()->set_address("short");
        })},
       {"no records", "BAD_EVIDENCE", with_evidence([](auto& it) { it.clear_records(); })},
       {"a record twice", "BAD_EVIDENCE",
        with_evidence([](auto& it) { *it.add_records() = it.records(0); })},
       {"records without end", "BAD_EVIDENCE", with_evidence([](auto& it) {
          for (int i = 0; i < 100; ++i) *it.add_records() = it.records(0);
        })},
       {"the rating left out", "CLAIM_NOT_PROVED",
        with_evidence([](auto& it) { it.mutable_records()->RemoveLast(); })},
       {"a rating without a commitment", "BAD_EVIDENCE",
        with_evidence([](auto& it) { it.mutable_rating()->set_salt("salt"); })},
       {"no blocks", "BAD_EVIDENCE", blocks([](auto& it) { it.Clear(); })},
       {"blocks without end", "BAD_EVIDENCE", blocks([](auto& it) {
          while (it.size() <= evidence_blocks_max) *it.Add() = it.Get(0);
        })},
       {"a block twice", "BAD_EVIDENCE", blocks([](auto& it) { *it.Add() = it.Get(0); })},
       {"no header", "BAD_HEADER", blocks([](auto& it) { it.begin()->set_header("none"); })},
       {"no certificate", "BAD_CERTIFICATE",
        blocks([](auto& it) { it.begin()->clear_finalization(); })},
       {"a forged certificate", "BAD_CERTIFICATE", blocks([](auto& it) {
          auto& bytes = *it.begin()->mutable_finalization();
          bytes.back() = static_cast<char>(bytes.back() ^ 1);
        })},
       {"no epochs", "UNKNOWN_EPOCH", with_evidence([](auto& it) { it.clear_epochs(); })},
       {"an epoch left out", "WRONG_EPOCH",
        with_evidence([](auto& it) { it.mutable_epochs()->erase(it.epochs().begin()); })},
       {"other validators", "WRONG_SET", with_evidence([](auto& it) {
          auto& validator = *it.mutable_epochs(0)->mutable_next_set()->add_validators();
          validator.set_consensus_key(std::string(32, 'k'));
        })}});
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
