// labor tx: build, simulate, sign, combine, send, wait, show, decode, verify, list.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/failure.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/file.h"
#include "wallet/outbox.h"

namespace wallet {

namespace {

constexpr std::size_t listed_max = 50;

struct TxArguments {
  std::string what;  // A file, "-", hex, or a transaction id.
  std::vector<std::string> files;
};

Result<protocol::TransactionId> parse_transaction_id(std::string_view text) {
  if (auto const id = base::from_hex_as<protocol::TransactionId>(text)) return *id;
  return usage("INVALID_ID", fmt::format("`{}` is not a transaction id.", text),
               "An id has 64 hex digits; `labor tx list` shows yours.");
}

// From a file, from stdin ("-" or nothing), or the hex itself.
Result<std::string> read_argument(Session& session, std::string const& what) {
  if (what.empty() || what == "-") return session.console().input();
  std::error_code error;
  if (std::filesystem::exists(what, error)) return read_file(what);
  if (base::from_hex(what)) return what;
  return usage("NO_SUCH_FILE", fmt::format("There is no file `{}`.", what),
               "Give a file, hex, or `-` for the standard input.");
}

Result<Document> read_document(Session& session, std::string const& what) {
  TRY(text, read_argument(session, what));
  return parse_document(text);
}

// [{"transfer": {...}}, ...] as `tx decode` shows messages.
Result<Output> build_transaction(Session& session, TxArguments const& arguments) {
  TRY(text, read_argument(session, arguments.what));
  TRY(value, parse_json(text));
  if (!value.is_array()) {
    return usage(
        "INVALID_FIELD", "The messages must be an array.",
        "Write [{\"transfer\": {\"to\": ..., \"asset\": \"USD\", \"amount\": \"1000000\"}}].");
  }
  std::vector<labor::v1::Message> messages;
  for (auto const& item : value.get_array()) {
    labor::v1::Message message;
    TRY_VOID(from_json(item, session.address_network(), message));
    messages.push_back(std::move(message));
  }
  TRY(account, session.acting_account());
  TRY(document, build(session, account, std::move(messages)));
  return Output{.data = document.json(), .text = document.text()};
}

// Passes the transaction on, so that it can stand in the middle of the pipe.
Result<Output> simulate_transaction(Session& session, TxArguments const& arguments) {
  TRY(document, read_document(session, arguments.what));
  TRY(lines, summarize(session, document, {.online = true, .past = false}));
  for (auto const& line : lines) session.say(line);
  session.say("It would succeed now.");
  return Output{.data = document.json(), .text = document.text()};
}

Result<Output> sign_transaction(Session& session, TxArguments const& arguments) {
  TRY(document, read_document(session, arguments.what));
  // Signing may happen on a machine without a network: nothing is asked of a node.
  TRY_VOID(confirm(session, document, "Sign it?", {.online = false, .past = false}));
  TRY(done, sign(session, document));
  return Output{.data = done.json(), .text = done.text()};
}

// A file, hex or stdin; or the id of one that this wallet has signed.
Result<Document> signed_document(Session& session, std::string const& what) {
  auto const id = base::from_hex_as<protocol::TransactionId>(what);
  if (!id) return read_document(session, what);
  TRY(network, session.network());
  return Outbox(session.home(), network.chain_id).find(*id);
}

Result<Output> send_transaction(Session& session, TxArguments const& arguments) {
  TRY(document, signed_document(session, arguments.what));
  return send(session, document);
}

Result<Output> wait_for(Session& session, TxArguments const& arguments) {
  TRY(id, parse_transaction_id(arguments.what));
  TRY(network, session.network());
  auto const kept = Outbox(session.home(), network.chain_id).find(id);
  std::optional<Document> document;
  if (kept) document = *kept;
  return follow(session, id, document);
}

json::value decoded(Session& session, Document const& document) {
  auto data = to_json(document.body, session.address_network()).get_object();
  data["id"] = base::hex(document.id().view());
  data["signed"] = document.is_signed();
  return data;
}

struct CheckedSignature {
  std::string who;
  std::optional<protocol::Address> signer;
  bool good = false;
};

// Whether each signature is good, where the genesis is known without asking anybody.
Result<std::vector<CheckedSignature>> check_signatures(Session& session, Document const& document) {
  std::vector<CheckedSignature> checked;
  auto const signatures = signatures_of(document);
  if (signatures.empty()) return checked;
  TRY(network, session.network());
  auto const bytes = crypto::signing_bytes(crypto::tags::transaction, network.genesis_hash,
                                           base::bytes_of(document.body_bytes));
  for (auto const& signature : signatures) {
    auto const key = protocol::PublicKey::from(signature.public_key());
    auto const value = protocol::Signature::from(signature.signature());
    CheckedSignature one{.who = "no key", .signer = std::nullopt};
    one.good = key && value && crypto::verify(*key, base::bytes_of(bytes), *value);
    if (key) one.signer = protocol::address_of(*key);
    if (one.signer) one.who = session.label_of(*one.signer);
    checked.push_back(std::move(one));
  }
  return checked;
}

std::string told(std::vector<CheckedSignature> const& signatures) {
  if (signatures.empty()) return "not signed";
  std::string text;
  for (auto const& one : signatures) {
    text += fmt::format("{}{} by {}", text.empty() ? "" : ", ", one.good ? "good" : "BAD", one.who);
  }
  return text;
}

// Several people sign copies of one file; together the copies carry all their signatures.
Result<Output> combine_transactions(Session&, TxArguments const& arguments) {
  std::optional<Document> whole;
  for (auto const& file : arguments.files) {
    TRY(text, read_file(file));
    TRY(document, parse_document(text));
    if (whole && whole->body_bytes != document.body_bytes) {
      return usage("OTHER_TRANSACTION",
                   fmt::format("{} is another transaction than {}.", file, arguments.files.front()),
                   "`labor tx decode FILE` shows what each does.");
    }
    if (!whole) whole = document;
    if (whole->genesis_hash == protocol::GenesisHash{}) whole->genesis_hash = document.genesis_hash;
    if (document.is_signed()) whole = with_signatures(*whole, signatures_of(document));
  }
  CHECK(whole.has_value());  // The menu asks for one FILE at least.
  return Output{.data = whole->json(), .text = whole->text()};
}

// Which keys an account has that has rotated, and whether those that have signed are enough, only
// the chain knows: whoever says that it is such a one is believed.
bool has_other_keys(Session& session, protocol::Address const& account) {
  if (session.options().account.empty()) return false;
  auto const said = session.acting_account();
  return said && *said == account;
}

// Fails as the chain would, before it is asked.
Result<void> must_be_signed(Session& session, Document const& document,
                            std::vector<CheckedSignature> const& signatures) {
  for (auto const& one : signatures) {
    if (one.good) continue;
    return problem(Exit::refused, "BAD_SIGNATURE",
                   fmt::format("The signature by {} does not hold.", one.who),
                   "It is of other bytes or of another network: `labor network list`.");
  }
  for (auto const& [bytes, what, reason] :
       {std::tuple{document.body.account(), "account", "NOT_AUTHORIZED"},
        std::tuple{document.body.fee_payer(), "fee payer", "FEE_PAYER_NOT_SIGNED"}}) {
    auto const needed = protocol::Address::from(bytes);
    if (!needed ||
        std::ranges::find(signatures, needed, &CheckedSignature::signer) != signatures.end())
      continue;
    if (has_other_keys(session, *needed) && !signatures.empty()) continue;
    return problem(
        Exit::refused, reason,
        fmt::format("The {}, {}, has not signed.", what, session.label_of(*needed)),
        "`labor tx sign --from NAME` adds a signature, `labor tx combine` merges them. If "
        "it has other keys than its first, say so: `--account ADDRESS`.");
  }
  return {};
}

Result<Output> verify_transaction(Session& session, TxArguments const& arguments) {
  TRY(document, read_document(session, arguments.what));
  TRY(lines, summarize(session, document, {.online = false, .past = false}));
  TRY(signatures, check_signatures(session, document));
  for (auto const& line : lines) session.say(line);
  TRY_VOID(must_be_signed(session, document, signatures));
  auto const id = base::hex(document.id().view());
  return Output{.data = {{"id", id}, {"signatures", told(signatures)}},
                .text = fmt::format("All who must have signed {}: {}.", id, told(signatures))};
}

Result<Output> decode_transaction(Session& session, TxArguments const& arguments) {
  TRY(document, read_document(session, arguments.what));
  TRY(lines, summarize(session, document, {.online = false, .past = false}));
  auto text = fmt::format("Transaction {}", base::hex(document.id().view()));
  for (auto const& line : lines) text += "\n" + line;
  auto data = decoded(session, document);
  if (auto const signatures = check_signatures(session, document)) {
    text += "\nSignatures: " + told(*signatures);
    data.get_object()["signatures"] = told(*signatures);
  }
  return Output{.data = std::move(data), .text = std::move(text)};
}

Result<Output> show_transaction(Session& session, TxArguments const& arguments) {
  TRY(id, parse_transaction_id(arguments.what));
  TRY(chain, session.chain());
  labor::v1::GetTransactionRequest request;
  request.set_transaction_id(id.str());
  TRY(standing, chain->standing(request));
  auto const hex = base::hex(id.view());
  if (standing.outcome != labor::v1::TRANSACTION_OUTCOME_FINAL) {
    bool const pending = standing.outcome == labor::v1::TRANSACTION_OUTCOME_PENDING;
    return Output{.data = {{"transaction_id", hex}, {"outcome", pending ? "pending" : "unknown"}},
                  .text = pending ? "Pending: the node has it, and it is not final."
                                  : "This node does not know it."};
  }
  TRY(document, parse_document(base::hex(standing.transaction)));
  TRY(lines, summarize(session, document, {.online = false, .past = true}));
  auto const status = execution::reason_of(standing.receipt.status());
  auto receipt = to_json(standing.receipt, session.address_network());
  auto text = fmt::format("Final at height {}, {}: {}", standing.height,
                          show_time(protocol::TimeMs{standing.block_time_ms}), status);
  for (auto const& line : lines) text += "\n" + line;
  json::object data{{"transaction_id", hex},
                    {"outcome", "final"},
                    {"status", status},
                    {"height", fmt::format("{}", standing.height)},
                    {"block_time_ms", fmt::format("{}", standing.block_time_ms)},
                    {"receipt", std::move(receipt)},
                    {"transaction", decoded(session, document)}};
  return Output{.data = std::move(data), .text = std::move(text)};
}

Result<Output> list_transactions(Session& session) {
  TRY(network, session.network());
  TRY(documents, Outbox(session.home(), network.chain_id).last(listed_max));
  json::array data;
  Table table{.head = {"TRANSACTION", "AS", "NUMBER", "VALID UNTIL"}, .rows = {}};
  for (auto const& document : documents) {
    data.push_back(decoded(session, document));
    table.rows.push_back({base::hex(document.id().view()),
                          short_label(session, document.body.account()),
                          fmt::format("{}", document.body.sequence()),
                          show_time(protocol::TimeMs{document.body.valid_until_ms()})});
  }
  return Output{.data = std::move(data), .text = show(table)};
}

}  // namespace

void add_tx(Menu& menu) {
  auto noun =
      menu.noun("tx", "Transactions: build | simulate | sign | combine | send, and their end");
  auto& session = menu.session();
  auto const arguments = std::make_shared<TxArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) -> Verb {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  auto const piped = [&](Verb added, std::string const& help) {
    added.argument("FILE", arguments->what, help, Need::optional);
  };
  auto const by_id = [&](Verb added) {
    added.argument("ID", arguments->what, "The transaction id");
  };
  piped(
      verb("build", "From messages as JSON, as many as are to happen together", build_transaction),
      "A file of [{\"transfer\": {...}}]; standard input if left out");
  piped(verb("simulate", "What it would do now; passes it on", simulate_transaction),
        "A file or hex; standard input if left out");
  piped(verb("sign", "Show it and sign it; asks no node", sign_transaction),
        "A file or hex; standard input if left out");
  piped(verb("send", "Send signed bytes, as often as you like, and wait", send_transaction),
        "A file, hex, or the id of one signed here; standard input if left out");
  by_id(verb("wait", "Wait for its end", wait_for));
  by_id(verb("show", "What became of it; proved", show_transaction));
  piped(verb("decode", "What it says and whose signatures are good; asks no node",
             decode_transaction),
        "A file or hex; standard input if left out");
  piped(
      verb("verify", "Fails unless all who must have signed it; asks no node", verify_transaction),
      "A file or hex; standard input if left out");
  verb("combine", "Merge the signatures on several copies of it", combine_transactions)
      .words("FILE", arguments->files, "The copies");
  noun.verb("list", "What this wallet has signed",
            [&session] { return list_transactions(session); });
}

}  // namespace wallet
