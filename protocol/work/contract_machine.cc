#include "protocol/work/contract_machine.h"

#include <algorithm>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/work/amendment.h"
#include "protocol/work/bonus.h"
#include "protocol/work/hours.h"
#include "protocol/work/milestone.h"
#include "protocol/work/open_work.h"
#include "protocol/work/payout.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::ContractState;
using labor::v1::Milestone;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<ContractAct, ContractState>;
using Who = execution::Who<ContractAct>;
using Guard = execution::Guard<ContractAct>;
using Effect = execution::Effect<ContractAct>;

constexpr auto none = labor::v1::CONTRACT_STATE_UNSPECIFIED;
constexpr auto active = labor::v1::CONTRACT_STATE_ACTIVE;
constexpr auto paused = labor::v1::CONTRACT_STATE_PAUSED;
constexpr auto ending = labor::v1::CONTRACT_STATE_ENDING;
constexpr auto ended = labor::v1::CONTRACT_STATE_ENDED;

Done must_be(bool right) {
  return right ? Done{} : fail(labor::v1::TX_STATUS_NOT_YOUR_CONTRACT);
}
Done is_client(ContractAct const& act) {
  return must_be(act.account.chars() == act.contract.client());
}
Done is_talent(ContractAct const& act) {
  return must_be(act.account.chars() == act.contract.talent());
}

Done is_side(ContractAct const& act) {
  auto const account = act.account.chars();
  return must_be(account == act.contract.client() || account == act.contract.talent());
}
bool is_author_of_amendment(ContractAct const& act) {
  auto const& contract = act.contract;
  return contract.has_amendment() && contract.amendment().author() == act.account.chars();
}
Done may_answer_amendment(ContractAct const& act) {
  TRY_VOID(is_side(act));
  return is_author_of_amendment(act) ? fail(labor::v1::TX_STATUS_NOT_YOUR_TURN) : Done{};
}

Done has_paused(ContractAct const& act) {
  return must_be(act.account.chars() == act.contract.pause().author());
}

Done in_time(ContractAct const& act) {
  TRY_VOID(execution::must_be_before(act.contract.pause().until_ms(), act.now));
  return execution::must_be_before(act.contract.idle_until_ms(), act.now);
}

Done idle_for_long(ContractAct const& act) {
  return execution::must_have_run_out(act.contract.idle_until_ms(), act.now);
}

Done ended_lately(ContractAct const& act) {
  auto const until_ms = act.contract.ended_at_ms() + limits::bonus_window_ms;
  if (act.now.value() < until_ms) return {};
  return fail(labor::v1::TX_STATUS_BONUS_TOO_LATE, {{"until_ms", until_ms}});
}

Done has_offered_amendment(ContractAct const& act) {
  return is_author_of_amendment(act) ? Done{} : fail(labor::v1::TX_STATUS_AMENDMENT_NOT_OFFERED);
}
Done an_amendment_is_offered(ContractAct const& act) {
  return act.contract.has_amendment() ? Done{} : fail(labor::v1::TX_STATUS_AMENDMENT_NOT_OFFERED);
}
Done names_the_amendment(ContractAct const& act) {
  TRY_VOID(an_amendment_is_offered(act));
  auto const same = act.hash == act.contract.amendment().hash();
  return same ? Done{} : fail(labor::v1::TX_STATUS_AMENDMENT_CHANGED);
}

Done holds_nothing(ContractAct const& act) {
  auto const locked = act.contract.parts_locked();
  if (locked == 0) return {};
  return fail(labor::v1::TX_STATUS_WRONG_STATE, {{"have", locked}});
}

// Takes the same step with every milestone that can take it.
Done each_milestone(ContractAct& act, std::string_view step, std::uint64_t pause_ms = 0) {
  auto const id = act.contract.id();
  for (std::uint32_t index = 0; index < act.contract.milestones(); ++index) {
    auto const milestone = act.context->find<Milestone>(state::keys::milestone(id, index));
    if (!milestone) return execution::must_hold(false);
    TRY_VOID(follow_contract(*act.context, act.contract, *milestone, step, pause_ms));
  }
  return {};
}

