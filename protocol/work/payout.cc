#include "protocol/work/payout.h"

#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace work {

using execution::Done;
using labor::v1::Contract;
using protocol::Amount;

namespace limits = protocol::limits;

Done pay_talent(execution::Context& context, Contract const& contract,
                labor::v1::Holder const& from, std::uint64_t amount, std::string_view cause) {
  auto rest = amount;
  for (auto const& share : contract.frozen().team()) {
    auto const part = base::share(amount, share.bps(), limits::bps_of_all);
    TRY_VOID(context.move(from, bank::account_holder(execution::address_in(share.account())),
                          contract.asset(), Amount{part}, "team.share"));
    rest -= part;
  }
  return context.move(from, bank::account_holder(execution::address_in(contract.talent())),
                      contract.asset(), Amount{rest}, cause);
}

std::vector<Worker> workers(Contract const& contract) {
  auto const& team = contract.frozen().team();
  auto const alone = team.empty() ? static_cast<std::uint32_t>(limits::bps_of_all) : 0;
  std::vector<Worker> all{{.account = execution::address_in(contract.talent()), .bps = alone}};
  for (auto const& share : team) {
    all.push_back({.account = execution::address_in(share.account()), .bps = share.bps()});
  }
  return all;
}

}  // namespace work
