#include "protocol/governance/ballots.h"

#include <algorithm>
#include <set>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/bank/locks.h"
#include "protocol/base/try.h"
#include "protocol/execution/transition.h"
#include "protocol/governance/ballot_machine.h"
#include "protocol/governance/parameters.h"
#include "protocol/limits.h"
#include "protocol/talent/issuer.h"
#include "protocol/validators/seats.h"

namespace governance {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about ballots.
using execution::Context;
using execution::Done;
using execution::fail;

namespace {

constexpr std::string_view ballot_counter = "ballot";

BallotPeriods periods_now(Context const& context) {
  BallotPeriods periods;
  periods.set_review_ms(context.parameter(PARAMETER_BALLOT_REVIEW_MS));
  periods.set_voting_ms(context.parameter(PARAMETER_BALLOT_VOTING_MS));
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

// The dry run: what would be refused at the earliest possible execution is refused now.
Done check_changes(Context& context, SubmitBallot const& message, BallotPeriods const& periods) {
  auto const count = [](auto const& list) { return static_cast<std::uint64_t>(list.size()); };
  auto const changes = count(message.changes()) + count(message.validator_changes()) +
                       count(message.issuer_changes());
  if (changes > limits::ballot_changes_max) {
    return fail(TX_STATUS_TOO_MANY_CHANGES,
                {{"got", changes}, {"most", limits::ballot_changes_max}});
  }
  std::set<Parameter> seen;
  auto const earliest = protocol::TimeMs{context.time().value() + periods.review_ms() +
                                         periods.voting_ms() + periods.timelock_ms()};
  for (auto const& change : message.changes()) {
    if (!seen.insert(change.parameter()).second) {
      return fail(TX_STATUS_PARAMETER_TWICE,
                  {{"got", static_cast<std::uint64_t>(change.parameter())}});
    }
    TRY_VOID(may_change(change, parameter_now(context, change.parameter()), earliest));
  }
  TRY_VOID(validators::may_make(context, message.validator_changes()));
  return talent::may_make(context, message.issuer_changes());
}

BallotClass highest_class(SubmitBallot const& message) {
  if (message.validator_changes_size() > 0) return BALLOT_CLASS_VALIDATORS;
  auto highest = BALLOT_CLASS_ORDINARY;
  for (auto const& change : message.changes()) {
    highest = std::max(highest, class_of(change.parameter()));
  }
  return highest;
}

Ballot draft(Context& context, SubmitBallot const& message, BallotPeriods const& periods) {
  Ballot ballot;
  ballot.set_author(context.sender().str());
  ballot.set_ballot_class(highest_class(message));
  ballot.set_title(message.title());
  ballot.set_summary(message.summary());
  ballot.set_document_hash(message.document_hash());
  *ballot.mutable_changes() = message.changes();
  *ballot.mutable_validator_changes() = message.validator_changes();
  *ballot.mutable_issuer_changes() = message.issuer_changes();
  *ballot.mutable_periods() = periods;
  ballot.set_deposit_needed(context.parameter(PARAMETER_BALLOT_DEPOSIT));
  ballot.set_ends_at_ms(context.time().value() + context.parameter(PARAMETER_BALLOT_DEPOSIT_MS));
  ballot.set_locked_until_ms(ballot.ends_at_ms() + periods.review_ms() + periods.voting_ms() +
                             periods.extension_ms() + periods.timelock_ms());
  ballot.set_snapshot_height(context.height().value());
  ballot.set_snapshot_lock(context.counter(bank::lock_counter));
  ballot.set_eligible(
      bank::locked_beyond(context, protocol::TimeMs{ballot.locked_until_ms()}).value());
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

ParameterValue parameter_now(Context const& context, Parameter parameter) {
  auto const set = context.find<ParameterValue>(state::keys::parameter(parameter));
  if (set) return *set;
  ParameterValue value;
  value.set_parameter(parameter);
  if (auto const* const row = find_parameter(parameter)) value.set_value(row->initial);
  return value;
}

std::expected<std::uint64_t, execution::Failure> voting_weight(Context const& context,
                                                               Ballot const& ballot) {
  auto const account = bank::account_of(context.state(), context.sender());
  std::uint64_t weight = 0;
  for (auto const id : account.lock_ids()) {
    if (id > ballot.snapshot_lock()) continue;
    auto const lock = context.find<Lock>(state::keys::lock(id));
    if (!lock) return fail(TX_STATUS_INTERNAL);  // The account lists those that there are.
    if (lock->until_ms() >= ballot.locked_until_ms()) weight += lock->amount();
  }
  return weight;
}

Done apply(Context& context, SubmitBallot const& message) {
  TRY_VOID(check_text(message));
  auto const periods = periods_now(context);
  TRY_VOID(check_changes(context, message, periods));

  auto ballot = draft(context, message, periods);
  ballot.set_id(context.next_id(ballot_counter));
  return run({.context = context, .ballot = ballot, .deposit = message.deposit(), .choice = {}},
             "submit");
}

Done apply(Context& context, AddDeposit const& message) {
  if (message.amount() == 0) return fail(TX_STATUS_INVALID_AMOUNT);
  auto ballot = context.find<Ballot>(state::keys::ballot(message.ballot()));
  if (!ballot) return fail(TX_STATUS_BALLOT_NOT_FOUND);
  return run({.context = context, .ballot = *ballot, .deposit = message.amount(), .choice = {}},
             "add_deposit");
}

Done apply(Context& context, CastVote const& message) {
  if (message.choice() == CHOICE_UNSPECIFIED) return fail(TX_STATUS_INVALID_CHOICE);
  auto ballot = context.find<Ballot>(state::keys::ballot(message.ballot()));
  if (!ballot) return fail(TX_STATUS_BALLOT_NOT_FOUND);
  return run({.context = context, .ballot = *ballot, .deposit = 0, .choice = message.choice()},
             "vote");
}

Done fire(Context& context, Ballot const& due) {
  auto ballot = due;
  BallotAct act{.context = context, .ballot = ballot, .deposit = 0, .choice = {}};
  return execution::transition_when_due(context, ballot_machine(), act, ballot);
}

}  // namespace governance
