// On-chain parameters by the names people type: client_fee_bps, first_review_ms, ...

#pragma once

#include <labor/v1/governance.pb.h>

#include <string>
#include <string_view>

#include "wallet/problem.h"

namespace wallet {

std::string parameter_name(labor::v1::Parameter parameter);

// In the unit it is meant in: "10% (1000 bps)", "14 d", "5.00 USD".
std::string show_parameter(labor::v1::Parameter parameter, std::uint64_t value);

// NAME=VALUE. A value is a number in the parameter's unit, or written as in show: "9.5%", "7d",
// "10 USD".
Result<labor::v1::ParameterChange> parse_change(std::string_view text);

// "12.5%" in ten-thousandths.
Result<std::uint64_t> parse_percent(std::string_view text);

}  // namespace wallet
