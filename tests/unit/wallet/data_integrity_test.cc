// What others publish about their formats, and ours in them.

#include "wallet/history/data_integrity.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "protocol/base/hex.h"
#include "protocol/crypto/sha256.h"
#include "protocol/crypto/sign.h"
#include "wallet/history/base58.h"
#include "wallet/history/canonical_json.h"
#include "wallet/history/did_key.h"

namespace wallet {
namespace {

protocol::PublicKey key_from(std::string_view seed_hex) {
  auto const seed = base::from_hex(seed_hex);
  return crypto::SecretKey{base::bytes_of(*seed)}.public_key();
}

std::string zeros_and(std::string_view digits) {
  return std::string(64 - digits.size(), '0') + std::string{digits};
}

// FIPS 180-2, B.1.
TEST(Sha256, IsThatOfItsStandard) {
  EXPECT_EQ(base::hex(crypto::sha256(base::bytes_of("abc")).view()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base58, IsReadAsItIsWritten) {
  // draft-msporny-base58-03, and the empty string.
  struct Row {
    std::string bytes;
    std::string text;
  };
  Row const rows[] = {{"", ""},
                      {"Hello World!", "2NEpo7TZRRrLZSi2U"},
                      {"The quick brown fox jumps over the lazy dog.",
                       "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
                      {std::string("\0\0\x28\x7f\xb4\xcd", 6), "11233QC4"}};
  for (auto const& row : rows) {
    EXPECT_EQ(base58(base::bytes_of(row.bytes)), row.text);
    EXPECT_EQ(from_base58(row.text), row.bytes);
  }
  for (auto const* refused : {"0", "O", "I", "l", "abc!", " "}) {
    EXPECT_FALSE(from_base58(refused)) << refused;
  }
  EXPECT_FALSE(from_base58(std::string(base58_digits_max + 1, '2')));
}

// test-vectors/ed25519-x25519.json of the did:key method (W3C CCG).
TEST(DidKey, IsThatOfTheMethodsVectors) {
  struct Row {
    std::string seed;
    std::string did;
  };
  Row const rows[] = {
      {zeros_and("00"), "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"},
      {zeros_and("01"), "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG"}};
  for (auto const& row : rows) {
    auto const key = key_from(row.seed);
    EXPECT_EQ(did_key(key), row.did);
    EXPECT_EQ(key_of_did(row.did), key);
  }
}

TEST(DidKey, OfAnythingElseIsNone) {
  auto const good = did_key(key_from(zeros_and("00")));
  std::string const refused[] = {"", "did:key:", "did:key:z", "did:web:example.com", good.substr(1),
                                 good + "2", good.substr(0, good.size() - 1),
                                 // An X25519 key, and an Ed25519 key with a zero byte before it.
                                 "did:key:z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW",
                                 "did:key:z1" + good.substr(std::string_view{"did:key:z"}.size())};
  for (auto const& did : refused) EXPECT_FALSE(key_of_did(did)) << did;
}

TEST(CanonicalJson, HasOneFormOfWhatIsTheSame) {
  struct Row {
    std::string text;
    std::string canonical;
  };
  Row const rows[] = {
      {R"({ "b" : [ 1, true, null ], "a" : {"z": "", "Z": []} })",
       R"({"a":{"Z":[],"z":""},"b":[1,true,null]})"},
      {R"(["\u20ac\u000f\u000aA'\u0042\u0022\u005c\\\"\/", "\u007f"])",
       "[\"\u20ac\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"\x7f\"]"},
      {"[9007199254740992, -9007199254740992, 0]", "[9007199254740992,-9007199254740992,0]"}};
  for (auto const& row : rows) {
    auto const value = parse_json(row.text);
    ASSERT_TRUE(value.has_value()) << row.text;
    EXPECT_EQ(canonical_json(*value), row.canonical);
  }
  for (auto const* refused : {"[1.5]", "[1e3]", "[9007199254740993]", "[-9007199254740993]",
                              "[18446744073709551615]", R"({"\u00e9": 1})"}) {
    EXPECT_FALSE(canonical_json(*parse_json(refused))) << refused;
  }
}

// TestVectors/eddsa-jcs-2022 and keyPair.json of W3C's vc-di-eddsa.
constexpr std::string_view vector_seed =
    "c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6";
constexpr std::string_view vector_key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
constexpr std::string_view vector_created = "2023-02-24T23:36:38Z";
constexpr std::string_view vector_hashes =
    "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
    "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19";
constexpr std::string_view vector_proof =
    "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX";

json::object vector_document() {
  return {
      {"@context",
       {"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"}},
      {"id", "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33"},
      {"type", {"VerifiableCredential", "AlumniCredential"}},
      {"name", "Alumni Credential"},
      {"description", "A minimum viable example of an Alumni Credential."},
      {"issuer", "https://vc.example/issuers/5678"},
      {"validFrom", "2023-01-01T00:00:00Z"},
      {"credentialSubject",
       json::object{{"id", "did:example:abcdefgh"}, {"alumniOf", "The School of Examples"}}}};
}

Result<json::object> secured_vector() {
  auto const seed = base::from_hex(vector_seed);
  crypto::SecretKey const secret{base::bytes_of(*seed)};
  return secure(vector_document(),
                {.key = secret.public_key(), .created = std::string{vector_created}},
                [&](std::string_view bytes) -> Result<protocol::Signature> {
                  EXPECT_EQ(base::hex(bytes), vector_hashes);
                  return secret.sign(base::bytes_of(bytes));
                });
}

TEST(DataIntegrity, SignsAsTheVectorsOfItsSuiteDo) {
  auto const secured = secured_vector();
  ASSERT_TRUE(secured.has_value());
  auto const& proof = secured->at("proof").as_object();
  EXPECT_EQ(proof.at("proofValue").as_string(), vector_proof);
  EXPECT_EQ(proof.at("verificationMethod").as_string(),
            "did:key:" + std::string{vector_key} + "#" + std::string{vector_key});
  EXPECT_EQ(proof.size(), 7u);
  auto const checked = check_secured(*secured);
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(did_key(*checked), "did:key:" + std::string{vector_key});
}

TEST(DataIntegrity, BelievesNothingThatWasChanged) {
  struct Row {
    std::string name;
    std::string reason;
    std::function<void(json::object&)> change;
  };
  auto const proof = [](json::object& secured) -> json::object& {
    return secured["proof"].as_object();
  };
  auto const other = did_key(key_from(zeros_and("00")));
  Row const rows[] = {
      {"a claim", "BAD_SIGNATURE", [](auto& it) { it["name"] = "Another"; }},
      {"a claim more", "BAD_SIGNATURE", [](auto& it) { it["more"] = true; }},
      {"a claim less", "BAD_SIGNATURE", [](auto& it) { it.erase("name"); }},
      {"the time", "BAD_SIGNATURE",
       [&](auto& it) { proof(it)["created"] = "2024-01-01T00:00:00Z"; }},
      {"another key", "BAD_SIGNATURE",
       [&](auto& it) { proof(it)["verificationMethod"] = other + "#" + other.substr(8); }},
      {"a signature of nothing", "BAD_SIGNATURE",
       [&](auto& it) { proof(it)["proofValue"] = "z" + std::string(64, '1'); }},
      {"a time that is none", "NOT_SIGNED", [&](auto& it) { proof(it)["created"] = "1d"; }},
      {"no proof", "NOT_SIGNED", [](auto& it) { it.erase("proof"); }},
      {"a proof that is none", "NOT_SIGNED", [](auto& it) { it["proof"] = json::array{}; }},
      {"no signature", "NOT_SIGNED", [&](auto& it) { proof(it).erase("proofValue"); }},
      {"half a signature", "NOT_SIGNED", [&](auto& it) { proof(it)["proofValue"] = "z22"; }},
      {"another suite", "NOT_SIGNED",
       [&](auto& it) { proof(it)["cryptosuite"] = "eddsa-rdfc-2022"; }},
      {"another purpose", "NOT_SIGNED",
       [&](auto& it) { proof(it)["proofPurpose"] = "authentication"; }},
      {"another context in the proof", "NOT_SIGNED",
       [&](auto& it) { proof(it)["@context"] = json::array{}; }},
      {"an option more", "NOT_SIGNED", [&](auto& it) { proof(it)["domain"] = "example.com"; }},
      {"a key of another document", "NOT_SIGNED",
       [&](auto& it) { proof(it)["verificationMethod"] = other + "#1"; }}};
  for (auto const& row : rows) {
    auto secured = *secured_vector();
    row.change(secured);
    auto const checked = check_secured(secured);
    ASSERT_FALSE(checked.has_value()) << row.name;
    EXPECT_EQ(checked.error().reason, row.reason) << row.name;
  }
}

}  // namespace
}  // namespace wallet
