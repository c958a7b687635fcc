#include "protocol/mandates/app.h"

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/handle.h"

namespace mandates {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::App;

namespace {

constexpr std::string_view cause = "app.register";

Done count_new(Context& context) {
  auto account = bank::account_of(context.state(), context.sender());
  if (account.apps() >= limits::apps_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_APPS,
                {{"have", account.apps()}, {"most", limits::apps_max}});
  }
  account.set_apps(account.apps() + 1);
  context.put(account, cause);
  return {};
}

}  // namespace

std::optional<App> find_app(state::Reader const& state, std::string_view name) {
  return execution::find_record<App>(state, state::keys::app(name));
}

Done must_be_app_or_empty(state::Reader const& state, std::string_view name) {
  if (name.empty() || find_app(state, name)) return {};
  return fail(labor::v1::TX_STATUS_APP_NOT_FOUND);
}

Done apply(Context& context, labor::v1::RegisterApp const& message) {
  if (!talent::is_handle(message.name())) return fail(labor::v1::TX_STATUS_INVALID_APP_NAME);
  auto const most = context.parameter(labor::v1::PARAMETER_APP_BPS_MAX);
  if (message.share_bps() > most) {
    return fail(labor::v1::TX_STATUS_INVALID_SHARE, {{"got", message.share_bps()}, {"most", most}});
  }
  if (!bank::account_of(context.state(), context.sender()).member()) {
    return fail(labor::v1::TX_STATUS_NOT_A_MEMBER);
  }
  auto known = find_app(context.state(), message.name());
  if (known && known->account() != context.sender().chars()) {
    return fail(labor::v1::TX_STATUS_NOT_YOUR_APP);
  }
  if (!known) TRY_VOID(count_new(context));
  auto app = known.value_or(App{});
  if (!known) app.set_registered_at_ms(context.time().value());
  app.set_name(message.name());
  app.set_account(context.sender().str());
  app.set_share_bps(message.share_bps());
  context.put(app, cause);
  return {};
}

}  // namespace mandates
