#include "protocol/mandates/mandate.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"

namespace mandates {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about mandates.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

namespace {

constexpr std::string_view given = "mandate.give";

Done check_form(Context const& context, GiveMandate const& message) {
  auto const holder = Address::from(message.holder());
  if (!holder) return fail(TX_STATUS_INVALID_ADDRESS);
  auto const now = context.time().value();
  auto const most = now + limits::mandate_ms_max;
  if (message.expires_at_ms() <= now || message.expires_at_ms() > most) {
    return fail(TX_STATUS_INVALID_TIME,
                {{"got", message.expires_at_ms()}, {"have", now}, {"most", most}});
  }
  if (*holder == context.sender()) return fail(TX_STATUS_SAME_ACCOUNT);
  auto const& scopes = message.scopes();
  auto const unsorted = std::ranges::adjacent_find(scopes, std::greater_equal{});
  if (scopes.empty() || unsorted != scopes.end() || scopes.Get(0) == MANDATE_SCOPE_UNSPECIFIED) {
    return fail(TX_STATUS_INVALID_SCOPE);
  }
  auto const fits =
      message.spend_each() <= message.spend_total() && message.pay_each() <= message.pay_total();
  return fits ? Done{} : fail(TX_STATUS_INVALID_LIMIT);
}

Done count(Context& context, Address const& account, bool more, std::string_view cause) {
  auto record = bank::account_of(context.state(), account);
  if (more && record.mandates() >= limits::mandates_max) {
    return fail(TX_STATUS_TOO_MANY_MANDATES,
                {{"have", record.mandates()}, {"most", limits::mandates_max}});
  }
  TRY_VOID(execution::must_hold(more || record.mandates() > 0));
  record.set_mandates(more ? record.mandates() + 1 : record.mandates() - 1);
  context.put(record, cause);
  return {};
}

Done end(Context& context, Mandate const& mandate, std::string_view cause) {
  context.remove(mandate, cause);
  return count(context, execution::address_in(mandate.account()), false, cause);
}

}  // namespace

std::optional<Mandate> find_mandate(state::Reader const& state, Address const& account,
                                    Address const& holder) {
  return execution::find_record<Mandate>(state, state::keys::mandate(account, holder));
}

bool connected(state::Reader const& state, Address const& one, Address const& other) {
  return bank::related(state, one, other) || find_mandate(state, one, other) ||
         find_mandate(state, other, one) || talent::answers_for(state, one, other) ||
         talent::answers_for(state, other, one);
}

Done apply(Context& context, GiveMandate const& message) {
  TRY_VOID(check_form(context, message));
  auto const holder = execution::address_in(message.holder());
  if (!find_mandate(context.state(), context.sender(), holder)) {
    TRY_VOID(count(context, context.sender(), true, given));
  }
  Mandate mandate;
  mandate.set_account(context.sender().str());
  mandate.set_holder(message.holder());
  *mandate.mutable_scopes() = message.scopes();
  mandate.set_expires_at_ms(message.expires_at_ms());
  mandate.set_spend_each(message.spend_each());
  mandate.set_spend_left(message.spend_total());
  mandate.set_pay_each(message.pay_each());
  mandate.set_pay_left(message.pay_total());
  context.put(mandate, given);
  return {};
}

Done apply(Context& context, EndMandate const& message) {
  auto const account = Address::from(message.account());
  auto const holder = Address::from(message.holder());
  if (!account || !holder) return fail(TX_STATUS_INVALID_ADDRESS);
  auto const found = find_mandate(context.state(), *account, *holder);
  auto const mine = *account == context.sender() || *holder == context.sender();
  if (!found || !mine) return fail(TX_STATUS_MANDATE_NOT_FOUND);
  return end(context, *found, "mandate.end");
}

Done fire(Context& context, Mandate const& mandate) {
  return end(context, mandate, "mandate.expire");
}

}  // namespace mandates
