#include "wallet/parameter.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "protocol/governance/parameters.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/json.h"
#include "wallet/suggest.h"

namespace wallet {

namespace {

using labor::v1::Parameter;

constexpr std::uint64_t bps_per_percent = 100;

std::string_view unit_of(Parameter parameter) {
  auto const* const row = governance::find_parameter(parameter);
  return row == nullptr ? std::string_view{} : row->unit;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<std::uint64_t> parse_value(Parameter parameter, std::string_view text) {
  auto const unit = unit_of(parameter);
  if (auto const plain = number(text)) return *plain;
  if (unit == "bps" && text.ends_with('%')) return parse_percent(text);
  if (unit == "ms") return parse_duration(text);
  if (unit.starts_with("USD") || unit.starts_with("LBR")) {
    TRY(asset, parse_asset(unit.substr(0, 3)));
    TRY(amount, parse_amount(text, asset));
    return amount.value();
  }
  return usage("INVALID_VALUE",
               fmt::format("`{}` is not a value for {}.", text, parameter_name(parameter)),
               fmt::format("Its unit is {}.", unit));
}

}  // namespace

Result<std::uint64_t> parse_percent(std::string_view text) {
  auto const percent = text.ends_with('%');
  auto const digits = text.substr(0, text.size() - (percent ? 1 : 0));
  auto const whole = digits.substr(0, digits.find('.'));
  auto rest = digits.substr(whole.size());
  if (rest.starts_with('.')) rest.remove_prefix(1);
  std::string hundredths{rest};
  auto const units = number(whole);
  bool const short_enough = hundredths.size() <= 2;
  hundredths.resize(2, '0');
  auto const parts = number(hundredths);
  if (!percent || !units || !parts || !short_enough || *units > 100) {
    return usage("INVALID_VALUE", fmt::format("`{}` is not a percentage.", text),
                 "Write it like `9%` or `9.25%`.");
  }
  return *units * bps_per_percent + *parts;
}

std::string parameter_name(Parameter parameter) {
  auto const* const value = labor::v1::Parameter_descriptor()->FindValueByNumber(parameter);
  return value == nullptr ? fmt::format("parameter {}", static_cast<int>(parameter))
                          : enum_name(*value);
}

std::string show_parameter(Parameter parameter, std::uint64_t value) {
  auto const unit = unit_of(parameter);
  if (unit == "bps") return show_bps(value);
  if (unit == "ms") return show_duration(value);
  if (unit.starts_with("USD")) return show(protocol::Amount{value}, labor::v1::ASSET_USD);
  if (unit.starts_with("LBR minor")) return show(protocol::Amount{value}, labor::v1::ASSET_LBR);
  return fmt::format("{}{}{}", value, unit.empty() ? "" : " ", unit);
}

Result<labor::v1::ParameterChange> parse_change(std::string_view text) {
  auto const equals = text.find('=');
  if (equals == std::string_view::npos) {
    return usage("INVALID_CHANGE", fmt::format("`{}` is not NAME=VALUE.", text),
                 "Write it like `client_fee_bps=9%`.");
  }
  auto const name = text.substr(0, equals);
  std::vector<std::string> names;
  for (auto const& row : governance::parameters()) {
    names.push_back(parameter_name(row.parameter));
    if (names.back() != name) continue;
    TRY(value, parse_value(row.parameter, text.substr(equals + 1)));
    labor::v1::ParameterChange change;
    change.set_parameter(row.parameter);
    change.set_value(value);
    return change;
  }
  auto hint = did_you_mean(name, names);
  if (hint.empty()) hint = "`labor ballot parameters` lists them.";
  return usage("UNKNOWN_PARAMETER", fmt::format("There is no parameter `{}`.", name), hint);
}

}  // namespace wallet
