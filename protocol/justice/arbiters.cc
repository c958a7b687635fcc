#include "protocol/justice/arbiters.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::ArbiterChange;
using labor::v1::Juror;
using protocol::Address;

namespace {

std::optional<Juror> juror_of(Context const& context, std::string_view account) {
  return context.find<Juror>(state::keys::juror(execution::address_in(account)));
}

Done must_change(Context const& context, ArbiterChange const& change) {
  if (!Address::from(change.account())) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  auto const juror = juror_of(context, change.account());
  auto const is_one = juror && juror->arbiter();
  auto const for_good = is_one && juror->term_ends_ms() == 0;
  auto const done = change.recall() ? !is_one : for_good;
  return done ? fail(labor::v1::TX_STATUS_NOTHING_TO_CHANGE) : Done{};
}

Juror known_or_new(Context& context, Address const& account) {
  auto known = juror_of(context, account.chars());
  return known ? *std::move(known) : new_juror(context, account);
}

void put_arbiter(Context& context, Juror juror, std::uint64_t until_ms) {
  juror.set_arbiter(true);
  juror.set_term_ends_ms(until_ms);
  context.put(juror, "ballot.execute");
}

void recall(Context& context, Juror juror, std::string_view cause) {
  juror.set_arbiter(false);
  juror.set_term_ends_ms(0);
  context.put(juror, cause);
}

}  // namespace

Done may_become_arbiters(Context const& context, std::vector<std::string> const& accounts) {
  std::uint64_t fresh = 0;
  for (auto const& account : accounts) {
    auto const address = Address::from(account);
    if (!address) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
    if (!bank::account_of(context.state(), *address).member()) {
      return fail(labor::v1::TX_STATUS_ARBITER_NOT_A_MEMBER);
    }
    if (!juror_of(context, account)) ++fresh;
  }
  if (fresh == 0 || context.counter(juror_counter) + fresh <= limits::jurors_max) return {};
  return fail(labor::v1::TX_STATUS_TOO_MANY_JURORS, {{"most", limits::jurors_max}});
}

void seat_arbiter(Context& context, Address const& account, protocol::TimeMs until) {
  auto juror = known_or_new(context, account);
  auto const for_good = juror.arbiter() && juror.term_ends_ms() == 0;
  if (for_good) return;
  put_arbiter(context, juror, std::max(juror.term_ends_ms(), until.value()));
}

Done may_make(Context const& context, ArbiterChanges const& changes) {
  TRY_VOID(execution::must_each_be(
      changes, labor::v1::TX_STATUS_ACTION_TWICE,
      [](ArbiterChange const& change) { return change.account(); },
      [&](ArbiterChange const& change) { return must_change(context, change); }));
  std::vector<std::string> made;
  for (auto const& change : changes) {
    if (!change.recall()) made.push_back(change.account());
  }
  return may_become_arbiters(context, made);
}

void make(Context& context, ArbiterChanges const& changes) {
  for (auto const& change : changes) {
    auto const juror = known_or_new(context, execution::address_in(change.account()));
    if (change.recall()) {
      recall(context, juror, "ballot.execute");
    } else {
      put_arbiter(context, juror, 0);
    }
  }
}

Done fire(Context& context, Juror const& juror) {
  recall(context, juror, "arbiter.term-over");
  return {};
}

}  // namespace justice
