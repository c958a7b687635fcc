#include "protocol/bank/recovery_machine.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/recovery.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace bank {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::RecoveryState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<RecoveryAct, RecoveryState>;
using Who = execution::Who<RecoveryAct>;
using Guard = execution::Guard<RecoveryAct>;
using Effect = execution::Effect<RecoveryAct>;

constexpr auto none = labor::v1::RECOVERY_STATE_UNSPECIFIED;
constexpr auto asked = labor::v1::RECOVERY_STATE_ASKED;
constexpr auto waiting = labor::v1::RECOVERY_STATE_WAITING;

bool contains(google::protobuf::RepeatedPtrField<std::string> const& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

bool enough(labor::v1::Recovery const& recovery) {
  return std::cmp_greater_equal(recovery.approvals_size(), recovery.threshold());
}

Done is_guardian(RecoveryAct const& act) {
  if (contains(act.recovery.guardians(), act.account.chars())) return {};
  return fail(labor::v1::TX_STATUS_NOT_A_GUARDIAN);
}

Done is_account(RecoveryAct const& act) {
  if (act.account.chars() == act.recovery.account()) return {};
  return fail(labor::v1::TX_STATUS_RECOVERY_NOT_FOUND);
}

Done in_time(RecoveryAct const& act) {
  return execution::must_be_before(act.recovery.until_ms(), act.now);
}

Done has_not_agreed(RecoveryAct const& act) {
  if (!contains(act.recovery.approvals(), act.account.chars())) return {};
  return fail(labor::v1::TX_STATUS_ALREADY_APPROVED);
}

Done agrees_to_it(RecoveryAct const& act) {
  auto const account = execution::address_in(act.recovery.account());
  if (authority_hash(account, act.recovery.authority()).chars() != act.authority_hash) {
    return fail(labor::v1::TX_STATUS_RECOVERY_CHANGED);
  }
  return has_not_agreed(act);
}

Done are_enough(RecoveryAct const& act) {
  return enough(act.recovery) ? Done{} : fail(labor::v1::TX_STATUS_WRONG_STATE);
}

Done is_over(RecoveryAct const& act) {
  return execution::must_have_run_out(act.recovery.until_ms(), act.now);
}

Done agree(RecoveryAct& act) {
  act.recovery.add_approvals(act.account.str());
  return {};
}

Done start(RecoveryAct& act) {
  act.recovery.set_until_ms(act.now.value() + limits::recovery_ask_ms);
  return agree(act);
}

Done start_delay(RecoveryAct& act) {
  act.recovery.set_until_ms(act.now.value() + act.recovery.delay_ms());
  return {};
}

Done change_authority(RecoveryAct& act) {
  auto account = account_of(act.context->state(), execution::address_in(act.recovery.account()));
  *account.mutable_authority() = act.recovery.authority();
  act.context->put(account, act.cause);
  return {};
}

constexpr Who guardian{"a guardian", is_guardian};
constexpr Who owner{"the account", is_account};
constexpr Who last{"the last who is needed"};
constexpr Who block{"the block"};

constexpr Guard same{"to the same authority, and has not agreed yet", agrees_to_it, true,
                     has_not_agreed};
constexpr Guard all{"as many agree as the account has named", are_enough};
constexpr Guard unheard{"14 d later", is_over};
constexpr Guard delayed{"the delay is over", is_over};

constexpr Effect asks{"is the first to agree, starts the 14 d", start};
constexpr Effect agrees{"agrees", agree};
constexpr Effect waits{"starts the delay that the account has named", start_delay};
constexpr Effect rotates{"the account has the new authority; the record leaves the state",
                         change_authority};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"start",       message, none,    asked,   guardian, {},      asks},
  {"approve",     message, asked,   asked,   guardian, same,    agrees},
  {"complete",    follow,  asked,   waiting, last,     all,     waits},
  {"cancel",      message, asked,   none,    owner,    {},      leaves},
  {"cancel",      message, waiting, none,    owner,    {},      leaves},
  {"lapse",       clock,   asked,   none,    block,    unheard, leaves},
  {"take_effect", clock,   waiting, none,    block,    delayed, rotates},
};
// clang-format on

}  // namespace

RecoveryMachine const& recovery_machine() {
  static constexpr RecoveryMachine machine{
      .name = "recovery", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace bank
