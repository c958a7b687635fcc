#include "protocol/talent/issuer.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace talent {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Issuer;
using labor::v1::IssuerChange;

namespace {

constexpr std::string_view cause = "ballot.execute";

std::optional<Issuer> find_issuer(state::Reader const& state, std::string_view account) {
  return execution::find_record<Issuer>(state, state::keys::issuer(execution::address_in(account)));
}

Done may_make(Context const& context, IssuerChange const& change) {
  if (!protocol::Address::from(change.account())) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  if (change.name().size() > protocol::limits::issuer_name_bytes_max) {
    return fail(labor::v1::TX_STATUS_INVALID_ISSUER);
  }
  auto const known = is_issuer(context.state(), change.account());
  auto const removes = change.name().empty();
  if (!removes && known) return fail(labor::v1::TX_STATUS_ISSUER_EXISTS);
  if (removes && !known) return fail(labor::v1::TX_STATUS_ISSUER_NOT_FOUND);
  return {};
}

}  // namespace

bool is_issuer(state::Reader const& state, std::string_view account) {
  return find_issuer(state, account).has_value();
}

Done may_make(Context const& context, IssuerChanges const& changes) {
  return execution::must_each_be(
      changes, labor::v1::TX_STATUS_ISSUER_TWICE,
      [](auto const& change) { return change.account(); },
      [&](auto const& change) { return may_make(context, change); });
}

void make(Context& context, IssuerChanges const& changes) {
  for (auto const& change : changes) {
    auto issuer = find_issuer(context.state(), change.account()).value_or(Issuer{});
    if (change.name().empty()) {
      context.remove(issuer, cause);
      continue;
    }
    issuer.set_account(change.account());
    issuer.set_name(change.name());
    issuer.set_admitted_at_ms(context.time().value());
    context.put(issuer, cause);
  }
}

}  // namespace talent
