// labor profile: create, edit, publish, pause, resume, close, answer-for, stop-answering, show,
// score, list, agents.

#include <fmt/format.h>

#include <charconv>

#include "wallet/commands/arguments.h"
#include "wallet/commands/score.h"

namespace wallet {

namespace {

struct ProfileArguments {
  std::string kind = "person";
  std::string headline;
  std::vector<std::string> skills;
  std::string rate;
  std::uint32_t hours = 0;
  std::vector<std::string> links;
  std::string document;
  std::string responsible;
  std::string account;
  bool explain = false;
};

Result<labor::v1::ProfileKind> parse_kind(std::string_view text) {
  if (text == "person") return labor::v1::PROFILE_KIND_PERSON;
  if (text == "team") return labor::v1::PROFILE_KIND_TEAM;
  if (text == "agent") return labor::v1::PROFILE_KIND_AGENT;
  return usage("INVALID_PROFILE_KIND", fmt::format("`{}` is not a kind of profile.", text),
               "There are person, team and agent.");
}

// URI:LEVEL, where the URI has colons of its own.
Result<labor::v1::Skill> parse_skill(std::string_view text) {
  auto const colon = text.rfind(':');
  labor::v1::Skill skill;
  if (colon != std::string_view::npos && colon + 2 == text.size()) {
    auto const level = text.back() - '0';
    if (level >= 1 && level <= 5) {
      skill.set_uri(std::string{text.substr(0, colon)});
      skill.set_level(static_cast<std::uint32_t>(level));
      return skill;
    }
  }
  return usage("INVALID_SKILL", fmt::format("`{}` is not a skill.", text),
               "Write URI:LEVEL with a level of 1 to 5.");
}

Result<labor::v1::ProfileDetails> details_of(Session& session, ProfileArguments const& arguments) {
  labor::v1::ProfileDetails details;
  TRY(kind, parse_kind(arguments.kind));
  details.set_kind(kind);
  details.set_headline(arguments.headline);
  for (auto const& text : arguments.skills) {
    TRY(skill, parse_skill(text));
    *details.add_skills() = skill;
  }
  if (!arguments.rate.empty()) {
    TRY(rate, parse_amount(arguments.rate, labor::v1::ASSET_USD));
    details.set_rate(rate.value());
  }
  if (!arguments.responsible.empty()) {
    TRY(person, session.address_of(arguments.responsible));
    details.set_responsible(person.str());
  }
  details.set_hours_per_week(arguments.hours);
  for (auto const& link : arguments.links) details.add_links(link);
  if (!arguments.document.empty()) {
    TRY(hash, parse_document_hash(session, arguments.document));
    details.set_document_hash(hash);
  }
  return details;
}

void add_details(Verb verb, std::shared_ptr<ProfileArguments> const& arguments) {
  verb.option("--kind", arguments->kind, "person, team or agent (person)");
  verb.option("--headline", arguments->headline, "What you do, in one line", Need::required);
  verb.options("--skill", arguments->skills, "ESCO URI:LEVEL, level 1-5; as often as needed");
  verb.option("--rate", arguments->rate, "An hour, like \"80 USD\"");
  verb.option("--hours", arguments->hours, "Hours a week");
  verb.options("--link", arguments->links, "As often as needed");
  verb.option("--document", arguments->document, document_help);
  verb.option("--responsible", arguments->responsible,
              "Of an agent: the person who answers for it");
}

// A message without content.
template <class Set>
void add_plain(Menu& menu, Noun& noun, std::string name, std::string help, Set set) {
  noun.verb(std::move(name), std::move(help), [&session = menu.session(), set] {
    labor::v1::Message message;
    set(message);
    return perform(session, std::move(message));
  });
}

void add_agents(Noun& noun, Session& session, std::shared_ptr<ProfileArguments> const& arguments) {
  add_address_verb(session, noun,
                   {.name = "answer-for",
                    .help = "Answer for an agent whose profile names you",
                    .argument = "AGENT",
                    .argument_help = "Its account"},
                   [](labor::v1::Message& message, std::string const& agent) {
                     message.mutable_answer_for_agent()->set_agent(agent);
                   });
  add_address_verb(session, noun,
                   {.name = "stop-answering",
                    .help = "Answer for it no more: its profile is paused",
                    .argument = "AGENT",
                    .argument_help = "Its account"},
                   [](labor::v1::Message& message, std::string const& agent) {
                     message.mutable_stop_answering_for_agent()->set_agent(agent);
                   });
  noun.verb("agents", "Agents for whom somebody answers, or is to",
            [&session, arguments]() -> Result<Output> {
              TRY(person, address_or_mine(session, arguments->account));
              return list_records(
                  session, {.index = labor::v1::RECORD_INDEX_AGENTS_BY_PERSON, .address = person});
            })
      .argument("PERSON", arguments->account, "An address or key; yours if left out",
                Need::optional);
}

}  // namespace

void add_profile(Menu& menu) {
  auto noun = menu.noun("profile", "What clients see of you");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ProfileArguments>();

  add_details(noun.verb("create", "Make your profile, as a draft",
                        [&session, arguments]() -> Result<Output> {
                          TRY(details, details_of(session, *arguments));
                          labor::v1::Message message;
                          *message.mutable_create_profile()->mutable_details() = details;
                          return perform(session, std::move(message));
                        }),
              arguments);
  add_details(noun.verb("edit", "Replace what it says",
                        [&session, arguments]() -> Result<Output> {
                          TRY(details, details_of(session, *arguments));
                          labor::v1::Message message;
                          *message.mutable_edit_profile()->mutable_details() = details;
                          return perform(session, std::move(message));
                        }),
              arguments);
  using labor::v1::Message;
  add_plain(menu, noun, "publish", "Show it to clients",
            [](Message& message) { message.mutable_publish_profile(); });
  add_plain(menu, noun, "pause", "Take no work for a while",
            [](Message& message) { message.mutable_pause_profile(); });
  add_plain(menu, noun, "resume", "Take work again",
            [](Message& message) { message.mutable_resume_profile(); });
  add_plain(menu, noun, "close", "Close it for good",
            [](Message& message) { message.mutable_close_profile(); });
  add_agents(noun, session, arguments);

  noun.verb("show", "A profile; proved",
            [&session, arguments]() -> Result<Output> {
              TRY(owner, address_or_mine(session, arguments->account));
              labor::v1::Record key;
              key.mutable_profile()->set_owner(owner);
              return show_record(session, key, "profile", "of that account");
            })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
  noun.verb("score", "How it has done in the eyes of those it worked with",
            [&session, arguments] {
              return show_score(session, arguments->account, arguments->explain);
            })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional)
      .flag("--explain", arguments->explain, "Every term of it");
  noun.verb("list", "Profiles", [&session] {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_PROFILES});
  });
}

}  // namespace wallet
