#include "protocol/governance/ballots.h"

#include <algorithm>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/execution/transition.h"
#include "protocol/governance/actions.h"
#include "protocol/governance/ballot_machine.h"
#include "protocol/governance/council.h"
#include "protocol/governance/election.h"
#include "protocol/limits.h"

namespace governance {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about ballots.
using execution::Context;
using execution::Done;
using execution::fail;

namespace {

constexpr std::string_view ballot_counter = "ballot";

BallotPeriods periods_now(Context const& context, BallotClass about) {
  BallotPeriods periods;
  periods.set_review_ms(context.parameter(PARAMETER_BALLOT_REVIEW_MS));
  auto const voting = context.parameter(PARAMETER_BALLOT_VOTING_MS);
  periods.set_voting_ms(about == BALLOT_CLASS_CONSTITUTION
                            ? std::max(voting, limits::constitution_voting_ms_min)
                            : voting);
  periods.set_extension_ms(context.parameter(PARAMETER_BALLOT_EXTENSION_MS));
  periods.set_timelock_ms(context.parameter(PARAMETER_BALLOT_TIMELOCK_MS));
  return periods;
}

Done check_text(SubmitBallot const& message) {
  auto const& hash = message.document_hash();
  if (!hash.empty() && hash.size() != protocol::Hash::size) return fail(TX_STATUS_INVALID_HASH);
  if (message.title().size() > limits::title_bytes_max ||
      message.summary().size() > limits::summary_bytes_max) {
    return fail(TX_STATUS_TEXT_TOO_LONG);
  }
  if (message.title().empty()) return fail(TX_STATUS_TEXT_MISSING);
  return {};
}

protocol::TimeMs earliest_execution(Context const& context, BallotPeriods const& periods) {
  return protocol::TimeMs{context.time().value() + periods.review_ms() + periods.voting_ms() +
                          periods.timelock_ms()};
}

Ballot draft(Context& context, SubmitBallot const& message, BallotPeriods const& periods) {
  Ballot ballot;
  ballot.set_author(context.sender().str());
  ballot.set_ballot_class(class_of(message.actions()));
  ballot.set_title(message.title());
  ballot.set_summary(message.summary());
  ballot.set_document_hash(message.document_hash());
  *ballot.mutable_actions() = message.actions();
  for (int i = 0; i < message.actions().election().candidates_size(); ++i) ballot.add_approvals();
  *ballot.mutable_periods() = periods;
  ballot.set_deposit_needed(context.parameter(PARAMETER_BALLOT_DEPOSIT));
  ballot.set_ends_at_ms(context.time().value() + context.parameter(PARAMETER_BALLOT_DEPOSIT_MS));
  ballot.set_locked_until_ms(ballot.ends_at_ms() + periods.review_ms() + periods.voting_ms() +
                             periods.extension_ms() + periods.timelock_ms());
  return ballot;
}

Done run(BallotAct act, std::string_view name) {
  TRY_VOID(execution::transition(act.context, ballot_machine(), name, act, act.ballot));
  auto const complete = act.ballot.state() == BALLOT_STATE_DEPOSIT &&
                        act.ballot.deposit() == act.ballot.deposit_needed();
  if (!complete) return {};
  return execution::transition(act.context, ballot_machine(), "complete", act, act.ballot);
}

}  // namespace

Done apply(Context& context, SubmitBallot const& message) {
  TRY_VOID(check_text(message));
  auto const about = class_of(message.actions());
  auto const periods = periods_now(context, about);
  // The dry run: what would be refused at the earliest possible execution is refused now.
  TRY_VOID(may_carry_out(context, message.actions(), earliest_execution(context, periods)));
  TRY_VOID(may_be_decided(context, about));
  auto ballot = draft(context, message, periods);
  ballot.set_id(context.next_id(ballot_counter));
  return run({.context = context, .ballot = ballot, .deposit = message.deposit()}, "submit");
}

Done apply(Context& context, AddDeposit const& message) {
  if (message.amount() == 0) return fail(TX_STATUS_INVALID_AMOUNT);
  auto ballot = context.find<Ballot>(state::keys::ballot(message.ballot()));
  if (!ballot) return fail(TX_STATUS_BALLOT_NOT_FOUND);
  return run({.context = context, .ballot = *ballot, .deposit = message.amount()}, "add_deposit");
}

Done apply(Context& context, CastVote const& message) {
  if (message.choice() == CHOICE_UNSPECIFIED) return fail(TX_STATUS_INVALID_CHOICE);
  auto ballot = context.find<Ballot>(state::keys::ballot(message.ballot()));
  if (!ballot) return fail(TX_STATUS_BALLOT_NOT_FOUND);
  TRY_VOID(check_approvals(*ballot, message));
  return run({.context = context, .ballot = *ballot, .vote = &message}, "vote");
}

Done fire(Context& context, Ballot const& due) {
  auto ballot = due;
  BallotAct act{.context = context, .ballot = ballot};
  return execution::transition_when_due(context, ballot_machine(), act, ballot);
}

}  // namespace governance
