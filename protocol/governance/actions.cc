#include "protocol/governance/actions.h"

#include <algorithm>
#include <array>
#include <set>

#include "protocol/bank/pay_asset.h"
#include "protocol/base/try.h"
#include "protocol/governance/election.h"
#include "protocol/governance/parameters.h"
#include "protocol/governance/spending.h"
#include "protocol/governance/upgrade.h"
#include "protocol/justice/arbiters.h"
#include "protocol/limits.h"
#include "protocol/mandates/app.h"
#include "protocol/talent/issuer.h"
#include "protocol/validators/seats.h"

namespace governance {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file names every action.
using execution::Context;
using execution::Done;
using execution::fail;

namespace {

// Its default if it was never set.
ParameterValue parameter_now(Context const& context, Parameter parameter) {
  auto const set = context.find<ParameterValue>(state::keys::parameter(parameter));
  if (set) return *set;
  ParameterValue value;
  value.set_parameter(parameter);
  if (auto const* const row = find_parameter(parameter)) value.set_value(row->initial);
  return value;
}

Done may_change_all(Context const& context, Actions const& actions, protocol::TimeMs when) {
  std::set<Parameter> seen;
  for (auto const& change : actions.parameters()) {
    if (!seen.insert(change.parameter()).second) {
      return fail(TX_STATUS_PARAMETER_TWICE,
                  {{"got", static_cast<std::uint64_t>(change.parameter())}});
    }
    TRY_VOID(may_change(change, parameter_now(context, change.parameter()), when));
  }
  return {};
}

void change_all(Context& context, Actions const& actions) {
  for (auto const& change : actions.parameters()) {
    ParameterValue value;
    value.set_parameter(change.parameter());
    value.set_value(change.value());
    value.set_changed_at_ms(context.time().value());
    context.put(value, "ballot.execute");
  }
}

// The less a council may decide it, the higher.
int rank_of(BallotClass about) {
  constexpr std::array ascending{BALLOT_CLASS_ORDINARY, BALLOT_CLASS_VALIDATORS,
                                 BALLOT_CLASS_UPGRADE, BALLOT_CLASS_FEE, BALLOT_CLASS_CONSTITUTION};
  auto const* const place = std::ranges::find(ascending, about);
  return static_cast<int>(place - ascending.begin());
}

}  // namespace

std::size_t count_of(Actions const& actions) {
  auto const count = actions.parameters_size() + actions.validators_size() +
                     actions.issuers_size() + actions.arbiters_size() + actions.apps_size() +
                     actions.assets_size() + actions.upgrades_size() + actions.spends_size() +
                     (actions.has_election() ? 1 : 0);
  return static_cast<std::size_t>(count);
}

BallotClass class_of(Actions const& actions) {
  auto highest = BALLOT_CLASS_ORDINARY;
  auto const raise = [&](BallotClass to) {
    if (rank_of(to) > rank_of(highest)) highest = to;
  };
  if (!actions.validators().empty()) raise(BALLOT_CLASS_VALIDATORS);
  for (auto const& change : actions.parameters()) raise(class_of(change.parameter()));
  for (auto const& upgrade : actions.upgrades()) {
    raise(upgrade.constitutional() ? BALLOT_CLASS_CONSTITUTION : BALLOT_CLASS_UPGRADE);
  }
  return highest;
}

Done may_carry_out(Context& context, Actions const& actions, protocol::TimeMs when) {
  if (count_of(actions) > limits::ballot_changes_max) {
    return fail(TX_STATUS_TOO_MANY_CHANGES,
                {{"got", count_of(actions)}, {"most", limits::ballot_changes_max}});
  }
  TRY_VOID(may_change_all(context, actions, when));
  TRY_VOID(validators::may_make(context, actions.validators()));
  TRY_VOID(talent::may_make(context, actions.issuers()));
  TRY_VOID(justice::may_make(context, actions.arbiters()));
  TRY_VOID(mandates::may_make(context, actions.apps()));
  TRY_VOID(bank::may_make(context, actions.assets()));
  TRY_VOID(may_schedule(context, actions.upgrades()));
  TRY_VOID(may_spend(context, actions.spends(), when));
  return may_hold(context, actions);
}

Done carry_out(Context& context, Ballot const& ballot) {
  auto const& actions = ballot.actions();
  change_all(context, actions);
  TRY_VOID(validators::make(context, actions.validators()));
  talent::make(context, actions.issuers());
  justice::make(context, actions.arbiters());
  mandates::make(context, actions.apps());
  bank::make(context, actions.assets());
  schedule(context, actions.upgrades(), ballot.id());
  TRY_VOID(spend(context, actions.spends()));
  if (actions.has_election()) elect(context, ballot);
  return {};
}

}  // namespace governance