Done plan(ContractAct& act) {
  auto& contract = act.contract;
  contract.set_signed_at_ms(act.now.value());
  contract.set_idle_until_ms(act.now.value() + contract.frozen().contract_idle_ms());
  for (auto const& worker : workers(contract)) {
    act.context->index(state::keys::partners(contract.client(), worker.account.chars()), {});
  }
  for (auto const& side : {contract.client(), contract.talent()}) {
    TRY_VOID(count_opened(*act.context, execution::address_in(side), Kind::contract, act.cause));
  }
  if (act.terms.has_hourly()) *contract.mutable_hours()->mutable_terms() = act.terms.hourly();
  for (auto const& terms : act.terms.milestones()) {
    auto const milestone = new_milestone(contract, terms);
    contract.set_milestones(contract.milestones() + 1);
    TRY_VOID(follow_contract(*act.context, contract, milestone, "plan"));
  }
  return {};
}

std::uint64_t pause_left_ms(ContractAct const& act) {
  auto const spent_ms = act.contract.pause().spent_ms();
  return limits::pause_ms_max - std::min(spent_ms, limits::pause_ms_max);
}

Done may_pause(ContractAct const& act) {
  return pause_left_ms(act) > 0 ? Done{} : fail(labor::v1::TX_STATUS_NO_PAUSE_LEFT);
}

Done pause_is_over(ContractAct const& act) {
  return execution::must_have_run_out(act.contract.pause().until_ms(), act.now);
}

Done pause(ContractAct& act) {
  auto& pausing = *act.contract.mutable_pause();
  pausing.set_author(act.account.str());
  pausing.set_since_ms(act.now.value());
  pausing.set_until_ms(act.now.value() + pause_left_ms(act));
  return {};
}

// The days until due are the talent's: only the client can give them back.
Done pause_with_due(ContractAct& act) {
  auto const left_ms = pause_left_ms(act);
  TRY_VOID(pause(act));
  return each_milestone(act, "pause", left_ms);
}

Done resume(ContractAct& act) {
  auto& pausing = *act.contract.mutable_pause();
  auto const unused_ms = pausing.until_ms() - std::min(pausing.until_ms(), act.now.value());
  auto const planned_ms = pausing.until_ms() - pausing.since_ms();
  pausing.set_spent_ms(pausing.spent_ms() + planned_ms - unused_ms);
  pausing.clear_author();
  pausing.set_since_ms(0);
  pausing.set_until_ms(0);
  return each_milestone(act, "resume", unused_ms);
}

Done end_pause(ContractAct& act) {
  return act.contract.pause().until_ms() == 0 ? Done{} : resume(act);
}

Done drop_planned(ContractAct& act) {
  TRY_VOID(end_pause(act));
  TRY_VOID(each_milestone(act, "drop"));
  TRY_VOID(stop_hours(act));
  act.contract.clear_amendment();
  act.contract.set_idle_until_ms(0);
  return {};
}

Done end_as_client(ContractAct& act) {
  TRY_VOID(end_pause(act));
  TRY_VOID(each_milestone(act, "ask_refund_at_end"));
  return drop_planned(act);
}

Done end_as_talent(ContractAct& act) {
  TRY_VOID(end_pause(act));
  TRY_VOID(each_milestone(act, "cancel"));
  return drop_planned(act);
}

Done forget_amendment(ContractAct& act) {
  act.contract.clear_amendment();
  return {};
}

Done close_books(ContractAct& act) {
  auto const& contract = act.contract;
  auto const client = execution::address_in(contract.client());
  auto const talent = execution::address_in(contract.talent());
  TRY_VOID(count_closed(*act.context, client, Kind::contract, act.cause));
  TRY_VOID(count_closed(*act.context, talent, Kind::contract, act.cause));
  act.contract.set_ended_at_ms(act.now.value());
  if (contract.released() == 0) return {};
  for (auto const& worker : workers(contract)) {
    talent::count_paid_contract(*act.context, worker.account, act.cause);
  }
  return {};
}

constexpr Who accepting{"with offer.accept"};
constexpr Who client{"the client", is_client};
constexpr Who talent{"the talent", is_talent};
constexpr Who either{"either side", is_side};
constexpr Who author{"who offered the amendment", is_side};
constexpr Who pauser{"who paused it", is_side};
constexpr Who answering{"the other side", may_answer_amendment};
constexpr Who block{"the block"};
constexpr Who money_gone{"with the end of its last milestone or week"};

constexpr Guard hourly{"paid by the hour", is_hourly};
constexpr Guard unfunded{"paid by the hour, no week is funded now, none disputed", may_fund_week};
constexpr Guard pause_left{"less than 30 d of pauses so far", may_pause};
constexpr Guard own_pause{"they have paused it", has_paused};
constexpr Guard paused_long{"30 d of pauses", pause_is_over};
constexpr Guard monday{"Monday 00:00", monday_has_come};
constexpr Guard idle{"nothing locked for 90 d", idle_for_long};
constexpr Guard own_amendment{"their amendment is offered", has_offered_amendment};
constexpr Guard same_amendment{"names the amendment that is offered", names_the_amendment, true,
                               an_amendment_is_offered};
