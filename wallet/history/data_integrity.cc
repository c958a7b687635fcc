#include "wallet/history/data_integrity.h"

#include "protocol/base/check.h"
#include "protocol/crypto/sha256.h"
#include "protocol/crypto/sign.h"
#include "wallet/dates.h"
#include "wallet/history/base58.h"
#include "wallet/history/canonical_json.h"
#include "wallet/history/did_key.h"
#include "wallet/light/final_header.h"

namespace wallet {

namespace {

json::object config_of(json::object const& document, SignedBy const& by) {
  json::object config{{"type", "DataIntegrityProof"},
                      {"cryptosuite", "eddsa-jcs-2022"},
                      {"created", by.created},
                      {"verificationMethod", verification_method(by.key)},
                      {"proofPurpose", "assertionMethod"}};
  if (auto const* const context = document.if_contains("@context")) config["@context"] = *context;
  return config;
}

std::optional<std::string> text_in(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string{value->get_string()};
}

std::optional<std::string> time_in(json::object const& proof) {
  auto text = text_in(proof, "created");
  if (!text) return std::nullopt;
  auto const time = parse_time(*text, protocol::TimeMs{0});
  if (!time || iso_time(*time) != *text) return std::nullopt;
  return text;
}

std::optional<protocol::PublicKey> signer_in(json::object const& proof) {
  auto const method = text_in(proof, "verificationMethod");
  if (!method) return std::nullopt;
  auto const key = key_of_did(method->substr(0, method->find('#')));
  if (!key || verification_method(*key) != *method) return std::nullopt;
  return key;
}

std::optional<protocol::Signature> signature_in(json::object const& proof) {
  auto const value = text_in(proof, "proofValue");
  if (!value || !value->starts_with('z')) return std::nullopt;
  auto const bytes = from_base58(std::string_view{*value}.substr(1));
  if (!bytes) return std::nullopt;
  return protocol::Signature::from(*bytes);
}

}  // namespace

std::optional<std::string> hash_data(json::object const& document, json::object const& config) {
  auto const config_text = canonical_json(config);
  auto const document_text = canonical_json(document);
  if (!config_text || !document_text) return std::nullopt;
  return crypto::sha256(base::bytes_of(*config_text)).str() +
         crypto::sha256(base::bytes_of(*document_text)).str();
}

Result<json::object> secure(json::object document, SignedBy const& by, SignBytes const& sign) {
  auto proof = config_of(document, by);
  auto const bytes = hash_data(document, proof);
  CHECK(bytes.has_value());
  TRY(signature, sign(*bytes));
  proof["proofValue"] = "z" + base58(signature.view());
  document["proof"] = std::move(proof);
  return document;
}

Result<protocol::PublicKey> check_secured(json::object const& secured) {
  auto const* const proof = secured.if_contains("proof");
  auto const refuse = [] {
    return unverified("NOT_SIGNED", "it has no signature of the form eddsa-jcs-2022.");
  };
  if (proof == nullptr || !proof->is_object()) return refuse();
  auto document = secured;
  document.erase("proof");
  auto config = proof->get_object();
  auto const key = signer_in(config);
  auto const signature = signature_in(config);
  auto const created = time_in(config);
  config.erase("proofValue");
  if (!key || !signature || !created) return refuse();
  // Nothing else, so that no option is signed that this version does not know.
  if (config != config_of(document, {.key = *key, .created = *created})) return refuse();
  auto const bytes = hash_data(document, config);
  if (!bytes || !crypto::verify(*key, base::bytes_of(*bytes), *signature)) {
    return unverified("BAD_SIGNATURE",
                      "the signature is not by the key that it names, of what it says.");
  }
  return *key;
}

}  // namespace wallet
