#include "protocol/mandates/app.h"

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/handle.h"

namespace mandates {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::App;
using labor::v1::AppChange;

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
  if (name.empty()) return {};
  auto const app = find_app(state, name);
  if (!app) return fail(labor::v1::TX_STATUS_APP_NOT_FOUND);
  return app->struck() ? fail(labor::v1::TX_STATUS_APP_STRUCK) : Done{};
}

Done may_make(Context const& context, AppChanges const& changes) {
  return execution::must_each_be(
      changes, labor::v1::TX_STATUS_ACTION_TWICE,
      [](AppChange const& change) { return change.name(); },
      [&](AppChange const& change) -> Done {
        auto const app = find_app(context.state(), change.name());
        if (!app) return fail(labor::v1::TX_STATUS_APP_NOT_FOUND);
        auto const changes_it = app->struck() != change.strike();
        return changes_it ? Done{} : fail(labor::v1::TX_STATUS_NOTHING_TO_CHANGE);
      });
}

void make(Context& context, AppChanges const& changes) {
  for (auto const& change : changes) {
    auto app = find_app(context.state(), change.name()).value_or(App{});
    app.set_struck(change.strike());
    context.put(app, "ballot.execute");
  }
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
