#include "protocol/work/contribution.h"

#include <algorithm>
#include <utility>

#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/mandates/mandate.h"
#include "protocol/state/keys.h"
#include "protocol/talent/identity.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::Contract;
using labor::v1::Contribution;
using protocol::Address;

namespace limits = protocol::limits;

namespace {

constexpr std::uint64_t year_ms = 365 * limits::day_ms;

// The first period with a day in the year before `now`.
std::uint64_t first_period(protocol::TimeMs now) {
  auto const begin = now.value() - std::min(now.value(), year_ms);
  return begin / limits::contribution_period_ms;
}

// A part of the sum of all fees, which fits.
void add_to_period(Contribution& contribution, std::uint64_t fee, protocol::TimeMs now) {
  auto& recent = *contribution.mutable_recent();
  auto const first = first_period(now);
  recent.erase(
      std::ranges::remove_if(recent, [&](auto const& old) { return old.period() < first; }).begin(),
      recent.end());
  auto const period = now.value() / limits::contribution_period_ms;
  if (recent.empty() || recent.rbegin()->period() != period) recent.Add()->set_period(period);
  recent.rbegin()->set_fees(recent.rbegin()->fees() + fee);
}

void note_counterparty(Contribution& contribution, Address const& account, protocol::TimeMs now) {
  Contribution before;
  before.mutable_counterparties()->Swap(contribution.mutable_counterparties());
  auto& latest = *contribution.add_counterparties();
  latest.set_account(account.str());
  latest.set_at_ms(now.value());
  for (auto const& known : before.counterparties()) {
    if (known.account() == account.chars()) continue;
    if (std::cmp_equal(contribution.counterparties_size(), limits::counterparties_min)) break;
    *contribution.add_counterparties() = known;
  }
}

// From work for, or by, `other`.
Done add_fee(Context& context, Address const& account, Address const& other, std::uint64_t fee,
             std::string_view cause) {
  if (fee == 0) return {};
  auto contribution = contribution_of(context.state(), account);
  auto const fees = base::sum(contribution.fees(), fee);
  if (!fees) return execution::fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  contribution.set_fees(*fees);
  add_to_period(contribution, fee, context.time());
  note_counterparty(contribution, other, context.time());
  context.put(contribution, cause);
  return {};
}

}  // namespace

Contribution contribution_of(state::Reader const& state, Address const& account) {
  auto const found =
      execution::find_record<Contribution>(state, state::keys::contribution(account));
  if (found) return *found;
  Contribution fresh;
  fresh.set_account(account.str());
  return fresh;
}

std::uint64_t fees_of_last_year(Contribution const& contribution, protocol::TimeMs now) {
  std::uint64_t fees = 0;
  for (auto const& period : contribution.recent()) {
    if (period.period() >= first_period(now)) fees += period.fees();
  }
  return fees;
}

std::uint64_t counterparties_of_last_year(Contribution const& contribution, protocol::TimeMs now) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      contribution.counterparties(),
      [&](auto const& counterparty) { return counterparty.at_ms() + year_ms > now.value(); }));
}

std::vector<Worker> strangers_under(state::Reader const& state, Contract const& contract) {
  std::vector<Worker> strangers;
  auto const client = execution::address_in(contract.client());
  if (!talent::is_attested(state, client)) return strangers;
  for (auto const& worker : workers(contract)) {
    if (worker.bps == 0 || !talent::is_attested(state, worker.account)) continue;
    if (!mandates::connected(state, client, worker.account)) strangers.push_back(worker);
  }
  return strangers;
}

Done count_fee(Context& context, Contract const& contract, std::vector<Worker> const& strangers,
               std::uint64_t fee, std::string_view cause) {
  auto const client = execution::address_in(contract.client());
  for (auto const& worker : strangers) {
    auto const part = base::share(fee, worker.bps, limits::bps_of_all);
    TRY_VOID(add_fee(context, worker.account, client, part, cause));
    TRY_VOID(add_fee(context, client, worker.account, part, cause));
  }
  return {};
}

}  // namespace work
