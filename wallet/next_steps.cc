#include "wallet/next_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "protocol/bank/next_actions.h"
#include "protocol/base/check.h"
#include "protocol/justice/next_actions.h"
#include "protocol/talent/next_actions.h"
#include "protocol/work/next_actions.h"
#include "wallet/amount.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

using protocol::TimeMs;

// An act of a table, as it is typed: {id} is the record's number, {split} what a split offers,
// {terms} how other terms are given.
struct Command {
  std::string_view noun;
  std::string_view act;
  std::string_view typed;
  bool waited_for;
};

// clang-format off
constexpr Command commands[] = {
  {"team", "propose", "team propose --share ACCOUNT=PERCENT%", false},
  {"team", "agree", "team agree TEAM", true},
  {"team", "leave", "team leave TEAM", false},
  {"recovery", "approve", "authority approve {id}", true},
  {"recovery", "cancel", "authority cancel", true},
  {"job", "decline_all", "job decline-all {id}", false},
  {"job", "close", "job close {id}", false},
  {"invitation", "accept", "proposal submit {id} --amount AMOUNT --summary TEXT", true},
  {"invitation", "decline", "job decline-invitation {id}", false},
  {"proposal", "shortlist", "proposal shortlist {id}", true},
  {"proposal", "offer",
   "offer make --proposal {id} --title TEXT --milestone TITLE=AMOUNT/DAYSd", true},
  {"proposal", "decline", "proposal decline {id}", true},
  {"proposal", "withdraw", "proposal withdraw {id}", false},
  {"offer", "accept", "offer accept {id}", true},
  {"offer", "counter", "offer counter {id} --title TEXT {terms}", true},
  {"offer", "decline", "offer decline {id}", true},
  {"offer", "withdraw", "offer withdraw {id}", false},
  {"contract", "agree_amendment", "contract agree-amendment {id}", true},
  {"contract", "fund_week", "hours fund {id}", true},
  {"contract", "set_top_up", "hours top-up {id} AMOUNT", false},
  {"contract", "offer_amendment", "contract amend {id} {terms}", false},
  {"contract", "withdraw_amendment", "contract withdraw-amendment {id}", false},
  {"contract", "pause", "contract pause {id}", false},
  {"contract", "resume", "contract resume {id}", false},
  {"contract", "end", "contract end {id}", false},
  {"contract", "bonus", "contract bonus {id} AMOUNT", false},
  {"feedback", "commit",
   "feedback give {id} --quality N --communication N --punctuality N --again N", true},
  {"feedback", "post",
   "feedback give {id} --quality N --communication N --punctuality N --again N", true},
  {"feedback", "reveal", "feedback reveal {id}", true},
  {"feedback", "reply", "feedback reply {id} --text HASH", false},
  {"milestone", "fund", "milestone fund {id}", true},
  {"milestone", "submit", "milestone submit {id} --delivery HASH", true},
  {"milestone", "accept", "milestone accept {id}", true},
  {"milestone", "request_changes", "milestone request-changes {id} --reason HASH", true},
  {"milestone", "release", "milestone release {id} AMOUNT", false},
  {"milestone", "request_refund", "milestone request-refund {id}", false},
  {"milestone", "refuse_refund", "milestone refuse-refund {id}", true},
  {"milestone", "agree_refund", "milestone agree-refund {id}", true},
  {"milestone", "offer_split", "milestone offer-split {id} AMOUNT", false},
  {"milestone", "withdraw_split", "milestone withdraw-split {id}", false},
  {"milestone", "agree_split", "milestone agree-split {id} {split}", true},
  {"milestone", "dispute", "dispute open {id} --reason HASH", false},
  {"week", "log", "hours log {id} TIME --memo TEXT", true},
  {"week", "approve", "hours approve {id}", true},
  {"week", "dispute", "dispute hours {id} --entry N --reason HASH", true},
  {"dispute", "answer", "dispute answer {id} --statement HASH", true},
  {"dispute", "concede", "dispute concede {id}", false},
  {"dispute", "add_evidence", "dispute evidence {id} --document HASH", false},
  {"dispute", "offer_split", "dispute offer-split {id} AMOUNT", false},
  {"dispute", "withdraw_split", "dispute withdraw-split {id}", false},
  {"dispute", "agree_split", "dispute agree-split {id} {split}", true},
  {"dispute", "appeal", "dispute appeal {id}", true},
  {"verdict", "commit", "juror commit {id} --award PERCENT", true},
  {"verdict", "reveal", "juror reveal {id}", true},
  {"verdict", "expose", "juror expose {id} --juror ACCOUNT --salt HASH --award PERCENT", false},
  {"vetting", "challenge", "vetting challenge {id} --reason HASH", false},
  {"vetting_verdict", "commit", "vetting commit {id} --award PERCENT", true},
  {"vetting_verdict", "reveal", "vetting reveal {id}", true},
  {"vetting_verdict", "expose",
   "vetting expose {id} --juror ACCOUNT --salt HASH --award PERCENT", false},
  {"report_verdict", "commit", "report commit {id} --award PERCENT", true},
  {"report_verdict", "reveal", "report reveal {id}", true},
  {"report_verdict", "expose",
   "report expose {id} --juror ACCOUNT --salt HASH --award PERCENT", false},
};

