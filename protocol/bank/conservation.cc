#include "protocol/bank/conservation.h"

#include <labor/v1/governance.pb.h>
#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include <algorithm>
#include <string>

#include "protocol/bank/holders.h"
#include "protocol/base/check.h"

namespace bank {

using namespace labor::v1;  // This file knows every record that holds money.

namespace {

enum class Side { account, treasury, escrow, lock, deposit, dispute, stake, supply };

template <class R>
R decode(std::string_view value) {
  R record;
  CHECK(record.ParseFromArray(value.data(), static_cast<int>(value.size())));
  return record;
}

// Calls `sink(asset, amount, side)` if the record under `key` holds money or counts it.
template <class Sink>
void money_of(state::Key const& key, std::string_view value, Sink sink) {
  auto const kind = key.logical.empty() ? '\0' : key.logical.front();
  if (key.module == state::Module::bank && kind == 'b') {
    auto const balance = decode<Balance>(value);
    auto const is_treasury = balance.address() == treasury_address().chars();
    sink(balance.asset(), balance.amount(), is_treasury ? Side::treasury : Side::account);
  } else if (key.module == state::Module::bank && kind == 's') {
    auto const supply = decode<Supply>(value);
    sink(supply.asset(), supply.amount(), Side::supply);
  } else if (key.module == state::Module::bank && kind == 'l') {
    sink(ASSET_LBR, decode<Lock>(value).amount(), Side::lock);
  } else if (key.module == state::Module::work && kind == 'c') {
    auto const contract = decode<Contract>(value);
    sink(contract.asset(), contract.escrow(), Side::escrow);
  } else if (key.module == state::Module::governance && kind == 'b') {
    sink(ASSET_LBR, decode<Ballot>(value).deposit(), Side::deposit);
  } else if (key.module == state::Module::justice && kind == 'd') {
    auto const dispute = decode<Dispute>(value);
    for (auto const& panel : dispute.panels()) sink(dispute.asset(), panel.held(), Side::dispute);
  } else if (key.module == state::Module::justice && kind == 'j') {
    auto const juror = decode<Juror>(value);
    sink(juror.asset(), juror.stake(), Side::stake);
  }
}

// Held less supplied, modulo 2^128: exact, since no sum of amounts comes near.
using Deltas = std::array<u128, Asset_ARRAYSIZE>;

void count(Deltas& deltas, state::Key const& key, std::string_view value, bool added) {
  money_of(key, value, [&](Asset asset, std::uint64_t amount, Side side) {
    auto& delta = deltas.at(static_cast<std::size_t>(asset));
    auto const up = added == (side != Side::supply);
    delta = up ? delta + amount : delta - amount;
  });
}

bool holds_money(state::Key const& key) {
  return key.module == state::Module::bank || key.module == state::Module::work ||
         key.module == state::Module::governance || key.module == state::Module::justice;
}

}  // namespace

bool conserved(state::Overlay const& overlay, state::Reader const& before) {
  Deltas deltas{};
  for (auto const& [key, value] : overlay.changes()) {
    if (!holds_money(key)) continue;
    if (value) count(deltas, key, *value, true);
    if (auto const former = before.get(key)) count(deltas, key, *former, false);
  }
  return std::ranges::all_of(deltas, [](u128 delta) { return delta == 0; });
}

void Audit::add(state::Key const& key, std::string_view value) {
  money_of(key, value, [&](Asset asset, std::uint64_t amount, Side side) {
    auto& sums = assets_.at(static_cast<std::size_t>(asset));
    switch (side) {
      case Side::account:
        sums.accounts += amount;
        break;
      case Side::treasury:
        sums.treasury += amount;
        break;
      case Side::escrow:
        sums.escrows += amount;
        break;
      case Side::lock:
        sums.locks += amount;
        break;
      case Side::deposit:
        sums.deposits += amount;
        break;
      case Side::dispute:
        sums.disputes += amount;
        break;
      case Side::stake:
        sums.stakes += amount;
        break;
      case Side::supply:
        sums.supply += amount;
        break;
    }
  });
}

AssetAudit const& Audit::of(Asset asset) const {
  return assets_.at(static_cast<std::size_t>(asset));
}

bool Audit::balanced() const {
  return std::ranges::all_of(assets_,
                             [](AssetAudit const& sums) { return sums.held() == sums.supply; });
}

}  // namespace bank
