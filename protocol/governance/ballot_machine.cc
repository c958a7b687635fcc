#include "protocol/governance/ballot_machine.h"

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/feature.h"
#include "protocol/execution/form.h"
#include "protocol/governance/actions.h"
#include "protocol/governance/agenda.h"
#include "protocol/governance/council.h"
#include "protocol/governance/tally.h"
#include "protocol/governance/vote.h"
#include "protocol/limits.h"

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

// Who sits for the members may have changed since it was submitted.
Done may_come_up(BallotAct const& act) {
  TRY_VOID(has_place(act.context.state()));
  return may_be_decided(act.context, act.ballot.ballot_class());
}

Done has_weight(BallotAct const& act) {
  return may_vote(act.context, act.ballot);
}

// Clock rows are tried in order: what a guard says is never shown to anybody.
Done when(bool holds) {
  return holds ? Done{} : fail(TX_STATUS_WRONG_STATE);
}

Done is_vetoed(BallotAct const& act) {
  return when(vetoed(act.ballot));
}

Done is_ignored(BallotAct const& act) {
  return when(!has_quorum(act.ballot));
}

Done is_passed(BallotAct const& act) {
  return when(passes(act.ballot));
}

Done never_came_up(BallotAct const& act) {
  return when(act.ballot.snapshot() == 0);
}

Done still_legal(BallotAct const& act) {
  return may_carry_out(act.context, act.ballot.actions(), act.context.time());
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
  put_on_agenda(act.context, act.ballot);
  return {};
}

Done start_voting(BallotAct& act) {
  act.ballot.set_ends_at_ms(act.ballot.ends_at_ms() + act.ballot.periods().voting_ms());
  return {};
}

// Counts the vote and gives the one extension if the quorum comes so late that nobody could answer
// it.
Done take_vote(BallotAct& act) {
  auto& ballot = act.ballot;
  auto const before = has_quorum(ballot);
  TRY_VOID(count_vote(act.context, ballot, *act.vote));
  auto const extension = ballot.periods().extension_ms();
  auto const late = act.context.time().value() + extension >= ballot.ends_at_ms();
  if (!before && has_quorum(ballot) && late && !ballot.extended()) {
    ballot.set_extended(true);
    ballot.set_ends_at_ms(ballot.ends_at_ms() + extension);
  }
  return {};
}

// It is before the owners no more. Its votes are kept for as long as other records that are over.
Done free_place(BallotAct& act) {
  TRY_VOID(take_off_agenda(act.context, act.ballot));
  auto const leave =
      execution::holds(act.context.state(), execution::Feature::votes_leave, act.context.height());
  act.ballot.set_ends_at_ms(leave ? act.context.time().value() + limits::over_kept_ms : 0);
  return {};
}

// As many as a block can; the rest with the next block.
Done drop_votes(BallotAct& act) {
  act.ballot.set_votes_left(true);
  TRY_VOID(drop_some_votes(act.context, act.ballot));
  auto const more = !act.ballot.last_voter().empty();
  act.ballot.set_ends_at_ms(more ? act.context.time().value() + 1 : 0);
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
  TRY_VOID(carry_out(act.context, act.ballot));
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

constexpr execution::Effect<BallotAct> forgets{
    "where the feature votes_leave held at its end, 90 d later: its votes leave the state",
    drop_votes};

// clang-format off
BallotMachine::RowType const rows[] = {
  {"submit", message, none, deposit, {"anyone"},
   {"the first share is at least a twentieth and not too much", share_fits, true},
   {"takes the share", take_share}},
  {"add_deposit", message, deposit, deposit, {"anyone"},
   {"the share is at least a twentieth, or all that lacks", share_fits, true},
   {"takes the share", take_share}},
  {"complete", follow, deposit, review, {"the last share"},
   {"fewer than 64 ballots before the owners; where the council sits, one that it may decide",
    may_come_up},
   {"takes the snapshot, the review begins", start_review}},
  {"lapse", clock, deposit, rejected, {},
   {}, {"returns the deposits", give_up}},
  {"leave", clock, rejected, none, {},
   {"the deposit was never complete, 90 d later", never_came_up}, {"the record leaves the state"}},
  {"open", clock, review, voting, {},
   {}, {"the voting begins", start_voting}},
  {"vote", message, voting, voting, {"anyone"},
   {"has weight in a house, as of the snapshot", has_weight},
   {"counts the vote for an earlier one; a late quorum extends once", take_vote}},
  {"veto", clock, voting, killed, {},
   {"in a house with quorum a third of what was cast is veto", is_vetoed},
   {"burns the deposits", burn_deposits}},
  {"ignore", clock, voting, rejected, {},
   {"a house without quorum", is_ignored},
   {"forfeits the deposits to the treasury", forfeit_deposits}},
  {"pass", clock, voting, timelock, {},
   {"yes has the threshold of its class in both houses", is_passed},
   {"returns the deposits", start_timelock}},
  {"reject", clock, voting, rejected, {},
   {}, {"returns the deposits", return_deposits}},
  {"execute", clock, timelock, executed, {},
   {"every change is still legal", still_legal}, {"makes all changes", make_changes}},
  {"fail", clock, timelock, failed, {},
   {}, {"the ballot is over", free_place}},
  {"forget", clock, executed, executed, {}, {}, forgets},
  {"forget", clock, rejected, rejected, {}, {}, forgets},
  {"forget", clock, killed, killed, {}, {}, forgets},
  {"forget", clock, failed, failed, {}, {}, forgets},
};
// clang-format on

}  // namespace

BallotMachine const& ballot_machine() {
  static constexpr BallotMachine machine{
      .name = "ballot", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace governance
