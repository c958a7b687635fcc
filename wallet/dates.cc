#include "wallet/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>

namespace wallet {

namespace {

constexpr std::uint64_t second_ms = 1000;
constexpr std::uint64_t minute_ms = 60 * second_ms;
constexpr std::uint64_t hour_ms = 60 * minute_ms;
constexpr std::uint64_t day_ms = 24 * hour_ms;
constexpr std::uint64_t duration_ms_max = 36525 * day_ms;
// Beyond the year 9999 nothing prints well, and a hostile node may say anything.
constexpr std::uint64_t second_max = 253'402'300'799;

struct Unit {
  char letter = 0;
  std::uint64_t ms = 0;
};

constexpr Unit units[] = {
    {'w', 7 * day_ms}, {'d', day_ms}, {'h', hour_ms}, {'m', minute_ms}, {'s', second_ms}};

std::optional<std::uint64_t> unit_ms(char letter) {
  for (auto const& unit : units) {
    if (unit.letter == letter) return unit.ms;
  }
  return std::nullopt;
}

// Exactly `count` digits at `at`.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  unsigned value = 0;
  for (char const c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

// Milliseconds since midnight of " HH:MM[:SS]".
std::optional<std::uint64_t> time_of_day(std::string_view text) {
  if (text.empty()) return 0;
  bool const separated = (text[0] == 'T' || text[0] == ' ') && text.size() >= 6 && text[3] == ':';
  bool const with_seconds = text.size() == 9 && text[6] == ':';
  if (!separated || (text.size() != 6 && !with_seconds)) return std::nullopt;
  auto const hours = number_at(text, 1, 2);
  auto const minutes = number_at(text, 4, 2);
  auto const seconds = with_seconds ? number_at(text, 7, 2) : 0;
  if (!hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  return *hours * hour_ms + *minutes * minute_ms + *seconds * second_ms;
}

std::optional<protocol::TimeMs> parse_date(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const year = number_at(text, 0, 4);
  auto const month = number_at(text, 5, 2);
  auto const day = number_at(text, 8, 2);
  auto const rest = time_of_day(text.substr(10));
  if (!year || !month || !day || !rest) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok() || *year < 1970) return std::nullopt;
  auto const days = std::chrono::sys_days{date}.time_since_epoch().count();
  return protocol::TimeMs{static_cast<std::uint64_t>(days) * day_ms + *rest};
}

std::string in_local_time(std::time_t seconds) {
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return {};
  std::string text(64, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S %Z", &local));
  return text;
}

}  // namespace

Result<std::uint64_t> parse_duration(std::string_view text) {
  auto const refuse = [&] {
    return usage("INVALID_DURATION", fmt::format("`{}` is not a duration.", text),
                 "Write it like `14d`, `36h` or `1d12h`; units are w, d, h, m and s.");
  };
  std::uint64_t total = 0;
  std::uint64_t number = 0;
  bool pending = false;
  for (char const c : text) {
    if (c >= '0' && c <= '9') {
      number = number * 10 + static_cast<std::uint64_t>(c - '0');
      if (number > duration_ms_max) return refuse();
      pending = true;
      continue;
    }
    auto const unit = unit_ms(c);
    if (!unit || !pending || number > duration_ms_max / *unit) return refuse();
    total += number * *unit;
    number = 0;
    pending = false;
  }
  if (pending || total == 0 || total > duration_ms_max) return refuse();
  return total;
}

Result<protocol::TimeMs> parse_time(std::string_view text, protocol::TimeMs now) {
  if (auto const date = parse_date(text)) return *date;
  if (auto const duration = parse_duration(text)) return protocol::TimeMs{now.value() + *duration};
  return usage(
      "INVALID_TIME", fmt::format("`{}` is neither a date nor a duration.", text),
      "Write a UTC date like `2026-12-01` or `2026-12-01T15:00`, or a duration like `30d`.");
}

std::string iso_time(protocol::TimeMs time) {
  auto const seconds = static_cast<std::time_t>(std::min(time.value() / second_ms, second_max));
  std::tm utc{};
  if (gmtime_r(&seconds, &utc) == nullptr) return {};
  std::string text(32, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
  return text;
}

std::string show_time(protocol::TimeMs time) {
  if (time.value() == 0) return "not set";
  if (time.value() / second_ms > second_max) return "after the year 9999";
  auto const seconds = static_cast<std::time_t>(time.value() / second_ms);
  std::tm utc{};
  if (gmtime_r(&seconds, &utc) == nullptr) return "unprintable";
  std::string text(64, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &utc));
  auto const local = in_local_time(seconds);
  return local.empty() || local == text ? text : fmt::format("{} ({})", text, local);
}

std::string show_duration(std::uint64_t duration_ms) {
  if (duration_ms < second_ms) return fmt::format("{} ms", duration_ms);
  std::string text;
  int shown = 0;
  for (auto const& unit : units) {
    if (unit.letter == 'w') continue;
    auto const count = duration_ms / unit.ms;
    duration_ms %= unit.ms;
    if (count == 0 && shown == 0) continue;
    if (count != 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : " ", count,
                          unit.letter == 'm' ? "min" : std::string_view{&unit.letter, 1});
    }
    if (++shown == 2) break;
  }
  return text;
}

std::string show_days(std::uint32_t days) {
  return fmt::format("{} day{}", days, days == 1 ? "" : "s");
}

std::string show_distance(protocol::TimeMs time, protocol::TimeMs now) {
  if (time == now) return "now";
  if (time > now) return "in " + show_duration(time.value() - now.value());
  return show_duration(now.value() - time.value()) + " ago";
}

}  // namespace wallet