constexpr Guard lately{"at most 365 d since the end", ended_lately};
constexpr Guard nothing_locked{"nothing is locked", holds_nothing};

constexpr Effect plans{"plans the milestones, or takes the hourly terms", plan};
constexpr Effect opens{"opens a week, until Monday 00:00", fund_week};
constexpr Effect tops_up{"from Monday on weeks lock by themselves, up to the limit", set_top_up};
constexpr Effect begins{"opens a week, if limit and balance suffice and none is disputed",
                        start_week};
constexpr Effect skips{"no week locks", skip_week};
constexpr Effect pauses{"starts the pause", pause};
constexpr Effect pauses_due{"starts the pause, moves the days due of funded milestones",
                            pause_with_due};
constexpr Effect resumes{"ends the pause, takes back what the days due moved too far", resume};
constexpr Effect client_ends{
    "drops planned milestones, asks for the refund of funded ones, stops weeks", end_as_client};
constexpr Effect talent_ends{"drops planned milestones, refunds funded ones, stops weeks",
                             end_as_talent};
constexpr Effect offers{"offers the amendment, if it is possible, in place of any other",
                        note_amendment};
constexpr Effect takes_back{"no amendment is offered", forget_amendment};
constexpr Effect amends{"amends, drops and plans milestones, if it is possible still",
                        make_amendment};
constexpr Effect thanks{
    "pays the talent, and the fee on what is beyond a fifth of what was released", pay_bonus};
constexpr Effect drops{"drops planned milestones", drop_planned};
constexpr Effect closes{"counts the contract for a talent who was paid", close_books};

// clang-format off
constexpr Row rows[] = {
  {"sign",               follow,  none,   active, accepting,  {},             plans},
  {"fund_week",          message, active, active, client,     unfunded,       opens},
  {"set_top_up",         message, active, active, client,     hourly,         tops_up},
  {"week_starts",        clock,   active, active, block,      monday,         begins},
  {"offer_amendment",    message, active, active, either,     {},             offers},
  {"withdraw_amendment", message, active, active, author,     own_amendment,  takes_back},
  {"agree_amendment",    message, active, active, answering,  same_amendment, amends},
  {"set_top_up",         message, paused, paused, client,     hourly,         tops_up},
  {"week_starts",        clock,   paused, paused, block,      monday,         skips},
  {"offer_amendment",    message, paused, paused, either,     {},             offers},
  {"withdraw_amendment", message, paused, paused, author,     own_amendment,  takes_back},
  {"agree_amendment",    message, paused, paused, answering,  same_amendment, amends},
  {"pause",              message, active, paused, client,     pause_left,     pauses_due},
  {"pause",              message, active, paused, talent,     pause_left,     pauses},
  {"resume",             message, paused, active, pauser,     own_pause,      resumes},
  {"resume_over",        clock,   paused, active, block,      paused_long,    resumes},
  {"end",                message, active, ending, client,     {},             client_ends},
  {"end",                message, active, ending, talent,     {},             talent_ends},
  {"end",                message, paused, ending, client,     {},             client_ends},
  {"end",                message, paused, ending, talent,     {},             talent_ends},
  {"idle",               clock,   active, ending, block,      idle,           drops},
  {"idle",               clock,   paused, ending, block,      idle,           drops},
  {"settle",             follow,  ending, ended,  money_gone, nothing_locked, closes},
  {"bonus",              message, active, active, client,     {},             thanks},
  {"bonus",              message, paused, paused, client,     {},             thanks},
  {"bonus",              message, ending, ending, client,     {},             thanks},
  {"bonus",              message, ended,  ended,  client,     lately,         thanks},
};
// clang-format on

labor::v1::TxStatus wrong_state(ContractState state) {
  if (state == active) return labor::v1::TX_STATUS_CONTRACT_NOT_PAUSED;
  if (state == paused) return labor::v1::TX_STATUS_CONTRACT_PAUSED;
  return labor::v1::TX_STATUS_CONTRACT_NOT_ACTIVE;
}

}  // namespace

ContractMachine const& contract_machine() {
  static constexpr ContractMachine machine{
      .name = "contract", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

}  // namespace work
