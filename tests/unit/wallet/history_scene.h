// A contract between a client, alice, and a talent, bob, that ends and is exported; files of it,
// and files that somebody has changed and signed anew.

#pragma once

#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "tests/unit/wallet/wallet_test.h"
#include "wallet/history/credential.h"

namespace wallet {

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
    EXPECT_THAT(checked.error().message, testing::HasSubstr("This file does not verify"));
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
  static labor::v1::HistoryEvidence evidence_of(json::object& document) {
    auto const bytes = std::string{evidence(document)["bytes"].as_string()}.substr(1);
    return *canonical::decode<labor::v1::HistoryEvidence>(*base::from_hex(bytes));
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
      std::function<void(labor::v1::HistoryEvidence&)> const& change) {
    return [change](json::object& document) {
      auto it = evidence_of(document);
      change(it);
      evidence(document)["bytes"] = "f" + base::hex(canonical::encode(it));
    };
  }
};

}  // namespace wallet
