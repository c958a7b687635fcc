// labor document: put, get, delete, list.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/file.h"
#include "wallet/plain_text.h"
#include "wallet/put_text.h"

namespace wallet {

namespace {

struct DocumentArguments {
  std::string what;
  std::string text;
  std::string out;
};

Result<protocol::Hash> document_hash_in(std::string_view text) {
  if (auto const hash = base::from_hex_as<protocol::Hash>(text)) return *hash;
  return usage("INVALID_HASH", fmt::format("`{}` is not a document hash.", text),
               "Write its 64 hex digits, as `labor job show` does.");
}

// A kept one by its hash, or a new one from a file or the command line.
Result<Text> text_to_put(Session& session, DocumentArguments const& arguments) {
  if (arguments.what.empty() == arguments.text.empty()) {
    return usage("WHAT_TEXT", "There is one text to put.",
                 "Give a file, the hash of a text that this wallet has kept, or `--text`.");
  }
  TRY(owner, session.acting_account());
  if (!arguments.text.empty()) return make_text(owner, "--text", arguments.text);
  if (auto const hash = base::from_hex_as<protocol::Hash>(arguments.what)) {
    TRY(texts, texts_of(session));
    TRY(text, texts.find(*hash));
    if (text.state != TextState::erased) return std::move(text);
    return usage("DOCUMENT_ERASED", "You have had that text erased: its hash is not taken again.",
                 "Put it anew, from a file: it gets another hash.");
  }
  TRY(content, read_file(arguments.what));
  return make_text(owner, arguments.what, std::move(content));
}

Result<Output> put(Session& session, DocumentArguments const& arguments) {
  TRY(text, text_to_put(session, arguments));
  auto const hash = base::hex(text.hash().view());
  session.texts().push_back(text);
  tell_of_texts(session);
  session.say(fmt::format("As {}.", session.label_of(text.document.owner)));
  TRY_VOID(agree(session, "Sign and put it?"));
  TRY_VOID(put_texts(session));
  return Output{.data = json::object{{"hash", hash}, {"created_ids", json::array{hash}}},
                .text = fmt::format("Put: {}\nGive it as `--document {}`.", hash, hash)};
}

Result<Output> get(Session& session, DocumentArguments const& arguments) {
  TRY(hash, document_hash_in(arguments.what));
  TRY(document, get_text(session, hash));
  json::object data{{"hash", base::hex(hash.view())},
                    {"owner", session.text_of(document.owner)},
                    {"bytes", fmt::format("{}", document.text.size())}};
  Facts facts{{"Document", base::hex(hash.view())}, {"Owner", session.label_of(document.owner)}};
  if (!arguments.out.empty()) {
    TRY_VOID(write_file(arguments.out, document.text, Existing::refuse));
    facts.emplace_back("Written to", arguments.out);
    data["file"] = arguments.out;
    return Output{.data = std::move(data), .text = show(facts)};
  }
  data["text"] = document.text;
  return Output{.data = std::move(data),
                .text = fmt::format("{}\n\n{}", show(facts), quoted_lines(document.text))};
}

// As this wallet kept it; else as a node has it, which shows whose it is.
Result<Text> text_to_erase(Session& session, protocol::Hash const& hash) {
  TRY(texts, texts_of(session));
  auto kept = texts.find(hash);
  if (kept || kept.error().reason != "UNKNOWN_DOCUMENT") return kept;
  TRY(document, get_text(session, hash));
  auto const text_hash = protocol::text_hash(document.salt, document.text);
  return Text{.document = std::move(document), .text_hash = text_hash, .name = "from a node"};
}

Result<Output> erase(Session& session, DocumentArguments const& arguments) {
  TRY(hash, document_hash_in(arguments.what));
  TRY(text, text_to_erase(session, hash));
  TRY(account, session.acting_account());
  auto const& owner = text.document.owner;
  if (owner != account) {
    return problem(Exit::refused, "NOT_DOCUMENT_OWNER",
                   fmt::format("The text belongs to {}: nobody else can have it erased.",
                               session.label_of(owner)),
                   "`--from NAME` chooses the key, `--account ADDRESS` for whom it signs.");
  }
  session.say(fmt::format("Erase the text of document {} for good, at every node that is reached.",
                          base::hex(hash.view())));
  session.say(
      "  Its hash and what was done with it stay public. Who has read it may have kept it.");
  TRY_VOID(agree(session, "Sign and erase it?"));
  TRY(done, erase_text(session, text));
  return Output{.data = json::object{{"hash", base::hex(hash.view())},
                                     {"was_here", done.was_here()},
                                     {"peers_told", done.peers_told()}},
                .text = fmt::format(
                    "Erased{}; {} other nodes were told. A node that was down is told when it "
                    "is back, and no copy is kept for longer than a day.",
                    done.was_here() ? "" : " (this node did not have it)", done.peers_told())};
}

Result<Output> list(Session& session) {
  TRY(texts, texts_of(session));
  TRY(all, texts.all());
  Table table{.head = {"DOCUMENT", "STATE", "OWNER", "BYTES", "KEPT", "FROM"}, .rows = {}};
  json::array data;
  for (auto const& text : all) {
    auto const hash = base::hex(text.hash().view());
    auto const bytes = fmt::format("{}", text.document.text.size());
    auto const owner = text.document.owner;
    table.rows.push_back({hash, std::string{name_of(text.state)}, short_label(session, owner.str()),
                          bytes, show_time(protocol::TimeMs{text.kept_at_ms}), text.name});
    data.push_back(json::object{{"hash", hash},
                                {"state", name_of(text.state)},
                                {"owner", session.text_of(owner)},
                                {"bytes", bytes},
                                {"kept_at_ms", fmt::format("{}", text.kept_at_ms)},
                                {"name", text.name}});
  }
  return Output{.data = std::move(data), .text = show(table)};
}

}  // namespace

void add_document(Menu& menu) {
  auto noun = menu.noun("document", "Texts beside the chain, which has their hashes");
  auto& session = menu.session();
  auto const arguments = std::make_shared<DocumentArguments>();
  noun.verb("put", "Give a text to the network's nodes; whoever has its hash can read it",
            [&session, arguments] { return put(session, *arguments); })
      .argument("FILE", arguments->what, "Plain text, or the hash of a text kept here",
                Need::optional)
      .option("--text", arguments->text, "The text itself");
  noun.verb("get", "Read one", [&session, arguments] { return get(session, *arguments); })
      .argument("HASH", arguments->what, "64 hex digits")
      .option("--out", arguments->out, "Write it into this file, as it is");
  noun.verb("delete", "Have one of yours erased, for good",
            [&session, arguments] { return erase(session, *arguments); })
      .argument("HASH", arguments->what, "64 hex digits");
  noun.verb("list", "Those that this wallet has put", [&session] { return list(session); });
}

}  // namespace wallet
