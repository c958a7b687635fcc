// What a ballot does once it has passed: typed, and told in words.
//
//   change    NAME=VALUE                          client_fee_bps=9%
//   spend     ACCOUNT=AMOUNT                      "alice=100 USD"
//   upgrade   NUMBER NAME VERSION BLOCKS          "2 faster_draws 0.3.0 1000": one argument
//   term      a duration                          730d

#pragma once

#include <labor/v1/governance.pb.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "wallet/problem.h"
#include "wallet/session.h"

namespace wallet {

// As the options of `labor ballot new` take them.
struct TypedActions {
  std::vector<std::string> changes;
  std::vector<std::string> admissions;  // Of validators.
  std::vector<std::string> removals;
  std::vector<std::string> issuers;
  std::vector<std::string> removed_issuers;
  std::vector<std::string> arbiters;
  std::vector<std::string> recalled;
  std::vector<std::string> struck_apps;
  std::vector<std::string> restored_apps;
  std::vector<std::string> closed_assets;
  std::vector<std::string> opened_assets;
  std::vector<std::string> upgrades;
  bool constitutional = false;  // All of the upgrades.
  std::vector<std::string> spends;
  std::vector<std::string> candidates;
  std::uint32_t seats = 0;
  std::string term;
};

// INVALID_SPEND, INVALID_UPGRADE, INVALID_ELECTION, what the parsers of the other nouns and
// Session::address_of() say.
Result<labor::v1::Actions> parse_actions(Session& session, TypedActions const& typed);

using Called = std::function<std::string(std::string const& address)>;

// Each begins with a verb: "set client_fee_bps to 9% (900 bps)".
std::vector<std::string> effects_of(labor::v1::Actions const& actions, Called const& called);

}  // namespace wallet
