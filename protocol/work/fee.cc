#include "protocol/work/fee.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/vetting.h"
#include "protocol/limits.h"
#include "protocol/mandates/app.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/work/contribution.h"
#include "protocol/work/reward.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::FeeShare;
using labor::v1::Vetting;
using protocol::Amount;

namespace limits = protocol::limits;

namespace {

constexpr std::string_view referral = "fee.referral";
constexpr std::string_view app_share = "fee.app";
constexpr std::string_view vetting_share = "fee.vetting";

// For whoever brought `side` here, unless that is the other side.
void freeze_referral(Context const& context, std::string const& side, std::string const& other,
                     labor::v1::FrozenParameters& frozen) {
  auto const account = bank::account_of(context.state(), execution::address_in(side));
  if (account.introduced_by().empty() || account.introduced_by() == other) return;
  auto const until =
      account.introduced_at_ms() + context.parameter(labor::v1::PARAMETER_REFERRAL_MS);
  if (until <= context.time().value()) return;
  auto& share = *frozen.add_shares();
  share.set_account(account.introduced_by());
  share.set_bps(static_cast<std::uint32_t>(context.parameter(labor::v1::PARAMETER_REFERRAL_BPS)));
  share.set_until_ms(until);
  share.set_introduced(side);
  share.set_cap(context.parameter(labor::v1::PARAMETER_REFERRAL_CAP_USD));
}

// For those who answer for what the talent can do. Each has the same part; what rounding leaves is
// the treasury's.
void freeze_vouchers(Context const& context, labor::v1::Offer const& offer,
                     labor::v1::FrozenParameters& frozen) {
  auto const profile = talent::find_profile(context, execution::address_in(offer.talent()));
  if (!profile || profile->vetted().empty()) return;
  auto const& newest = *profile->vetted().rbegin();
  auto const until =
      newest.vetted_at_ms() + context.parameter(labor::v1::PARAMETER_VETTING_SHARE_MS);
  auto const vetting = context.find<Vetting>(state::keys::vetting(newest.vetting()));
  if (!vetting || until <= context.time().value()) return;
  auto const all = justice::vouchers(*vetting);
  if (all.empty()) return;
  auto const bps = context.parameter(labor::v1::PARAMETER_VETTING_BPS) / all.size();
  for (auto const& voucher : all) {
    if (bps == 0 || voucher.chars() == offer.client()) continue;
    auto& share = *frozen.add_shares();
    share.set_account(voucher.str());
    share.set_bps(static_cast<std::uint32_t>(bps));
    share.set_until_ms(until);
    share.set_vetting(vetting->id());
  }
}

void freeze_app(Context const& context, std::string const& name,
                labor::v1::FrozenParameters& frozen) {
  auto const app = mandates::find_app(context.state(), name);
  if (!app || app->share_bps() == 0) return;
  // The cap on shares may have been voted down since it registered.
  auto const most = context.parameter(labor::v1::PARAMETER_APP_BPS_MAX);
  auto& share = *frozen.add_shares();
  share.set_account(app->account());
  share.set_bps(std::min(app->share_bps(), static_cast<std::uint32_t>(most)));
}

bool still_stands(Context const& context, std::uint64_t id) {
  auto const vetting = context.find<Vetting>(state::keys::vetting(id));
  return vetting && justice::stands(*vetting);
}

std::string_view cause_of(FeeShare const& share) {
  if (share.vetting() != 0) return vetting_share;
  return share.introduced().empty() ? app_share : referral;
}

// How much of `fee` it is now; of a referral counted towards its cap.
std::uint64_t take_share(Context& context, FeeShare const& share, std::uint64_t fee) {
  if (share.until_ms() != 0 && context.time().value() >= share.until_ms()) return 0;
  if (share.vetting() != 0 && !still_stands(context, share.vetting())) return 0;
  auto const whole = base::share(fee, share.bps(), limits::bps_of_all);
  if (share.introduced().empty()) return whole;
  auto introduced = bank::account_of(context.state(), execution::address_in(share.introduced()));
  auto const left = share.cap() - std::min(share.cap(), introduced.referral_paid());
  auto const part = std::min(whole, left);
  if (part == 0) return 0;
  introduced.set_referral_paid(introduced.referral_paid() + part);
  context.put(introduced, referral);
  return part;
}

}  // namespace

void freeze_shares(Context const& context, labor::v1::Offer& offer) {
  auto& frozen = *offer.mutable_frozen();
  frozen.clear_shares();
  freeze_referral(context, offer.client(), offer.talent(), frozen);
  freeze_referral(context, offer.talent(), offer.client(), frozen);
  freeze_vouchers(context, offer, frozen);
  freeze_app(context, offer.app(), frozen);
}

Done route_fee(Context& context, labor::v1::Contract const& contract, std::uint64_t fee,
               std::string_view cause) {
  if (fee == 0) return {};
  auto const escrow = bank::escrow_holder(contract.id());
  auto rest = fee;
  for (auto const& share : contract.frozen().shares()) {
    auto const part = take_share(context, share, fee);
    TRY_VOID(context.move(escrow, bank::account_holder(execution::address_in(share.account())),
                          contract.asset(), Amount{part}, cause_of(share)));
    rest -= part;
  }
  TRY_VOID(context.move(escrow, bank::treasury_holder(), contract.asset(), Amount{rest}, cause));
  auto const strangers = strangers_under(context.state(), contract);
  TRY_VOID(count_fee(context, contract, strangers, fee, cause));
  return reward(context, contract, strangers, rest, cause);
}

}  // namespace work