struct Outcome {
  std::string_view noun;
  std::string_view act;
  std::string_view words;  // Empty: nothing that anybody waits for or fears.
};
constexpr Outcome outcomes[] = {
  {"team", "lapse", "the split stays as it is"},
  {"recovery", "lapse", "the keys stay as they are"},
  {"recovery", "take_effect", "the account has the new keys"},
  {"job", "expire", "the job expires"},
  {"job", "leave", ""},
  {"invitation", "lapse", "the invitation lapses"},
  {"proposal", "lapse", "the proposal lapses"},
  {"proposal", "declined", ""},
  {"proposal", "leave", ""},
  {"offer", "lapse", "the offer lapses"},
  {"offer", "leave", ""},
  {"contract", "idle", "the contract ends"},
  {"contract", "resume_over", "the contract goes on"},
  {"contract", "week_starts", "the next week locks if it can"},
  {"feedback", "withhold", "it is shown as withheld"},
  {"milestone", "review_over", "the talent is paid"},
  {"milestone", "changes_over", "the client is refunded"},
  {"milestone", "refund_unanswered", "the client is refunded"},
  {"milestone", "overdue", "the client is refunded"},
  {"week", "close", "no more hours are logged in it"},
  {"week", "review_over", "the talent is paid"},
  {"dispute", "default", "who opened it is granted the claim"},
  {"dispute", "settling_over", "evidence is gathered"},
  {"dispute", "evidence_over", "a jury is drawn"},
  {"dispute", "draw", "the jury is drawn"},
  {"dispute", "draw_again", "the jury is drawn"},
  {"dispute", "no_panel", "the claim is divided without a jury"},
  {"dispute", "no_appeal", "the first ruling stands"},
  {"dispute", "votes_in", "the jurors reveal"},
  {"dispute", "rule", "the jury has ruled"},
  {"dispute", "rule_finally", "money moves as the jury ruled"},
  {"dispute", "no_verdict", "another jury is drawn"},
  {"dispute", "finish", "money moves as it was ruled"},
  {"vetting", "draw", "three are drawn"},
  {"vetting", "draw_again", "three are drawn"},
  {"vetting", "no_vetters", "the application lapses"},
  {"vetting", "no_jury", "the claim stands"},
  {"vetting", "votes_in", "they reveal"},
  {"vetting", "vouch", "the claim is vetted"},
  {"vetting", "refuse", "the claim is refused"},
  {"vetting", "uphold", "the claim stands"},
  {"vetting", "strike", "the claim is struck"},
  {"vetting", "no_verdict", "others are drawn"},
  {"vetting", "expire", "the claim is vetted no more"},
  {"vetting", "leave", ""},
  {"report", "draw", "three are drawn"},
  {"report", "draw_again", "three are drawn"},
  {"report", "no_jury", "the bond goes back"},
  {"report", "votes_in", "they reveal"},
  {"report", "uphold", "the job is hidden"},
  {"report", "dismiss", "the job stays"},
  {"report", "no_verdict", "others are drawn"},
  {"report", "leave", ""},
};
// clang-format on

// Of a table above, the row of an act; null if it has none.
template <class Row, std::size_t N>
Row const* row_of(Row const (&rows)[N], std::string_view noun, std::string_view act) {
  auto const* const found = std::ranges::find_if(
      rows, [&](Row const& row) { return row.noun == noun && row.act == act; });
  return found == std::end(rows) ? nullptr : found;
}

// What the commands of a record name.
struct Named {
  std::string_view noun;
  std::string id;
  std::string split = {};
  std::string terms = {};
};

constexpr std::string_view hourly_terms = "--rate AMOUNT --hours-per-week HOURS";

NextSteps in_words(execution::NextActions const& next, Named const& named, Onlooker const& by) {
  NextSteps steps;
  for (auto const& action : next.actions) {
    auto const* const command = row_of(commands, named.noun, action.act);
    CHECK(command != nullptr);  // Every act of the protocol's tables has one.
    auto const typed = fmt::format(fmt::runtime(command->typed), fmt::arg("id", named.id),
                                   fmt::arg("split", named.split), fmt::arg("terms", named.terms));
    steps.steps.push_back({.command = "labor " + typed, .waited_for = command->waited_for});
  }
  if (!next.block) return steps;
  auto const* const outcome = row_of(outcomes, named.noun, next.block->act);
  CHECK(outcome != nullptr);
  if (outcome->words.empty()) return steps;
  steps.silence = Silence{.outcome = std::string{outcome->words},
                          .at = TimeMs{next.block->at.value() + by.outages_ms}};
  return steps;
}

}  // namespace

TimeMs chain_time(Onlooker const& by) {
  return TimeMs{by.block_time.value() - std::min(by.block_time.value(), by.outages_ms)};
}

bool has_command(std::string_view noun, std::string_view act) {
  return row_of(commands, noun, act) != nullptr;
}

bool has_outcome(std::string_view noun, std::string_view act) {
  return row_of(outcomes, noun, act) != nullptr;
}

