// Acting for others, and apps.

#include <fmt/format.h>

#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/mandate.h"
#include "wallet/teller.h"

namespace wallet {

using protocol::TimeMs;

Result<void> Teller::say(labor::v1::GiveMandate const& message) {
  line(fmt::format("Let {} act for you until {}: {}.", who(message.holder()),
                   show_time(TimeMs{message.expires_at_ms()}), show_scopes(message.scopes())));
  detail(fmt::format("Out of your balance: {}.",
                     show_limit(message.spend_each(), message.spend_total())));
  detail(fmt::format("Out of your escrows, to others: {}.",
                     show_limit(message.pay_each(), message.pay_total())));
  detail(
      "It replaces what they may do for you now. You can end it at any time: `labor mandate end`.");
  return {};
}

Result<void> Teller::say(labor::v1::EndMandate const& message) {
  line(fmt::format("End the mandate of {} for {}, at once.", who(message.holder()),
                   who(message.account())));
  return {};
}

Result<void> Teller::say(labor::v1::ActFor const& message) {
  line(fmt::format("For {}, under the mandate that you hold:", who(message.account())));
  return {};
}

Result<void> Teller::say(labor::v1::RegisterApp const& message) {
  line(fmt::format("Register the app `{}`, which asks for {} of the fees of what comes from it.",
                   message.name(), show_bps(message.share_bps())));
  detail(
      "Clients agree to it with each job or offer that names it; contracts keep what they have.");
  return {};
}

}  // namespace wallet
