#include "wallet/amount.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

namespace wallet {

namespace {

constexpr std::uint64_t units_per_whole = 1'000'000;
constexpr std::string_view example = "Write it like `120.50 USD`, with at most 6 decimals.";

bool digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::unexpected<Problem> not_an_amount(std::string_view text, std::string_view why) {
  return usage("INVALID_AMOUNT", fmt::format("`{}` is not an amount: {}.", text, why),
               std::string{example});
}

// Minor units, or nothing if they do not fit.
std::optional<std::uint64_t> minor_units(std::string_view whole, std::string_view fraction) {
  std::uint64_t value = 0;
  std::string padded{fraction};
  padded.resize(asset_decimals, '0');
  for (char const c : std::string{whole} + padded) {
    auto const digit = static_cast<std::uint64_t>(c - '0');
    if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

std::string_view name_of(labor::v1::Asset asset) {
  switch (asset) {
    case labor::v1::ASSET_LBR:
      return "LBR";
    case labor::v1::ASSET_USD:
      return "USD";
    default:
      return "of an unknown asset";
  }
}

Result<labor::v1::Asset> parse_asset(std::string_view text) {
  std::string upper{text};
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (upper == "LBR") return labor::v1::ASSET_LBR;
  if (upper == "USD") return labor::v1::ASSET_USD;
  return usage("INVALID_ASSET", fmt::format("`{}` is not an asset.", text),
               "There are USD, to pay with, and LBR, to vote with.");
}

Result<Money> parse_money(std::string_view text, std::optional<labor::v1::Asset> otherwise) {
  auto const number_end = std::min(text.find_first_not_of("0123456789.,+-_"), text.size());
  auto const number = text.substr(0, number_end);
  auto const name = text.substr(std::min(text.find_first_not_of(' ', number_end), text.size()));

  std::optional<labor::v1::Asset> asset = otherwise;
  if (!name.empty()) {
    TRY(named, parse_asset(name));
    asset = named;
  }
  auto const point = std::min(number.find('.'), number.size());
  auto const whole = number.substr(0, point);
  bool const has_point = point < number.size();
  auto const fraction = has_point ? number.substr(point + 1) : std::string_view{};
  if (number.contains(',')) return not_an_amount(text, "decimals follow a point, not a comma");
  if (number.starts_with('-')) return not_an_amount(text, "it must not be negative");
  if (whole.empty() || !digits(whole)) return not_an_amount(text, "it must begin with digits");
  if (has_point && fraction.empty())
    return not_an_amount(text, "digits are missing after the point");
  if (!digits(fraction)) return not_an_amount(text, "it has something other than digits");
  if (fraction.size() > asset_decimals) return not_an_amount(text, "it has more than 6 decimals");
  if (!asset) return not_an_amount(text, "the asset is missing");
  auto const value = minor_units(whole, fraction);
  if (!value) return not_an_amount(text, "it is larger than any balance can be");
  return Money{*asset, protocol::Amount{*value}};
}

Result<protocol::Amount> parse_amount(std::string_view text, labor::v1::Asset asset) {
  TRY(money, parse_money(text, asset));
  if (money.asset != asset) {
    return usage("INVALID_ASSET", fmt::format("`{}` must be in {} here, not in {}.", text,
                                              name_of(asset), name_of(money.asset)));
  }
  return money.amount;
}

std::string show(protocol::Amount amount, labor::v1::Asset asset) {
  auto const whole = amount.value() / units_per_whole;
  auto fraction = fmt::format("{:06}", amount.value() % units_per_whole);
  std::size_t const least = asset == labor::v1::ASSET_USD ? 2 : 0;
  while (fraction.size() > least && fraction.ends_with('0')) fraction.pop_back();
  return fmt::format("{}{}{} {}", whole, fraction.empty() ? "" : ".", fraction, name_of(asset));
}

std::string show(Money money) {
  return show(money.amount, money.asset);
}

std::string show_bps(std::uint64_t bps) {
  auto fraction = fmt::format("{:02}", bps % 100);
  while (fraction.ends_with('0')) fraction.pop_back();
  return fmt::format("{}{}{}%", bps / 100, fraction.empty() ? "" : ".", fraction);
}

}  // namespace wallet
