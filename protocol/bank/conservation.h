// Conservation: for each asset, what all holders have together is the recorded supply.
//
// Holders are balances (accounts, treasury and community pool), escrows of contracts, locks,
// deposits of ballots, what disputes hold for their jurors, jurors' stakes, bonds of jobs, what
// challenges of vettings hold, and grants that were not claimed. conserved() looks at changes only
// and runs after every transaction and every fired deadline; Audit looks at everything, in tests
// and when asked.
//
// Threads: pure; an Audit belongs to whoever fills it.

#pragma once

#include <labor/v1/bank.pb.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/state/overlay.h"

namespace bank {

__extension__ using u128 = unsigned __int128;

// Whether the changes of `overlay` over `before` move money without making or losing any.
bool conserved(state::Overlay const& overlay, state::Reader const& before);

struct AssetAudit {
  u128 accounts = 0;
  u128 treasury = 0;
  u128 pool = 0;
  u128 escrows = 0;
  u128 locks = 0;
  u128 deposits = 0;
  u128 disputes = 0;
  u128 stakes = 0;
  u128 bonds = 0;
  u128 challenges = 0;  // Of vettings.
  u128 reports = 0;
  u128 vesting = 0;
  u128 supply = 0;

  u128 held() const {
    return accounts + treasury + pool + escrows + locks + deposits + disputes + stakes + bonds +
           challenges + reports + vesting;
  }
};

// The sums of a whole state; add() takes every key and value of it, in any order.
class Audit {
 public:
  void add(state::Key const& key, std::string_view value);

  AssetAudit const& of(labor::v1::Asset asset) const;
  // held() == supply for every asset.
  bool balanced() const;

 private:
  std::array<AssetAudit, labor::v1::Asset_ARRAYSIZE> assets_{};
};

}  // namespace bank
