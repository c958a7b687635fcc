#include "tests/sim/ledger_oracle.h"

#include <labor/v1/governance.pb.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "protocol/crypto/hash.h"

namespace sim {
namespace {

using protocol::Hash;

constexpr std::array<std::uint16_t, 9> module_numbers{1, 2, 3, 4, 5, 6, 7, 8, 9};
constexpr std::uint16_t bank = 3;
constexpr std::uint16_t governance = 6;

std::string two_bytes(std::uint16_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

struct Leaf {
  Hash path;
  Hash hash;
};

bool bit(Hash const& path, std::size_t depth) {
  return (path.data[depth / 8] >> (7 - depth % 8) & 1) != 0;
}

// Of leaves that ascend by path and agree in their first `depth` bits.
Hash subtree(std::span<Leaf const> leaves, std::size_t depth) {  // NOLINT(misc-no-recursion)
  if (leaves.empty()) return {};
  if (leaves.size() == 1) return leaves.front().hash;
  auto const right =
      std::ranges::find_if(leaves, [&](auto const& l) { return bit(l.path, depth); });
  auto const left_count = static_cast<std::size_t>(right - leaves.begin());
  auto const left_hash = subtree(leaves.first(left_count), depth + 1);
  auto const right_hash = subtree(leaves.subspan(left_count), depth + 1);
  return crypto::hash(crypto::domains::node, {left_hash.view(), right_hash.view()});
}

Hash module_root_of(Values const& values, std::uint16_t number) {
  std::vector<Leaf> leaves;
  for (auto const& [key, value] : values) {
    if (static_cast<std::uint16_t>(key.module) != number) continue;
    auto const path = crypto::hash(
        crypto::domains::key, {base::bytes_of(two_bytes(number)), base::bytes_of(key.logical)});
    auto const value_hash = crypto::hash(crypto::domains::value, {base::bytes_of(value)});
    leaves.push_back({path, crypto::hash(crypto::domains::leaf, {path.view(), value_hash.view()})});
  }
  std::ranges::sort(leaves, {}, &Leaf::path);
  return subtree(leaves, 0);
}

}  // namespace

protocol::StateRoot naive_state_root(Values const& values) {
  std::string rows = two_bytes(0) + two_bytes(1) + two_bytes(module_numbers.size());
  for (auto const number : module_numbers) {
    rows += two_bytes(number) + module_root_of(values, number).str();
  }
  return crypto::hash_as<protocol::StateRoot>(crypto::domains::root, {base::bytes_of(rows)});
}

LedgerOracle::LedgerOracle(protocol::Chain const& chain) {
  auto const genesis = chain.genesis();
  for (auto const& account : genesis.accounts()) {
    for (auto const& balance : account.balances()) supply_[balance.asset()] += balance.amount();
  }
}

std::optional<std::string> LedgerOracle::judge(Values const& values,
                                               protocol::StateRoot const& root) const {
  if (naive_state_root(values) != root) return "the state is not what the header's root says";
  std::map<labor::v1::Asset, std::uint64_t> held;
  for (auto const& [key, value] : values) {
    auto const module = static_cast<std::uint16_t>(key.module);
    labor::v1::Ballot ballot;
    if (module == governance && key.logical.starts_with('b') && ballot.ParseFromString(value)) {
      held[labor::v1::ASSET_LBR] += ballot.deposit();
    }
    if (module != bank) continue;
    labor::v1::Lock lock;
    if (key.logical.starts_with('l') && lock.ParseFromString(value)) {
      held[labor::v1::ASSET_LBR] += lock.amount();
    }
    labor::v1::Balance balance;
    labor::v1::Supply supply;
    if (key.logical.starts_with('b') && balance.ParseFromString(value)) {
      held[balance.asset()] += balance.amount();
    }
    if (!key.logical.starts_with('s') || !supply.ParseFromString(value)) continue;
    auto const expected = supply_.find(supply.asset());
    if (expected == supply_.end() || expected->second != supply.amount()) {
      return "the recorded supply is not that of genesis";
    }
  }
  if (held != supply_) return "the sum of all balances, locks and deposits is not the supply";
  return std::nullopt;
}

}  // namespace sim
