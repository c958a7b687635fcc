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

// Which sum of an asset an amount belongs to.
using Side = u128 AssetAudit::*;

Side side_of(std::string_view address) {
  if (address == treasury_address().chars()) return &AssetAudit::treasury;
  return address == pool_address().chars() ? &AssetAudit::pool : &AssetAudit::accounts;
}

template <class R>
R decode(std::string_view value) {
  R record;
  CHECK(record.ParseFromArray(value.data(), static_cast<int>(value.size())));
  return record;
}

// What was put down for these is of one bond or of two panels: it fits.
std::uint64_t held_by(google::protobuf::RepeatedPtrField<Panel> const& panels) {
  std::uint64_t sum = 0;
  for (auto const& panel : panels) sum += panel.held();
  return sum;
}

// Calls `sink(asset, amount, side)` if the record under `key` holds money or counts it.
template <class Sink>
void money_of(state::Key const& key, std::string_view value, Sink sink) {
  auto const kind = key.logical.empty() ? '\0' : key.logical.front();
  if (key.module == state::Module::bank && kind == 'b') {
    auto const balance = decode<Balance>(value);
    sink(balance.asset(), balance.amount(), side_of(balance.address()));
  } else if (key.module == state::Module::bank && kind == 's') {
    auto const supply = decode<Supply>(value);
    sink(supply.asset(), supply.amount(), &AssetAudit::supply);
  } else if (key.module == state::Module::bank && kind == 'l') {
    sink(ASSET_LBR, decode<Lock>(value).amount(), &AssetAudit::locks);
  } else if (key.module == state::Module::bank && kind == 'v') {
    auto const vesting = decode<Vesting>(value);
    for (auto const& grant : vesting.grants()) {
      sink(ASSET_LBR, grant.granted() - grant.claimed(), &AssetAudit::vesting);
    }
  } else if (key.module == state::Module::work && kind == 'j') {
    auto const job = decode<Job>(value);
    sink(job.details().asset(), job.bond_held(), &AssetAudit::bonds);
  } else if (key.module == state::Module::work && kind == 'c') {
    auto const contract = decode<Contract>(value);
    sink(contract.asset(), contract.escrow(), &AssetAudit::escrows);
  } else if (key.module == state::Module::governance && kind == 'b') {
    sink(ASSET_LBR, decode<Ballot>(value).deposit(), &AssetAudit::deposits);
  } else if (key.module == state::Module::justice && kind == 'd') {
    auto const dispute = decode<Dispute>(value);
    sink(dispute.asset(), held_by(dispute.panels()), &AssetAudit::disputes);
  } else if (key.module == state::Module::justice && kind == 'j') {
    auto const juror = decode<Juror>(value);
    sink(juror.asset(), juror.stake(), &AssetAudit::stakes);
  } else if (key.module == state::Module::justice && kind == 'v') {
    auto const vetting = decode<Vetting>(value);
    sink(vetting.asset(), vetting.bond() + held_by(vetting.panels()), &AssetAudit::challenges);
  } else if (key.module == state::Module::justice && kind == 'r') {
    auto const report = decode<Report>(value);
    sink(report.asset(), report.bond() + held_by(report.panels()), &AssetAudit::reports);
  }
}

// Held less supplied, modulo 2^128: exact, since no sum of amounts comes near.
using Deltas = std::array<u128, Asset_ARRAYSIZE>;

void count(Deltas& deltas, state::Key const& key, std::string_view value, bool added) {
  money_of(key, value, [&](Asset asset, std::uint64_t amount, Side side) {
    auto& delta = deltas.at(static_cast<std::size_t>(asset));
    auto const up = added == (side != &AssetAudit::supply);
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
    sums.*side += amount;
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
