#include "protocol/work/contribution.h"

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

namespace {

Done add_fee(Context& context, Address const& account, std::uint64_t fee, std::string_view cause) {
  if (fee == 0) return {};
  auto contribution = contribution_of(context.state(), account);
  auto const fees = base::sum(contribution.fees(), fee);
  if (!fees) return execution::fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  contribution.set_fees(*fees);
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
  std::uint64_t of_client = 0;
  for (auto const& worker : strangers) {
    auto const part = base::share(fee, worker.bps, protocol::limits::bps_of_all);
    TRY_VOID(add_fee(context, worker.account, part, cause));
    of_client += part;
  }
  return add_fee(context, execution::address_in(contract.client()), of_client, cause);
}

}  // namespace work
