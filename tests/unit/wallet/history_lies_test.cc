// A file is believed of nobody who signs it, the holder included, who can sign anything: what it
// claims must be what its evidence shows, and the evidence must be the chain's.

#include "tests/unit/wallet/history_scene.h"

namespace wallet {
namespace {

using labor::v1::HistoryEvidence;

class HistoryLies : public History {};

TEST_F(HistoryLies, ClaimsNothingThatItsEvidenceDoesNotShowWhoeverSigns) {
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
       {"a statement without end", "NOT_A_CREDENTIAL",
        [](auto& it) { subject(it)["stated"].as_object()["title"] = std::string(10'000, 'a'); }},
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

TEST_F(HistoryLies, StandsOnNoReceiptThatTheChainHasNot) {
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

TEST_F(HistoryLies, StandsOnNoRecordOrBlockThatTheChainHasNot) {
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

}  // namespace
}  // namespace wallet
