#include "wallet/history/credential.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocol/address.h"
#include "protocol/bank/authority.h"
#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/history/canonical_json.h"
#include "wallet/history/did_key.h"
#include "wallet/light/final_header.h"

namespace wallet {

namespace {

using labor::v1::HistoryEvidence;
using protocol::Amount;
using protocol::TimeMs;

// A title and a list of skills as long as a job may have.
constexpr std::size_t stated_bytes_max = 8192;
constexpr std::array<std::string_view, 4> stated_names{"title", "start", "skills", "rating"};

std::string_view name_of(Role role) {
  switch (role) {
    case Role::client:
      return "client";
    case Role::talent:
      return "talent";
    case Role::team_member:
      return "member of the talent's team";
  }
  return "";
}

json::object amounts_json(labor::v1::Contract const& contract) {
  auto const money = [&](std::uint64_t amount) {
    return json::string{show(Amount{amount}, contract.asset())};
  };
  return {{"paid", money(contract.released())},
          {"delivered", money(contract.delivered())},
          {"bonus", money(contract.bonus())},
          {"fee", money(contract.fee_earned() + contract.bonus_fee())}};
}

json::object proved_json(Engagement const& shown, protocol::Network network) {
  json::object proved{{"contract", fmt::format("{}", shown.contract)},
                      {"client", protocol::address_text(shown.client, network)},
                      {"talent", protocol::address_text(shown.talent, network)},
                      {"role", name_of(shown.role)},
                      {"ended", iso_time(TimeMs{shown.ended_at_ms})},
                      // What the chain asks of whoever gives feedback.
                      {"outcome", "work was delivered or paid"}};
  if (!shown.client_handle.empty()) proved["clientHandle"] = shown.client_handle;
  if (!shown.talent_handle.empty()) proved["talentHandle"] = shown.talent_handle;
  if (shown.rating) proved["rating"] = rating_json(*shown.rating);
  if (!shown.terms) return proved;
  proved["title"] = shown.terms->title();
  proved["start"] = iso_time(TimeMs{shown.terms->signed_at_ms()});
  proved["outcome"] = outcome_of(*shown.terms);
  proved["amounts"] = amounts_json(*shown.terms);
  if (shown.job) {
    json::array skills;
    for (auto const& skill : shown.job->details().skills()) skills.push_back(json::value(skill));
    proved["skills"] = std::move(skills);
  }
  return proved;
}

json::object evidence_json(protocol::Chain const& chain, Engagement const& shown,
                           HistoryEvidence const& evidence) {
  return {{"type", {"LaborStateEvidence"}},
          {"chain", chain.id()},
          {"genesisHash", base::hex(chain.hash().view())},
          {"height", fmt::format("{}", shown.height)},
          {"bytes", "f" + base::hex(canonical::encode(evidence))}};
}

Result<json::object> credential_of(protocol::Chain const& chain, CredentialParts const& parts,
                                   Engagement const& shown) {
  auto const network = chain.devnet() ? protocol::Network::devnet : protocol::Network::main;
  if (!bank::may_sign(shown.holder, {&parts.key, 1})) {
    return unverified("NOT_THE_ACCOUNTS_KEY",
                      fmt::format("the key does not sign alone for the account {}.",
                                  protocol::address_text(shown.account(), network)));
  }
  auto const did = did_key(parts.key);
  return json::object{{"@context",
                       {"https://www.w3.org/ns/credentials/v2",
                        "https://www.w3.org/ns/credentials/undefined-terms/v2"}},
                      {"type", {"VerifiableCredential", "LaborContractCredential"}},
                      {"issuer", did},
                      {"validFrom", iso_time(shown.as_of)},
                      {"credentialSubject",
                       json::object{{"id", did},
                                    {"account", protocol::address_text(shown.account(), network)},
                                    {"proved", proved_json(shown, network)},
                                    {"stated", parts.stated}}},
                      {"evidence", {evidence_json(chain, shown, parts.evidence)}}};
}

Result<Engagement> shown_by(protocol::Chain const& chain, HistoryEvidence const& evidence) {
  TRY(trust, Trust::from(chain));
  return check_evidence(std::move(trust), evidence);
}

// ---- reading ----

std::unexpected<Problem> no_credential(std::string const& message) {
  return unverified("NOT_A_CREDENTIAL", message);
}

json::value const* member(json::value const* value, std::string_view name) {
  auto const* const object = value == nullptr ? nullptr : value->if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

Result<json::object> read_document(std::string_view text) {
  auto value = parse_json(text);
  if (!value) return no_credential("it is not JSON.");
  if (!value->is_object()) return no_credential("it is no credential.");
  bool const as_written = text == credential_text(value->get_object());
  if (!as_written && text != canonical_json(*value)) {
    return unverified("NOT_AS_WRITTEN", "it is not spelled as it was written: it was changed.");
  }
  return std::move(value->get_object());
}

Result<HistoryEvidence> read_evidence(protocol::Chain const& chain, json::object const& document) {
  auto const* const list = document.if_contains("evidence");
  bool const one = list != nullptr && list->is_array() && list->get_array().size() == 1;
  auto const* const evidence = one ? &list->get_array().front() : nullptr;
  auto const* const genesis = member(evidence, "genesisHash");
  auto const* const bytes = member(evidence, "bytes");
  bool const there = genesis != nullptr && genesis->is_string() && bytes != nullptr &&
                     bytes->is_string() && bytes->get_string().starts_with('f');
  if (!there) return no_credential("it has no evidence.");
  if (genesis->get_string() != base::hex(chain.hash().view())) {
    return unverified("WRONG_GENESIS", fmt::format("it is of another chain than `{}`. If you know "
                                                   "that one, `--network NAME` chooses it.",
                                                   chain.id()));
  }
  auto const decoded = base::from_hex(std::string_view{bytes->get_string()}.substr(1));
  if (!decoded) return no_credential("its evidence is not hexadecimal.");
  auto read = canonical::decode<HistoryEvidence>(*decoded);
  if (!read) return unverified("BAD_EVIDENCE", std::string{explain(read.error())});
  return *std::move(read);
}

bool is_stated(json::object const& stated) {
  if (json::serialize(stated).size() > stated_bytes_max) return false;
  return std::ranges::all_of(stated, [](auto const& claim) {
    return std::ranges::find(stated_names, std::string_view{claim.key()}) != stated_names.end();
  });
}

// Where a file says something else than its evidence shows.
std::string difference(json::object const& said, json::object const& made) {
  auto const* const claims = member(said.if_contains("credentialSubject"), "proved");
  for (auto const& claim : made.at("credentialSubject").at("proved").get_object()) {
    auto const* const claimed = member(claims, claim.key());
    if (claimed != nullptr && *claimed == claim.value()) continue;
    return fmt::format(
        "of `{}` it says {}, and its evidence shows {}.", std::string_view{claim.key()},
        claimed == nullptr ? "nothing" : json::serialize(*claimed), json::serialize(claim.value()));
  }
  return "it claims more than its evidence shows.";
}

Result<CheckedCredential> check(protocol::Chain const& chain, std::string_view text) {
  TRY(secured, read_document(text));
  TRY(key, check_secured(secured));
  TRY(evidence, read_evidence(chain, secured));
  TRY(shown, shown_by(chain, evidence));
  auto const* const subject = secured.if_contains("credentialSubject");
  auto const* const stated = member(subject, "stated");
  if (stated == nullptr || !stated->is_object() || !is_stated(stated->get_object())) {
    return no_credential("it has claims that no credential of this chain makes.");
  }
  CredentialParts const parts{
      .key = key, .stated = stated->get_object(), .evidence = std::move(evidence)};
  TRY(made, credential_of(chain, parts, shown));
  auto const proof = secured.at("proof");
  secured.erase("proof");
  if (secured != made) {
    return unverified("CLAIM_NOT_PROVED", difference(secured, made));
  }
  return CheckedCredential{.key = key,
                           .created = std::string{proof.at("created").get_string()},
                           .shown = shown,
                           .proved = made.at("credentialSubject").at("proved").get_object(),
                           .stated = parts.stated};
}

}  // namespace

json::object rating_json(labor::v1::FeedbackContent const& content) {
  auto const scale = [](std::uint32_t points) { return json::string{fmt::format("{}", points)}; };
  return {{"quality", scale(content.quality())},
          {"communication", scale(content.communication())},
          {"punctuality", scale(content.punctuality())},
          {"again", scale(content.again())}};
}

std::string_view outcome_of(labor::v1::Contract const& contract) {
  if (contract.released() == 0) {
    return contract.delivered() == 0 ? "nothing was delivered or paid"
                                     : "nothing was paid for what was delivered";
  }
  if (contract.delivered() == 0) return "paid without a delivery";
  return contract.released() < contract.delivered() ? "paid in part for what was delivered"
                                                    : "paid in full for what was delivered";
}

Result<json::object> make_credential(protocol::Chain const& chain, CredentialParts const& parts) {
  TRY(shown, shown_by(chain, parts.evidence));
  return credential_of(chain, parts, shown);
}

std::string credential_text(json::object const& secured) {
  return pretty(secured) + "\n";
}

Result<CheckedCredential> check_credential(protocol::Chain const& chain, std::string_view text) {
  auto checked = check(chain, text);
  if (!checked) return std::unexpected{of_file(std::move(checked.error()))};
  return checked;
}

}  // namespace wallet
