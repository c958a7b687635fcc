// labor juror: stake, withdraw, commit, reveal, expose, show, list. What was committed waits in
// HOME/verdicts (kept.h): what was said is the award, in one byte.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/justice/verdict.h"
#include "protocol/limits.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/kept.h"
#include "wallet/commands/next.h"

namespace wallet {

namespace {

using labor::v1::Dispute;
using labor::v1::Message;

struct JurorArguments {
  std::string dispute;
  std::uint32_t award = 0;
  std::string salt;
  std::string juror;
  std::vector<std::string> amount;
};

Result<Output> stake(Session& session, JurorArguments const& arguments) {
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_stake_as_juror()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<Output> withdraw(Session& session, JurorArguments const& arguments) {
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_withdraw_juror_stake()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<Dispute> read_dispute(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "dispute"));
  TRY(record, existing_dispute(session, id));
  return record.dispute();
}

KeptAs kept_as(KeyFile const& file, Dispute const& dispute, std::string commitment) {
  return {.folder = "verdicts",
          .key = file.name,
          .id = dispute.id(),
          .commitment = std::move(commitment)};
}

Result<Output> commit(Session& session, JurorArguments const& arguments) {
  if (arguments.award > protocol::limits::award_max) {
    return usage("INVALID_AWARD", fmt::format("{} is no award.", arguments.award),
                 "Write 0 to 100: so many per cent for the talent.");
  }
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  TRY(dispute, read_dispute(session, arguments.dispute));
  auto const salt = new_salt();
  auto commitment = justice::verdict_commitment(dispute, me, salt, arguments.award).str();
  TRY_VOID(keep(session, kept_as(file, dispute, commitment),
                {.salt = salt, .said = std::string(1, static_cast<char>(arguments.award))}));
  Message message;
  message.mutable_commit_verdict()->set_dispute(dispute.id());
  message.mutable_commit_verdict()->set_commitment(std::move(commitment));
  TRY(output, perform(session, std::move(message)));
  output.text += fmt::format("\nOnce the panel reveals: `labor juror reveal {}`", dispute.id());
  return output;
}

// What this juror has committed to on the panel that sits; empty if nothing.
std::string commitment_of(Dispute const& dispute, protocol::Address const& juror) {
  auto const* const seat = justice::seat_of(dispute, juror.chars());
  return seat == nullptr ? std::string{} : seat->commitment();
}

Result<Output> reveal(Session& session, JurorArguments const& arguments) {
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  TRY(dispute, read_dispute(session, arguments.dispute));
  auto const commitment = commitment_of(dispute, me);
  if (commitment.empty()) {
    return usage("VERDICT_NOT_FOUND",
                 fmt::format("{} has committed to nothing on dispute {}.", file.name, dispute.id()),
                 fmt::format("`labor dispute show {}` tells who has.", dispute.id()));
  }
  TRY(kept, read_kept(session, kept_as(file, dispute, commitment)));
  if (kept.said.size() != 1) {
    return usage("INVALID_SALT", fmt::format("What {} has kept of it is damaged.", file.name));
  }
  Message message;
  message.mutable_reveal_verdict()->set_dispute(dispute.id());
  message.mutable_reveal_verdict()->set_salt(kept.salt.str());
  message.mutable_reveal_verdict()->set_award(static_cast<std::uint8_t>(kept.said.front()));
  return perform(session, std::move(message));
}

Result<Output> expose(Session& session, JurorArguments const& arguments) {
  TRY(id, parse_id(arguments.dispute, "dispute"));
  TRY(juror, session.address_of(arguments.juror));
  TRY(salt, parse_hash(arguments.salt));
  Message message;
  message.mutable_expose_verdict()->set_dispute(id);
  message.mutable_expose_verdict()->set_juror(juror.str());
  message.mutable_expose_verdict()->set_salt(salt);
  message.mutable_expose_verdict()->set_award(arguments.award);
  return perform(session, std::move(message));
}

Result<Output> show_juror(Session& session, JurorArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.juror));
  labor::v1::Record key;
  key.mutable_juror()->set_account(address);
  return show_record(session, key, "juror", arguments.juror.empty() ? "you" : arguments.juror);
}

}  // namespace

void add_juror(Menu& menu) {
  auto noun = menu.noun("juror", "Sitting on the panels that rule on disputes");
  auto& session = menu.session();
  auto const arguments = std::make_shared<JurorArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  verb("stake", "Put down what you lose if you do not judge", stake)
      .words("AMOUNT", arguments->amount, "Like 100 USD; a seat locks five juror fees of it");
  verb("withdraw", "Take back of it what no panel locks", withdraw)
      .words("AMOUNT", arguments->amount, "Like 100 USD");
  verb("commit", "Commit to a verdict, unseen by anybody", commit)
      .argument("DISPUTE", arguments->dispute, "The dispute")
      .option("--award", arguments->award, "0 to 100: so many per cent for the talent");
  verb("reveal", "Show what you committed to", reveal)
      .argument("DISPUTE", arguments->dispute, "The dispute");
  verb("expose", "Post what another juror has committed to: half of what the seat locks is yours",
       expose)
      .argument("DISPUTE", arguments->dispute, "The dispute")
      .option("--juror", arguments->juror, "Whose verdict", Need::required)
      .option("--salt", arguments->salt, "The salt of it, in hex", Need::required)
      .option("--award", arguments->award, "0 to 100");
  verb("show", "A juror's stake; proved", show_juror)
      .argument("JUROR", arguments->juror, "Whose; yours if left out", Need::optional);
  verb("list", "Everybody who may sit", [](Session& acting, JurorArguments const&) {
    return list_records(acting, {.index = labor::v1::RECORD_INDEX_JURORS});
  });
}

}  // namespace wallet
