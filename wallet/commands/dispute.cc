// labor dispute: open, hours, answer, evidence, offer-split, agree-split, withdraw-split, concede,
// appeal, show, list.

#include <fmt/format.h>

#include <algorithm>

#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/commands/verdict.h"

namespace wallet {

namespace {

using labor::v1::Message;

struct DisputeArguments {
  std::string id;
  std::string hash;
  std::vector<std::string> amount;
  std::vector<std::string> entries;
  std::string person;
  bool on_loan = false;
};

Result<Output> open_dispute(Session& session, DisputeArguments const& arguments) {
  TRY(ref, parse_milestone(arguments.id));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_open_dispute()->set_contract(ref.contract);
  message.mutable_open_dispute()->set_milestone(ref.index);
  message.mutable_open_dispute()->set_reason_hash(hash);
  message.mutable_open_dispute()->set_on_loan(arguments.on_loan);
  return perform(session, std::move(message));
}

Result<Output> dispute_hours(Session& session, DisputeArguments const& arguments) {
  TRY(ref, parse_week(arguments.id));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  auto& dispute = *message.mutable_dispute_hours();
  dispute.set_contract(ref.contract);
  dispute.set_week(ref.index);
  std::vector<std::uint32_t> entries;
  for (auto const& text : arguments.entries) {
    TRY(entry, parse_entry(text));
    entries.push_back(entry);
  }
  std::ranges::sort(entries);
  dispute.mutable_entries()->Add(entries.begin(), entries.end());
  dispute.set_reason_hash(hash);
  dispute.set_on_loan(arguments.on_loan);
  return perform(session, std::move(message));
}

Result<Output> answer(Session& session, DisputeArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "dispute"));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_answer_dispute()->set_dispute(id);
  message.mutable_answer_dispute()->set_statement_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> add_evidence(Session& session, DisputeArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "dispute"));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_add_dispute_evidence()->set_dispute(id);
  message.mutable_add_dispute_evidence()->set_evidence_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> offer_split(Session& session, DisputeArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "dispute"));
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_offer_dispute_split()->set_dispute(id);
  message.mutable_offer_dispute_split()->set_to_talent(amount.value());
  return perform(session, std::move(message));
}

Result<Output> agree_split(Session& session, DisputeArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "dispute"));
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_agree_dispute_split()->set_dispute(id);
  message.mutable_agree_dispute_split()->set_to_talent(amount.value());
  return perform(session, std::move(message));
}

Result<Output> list(Session& session, DisputeArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.person));
  return list_records(session, {.index = labor::v1::RECORD_INDEX_DISPUTES_BY_PERSON,
                                .address = std::move(address)});
}

Result<Output> show_dispute(Session& session, std::uint64_t id) {
  TRY(record, existing_dispute(session, id));
  TRY(by, onlooker(session));
  TRY(output, shown(session, record, by));
  auto const& dispute = record.dispute();
  if (dispute.state() != labor::v1::DISPUTE_STATE_DRAWING) return output;
  return with_draw(session, std::move(output), dispute.round());
}

// Verbs that say nothing but which dispute.
void add_plain_verbs(Session& session, Noun& noun) {
  auto const plain = [&](std::string_view name, std::string_view help, auto fill) {
    add_id_verb(session, noun,
                {.name = std::string{name}, .help = std::string{help}, .noun = "dispute"},
                [fill](Session& acting, std::uint64_t id) {
                  Message message;
                  fill(message)->set_dispute(id);
                  return perform(acting, std::move(message));
                });
  };
  plain("withdraw-split", "Take back the split that you offered",
        [](Message& message) { return message.mutable_withdraw_dispute_split(); });
  plain("concede", "Give the other side all that is claimed",
        [](Message& message) { return message.mutable_concede_dispute(); });
  plain("appeal", "Have a larger jury rule again, at your cost unless it rules otherwise",
        [](Message& message) { return message.mutable_appeal_dispute(); });
  add_id_verb(session, noun,
              {.name = "show", .help = "A dispute and its juries; proved", .noun = "dispute"},
              show_dispute);
}

}  // namespace

void add_dispute(Menu& menu) {
  auto noun = menu.noun("dispute", "Who gets what is locked, where the two sides do not agree");
  auto& session = menu.session();
  auto const arguments = std::make_shared<DisputeArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  auto const on_loan = [&](Verb opening) {
    opening
        .option("--reason", arguments->hash,
                "Hash of what you claim and why, or @FILE: nodes keep its text", Need::required)
        .flag("--on-loan", arguments->on_loan,
              "The treasury puts the fee down, for delivered work of who has brought it as much");
  };
  on_loan(verb("open", "Have others decide about a milestone", open_dispute)
              .argument("MILESTONE", arguments->id, "CONTRACT/INDEX, like 7/0"));
  on_loan(verb("hours", "Have others decide about hours of a week in review", dispute_hours)
              .argument("WEEK", arguments->id, "CONTRACT/WEEK, like 7/0")
              .options("--entry", arguments->entries, "One that you dispute; as often as needed",
                       Need::required));
  verb("answer", "Answer a dispute: unanswered, the other side gets what it claims", answer)
      .argument("DISPUTE", arguments->id, "The dispute")
      .option("--statement", arguments->hash,
              "Hash of your side of it, or @FILE: nodes keep its text", Need::required);
  verb("evidence", "Bring what the jurors should see", add_evidence)
      .argument("DISPUTE", arguments->id, "The dispute")
      .option("--document", arguments->hash, "Its hash, or @FILE: nodes keep its text",
              Need::required);
  verb("offer-split", "Offer to divide what is claimed, in place of any other offer", offer_split)
      .argument("DISPUTE", arguments->id, "The dispute")
      .words("AMOUNT", arguments->amount, "For the talent, like 100 USD; the rest goes back");
  verb("agree-split", "Agree to the split that the other side offers", agree_split)
      .argument("DISPUTE", arguments->id, "The dispute")
      .words("AMOUNT", arguments->amount, "For the talent, like 100 USD; the rest goes back");
  add_plain_verbs(session, noun);
  verb("list", "Yours as a side or a juror, or somebody's", list)
      .option("--person", arguments->person, "Of this account");
}

}  // namespace wallet
