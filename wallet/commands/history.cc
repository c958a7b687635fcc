// labor history: export, verify, resume.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/file.h"
#include "wallet/history/credential.h"
#include "wallet/history/did_key.h"
#include "wallet/history/gather.h"
#include "wallet/history/resume.h"
#include "wallet/plain_text.h"

namespace wallet {

namespace {

struct HistoryArguments {
  std::string contract;
  std::string file;
  std::string who;
  std::string out;
  bool amounts = false;
};

// "quality 5, again 4", "a, b", or the text itself: claims are text, lists of it, or scales.
std::string claim_text(json::value const& claim) {
  if (claim.is_string()) return std::string{claim.get_string()};
  std::string text;
  auto const add = [&](std::string const& part) { text += (text.empty() ? "" : ", ") + part; };
  if (auto const* const list = claim.if_array()) {
    for (auto const& item : *list) add(item.is_string() ? claim_text(item) : json::serialize(item));
    return text;
  }
  auto const* const object = claim.if_object();
  if (object == nullptr) return json::serialize(claim);
  for (auto const& [name, value] : *object) {
    add(fmt::format("{} {}", std::string_view{name},
                    value.is_string() ? std::string_view{value.get_string()} : "?"));
  }
  return text;
}

void add_claims(Facts& facts, json::object const& claims) {
  struct Row {
    std::string_view member;
    std::string_view name;
  };
  constexpr Row rows[] = {{"contract", "Contract"},   {"title", "Title"},
                          {"client", "Client"},       {"clientHandle", "  known as"},
                          {"talent", "Talent"},       {"talentHandle", "  known as"},
                          {"role", "Holder was the"}, {"skills", "Skills"},
                          {"start", "Begun"},         {"ended", "Ended"},
                          {"outcome", "Outcome"},     {"rating", "Rated"},
                          {"amounts", "Amounts"}};
  for (auto const& row : rows) {
    auto const* const claim = claims.if_contains(row.member);
    if (claim == nullptr) continue;
    facts.emplace_back("  " + std::string{row.name}, plain_text(claim_text(*claim)));
  }
}

std::string told(CheckedCredential const& checked, protocol::Chain const& chain) {
  Facts facts;
  add_claims(facts, checked.proved);
  auto text = fmt::format("Proved by chain `{}`, as of {} (block {}):\n{}", chain.id(),
                          show_time(checked.shown.as_of), checked.shown.height, show(facts));
  if (!checked.stated.empty()) {
    Facts stated;
    add_claims(stated, checked.stated);
    text += fmt::format("\nThe holder's word, which nothing in the file proves:\n{}", show(stated));
  }
  return text;
}

json::object json_of(CheckedCredential const& checked, protocol::Chain const& chain) {
  auto const network = chain.devnet() ? protocol::Network::devnet : protocol::Network::main;
  return {{"holder", did_key(checked.key)},
          {"account", protocol::address_text(checked.shown.account(), network)},
          {"signed", checked.created},
          {"proved", checked.proved},
          {"stated", checked.stated},
          {"chain", chain.id()},
          {"genesis_hash", base::hex(chain.hash().view())},
          {"height", fmt::format("{}", checked.shown.height)},
          {"as_of_ms", fmt::format("{}", checked.shown.as_of.value())}};
}

// To the file that is named, or to where output goes.
Result<Output> put_out(json::object document, std::string const& out, std::string text) {
  if (out.empty()) return Output{.data = document, .text = pretty(document)};
  TRY_VOID(write_file(out, credential_text(document), Existing::refuse));
  return Output{.data = {{"file", out}}, .text = std::move(text)};
}

Result<Output> export_contract(Session& session, HistoryArguments const& arguments) {
  TRY(id, parse_id(arguments.contract, "contract"));
  if (!session.options().act_for.empty()) {
    return usage("ACT_NOT_FOR_OTHERS", "Nobody exports the history of another account.",
                 "Leave out `--act-for`; the account's own key signs it.");
  }
  TRY(file, session.acting_key());
  TRY(gathered, gather(session, id, arguments.amounts ? Amounts::included : Amounts::left_out));
  TRY(trust, session.trust());
  TRY(document, make_credential(trust.chain(), {.key = file.public_key,
                                                .stated = gathered.stated,
                                                .evidence = gathered.evidence}));
  for (auto const& note : gathered.notes) session.say(note);
  session.say(fmt::format("Contract {} as a file that whoever has it can check and pass on, {}.",
                          id, arguments.amounts ? "with its amounts" : "without its amounts"));
  TRY_VOID(agree(session, "Sign it?"));
  SignedBy const by{.key = file.public_key,
                    .created = iso_time(protocol::TimeMs{session.console().now_ms()})};
  TRY(secured,
      secure(std::move(document), by, [&](std::string_view bytes) -> Result<protocol::Signature> {
        TRY(made, signature_of(session, file, bytes));
        return *protocol::Signature::from(made.signature());
      }));
  // As whoever gets it will.
  TRY(checked, check_credential(trust.chain(), credential_text(secured)));
  auto text = fmt::format(
      "{}\nWritten to {}. Whoever has it checks it without a network: `labor history verify {}`.",
      told(checked, trust.chain()), arguments.out, arguments.out);
  return put_out(std::move(secured), arguments.out, std::move(text));
}

Result<Output> verify_file(Session& session, HistoryArguments const& arguments) {
  TRY(text, read_file(arguments.file));
  TRY(trust, session.trust());
  TRY(checked, check_credential(trust.chain(), text));
  auto const holder = fmt::format("Signed {} by the holder, whose key signs for {}.",
                                  checked.created, session.text_of(checked.shown.account()));
  return Output{.data = json_of(checked, trust.chain()),
                .text = told(checked, trust.chain()) + "\n" + holder};
}

Result<Output> write_resume(Session& session, HistoryArguments const& arguments) {
  TRY(document, resume_of(session, arguments.who));
  return put_out(std::move(document), arguments.out, fmt::format("Written to {}.", arguments.out));
}

}  // namespace

void add_history(Menu& menu) {
  auto noun = menu.noun("history", "What has ended, to show to others");
  auto& session = menu.session();
  auto const arguments = std::make_shared<HistoryArguments>();
  noun.verb("export", "An ended contract as a file that proves itself, without the network",
            [&session, arguments] { return export_contract(session, *arguments); })
      .argument("CONTRACT", arguments->contract, "Yours, on either side")
      .flag("--amounts", arguments->amounts,
            "With its record: title, dates, skills and outcome are proved, amounts are shown")
      .option("--out", arguments->out, "A file that is not there yet");
  noun.verb("verify", "What such a file proves; asks no node",
            [&session, arguments] { return verify_file(session, *arguments); })
      .argument("FILE", arguments->file, "As `labor history export` wrote it");
  noun.verb("resume", "Profile, work and skills as JSON Resume, without amounts",
            [&session, arguments] { return write_resume(session, *arguments); })
      .argument("WHO", arguments->who, "A handle, address or key; yours if left out",
                Need::optional)
      .option("--out", arguments->out, "A file that is not there yet");
}

}  // namespace wallet
