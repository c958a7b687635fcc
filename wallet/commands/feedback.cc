// labor feedback: give, reveal, reply, show, list. What was committed waits in HOME/feedback
// (kept.h): what was said is a FeedbackContent.

#include <fmt/format.h>

#include <optional>

#include "protocol/codec/canonical.h"
#include "protocol/work/feedback.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/kept.h"
#include "wallet/commands/next.h"

namespace wallet {

namespace {

using labor::v1::Contract;
using labor::v1::ContractSide;
using labor::v1::Feedback;
using labor::v1::FeedbackContent;
using labor::v1::Message;

constexpr auto client = labor::v1::CONTRACT_SIDE_CLIENT;
constexpr auto talent = labor::v1::CONTRACT_SIDE_TALENT;

struct FeedbackArguments {
  std::string contract;
  std::uint32_t quality = 0;
  std::uint32_t communication = 0;
  std::uint32_t punctuality = 0;
  std::uint32_t again = 0;
  std::string text;
  std::string account;
};

// Both views of a contract; without a state where there is none.
struct Views {
  Contract contract;
  Feedback of_client;
  Feedback of_talent;

  Feedback const& of(ContractSide side) const { return side == client ? of_client : of_talent; }
  Feedback const& besides(ContractSide side) const { return of(work::other_side(side)); }
};

Result<Views> read_views(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "contract"));
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(record, existing_record(session, key, "contract", text));
  TRY(chain, session.chain());
  TRY(of_client, feedback_of(*chain, record.contract(), client));
  TRY(of_talent, feedback_of(*chain, record.contract(), talent));
  return Views{.contract = record.contract(),
               .of_client = std::move(of_client),
               .of_talent = std::move(of_talent)};
}

KeptAs kept_as(KeyFile const& file, std::uint64_t contract, std::string commitment) {
  return {
      .folder = "feedback", .key = file.name, .id = contract, .commitment = std::move(commitment)};
}

Result<std::string> commit(Session& session, KeyFile const& file, std::uint64_t contract,
                           FeedbackContent const& content) {
  TRY(me, session.subject());
  auto const salt = new_salt();
  auto commitment = work::feedback_commitment(contract, me, salt, content).str();
  TRY_VOID(keep(session, kept_as(file, contract, commitment),
                {.salt = salt, .said = canonical::encode(content)}));
  return commitment;
}

Result<FeedbackContent> content_of(Session& session, FeedbackArguments const& arguments) {
  FeedbackContent content;
  content.set_quality(arguments.quality);
  content.set_communication(arguments.communication);
  content.set_punctuality(arguments.punctuality);
  content.set_again(arguments.again);
  if (arguments.text.empty()) return content;
  TRY(hash, parse_document_hash(session, arguments.text));
  content.set_text_hash(hash);
  return content;
}

// Blind where the other side has not spoken, in clear where it has.
Result<Output> give(Session& session, FeedbackArguments const& arguments) {
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  TRY(content, content_of(session, arguments));
  TRY(views, read_views(session, arguments.contract));
  auto const id = views.contract.id();
  auto const side = work::side_of(views.contract, me);
  Message message;
  if (side && views.besides(*side).state() == labor::v1::FEEDBACK_STATE_COMMITTED) {
    message.mutable_post_feedback()->set_contract(id);
    *message.mutable_post_feedback()->mutable_content() = content;
    return perform(session, std::move(message));
  }
  TRY(commitment, commit(session, file, id, content));
  message.mutable_commit_feedback()->set_contract(id);
  message.mutable_commit_feedback()->set_commitment(commitment);
  TRY(output, perform(session, std::move(message)));
  output.text +=
      fmt::format("\nOnce the other side has given theirs: `labor feedback reveal {}`", id);
  return output;
}

Result<Output> reveal(Session& session, FeedbackArguments const& arguments) {
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  TRY(views, read_views(session, arguments.contract));
  auto const id = views.contract.id();
  auto const side = work::side_of(views.contract, me);
  auto const commitment = side ? views.of(*side).commitment() : std::string{};
  if (commitment.empty()) {
    return usage("FEEDBACK_NOT_FOUND",
                 fmt::format("{} has not committed to feedback on contract {}.", file.name, id),
                 fmt::format("`labor feedback show {}` tells who has.", id));
  }
  TRY(kept, read_kept(session, kept_as(file, id, commitment)));
  auto const content = canonical::decode<FeedbackContent>(kept.said);
  if (!content) {
    return usage("INVALID_SALT", fmt::format("What {} has kept of it is damaged.", file.name));
  }
  Message message;
  message.mutable_reveal_feedback()->set_contract(id);
  message.mutable_reveal_feedback()->set_salt(kept.salt.str());
  *message.mutable_reveal_feedback()->mutable_content() = *content;
  return perform(session, std::move(message));
}

Result<Output> reply(Session& session, FeedbackArguments const& arguments) {
  TRY(id, parse_id(arguments.contract, "contract"));
  TRY(hash, parse_document_hash(session, arguments.text));
  Message message;
  message.mutable_reply_to_feedback()->set_contract(id);
  message.mutable_reply_to_feedback()->set_reply_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> show_views(Session& session, FeedbackArguments const& arguments) {
  TRY(views, read_views(session, arguments.contract));
  TRY(by, onlooker(session));
  Output output{.data = json::object{}, .text = {}};
  for (auto const side : {client, talent}) {
    auto const& view = views.of(side);
    auto const* const name = side == client ? "client" : "talent";
    auto const given = view.state() != labor::v1::FEEDBACK_STATE_UNSPECIFIED;
    labor::v1::Record record;
    *record.mutable_feedback() = view;
    auto const next = next_steps(view, views.besides(side), views.contract, by);
    json::object shown{{"state", "none"}};
    if (given) shown = json_of(session, record).as_object();
    for (auto& [key, value] : to_json(next)) shown[key] = std::move(value);
    output.data.as_object()[name] = std::move(shown);
    if (!output.text.empty()) output.text += "\n\n";
    output.text +=
        given ? show(facts_of(session, record)) : fmt::format("The {} has given none.", name);
    auto const steps = show(next, by.block_time);
    if (!steps.empty()) output.text += "\n" + steps;
  }
  return output;
}

}  // namespace

void add_feedback(Menu& menu) {
  auto noun = menu.noun("feedback", "What the two sides of an ended contract say of each other");
  auto const arguments = std::make_shared<FeedbackArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    auto added = noun.verb(
        std::move(name), std::move(help),
        [&session = menu.session(), arguments, action] { return action(session, *arguments); });
    added.argument("CONTRACT", arguments->contract, "The contract");
    return added;
  };
  verb("give", "Rate the other side: unheard if you are the first to, in clear if the second", give)
      .option("--quality", arguments->quality, "1 to 5")
      .option("--communication", arguments->communication, "1 to 5")
      .option("--punctuality", arguments->punctuality, "1 to 5")
      .option("--again", arguments->again, "1 to 5: would you work together again?")
      .option("--text", arguments->text, document_help);
  verb("reveal", "Show what you committed to", reveal);
  verb("reply", "Answer what is said of you, once", reply)
      .option("--text", arguments->text, "Hash of the reply, or @FILE: nodes keep its text",
              Need::required);
  verb("show", "What both have said; proved", show_views);
  noun.verb("list", "What others say of you, or of somebody",
            [&session = menu.session(), arguments]() -> Result<Output> {
              TRY(address, address_or_mine(session, arguments->account));
              return list_records(session, {.index = labor::v1::RECORD_INDEX_FEEDBACK_BY_SUBJECT,
                                            .address = std::move(address)});
            })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
}

}  // namespace wallet