bool NextSteps::waits() const {
  return std::ranges::any_of(steps, &Step::waited_for);
}

NextSteps next_steps(labor::v1::Record const& record, labor::v1::Record const& about,
                     Onlooker const& by) {
  using labor::v1::Record;
  auto const now = chain_time(by);
  auto const number = [](std::uint64_t id) { return fmt::format("{}", id); };
  switch (record.record_case()) {
    case Record::kJob:
      return in_words(work::next_actions(record.job(), by.account, now),
                      {.noun = "job", .id = number(record.job().id())}, by);
    case Record::kTeam:
      return in_words(talent::next_actions(record.team(), by.account, now),
                      {.noun = "team", .id = {}}, by);
    case Record::kRecovery:
      return in_words(bank::next_actions(record.recovery(), by.account, now),
                      {.noun = "recovery", .id = "ACCOUNT"}, by);
    case Record::kInvitation:
      return in_words(work::next_actions(record.invitation(), by.account, now),
                      {.noun = "invitation", .id = number(record.invitation().job())}, by);
    case Record::kProposal:
      return in_words(work::next_actions(record.proposal(), about.job(), by.account, now),
                      {.noun = "proposal", .id = number(record.proposal().id())}, by);
    case Record::kOffer:
      return in_words(work::next_actions(record.offer(), by.account, now),
                      {.noun = "offer",
                       .id = number(record.offer().id()),
                       .terms = std::string{record.offer().terms().has_hourly()
                                                ? hourly_terms
                                                : "--milestone TITLE=AMOUNT/DAYSd"}},
                      by);
    case Record::kContract:
      return in_words(work::next_actions(record.contract(), by.account, now),
                      {.noun = "contract",
                       .id = number(record.contract().id()),
                       .terms = std::string{record.contract().has_hours()
                                                ? hourly_terms
                                                : "--milestone INDEX:TITLE=AMOUNT/DAYSd"}},
                      by);
    case Record::kMilestone:
      return in_words(
          work::next_actions(record.milestone(), about.contract(), by.account, now),
          {.noun = "milestone",
           .id = fmt::format("{}/{}", record.milestone().contract(), record.milestone().index()),
           .split = show(protocol::Amount{record.milestone().split().to_talent()},
                         about.contract().asset())},
          by);
    case Record::kWeek:
      return in_words(work::next_actions(record.week(), about.contract(), by.account, now),
                      {.noun = "week",
                       .id = fmt::format("{}/{}", record.week().contract(), record.week().index())},
                      by);
    case Record::kDispute: {
      auto const& dispute = record.dispute();
      auto steps =
          in_words(justice::next_actions(dispute, by.account, now),
                   {.noun = "dispute",
                    .id = number(dispute.id()),
                    .split = show(protocol::Amount{dispute.split().to_talent()}, dispute.asset())},
                   by);
      auto seat = in_words(justice::next_verdict(dispute, by.account, now),
                           {.noun = "verdict", .id = number(dispute.id())}, by);
      std::ranges::move(seat.steps, std::back_inserter(steps.steps));
      return steps;
    }
    case Record::kVetting: {
      auto const id = number(record.vetting().id());
      auto steps = in_words(justice::next_actions(record.vetting(), by.account, now),
                            {.noun = "vetting", .id = id}, by);
      auto seat = in_words(justice::next_verdict(record.vetting(), by.account, now),
                           {.noun = "vetting_verdict", .id = id}, by);
      std::ranges::move(seat.steps, std::back_inserter(steps.steps));
      return steps;
    }
    case Record::kReport: {
      auto const id = number(record.report().id());
      auto steps = in_words(justice::next_actions(record.report(), by.account, now),
                            {.noun = "report", .id = id}, by);
      auto seat = in_words(justice::next_verdict(record.report(), by.account, now),
                           {.noun = "report_verdict", .id = id}, by);
      std::ranges::move(seat.steps, std::back_inserter(steps.steps));
      return steps;
    }
    default:
      return {};
  }
}

NextSteps next_steps(labor::v1::Feedback const& feedback, labor::v1::Feedback const& other,
                     labor::v1::Contract const& contract, Onlooker const& by) {
  return in_words(work::next_actions(feedback, other, contract, by.account, chain_time(by)),
                  {.noun = "feedback", .id = fmt::format("{}", contract.id())}, by);
}

json::object to_json(NextSteps const& next) {
  json::array typed;
  for (auto const& step : next.steps) typed.emplace_back(step.command);
  json::object object{{"next", std::move(typed)}};
  if (next.silence) {
    object["silence"] = json::object{{"outcome", next.silence->outcome},
                                     {"at_ms", fmt::format("{}", next.silence->at.value())}};
  }
  return object;
}

std::string show(NextSteps const& next, TimeMs block_time) {
  std::string text;
  if (next.silence) {
    text += fmt::format("  If nobody acts, {} {}: {}\n", next.silence->outcome,
                        show_distance(next.silence->at, block_time), show_time(next.silence->at));
  }
  for (auto const& step : next.steps) text += fmt::format("  {}\n", step.command);
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace wallet
