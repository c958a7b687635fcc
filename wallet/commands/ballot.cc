// labor ballot: submit, deposit, vote, votes, show, list, parameters.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/issuer.h"
#include "wallet/parameter.h"
#include "wallet/suggest.h"
#include "wallet/validator.h"

namespace wallet {

namespace {

struct BallotArguments {
  std::string id;
  std::string title;
  std::string summary;
  std::string document;
  std::vector<std::string> changes;
  std::vector<std::string> admissions;
  std::vector<std::string> removals;
  std::vector<std::string> issuers;
  std::vector<std::string> removed_issuers;
  std::string deposit;
  std::vector<std::string> amount;
  std::string choice;
};

Result<labor::v1::Choice> parse_choice(std::string_view text) {
  std::vector<std::string> names;
  auto const& type = *labor::v1::Choice_descriptor();
  for (int i = 1; i < type.value_count(); ++i) {
    names.push_back(enum_name(*type.value(i)));
    if (names.back() == text) return static_cast<labor::v1::Choice>(type.value(i)->number());
  }
  auto hint = did_you_mean(text, names);
  if (hint.empty()) hint = "There are yes, no, veto and abstain.";
  return usage("INVALID_CHOICE", fmt::format("`{}` is not a choice.", text), hint);
}

// All that is needed, unless less is said: a ballot without its deposit goes nowhere.
Result<std::uint64_t> deposit_of(Session& session, std::string const& text) {
  if (!text.empty()) {
    TRY(amount, parse_amount(text, labor::v1::ASSET_LBR));
    return amount.value();
  }
  labor::v1::Record key;
  key.mutable_parameter_value()->set_parameter(labor::v1::PARAMETER_BALLOT_DEPOSIT);
  TRY(record, existing_record(session, key, "parameter", "ballot_deposit"));
  return record.parameter_value().value();
}

Result<Output> submit(Session& session, BallotArguments const& arguments) {
  labor::v1::Message message;
  auto& ballot = *message.mutable_submit_ballot();
  ballot.set_title(arguments.title);
  ballot.set_summary(arguments.summary);
  for (auto const& text : arguments.changes) {
    TRY(change, parse_change(text));
    *ballot.add_changes() = change;
  }
  for (auto const& text : arguments.admissions) {
    TRY(change, parse_admission(session, text));
    *ballot.add_validator_changes() = change;
  }
  for (auto const& text : arguments.removals) {
    TRY(change, parse_removal(text));
    *ballot.add_validator_changes() = change;
  }
  for (auto const& text : arguments.issuers) {
    TRY(change, parse_issuer(session, text));
    *ballot.add_issuer_changes() = change;
  }
  for (auto const& text : arguments.removed_issuers) {
    TRY(account, session.address_of(text));
    ballot.add_issuer_changes()->set_account(account.str());
  }
  if (!arguments.document.empty()) {
    TRY(hash, parse_document_hash(session, arguments.document));
    ballot.set_document_hash(hash);
  }
  TRY(deposit, deposit_of(session, arguments.deposit));
  ballot.set_deposit(deposit);
  return perform(session, std::move(message));
}

Result<Output> add_to_deposit(Session& session, BallotArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "ballot"));
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_LBR));
  labor::v1::Message message;
  message.mutable_add_deposit()->set_ballot(id);
  message.mutable_add_deposit()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<Output> vote(Session& session, BallotArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "ballot"));
  TRY(choice, parse_choice(arguments.choice));
  labor::v1::Message message;
  message.mutable_cast_vote()->set_ballot(id);
  message.mutable_cast_vote()->set_choice(choice);
  return perform(session, std::move(message));
}

// Values are proved one by one; bounds are the node's word.
Result<Output> list_parameters(Session& session) {
  TRY(chain, session.chain());
  TRY(answer, chain->client().parameters());
  json::array data;
  Table table{.head = {"PARAMETER", "VALUE", "LEAST", "MOST"}, .rows = {}};
  for (auto const& info : answer.parameters()) {
    auto const parameter = info.value().parameter();
    labor::v1::Record key;
    key.mutable_parameter_value()->set_parameter(parameter);
    TRY(record, chain->record(key));
    auto const value = record ? record->parameter_value().value() : info.value().value();
    data.push_back(json::object{{"name", parameter_name(parameter)},
                                {"value", fmt::format("{}", value)},
                                {"minimum", fmt::format("{}", info.minimum())},
                                {"maximum", fmt::format("{}", info.maximum())},
                                {"unit", info.unit()}});
    table.rows.push_back({parameter_name(parameter), show_parameter(parameter, value),
                          show_parameter(parameter, info.minimum()),
                          show_parameter(parameter, info.maximum())});
  }
  return Output{.data = std::move(data), .text = show(table)};
}

}  // namespace

void add_ballot(Menu& menu) {
  auto noun = menu.noun("ballot", "What the owners decide");
  auto& session = menu.session();
  auto const arguments = std::make_shared<BallotArguments>();

  auto submitting = noun.verb("submit", "Submit a ballot",
                              [&session, arguments] { return submit(session, *arguments); });
  submitting.option("--title", arguments->title, "In one line", Need::required);
  submitting.option("--summary", arguments->summary, "Why; public");
  submitting.options("--change", arguments->changes,
                     "NAME=VALUE, like client_fee_bps=9%; as often as needed");
  submitting.options("--admit", arguments->admissions,
                     "A validator: \"NAME CONSENSUS_KEY NODE_KEY OPERATOR\", in quotes");
  submitting.options("--remove", arguments->removals,
                     "A validator, by its consensus key: `labor validator list`");
  submitting.options("--admit-issuer", arguments->issuers,
                     "Who may attest: NAME=ACCOUNT; as often as needed");
  submitting.options("--remove-issuer", arguments->removed_issuers,
                     "An issuer, by its account: `labor issuer list`");
  submitting.option("--document", arguments->document, document_help);
  submitting.option("--deposit", arguments->deposit, "Like \"100 LBR\"; all that is needed");

  auto depositing = noun.verb("deposit", "Add to its deposit", [&session, arguments] {
    return add_to_deposit(session, *arguments);
  });
  depositing.argument("ID", arguments->id, "The ballot");
  depositing.words("AMOUNT", arguments->amount, "Like 100 LBR");

  auto voting =
      noun.verb("vote", "Vote", [&session, arguments] { return vote(session, *arguments); });
  voting.argument("ID", arguments->id, "The ballot");
  voting.argument("CHOICE", arguments->choice, "yes, no, veto or abstain");

  add_id_verb(menu.session(), noun, {.name = "votes", .help = "Who voted how", .noun = "ballot"},
              [](Session& acting, std::uint64_t id) {
                return list_records(acting,
                                    {.index = labor::v1::RECORD_INDEX_VOTES_BY_BALLOT, .id = id});
              });
  add_id_verb(menu.session(), noun, {.name = "show", .help = "A ballot; proved", .noun = "ballot"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Record key;
                key.mutable_ballot()->set_id(id);
                return show_record(acting, key, "ballot", fmt::format("{}", id));
              });
  noun.verb("list", "Ballots, newest first", [&session] {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_BALLOTS});
  });
  noun.verb("parameters", "What can be voted on, its value and bounds",
            [&session] { return list_parameters(session); });
}

}  // namespace wallet
