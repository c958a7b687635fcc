#include "wallet/document.h"

#include <fmt/format.h>

#include <map>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/transaction.h"

namespace wallet {

namespace {

constexpr std::string_view kind = "transaction/1";

std::unexpected<Problem> refuse(std::string_view why) {
  return usage("INVALID_TRANSACTION", fmt::format("This is not a transaction: {}.", why),
               "Give what `--build-only`, `tx build` or `tx sign` printed.");
}

std::string_view trimmed(std::string_view text) {
  auto const white = " \t\r\n";
  auto const begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

std::string text_at(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

Result<Document> decode(Document document) {
  auto body = canonical::decode<labor::v1::TransactionBody>(document.body_bytes);
  if (!body) return refuse(explain(body.error()));
  document.body = *std::move(body);
  return document;
}

Result<Document> from_signed(std::string bytes) {
  auto const transaction = canonical::decode<labor::v1::Transaction>(bytes);
  if (!transaction) return refuse(explain(transaction.error()));
  return decode({.genesis_hash = {},
                 .body_bytes = transaction->body(),
                 .body = {},
                 .transaction = std::move(bytes)});
}

}  // namespace

protocol::TransactionId Document::id() const {
  return execution::transaction_id(body_bytes);
}

json::object Document::json() const {
  json::object object{{"labor", kind},
                      {"chain_id", body.chain_id()},
                      {"genesis_hash", base::hex(genesis_hash.view())},
                      {"body", base::hex(body_bytes)}};
  if (is_signed()) object["transaction"] = base::hex(transaction);
  object["id"] = base::hex(id().view());
  return object;
}

std::string Document::text() const {
  return json::serialize(json());
}

Document with_signatures(Document document, std::span<labor::v1::Signature const> signatures) {
  std::map<std::string, labor::v1::Signature> by_key;
  for (auto const& one : signatures_of(document)) by_key[one.public_key()] = one;
  for (auto const& one : signatures) by_key[one.public_key()] = one;
  labor::v1::Transaction transaction;
  transaction.set_body(document.body_bytes);
  for (auto const& [key, signature] : by_key) *transaction.add_signatures() = signature;
  document.transaction = canonical::encode(transaction);
  return document;
}

std::vector<labor::v1::Signature> signatures_of(Document const& document) {
  labor::v1::Transaction transaction;
  transaction.ParseFromString(document.transaction);
  return {transaction.signatures().begin(), transaction.signatures().end()};
}

Document document_of(protocol::GenesisHash const& genesis, labor::v1::TransactionBody body) {
  auto bytes = canonical::encode(body);
  return {.genesis_hash = genesis,
          .body_bytes = std::move(bytes),
          .body = std::move(body),
          .transaction = {}};
}

Result<Document> parse_document(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return refuse("there is nothing");
  if (!text.starts_with('{')) {
    auto bytes = base::from_hex(text);
    if (!bytes) return refuse("it is neither JSON nor hex");
    return from_signed(*std::move(bytes));
  }
  TRY(value, parse_json(text));
  auto const* object = &value.get_object();
  if (auto const* const data = object->if_contains("data"); data != nullptr && data->is_object()) {
    object = &data->get_object();
  }
  if (text_at(*object, "labor") != kind) return refuse("`labor` is not `transaction/1`");
  auto const genesis = base::from_hex_as<protocol::GenesisHash>(text_at(*object, "genesis_hash"));
  auto body = base::from_hex(text_at(*object, "body"));
  auto transaction = base::from_hex(text_at(*object, "transaction"));
  if (!genesis || !body || !transaction) return refuse("a member is missing or not hex");
  if (!transaction->empty()) {
    TRY(whole, from_signed(*std::move(transaction)));
    if (whole.body_bytes != *body) return refuse("what is signed is another body");
    whole.genesis_hash = *genesis;
    return whole;
  }
  return decode(
      {.genesis_hash = *genesis, .body_bytes = *std::move(body), .body = {}, .transaction = {}});
}

}  // namespace wallet
