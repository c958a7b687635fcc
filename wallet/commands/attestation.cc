// labor attestation: identity, make, revoke, show, list. labor issuer: list.

#include <fmt/format.h>

#include "protocol/talent/attestation.h"
#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct AttestationArguments {
  std::string account;
  std::string nullifier;
  std::string schema;
  std::string data;
  std::string until;
  std::string refers_to;
  bool revocable = false;
  bool issued = false;
};

Result<Output> attest(Session& session, AttestationArguments const& arguments,
                      std::string const& schema, std::string const& data) {
  TRY(subject, session.address_of(arguments.account));
  TRY(hash, parse_hash(data));
  labor::v1::Message message;
  auto& attestation = *message.mutable_attest();
  attestation.set_subject(subject.str());
  attestation.set_schema(schema);
  attestation.set_data_hash(hash);
  if (!arguments.until.empty()) {
    TRY(until, parse_until(session, arguments.until));
    attestation.set_expires_at_ms(until);
  }
  attestation.set_revocable(arguments.revocable);
  if (!arguments.refers_to.empty()) {
    TRY(id, parse_id(arguments.refers_to, "attestation"));
    attestation.set_refers_to(id);
  }
  return perform(session, std::move(message));
}

Result<Output> list(Session& session, AttestationArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.account));
  return list_records(session,
                      {.index = arguments.issued ? labor::v1::RECORD_INDEX_ATTESTATIONS_BY_ISSUER
                                                 : labor::v1::RECORD_INDEX_ATTESTATIONS_BY_SUBJECT,
                       .address = std::move(address)});
}

}  // namespace

void add_attestation(Menu& menu) {
  auto noun = menu.noun("attestation", "What issuers say of accounts");
  auto& session = menu.session();
  auto const arguments = std::make_shared<AttestationArguments>();

  auto identity =
      noun.verb("identity", "Attest that an account is one person's", [&session, arguments] {
        return attest(session, *arguments, std::string{talent::identity_schema},
                      arguments->nullifier);
      });
  identity.argument("ACCOUNT", arguments->account, "Whose it is");
  identity.option("--nullifier", arguments->nullifier,
                  "64 hex digits that every issuer derives alike for this person", Need::required);
  identity.option("--until", arguments->until, "A UTC date, or like 365d; three years at most",
                  Need::required);

  auto making = noun.verb("make", "Attest something else", [&session, arguments] {
    return attest(session, *arguments, arguments->schema, arguments->data);
  });
  making.argument("ACCOUNT", arguments->account, "Of whom");
  making.option("--schema", arguments->schema, "A URI that says what", Need::required);
  making.option("--data", arguments->data, "Salted hash of the details, or @FILE", Need::required);
  making.option("--until", arguments->until, "A UTC date, or like 365d; for good if left out");
  making.option("--refers-to", arguments->refers_to, "The attestation that it is about");
  making.flag("--revocable", arguments->revocable, "You may take it back");

  add_id_verb(session, noun,
              {.name = "revoke", .help = "Take one of yours back", .noun = "attestation"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_revoke_attestation()->set_attestation(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(session, noun,
              {.name = "show", .help = "An attestation; proved", .noun = "attestation"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Record key;
                key.mutable_attestation()->set_id(id);
                return show_record(acting, key, "attestation", fmt::format("{}", id));
              });
  auto listing = noun.verb("list", "Of an account, newest first",
                           [&session, arguments] { return list(session, *arguments); });
  listing.argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                   Need::optional);
  listing.flag("--issued", arguments->issued, "By it, not of it");

  menu.noun("issuer", "Who may attest").verb("list", "All of them", [&session] {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_ISSUERS});
  });
}

}  // namespace wallet
