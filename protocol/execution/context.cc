#include "protocol/execution/context.h"

#include <limits>
#include <string>

#include "protocol/bank/holders.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/governance/parameters.h"

namespace execution {

using labor::v1::Asset;
using labor::v1::Balance;
using labor::v1::Holder;

namespace {

constexpr auto u64_max = std::numeric_limits<std::uint64_t>::max();

}  // namespace

std::uint64_t counter_of(state::Reader const& state, std::string_view name) {
  auto const bytes = state.get(state::keys::counter(name));
  return bytes ? base::read_big_endian<std::uint64_t>(*bytes) : 0;
}

void set_counter(state::Overlay& overlay, std::string_view name, std::uint64_t value) {
  overlay.put(state::keys::counter(name), base::big_endian(value));
}

std::uint64_t parameter_of(state::Reader const& state, labor::v1::Parameter parameter) {
  auto const set = find_record<labor::v1::ParameterValue>(state, state::keys::parameter(parameter));
  if (set) return set->value();
  auto const* row = governance::find_parameter(parameter);
  CHECK(row != nullptr);
  return row->initial;
}

Done Context::take(Holder const& from, Asset asset, std::uint64_t amount) {
  auto const address = bank::balance_address(from);
  if (!address) return {};
  auto const key = state::keys::balance(*address, asset);
  auto balance = find<Balance>(key);
  auto const have = balance ? balance->amount() : 0;
  if (have < amount) {
    return fail(labor::v1::TX_STATUS_INSUFFICIENT_BALANCE, {{"have", have}, {"need", amount}});
  }
  if (have == amount) {
    overlay_.erase(key);
    return {};
  }
  CHECK(balance.has_value());  // Who has more than `amount` has a record.
  balance->set_amount(have - amount);
  overlay_.put(key, canonical::encode(*balance));
  return {};
}

Done Context::give(Holder const& to, Asset asset, std::uint64_t amount) {
  auto const address = bank::balance_address(to);
  if (!address) return {};
  auto const key = state::keys::balance(*address, asset);
  auto balance = find<Balance>(key);
  if (!balance) {
    balance.emplace();
    balance->set_address(address->str());
    balance->set_asset(asset);
  }
  if (amount > u64_max - balance->amount()) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  balance->set_amount(balance->amount() + amount);
  overlay_.put(key, canonical::encode(*balance));
  return {};
}

Done Context::move(Holder const& from, Holder const& to, Asset asset, protocol::Amount amount,
                   std::string_view cause) {
  if (amount.value() == 0) return {};
  TRY_VOID(take(from, asset, amount.value()));
  TRY_VOID(give(to, asset, amount.value()));
  auto& moved = *events_.emplace_back().mutable_money_moved();
  *moved.mutable_from() = from;
  *moved.mutable_to() = to;
  moved.set_asset(asset);
  moved.set_amount(amount.value());
  moved.set_cause(std::string{cause});
  return {};
}

Done Context::burn(Holder const& from, Asset asset, protocol::Amount amount,
                   std::string_view cause) {
  if (amount.value() == 0) return {};
  TRY_VOID(take(from, asset, amount.value()));
  auto supply = find<labor::v1::Supply>(state::keys::supply(asset));
  // Who holds it had it.
  if (!supply || supply->amount() < amount.value()) return fail(labor::v1::TX_STATUS_INTERNAL);
  supply->set_amount(supply->amount() - amount.value());
  overlay_.put(state::keys::supply(asset), canonical::encode(*supply));
  auto& moved = *events_.emplace_back().mutable_money_moved();
  *moved.mutable_from() = from;
  moved.set_asset(asset);
  moved.set_amount(amount.value());
  moved.set_cause(std::string{cause});
  return {};
}

std::uint64_t Context::next_id(std::string_view name) {
  auto const id = counter(name) + 1;
  set_counter(name, id);
  created_ids_.push_back(id);
  return id;
}

void Context::move_deadline(state::Key const& key, std::optional<protocol::TimeMs> before,
                            std::optional<protocol::TimeMs> after) {
  if (before == after) return;
  if (before) overlay_.erase(state::keys::deadline(*before, key));
  if (after) overlay_.put(state::keys::deadline(*after, key), {});
}

void Context::emit_changed(labor::v1::Record record, std::string_view cause) {
  auto& changed = *events_.emplace_back().mutable_record_changed();
  *changed.mutable_record() = std::move(record);
  changed.set_cause(std::string{cause});
}

void Context::emit_removed(labor::v1::Record record, std::string_view cause) {
  auto& removed = *events_.emplace_back().mutable_record_removed();
  *removed.mutable_record() = std::move(record);
  removed.set_cause(std::string{cause});
}

}  // namespace execution
