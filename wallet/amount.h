// Amounts as people type and read them: "120.50 USD". Exact, never a float.
//
//   amount = whole [ "." 1*6digit ] [ [" "] asset ]      whole = 1*digit, no leading "+" or "-"
//   asset  = "USD" | "LBR", in any case
//
// Both assets have 6 decimals; the minor unit is 0.000001.

#pragma once

#include <labor/v1/bank.pb.h>

#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"
#include "wallet/problem.h"

namespace wallet {

inline constexpr int asset_decimals = 6;

struct Money {
  labor::v1::Asset asset{};
  protocol::Amount amount;

  bool operator==(Money const&) const = default;
};

// Without an asset in the text, `otherwise` is meant; without either it is refused. An asset that
// differs from a wanted one is refused too: 5 LBR are not 5 USD.
Result<Money> parse_money(std::string_view text, std::optional<labor::v1::Asset> otherwise = {});
Result<protocol::Amount> parse_amount(std::string_view text, labor::v1::Asset asset);

// "120.50 USD", "1000 LBR": as many decimals as it has, for pay assets at least two.
std::string show(Money money);
std::string show(protocol::Amount amount, labor::v1::Asset asset);

std::string_view name_of(labor::v1::Asset asset);
Result<labor::v1::Asset> parse_asset(std::string_view text);

// 1000 basis points are "10%", 1250 "12.5%".
std::string show_bps(std::uint64_t bps);

}  // namespace wallet
