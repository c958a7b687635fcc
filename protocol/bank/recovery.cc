#include "protocol/bank/recovery.h"

#include <algorithm>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/bank/authority.h"
#include "protocol/bank/recovery_machine.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace bank {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about authorities.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

namespace {

RecoveryAct act_on(Context& context, Recovery const& recovery) {
  RecoveryAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.recovery = recovery;
  return act;
}

Done step(RecoveryAct act, std::string_view name) {
  TRY_VOID(execution::transition(*act.context, recovery_machine(), name, act, act.recovery));
  if (!recovery_machine().find("complete", act.recovery.state(), act)) return {};
  return execution::transition(*act.context, recovery_machine(), "complete", act, act.recovery);
}

std::optional<Guardians> guardians_of(state::Reader const& state, Address const& account) {
  return execution::find_record<Guardians>(state, state::keys::guardians(account));
}

Done check_guardians(Context const& context, SetGuardians const& message) {
  auto const& named = message.guardians();
  for (auto const& guardian : named) {
    if (!Address::from(guardian)) return fail(TX_STATUS_INVALID_ADDRESS);
  }
  auto const unsorted = std::ranges::adjacent_find(
      named, [](auto const& one, auto const& next) { return one >= next; });
  auto const oneself = std::ranges::find(named, context.sender().chars());
  if (std::cmp_greater(named.size(), limits::guardians_max) || unsorted != named.end() ||
      oneself != named.end()) {
    return fail(TX_STATUS_INVALID_GUARDIANS);
  }
  auto const most = static_cast<std::uint64_t>(named.size());
  auto const least = named.empty() ? 0u : 1u;
  if (message.threshold() < least || message.threshold() > most) {
    return fail(TX_STATUS_INVALID_THRESHOLD, {{"got", message.threshold()}, {"most", most}});
  }
  auto const delay = message.delay_ms();
  auto const fits =
      delay >= limits::recovery_delay_ms_min && delay <= limits::recovery_delay_ms_max;
  if (named.empty() ? delay == 0 : fits) return {};
  return fail(TX_STATUS_INVALID_TIME, {{"got", delay},
                                       {"least", limits::recovery_delay_ms_min},
                                       {"most", limits::recovery_delay_ms_max}});
}

}  // namespace

protocol::Hash authority_hash(Address const& account, Authority const& authority) {
  auto const encoded = canonical::encode(authority);
  return crypto::hash(crypto::domains::authority, {account.view(), base::bytes_of(encoded)});
}

bool share_a_guardian(state::Reader const& state, Address const& one, Address const& other) {
  auto const a = guardians_of(state, one);
  auto const b = guardians_of(state, other);
  auto const guards = [](std::optional<Guardians> const& record, std::string_view who) {
    return record && std::ranges::find(record->guardians(), who) != record->guardians().end();
  };
  if (guards(a, other.chars()) || guards(b, one.chars())) return true;
  return a && std::ranges::any_of(a->guardians(),
                                  [&](std::string const& who) { return guards(b, who); });
}

Done apply(Context& context, RotateAuthority const& message) {
  TRY_VOID(must_be_authority(message.authority()));
  auto account = account_of(context.state(), context.sender());
  *account.mutable_authority() = message.authority();
  context.put(account, "account.rotate");
  return {};
}

Done apply(Context& context, SetGuardians const& message) {
  TRY_VOID(check_guardians(context, message));
  constexpr std::string_view cause = "account.guardians";
  auto record = guardians_of(context.state(), context.sender()).value_or(Guardians{});
  if (message.guardians().empty()) {
    if (record.account().empty()) return fail(TX_STATUS_INVALID_GUARDIANS);
    context.remove(record, cause);
    return {};
  }
  record.set_account(context.sender().str());
  *record.mutable_guardians() = message.guardians();
  record.set_threshold(message.threshold());
  record.set_delay_ms(message.delay_ms());
  context.put(record, cause);
  return {};
}

Done apply(Context& context, StartRecovery const& message) {
  auto const account = Address::from(message.account());
  if (!account) return fail(TX_STATUS_INVALID_ADDRESS);
  TRY_VOID(must_be_authority(message.authority()));
  auto const named = guardians_of(context.state(), *account);
  if (!named) return fail(TX_STATUS_NOT_A_GUARDIAN);
  if (context.find<Recovery>(state::keys::recovery(*account))) {
    return fail(TX_STATUS_RECOVERY_EXISTS);
  }
  Recovery recovery;
  recovery.set_account(message.account());
  *recovery.mutable_authority() = message.authority();
  *recovery.mutable_guardians() = named->guardians();
  recovery.set_threshold(named->threshold());
  recovery.set_delay_ms(named->delay_ms());
  return step(act_on(context, recovery), "start");
}

Done apply(Context& context, ApproveRecovery const& message) {
  auto const account = Address::from(message.account());
  if (!account) return fail(TX_STATUS_INVALID_ADDRESS);
  TRY_VOID(execution::must_be_hash(message.authority_hash()));
  auto const recovery = context.find<Recovery>(state::keys::recovery(*account));
  if (!recovery) return fail(TX_STATUS_RECOVERY_NOT_FOUND);
  auto act = act_on(context, *recovery);
  act.authority_hash = message.authority_hash();
  return step(std::move(act), "approve");
}

Done apply(Context& context, CancelRecovery const&) {
  auto const recovery = context.find<Recovery>(state::keys::recovery(context.sender()));
  if (!recovery) return fail(TX_STATUS_RECOVERY_NOT_FOUND);
  return step(act_on(context, *recovery), "cancel");
}

Done fire(Context& context, Recovery const& recovery) {
  auto act = act_on(context, recovery);
  return execution::transition_when_due(context, recovery_machine(), act, act.recovery);
}

}  // namespace bank
