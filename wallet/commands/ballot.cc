// labor ballot: new, deposit, vote, delegate, undelegate, enrol, votes, delegations, members,
// audit, show, list, parameters, upgrades.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "wallet/actions.h"
#include "wallet/ballot.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/parameter.h"
#include "wallet/suggest.h"

namespace wallet {

namespace {

struct BallotArguments {
  std::string id;
  std::string title;
  std::string summary;
  std::string document;
  TypedActions actions;
  std::string deposit;
  std::vector<std::string> amount;
  std::string choice;
  std::vector<std::string> approved;
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
  TRY(actions, parse_actions(session, arguments.actions));
  *ballot.mutable_actions() = actions;
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

labor::v1::Record key_of_ballot(std::uint64_t id) {
  labor::v1::Record key;
  key.mutable_ballot()->set_id(id);
  return key;
}

// Their numbers on the ballot, ascending.
Result<std::set<std::uint32_t>> approvals_of(Session& session, std::uint64_t id,
                                             std::vector<std::string> const& approved) {
  TRY(record, existing_record(session, key_of_ballot(id), "ballot", fmt::format("{}", id)));
  auto const& candidates = record.ballot().actions().election().candidates();
  std::set<std::uint32_t> numbers;
  for (auto const& text : approved) {
    TRY(account, session.address_of(text));
    auto const found = std::ranges::find(candidates, account.chars());
    if (found == candidates.end()) {
      return usage("NOT_A_CANDIDATE", fmt::format("{} is no candidate of ballot {}.", text, id),
                   fmt::format("`labor ballot show {}` lists them.", id));
    }
    numbers.insert(static_cast<std::uint32_t>(found - candidates.begin()));
  }
  return numbers;
}

Result<Output> vote(Session& session, BallotArguments const& arguments) {
  TRY(id, parse_id(arguments.id, "ballot"));
  TRY(choice, parse_choice(arguments.choice));
  labor::v1::Message message;
  message.mutable_cast_vote()->set_ballot(id);
  message.mutable_cast_vote()->set_choice(choice);
  if (!arguments.approved.empty()) {
    TRY(approvals, approvals_of(session, id, arguments.approved));
    for (auto const candidate : approvals) message.mutable_cast_vote()->add_approvals(candidate);
  }
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

// What one's own vote weighs comes with it, where there is somebody and a snapshot.
Result<Output> show_ballot(Session& session, std::uint64_t id) {
  TRY(record, existing_record(session, key_of_ballot(id), "ballot", fmt::format("{}", id)));
  TRY(by, onlooker(session));
  TRY(output, shown(session, record, by));
  auto const& ballot = record.ballot();
  auto const votes_come = ballot.state() == labor::v1::BALLOT_STATE_REVIEW ||
                          ballot.state() == labor::v1::BALLOT_STATE_VOTING;
  auto const account = session.subject();
  if (!votes_come || !account) return output;
  TRY(facts, weight_facts(session, ballot, *account));
  output.text += "\n" + show(facts);
  return output;
}

void add_actions(Verb& verb, TypedActions& actions) {
  verb.options("--change", actions.changes,
               "A parameter: NAME=VALUE, like client_fee_bps=9%; all of these as often as needed");
  verb.options("--admit", actions.admissions,
               "A validator: \"NAME CONSENSUS_KEY NODE_KEY OPERATOR\", in quotes");
  verb.options("--remove", actions.removals,
               "A validator, by its consensus key: `labor validator list`");
  verb.options("--admit-issuer", actions.issuers, "Who may attest: NAME=ACCOUNT");
  verb.options("--remove-issuer", actions.removed_issuers,
               "An issuer, by its account: `labor issuer list`");
  verb.options("--arbiter", actions.arbiters, "A member who is to sit on juries until recalled");
  verb.options("--recall-arbiter", actions.recalled, "An arbiter, by name or address");
  verb.options("--strike-app", actions.struck_apps, "An app that no new work is to come from");
  verb.options("--restore-app", actions.restored_apps, "One that was struck");
  verb.options("--close-asset", actions.closed_assets, "A pay asset: no new funding in it");
  verb.options("--open-asset", actions.opened_assets, "One that was closed");
  verb.options("--upgrade", actions.upgrades,
               "A feature: \"NUMBER NAME VERSION BLOCKS\", in quotes; on so many blocks later");
  verb.flag("--constitutional", actions.constitutional,
            "The upgrade touches what is promised for good: nine tenths decide");
  verb.options("--spend", actions.spends,
               "From the treasury: ACCOUNT=AMOUNT, like \"alice=100 USD\"");
  verb.options("--elect", actions.candidates, "A candidate for arbiter; with --seats and --term");
  verb.option("--seats", actions.seats, "How many are elected at most");
  verb.option("--term", actions.term, "For how long: 730d");
}

Result<Output> list_upgrades(Session& session) {
  TRY(chain, session.chain());
  labor::v1::Record key;
  key.mutable_features();
  TRY(record, chain->record(key));
  json::array data;
  Table table{.head = {"FEATURE", "NAME", "SINCE VERSION", "FROM BLOCK", "BALLOT"}, .rows = {}};
  if (!record) return Output{.data = std::move(data), .text = show(table)};
  for (auto const& feature : record->features().features()) {
    data.push_back(json::object{{"feature", feature.number()},
                                {"name", feature.name()},
                                {"version", feature.version()},
                                {"height", fmt::format("{}", feature.height())},
                                {"ballot", fmt::format("{}", feature.ballot())}});
    table.rows.push_back({fmt::format("{}", feature.number()), feature.name(), feature.version(),
                          fmt::format("{}", feature.height()),
                          fmt::format("{}", feature.ballot())});
  }
  return Output{.data = std::move(data), .text = show(table)};
}

}  // namespace

void add_ballot(Menu& menu) {
  auto noun = menu.noun("ballot", "What the owners decide");
  auto& session = menu.session();
  auto const arguments = std::make_shared<BallotArguments>();

  auto submitting = noun.verb("new", "Put something to the vote",
                              [&session, arguments] { return submit(session, *arguments); });
  submitting.option("--title", arguments->title, "In one line", Need::required);
  submitting.option("--summary", arguments->summary, "Why; public");
  add_actions(submitting, arguments->actions);
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
  voting.options("--approve", arguments->approved,
                 "In an election, with yes: a candidate's name or address");

  add_id_verb(menu.session(), noun, {.name = "votes", .help = "Who voted how", .noun = "ballot"},
              [](Session& acting, std::uint64_t id) {
                return list_records(acting,
                                    {.index = labor::v1::RECORD_INDEX_VOTES_BY_BALLOT, .id = id});
              });
  add_id_verb(
      menu.session(), noun,
      {.name = "show", .help = "A ballot, and what your vote weighs; proved", .noun = "ballot"},
      show_ballot);
  add_id_verb(menu.session(), noun,
              {.name = "audit", .help = "Count every vote again", .noun = "ballot"}, audit);
  add_address_verb(menu.session(), noun,
                   {.name = "delegate",
                    .help = "Let somebody vote with what you have locked",
                    .argument = "DELEGATE",
                    .argument_help = "A person: name or address"},
                   [](labor::v1::Message& message, std::string const& address) {
                     message.mutable_delegate()->set_to(address);
                   });
  noun.verb("undelegate", "Vote with your locks yourself again", [&session] {
    labor::v1::Message message;
    message.mutable_delegate();
    return perform(session, std::move(message));
  });
  noun.verb("enrol", "Take a seat in the members' house, or keep it", [&session] {
    labor::v1::Message message;
    message.mutable_enrol();
    return perform(session, std::move(message));
  });
  noun.verb("members", "Who sits in the members' house", [&session] {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_ENROLMENTS});
  });
  noun.verb("delegations", "Who lets you vote for them", [&session]() -> Result<Output> {
    TRY(me, session.subject());
    return list_records(
        session, {.index = labor::v1::RECORD_INDEX_DELEGATIONS_BY_DELEGATE, .address = me.str()});
  });
  noun.verb("list", "Ballots, newest first", [&session] {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_BALLOTS});
  });
  noun.verb("upgrades", "Features that ballots have turned on, and from which block on; proved",
            [&session] { return list_upgrades(session); });
  noun.verb("parameters", "What can be voted on, its value and bounds",
            [&session] { return list_parameters(session); });
}

}  // namespace wallet
