#include "protocol/governance/ballot_machine.h"

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/governance/ballots.h"
#include "protocol/governance/parameters.h"
#include "protocol/governance/tally.h"
#include "protocol/limits.h"
#include "protocol/talent/issuer.h"
#include "protocol/validators/seats.h"

namespace governance {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file names every state of a ballot.
using execution::Context;
using execution::Done;
using execution::fail;
using enum execution::Trigger;
using protocol::Amount;

namespace {

constexpr auto deposit_cause = "ballot.deposit";

// ---- guards ----

Done share_fits(BallotAct const& act) {
  auto const missing = act.ballot.deposit_needed() - act.ballot.deposit();
  auto const least = std::min(
      missing, (act.ballot.deposit_needed() + limits::depositors_max - 1) / limits::depositors_max);
  if (act.deposit < least) {
    return fail(TX_STATUS_DEPOSIT_TOO_SMALL, {{"got", act.deposit}, {"least", least}});
  }
  if (act.deposit > missing) {
    return fail(TX_STATUS_DEPOSIT_TOO_LARGE, {{"got", act.deposit}, {"most", missing}});
  }
  return {};
}

Done has_place(BallotAct const& act) {
  auto const open = act.context.counter(open_counter);
  if (open < limits::open_ballots_max) return {};
  return fail(TX_STATUS_TOO_MANY_BALLOTS, {{"have", open}, {"most", limits::open_ballots_max}});
}

Done has_weight(BallotAct const& act) {
  TRY(weight, voting_weight(act.context, act.ballot));
  if (weight > 0) return {};
  return fail(TX_STATUS_NO_VOTING_WEIGHT, {{"until_ms", act.ballot.locked_until_ms()}});
}

// Clock rows are tried in order: what a guard says is never shown to anybody.
Done when(bool holds) {
  return holds ? Done{} : fail(TX_STATUS_WRONG_STATE);
}

Done is_vetoed(BallotAct const& act) {
  return when(vetoed(act.ballot.tally(), act.ballot.eligible()));
}

Done is_ignored(BallotAct const& act) {
  return when(!has_quorum(act.ballot.tally(), act.ballot.eligible()));
}

Done is_passed(BallotAct const& act) {
  return when(passes(act.ballot.tally(), act.ballot.ballot_class()));
}

// The queue fires a rejected ballot for the one clock it can have.
Done always(BallotAct const&) {
  return {};
}

Done still_legal(BallotAct const& act) {
  for (auto const& change : act.ballot.changes()) {
    auto const now = parameter_now(act.context, change.parameter());
    TRY_VOID(may_change(change, now, act.context.time()));
  }
  TRY_VOID(validators::may_make(act.context, act.ballot.validator_changes()));
  return talent::may_make(act.context, act.ballot.issuer_changes());
}

// ---- effects ----

Done take_share(BallotAct& act) {
  auto const& sender = act.context.sender();
  TRY_VOID(act.context.move(bank::account_holder(sender), bank::deposit_holder(act.ballot.id()),
                            ASSET_LBR, Amount{act.deposit}, deposit_cause));
  auto share = act.context.find<DepositShare>(state::keys::deposit_share(act.ballot.id(), sender));
  if (!share) {
    share.emplace();
    share->set_ballot(act.ballot.id());
    share->set_account(sender.str());
    act.ballot.add_depositors(sender.str());
  }
  share->set_amount(share->amount() + act.deposit);
  act.ballot.set_deposit(act.ballot.deposit() + act.deposit);
  act.context.put(*share, deposit_cause);
  return {};
}

Done start_review(BallotAct& act) {
  act.ballot.set_ends_at_ms(act.context.time().value() + act.ballot.periods().review_ms());
  act.context.set_counter(open_counter, act.context.counter(open_counter) + 1);
  return {};
}

Done start_voting(BallotAct& act) {
  act.ballot.set_ends_at_ms(act.ballot.ends_at_ms() + act.ballot.periods().voting_ms());
  return {};
}

// Counts the vote, instead of an earlier one of the same account, and gives the one extension if
// the quorum comes so late that nobody could answer it.
Done count_vote(BallotAct& act) {
  auto& ballot = act.ballot;
  auto const before = has_quorum(ballot.tally(), ballot.eligible());
  auto const key = state::keys::vote(ballot.id(), act.context.sender());
  if (auto const earlier = act.context.find<Vote>(key)) {
    TRY_VOID(remove_vote(*ballot.mutable_tally(), earlier->choice(), earlier->weight()));
  }
  TRY(weight, voting_weight(act.context, ballot));
  Vote vote;
  vote.set_ballot(ballot.id());
  vote.set_account(act.context.sender().str());
  vote.set_choice(act.choice);
  vote.set_weight(weight);
  add_vote(*ballot.mutable_tally(), vote.choice(), vote.weight());
  act.context.put(vote, "ballot.vote");

  auto const extension = ballot.periods().extension_ms();
  auto const late = act.context.time().value() + extension >= ballot.ends_at_ms();
  if (!before && has_quorum(ballot.tally(), ballot.eligible()) && late && !ballot.extended()) {
    ballot.set_extended(true);
    ballot.set_ends_at_ms(ballot.ends_at_ms() + extension);
  }
  return {};
}

// It is before the owners no more.
Done free_place(BallotAct& act) {
  auto const open = act.context.counter(open_counter);
  TRY_VOID(execution::must_hold(open > 0));
  act.context.set_counter(open_counter, open - 1);
  act.ballot.set_ends_at_ms(0);
  return {};
}

// Empties the deposit; shares that do not go back have gone elsewhere as one.
Done settle(BallotAct& act, bool give_back) {
  auto const from = bank::deposit_holder(act.ballot.id());
  for (auto const& depositor : act.ballot.depositors()) {
    auto const address = execution::address_in(depositor);
    auto const share =
        act.context.find<DepositShare>(state::keys::deposit_share(act.ballot.id(), address));
    if (!share) return execution::must_hold(false);  // Made with the depositor's entry.
    if (give_back) {
      TRY_VOID(act.context.move(from, bank::account_holder(address), ASSET_LBR,
                                Amount{share->amount()}, "ballot.return"));
    }
    act.context.remove(*share, "ballot.settle");
  }
  act.ballot.clear_depositors();
  act.ballot.set_deposit(0);
  return {};
}

Done return_deposits(BallotAct& act) {
  TRY_VOID(free_place(act));
  return settle(act, true);
}

Done give_up(BallotAct& act) {
  act.ballot.set_ends_at_ms(act.context.time().value() + limits::over_kept_ms);
  return settle(act, true);
}

Done forfeit_deposits(BallotAct& act) {
  TRY_VOID(free_place(act));
  TRY_VOID(act.context.move(bank::deposit_holder(act.ballot.id()), bank::treasury_holder(),
                            ASSET_LBR, Amount{act.ballot.deposit()}, "ballot.forfeit"));
  return settle(act, false);
}

Done burn_deposits(BallotAct& act) {
  TRY_VOID(free_place(act));
  TRY_VOID(act.context.burn(bank::deposit_holder(act.ballot.id()), ASSET_LBR,
                            Amount{act.ballot.deposit()}, "ballot.burn"));
  return settle(act, false);
}

Done start_timelock(BallotAct& act) {
  act.ballot.set_ends_at_ms(act.ballot.ends_at_ms() + act.ballot.periods().timelock_ms());
  return settle(act, true);
}

Done make_changes(BallotAct& act) {
  for (auto const& change : act.ballot.changes()) {
    ParameterValue value;
    value.set_parameter(change.parameter());
    value.set_value(change.value());
    value.set_changed_at_ms(act.context.time().value());
    act.context.put(value, "ballot.execute");
  }
  TRY_VOID(validators::make(act.context, act.ballot.validator_changes()));
  talent::make(act.context, act.ballot.issuer_changes());
  return free_place(act);
}

// ---- the table ----

Done in_time(BallotAct const& act) {
  auto const ends = act.ballot.ends_at_ms();
  if (ends == 0 || act.context.time().value() < ends) return {};
  return fail(TX_STATUS_DEADLINE_PASSED, {{"until_ms", ends}});
}

constexpr auto none = BALLOT_STATE_UNSPECIFIED;
constexpr auto deposit = BALLOT_STATE_DEPOSIT;
constexpr auto review = BALLOT_STATE_REVIEW;
constexpr auto voting = BALLOT_STATE_VOTING;
constexpr auto timelock = BALLOT_STATE_TIMELOCK;
constexpr auto executed = BALLOT_STATE_EXECUTED;
constexpr auto rejected = BALLOT_STATE_REJECTED;
constexpr auto killed = BALLOT_STATE_VETOED;
constexpr auto failed = BALLOT_STATE_FAILED;

// clang-format off
BallotMachine::RowType const rows[] = {
  {"submit", message, none, deposit, {"anyone"},
   {"the first share is at least a twentieth and not too much", share_fits, true},
   {"takes the share", take_share}},
  {"add_deposit", message, deposit, deposit, {"anyone"},
   {"the share is at least a twentieth, or all that lacks", share_fits, true},
   {"takes the share", take_share}},
  {"complete", follow, deposit, review, {"the last share"},
   {"fewer than 64 ballots before the owners", has_place}, {"the review begins", start_review}},
  {"lapse", clock, deposit, rejected, {},
   {}, {"returns the deposits", give_up}},
  {"leave", clock, rejected, none, {},
   {"the deposit was never complete, 90 d later", always}, {"the record leaves the state"}},
  {"open", clock, review, voting, {},
   {}, {"the voting begins", start_voting}},
  {"vote", message, voting, voting, {"anyone"},
   {"holds a lock of the snapshot", has_weight},
   {"counts the vote for an earlier one; a late quorum extends once", count_vote}},
  {"veto", clock, voting, killed, {},
   {"quorum, and a third of what was cast is veto", is_vetoed},
   {"burns the deposits", burn_deposits}},
  {"ignore", clock, voting, rejected, {},
   {"no quorum", is_ignored}, {"forfeits the deposits to the treasury", forfeit_deposits}},
  {"pass", clock, voting, timelock, {},
   {"yes has the threshold of its class", is_passed},
   {"returns the deposits", start_timelock}},
  {"reject", clock, voting, rejected, {},
   {}, {"returns the deposits", return_deposits}},
  {"execute", clock, timelock, executed, {},
   {"every change is still legal", still_legal}, {"makes all changes", make_changes}},
  {"fail", clock, timelock, failed, {},
   {}, {"the ballot is over", free_place}},
};
// clang-format on

}  // namespace

BallotMachine const& ballot_machine() {
  static constexpr BallotMachine machine{
      .name = "ballot", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace governance
