#include "wallet/commands/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/justice/panel.h"
#include "protocol/justice/verdict.h"
#include "protocol/limits.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/kept.h"

namespace wallet {

namespace {

using labor::v1::Dispute;
using labor::v1::Message;
using labor::v1::Report;
using labor::v1::Vetting;

// What the verbs of these differ in.
struct Named {
  std::string_view noun;   // Whose verbs commit and reveal.
  std::string_view about;  // Whose verb shows who has committed.
  std::string_view meaning;
};
Named named(Dispute const&) {
  return {.noun = "juror", .about = "dispute", .meaning = "so many per cent for the talent"};
}
Named named(Vetting const&) {
  return {.noun = "vetting", .about = "vetting", .meaning = "how far the claim is true"};
}
Named named(Report const&) {
  return {.noun = "report", .about = "report", .meaning = "how sure it is that the job is a scam"};
}

template <class M>
void name_case(M& message, Dispute const& dispute) {
  message.set_dispute(dispute.id());
}
template <class M>
void name_case(M& message, Vetting const& vetting) {
  message.set_vetting(vetting.id());
}
template <class M>
void name_case(M& message, Report const& report) {
  message.set_report(report.id());
}

KeptAs kept_as(KeyFile const& file, std::uint64_t id, std::string commitment) {
  return {.folder = "verdicts", .key = file.name, .id = id, .commitment = std::move(commitment)};
}

template <class Case>
Result<Output> commit(Session& session, Case const& about, std::uint32_t award) {
  auto const words = named(about);
  if (award > protocol::limits::award_max) {
    return usage("INVALID_AWARD", fmt::format("{} is no award.", award),
                 fmt::format("Write 0 to 100: {}.", words.meaning));
  }
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  auto const salt = new_salt();
  auto commitment = justice::verdict_commitment(justice::sitting_on(about), me, salt, award).str();
  TRY_VOID(keep(session, kept_as(file, about.id(), commitment),
                {.salt = salt, .said = std::string(1, static_cast<char>(award))}));
  Message message;
  name_case(*message.mutable_commit_verdict(), about);
  message.mutable_commit_verdict()->set_commitment(std::move(commitment));
  TRY(output, perform(session, std::move(message)));
  output.text +=
      fmt::format("\nOnce the panel reveals: `labor {} reveal {}`", words.noun, about.id());
  return output;
}

// What this juror has committed to on the panel that sits; empty if nothing.
template <class Case>
std::string commitment_of(Case const& about, protocol::Address const& juror) {
  auto const* const seat = justice::seat_of(about, juror.chars());
  return seat == nullptr ? std::string{} : seat->commitment();
}

template <class Case>
Result<Output> reveal(Session& session, Case const& about) {
  auto const words = named(about);
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  auto const commitment = commitment_of(about, me);
  if (commitment.empty()) {
    return usage(
        "VERDICT_NOT_FOUND",
        fmt::format("{} has committed to nothing on {} {}.", file.name, words.about, about.id()),
        fmt::format("`labor {} show {}` tells who has.", words.about, about.id()));
  }
  TRY(kept, read_kept(session, kept_as(file, about.id(), commitment)));
  if (kept.said.size() != 1) {
    return usage("INVALID_SALT", fmt::format("What {} has kept of it is damaged.", file.name));
  }
  Message message;
  name_case(*message.mutable_reveal_verdict(), about);
  message.mutable_reveal_verdict()->set_salt(kept.salt.str());
  message.mutable_reveal_verdict()->set_award(static_cast<std::uint8_t>(kept.said.front()));
  return perform(session, std::move(message));
}

}  // namespace

Result<Output> with_draw(Session& session, Output output, std::uint64_t round) {
  if (round == 0) return output;
  labor::v1::Record key;
  key.mutable_random_round()->set_id(round);
  TRY(found, existing_record(session, key, "round", fmt::format("{}", round)));
  auto const& members = found.random_round().members();
  auto const spoke =
      std::ranges::count_if(members, [](auto const& member) { return !member.preimage().empty(); });
  auto const told = fmt::format("{} of {}", spoke, members.size());
  output.data.as_object()["randomness"] = told;
  output.text +=
      fmt::format("\nThe panel is drawn by chance: {} validators have told theirs.", told);
  return output;
}

Result<Output> commit_verdict(Session& session, Dispute const& dispute, std::uint32_t award) {
  return commit(session, dispute, award);
}
Result<Output> commit_verdict(Session& session, Vetting const& vetting, std::uint32_t award) {
  return commit(session, vetting, award);
}
Result<Output> commit_verdict(Session& session, Report const& report, std::uint32_t award) {
  return commit(session, report, award);
}
Result<Output> reveal_verdict(Session& session, Dispute const& dispute) {
  return reveal(session, dispute);
}
Result<Output> reveal_verdict(Session& session, Vetting const& vetting) {
  return reveal(session, vetting);
}
Result<Output> reveal_verdict(Session& session, Report const& report) {
  return reveal(session, report);
}

Result<labor::v1::ExposeVerdict> exposure(Session& session, ToldVerdict const& told) {
  TRY(juror, session.address_of(told.juror));
  TRY(salt, parse_hash(told.salt));
  labor::v1::ExposeVerdict message;
  message.set_juror(juror.str());
  message.set_salt(salt);
  message.set_award(told.award);
  return message;
}

}  // namespace wallet
