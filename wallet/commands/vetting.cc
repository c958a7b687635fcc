// labor vetting: apply, commit, reveal, expose, challenge, show, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/commands/verdict.h"

namespace wallet {

namespace {

using labor::v1::Message;
using labor::v1::Record;
using labor::v1::Vetting;

struct VettingArguments {
  std::string vetting;
  std::string skill;
  std::string hash;
  std::string person;
  ToldVerdict told{};
};

Result<Record> existing_vetting(Session& session, std::uint64_t id) {
  Record key;
  key.mutable_vetting()->set_id(id);
  return existing_record(session, key, "vetting", fmt::format("{}", id));
}

Result<Vetting> read_vetting(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "vetting"));
  TRY(record, existing_vetting(session, id));
  return record.vetting();
}

Result<Output> apply(Session& session, VettingArguments const& arguments) {
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_apply_for_vetting()->set_skill(arguments.skill);
  message.mutable_apply_for_vetting()->set_evidence_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> challenge(Session& session, VettingArguments const& arguments) {
  TRY(id, parse_id(arguments.vetting, "vetting"));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_challenge_vetting()->set_vetting(id);
  message.mutable_challenge_vetting()->set_reason_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> commit(Session& session, VettingArguments const& arguments) {
  TRY(vetting, read_vetting(session, arguments.vetting));
  return commit_verdict(session, vetting, arguments.told.award);
}

Result<Output> reveal(Session& session, VettingArguments const& arguments) {
  TRY(vetting, read_vetting(session, arguments.vetting));
  return reveal_verdict(session, vetting);
}

Result<Output> expose(Session& session, VettingArguments const& arguments) {
  TRY(id, parse_id(arguments.vetting, "vetting"));
  TRY(told, exposure(session, arguments.told));
  Message message;
  *message.mutable_expose_verdict() = told;
  message.mutable_expose_verdict()->set_vetting(id);
  return perform(session, std::move(message));
}

Result<Output> show_vetting(Session& session, std::uint64_t id) {
  TRY(record, existing_vetting(session, id));
  TRY(by, onlooker(session));
  TRY(output, shown(session, record, by));
  auto const& vetting = record.vetting();
  if (vetting.state() != labor::v1::VETTING_STATE_DRAWING) return output;
  return with_draw(session, std::move(output), vetting.round());
}

Result<Output> list(Session& session, VettingArguments const& arguments) {
  TRY(person, address_or_mine(session, arguments.person));
  return list_records(session,
                      {.index = labor::v1::RECORD_INDEX_VETTINGS_BY_PERSON, .address = person});
}

}  // namespace

void add_vetting(Menu& menu) {
  auto noun = menu.noun("vetting", "Skills that others answer for, with a stake");
  auto& session = menu.session();
  auto const arguments = std::make_shared<VettingArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  verb("apply", "Have a skill that your profile claims looked at; it costs nothing", apply)
      .argument("SKILL", arguments->skill, "Its ESCO URI, as your profile has it")
      .option("--evidence", arguments->hash, "Hash of what shows it, or @FILE: nodes keep its text",
              Need::required);
  verb("commit", "Commit to how far a claim is true, unseen by anybody", commit)
      .argument("VETTING", arguments->vetting, "The vetting")
      .option("--award", arguments->told.award, "0 to 100; from 51 on you answer for it");
  verb("reveal", "Show what you committed to", reveal)
      .argument("VETTING", arguments->vetting, "The vetting");
  verb("expose", "Post what another has committed to: half of what the seat locks is yours", expose)
      .argument("VETTING", arguments->vetting, "The vetting")
      .option("--juror", arguments->told.juror, "Whose verdict", Need::required)
      .option("--salt", arguments->told.salt, "The salt of it, in hex", Need::required)
      .option("--award", arguments->told.award, "0 to 100");
  verb("challenge", "Say that a claim that was vetted is false, and put down a bond", challenge)
      .argument("VETTING", arguments->vetting, "The vetting")
      .option("--reason", arguments->hash, "Hash of why, or @FILE: nodes keep its text",
              Need::required);
  add_id_verb(session, noun,
              {.name = "show", .help = "A claim and who answers for it; proved", .noun = "vetting"},
              show_vetting);
  verb("list", "Yours as who applied, sits or challenges, or somebody's", list)
      .option("--person", arguments->person, "Of this account");
}

}  // namespace wallet
