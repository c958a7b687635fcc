// labor validator: list, show, rotate.

#include <fmt/format.h>

#include <optional>
#include <ranges>
#include <vector>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/validator.h"

namespace wallet {

namespace {

struct ValidatorArguments {
  bool all = false;
  std::string name;
  std::string key;
  std::string new_key;
  std::string node_key;
  std::string proof;
};

// Each seat is proved; that none is left out is the node's word.
Result<std::vector<labor::v1::Record>> proved_seats(Session& session, bool gone) {
  TRY(chain, session.chain());
  labor::v1::GetValidatorsRequest request;
  request.set_gone(gone);
  TRY(answer, chain->client().validators(request));
  std::vector<labor::v1::Record> proved;
  for (auto const& seat : answer.seats()) {
    labor::v1::Record key;
    key.mutable_seat()->set_id(seat.id());
    TRY(record, chain->record(key));
    if (record) proved.push_back(*std::move(record));
  }
  return proved;
}

Result<Output> list(Session& session, bool gone) {
  TRY(seats, proved_seats(session, gone));
  Table table{.head = {"VALIDATOR", "STATE", "OPERATOR", "CONSENSUS KEY"}, .rows = {}};
  json::array data;
  for (auto const& record : seats) {
    auto const& seat = record.seat();
    auto const& validator = seat.validator();
    auto const its_operator = validator.operator_();
    table.rows.push_back({validator.name(),
                          state_name(*labor::v1::SeatState_descriptor(), seat.state()),
                          its_operator.empty() ? "-" : short_label(session, its_operator),
                          base::hex(validator.consensus_key())});
    data.push_back(json_of(session, record));
  }
  return Output{.data = std::move(data), .text = show(table)};
}

// What it contributes to the chance by which juries are drawn: an operator sees here whether it
// does. Nothing: its node has not committed to any values yet.
Result<std::optional<labor::v1::Record>> randomness_of(Session& session, std::uint64_t seat) {
  labor::v1::Record key;
  key.mutable_seat_randomness()->set_seat(seat);
  TRY(chain, session.chain());
  return chain->record(key);
}

void add_randomness(Facts& facts, std::optional<labor::v1::Record> const& record) {
  if (!record) {
    facts.emplace_back("Random values", "none committed to yet");
    return;
  }
  auto const& randomness = record->seat_randomness();
  auto const time = [](std::uint64_t time_ms) { return show_time(protocol::TimeMs{time_ms}); };
  facts.emplace_back("Random values", "committed to at " + time(randomness.committed_at_ms()));
  facts.emplace_back("Rounds missed", fmt::format("{}", randomness.missed()));
  if (randomness.sits_out_until_ms() == 0) return;
  facts.emplace_back("Asked again from", time(randomness.sits_out_until_ms()));
}

Result<Output> show_one(Session& session, std::string const& name) {
  TRY(seats, proved_seats(session, true));
  // A name that was given up may have been taken again.
  for (auto const& record : seats | std::views::reverse) {
    if (record.seat().validator().name() != name) continue;
    TRY(randomness, randomness_of(session, record.seat().id()));
    auto facts = facts_of(session, record.seat());
    add_randomness(facts, randomness);
    Output output{.data = json_of(session, record), .text = show(facts)};
    if (randomness) output.data.as_object()["randomness"] = json_of(session, *randomness);
    return output;
  }
  return no_such("validator", name);
}

Result<Output> rotate(Session& session, ValidatorArguments const& arguments) {
  labor::v1::Message message;
  auto& rotation = *message.mutable_rotate_validator_keys();
  TRY(key, parse_public_key(arguments.key));
  rotation.set_consensus_key(key);
  TRY(new_key, parse_public_key(arguments.new_key));
  rotation.set_new_consensus_key(new_key);
  TRY(node_key, parse_public_key(arguments.node_key));
  rotation.set_new_node_key(node_key);
  auto proof = base::from_hex(arguments.proof);
  if (!proof || proof->size() != protocol::Signature::size) {
    return usage("INVALID_PROOF", fmt::format("`{}` is not a signature.", arguments.proof),
                 "Copy the whole command that `labord rotate` printed.");
  }
  rotation.set_proof(*std::move(proof));
  return perform(session, std::move(message));
}

}  // namespace

void add_validator(Menu& menu) {
  auto noun = menu.noun("validator", "Who decides, and with which keys");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ValidatorArguments>();

  noun.verb("list", "Who has a seat, waits for one or is about to lose it; each proved",
            [&session, arguments] { return list(session, arguments->all); })
      .flag("--all", arguments->all, "Those whose seat is gone, too");
  noun.verb("show", "One of them, in full; also one whose seat is gone",
            [&session, arguments] { return show_one(session, arguments->name); })
      .argument("NAME", arguments->name, "As in `labor validator list`");
  auto rotating =
      noun.verb("rotate", "Give a validator new keys; `labord rotate` prints the command",
                [&session, arguments] { return rotate(session, *arguments); });
  rotating.argument("KEY", arguments->key, "Its consensus key");
  rotating.argument("NEW_KEY", arguments->new_key, "The consensus key that follows");
  rotating.argument("NODE_KEY", arguments->node_key, "The node key that follows, or stays");
  rotating.argument("PROOF", arguments->proof,
                    "By the new consensus key, as `labord rotate` has it");
}

}  // namespace wallet
