#include "protocol/mandates/act_for.h"

#include <algorithm>
#include <cstdint>

#include "protocol/base/try.h"
#include "protocol/execution/dispatch.h"
#include "protocol/execution/form.h"
#include "protocol/mandates/mandate.h"
#include "protocol/mandates/scope.h"

namespace mandates {

using namespace labor::v1;  // This file reads events, holders and messages.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

namespace {

Done check_scopes(Mandate const& mandate, ActFor const& message) {
  for (auto const& inner : message.acts()) {
    auto const& scopes = mandate.scopes();
    if (std::ranges::find(scopes, scope_of(inner)) == scopes.end()) {
      return fail(TX_STATUS_OUT_OF_SCOPE);
    }
  }
  return {};
}

// What one act has moved away from an account.
struct Moved {
  std::uint64_t spent = 0;
  std::uint64_t paid = 0;
};

// Of the events from `first` on. Only pay assets move in what may be done for others, and no sum of
// amounts of one asset overflows.
Moved moved_since(Context& context, std::size_t first, Address const& account) {
  auto const owns = [&](Holder const& holder) {
    return holder.kind() == HOLDER_KIND_ACCOUNT && holder.address() == account.chars();
  };
  Moved sum;
  for (auto i = first; i < context.events().size(); ++i) {
    if (!context.events()[i].has_money_moved()) continue;
    auto const& move = context.events()[i].money_moved();
    if (owns(move.from())) sum.spent += move.amount();
    auto const to_another = move.to().kind() == HOLDER_KIND_ACCOUNT && !owns(move.to());
    if (move.from().kind() == HOLDER_KIND_ESCROW && to_another) sum.paid += move.amount();
  }
  return sum;
}

// Takes `amount` off what is left.
std::expected<std::uint64_t, execution::Failure> less(std::uint64_t amount, std::uint64_t each,
                                                      std::uint64_t left) {
  auto const most = std::min(each, left);
  if (amount <= most) return left - amount;
  return fail(TX_STATUS_OVER_LIMIT, {{"got", amount}, {"most", most}});
}

Done act(Context& context, Mandate& mandate, MandatedAct const& inner) {
  auto const account = execution::address_in(mandate.account());
  auto const first = context.events().size();
  {
    Context::ActingAs const acting{context, account};
    TRY_VOID(execution::dispatch(context, as_message(inner)));
  }
  auto const moved = moved_since(context, first, account);
  TRY(spend_left, less(moved.spent, mandate.spend_each(), mandate.spend_left()));
  TRY(pay_left, less(moved.paid, mandate.pay_each(), mandate.pay_left()));
  mandate.set_spend_left(spend_left);
  mandate.set_pay_left(pay_left);
  return {};
}

}  // namespace

Done apply(Context& context, ActFor const& message) {
  auto const account = Address::from(message.account());
  if (!account) return fail(TX_STATUS_INVALID_ADDRESS);
  auto mandate = find_mandate(context.state(), *account, context.sender());
  if (!mandate) return fail(TX_STATUS_MANDATE_NOT_FOUND);
  TRY_VOID(execution::must_be_before(mandate->expires_at_ms(), context.time()));
  TRY_VOID(check_scopes(*mandate, message));
  for (auto const& inner : message.acts()) TRY_VOID(act(context, *mandate, inner));
  context.put(*mandate, "mandate.act");
  return {};
}

}  // namespace mandates
