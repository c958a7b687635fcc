#include "wallet/supply.h"

namespace wallet {

std::vector<std::pair<std::string_view, std::uint64_t>> holders_of(
    labor::v1::SupplyRow const& row) {
  return {
      {"accounts", row.accounts()}, {"escrow", row.escrow()},         {"locks", row.locks()},
      {"deposits", row.deposits()}, {"disputes", row.disputes()},     {"stakes", row.stakes()},
      {"bonds", row.bonds()},       {"challenges", row.challenges()}, {"vesting", row.vesting()},
      {"pool", row.pool()},         {"treasury", row.treasury()}};
}

std::uint64_t held(labor::v1::SupplyRow const& row) {
  std::uint64_t sum = 0;
  for (auto const& [name, amount] : holders_of(row)) sum += amount;
  return sum;
}

}  // namespace wallet
