#include "wallet/history/canonical_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wallet {

namespace {

// Beyond it a reader that has floats alone cannot tell neighbours apart.
constexpr std::int64_t integer_max = std::int64_t{1} << 53;

void write_text(std::string& out, std::string_view text) {
  out += '"';
  for (auto const c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

bool write_integer(std::string& out, json::value const& value) {
  if (value.is_uint64() && value.get_uint64() > integer_max) return false;
  auto const number =
      value.is_uint64() ? static_cast<std::int64_t>(value.get_uint64()) : value.get_int64();
  if (number > integer_max || number < -integer_max) return false;
  out += fmt::format("{}", number);
  return true;
}

bool write(std::string& out, json::value const& value);

// As deep as the value, which parse_json() bounds.
// NOLINTNEXTLINE(misc-no-recursion)
bool write_object(std::string& out, json::object const& object) {
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (auto const& member : object) names.emplace_back(member.key());
  // Of ASCII the order of bytes is that of UTF-16, which the scheme asks for.
  std::ranges::sort(names);
  out += '{';
  for (auto const name : names) {
    auto const ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::ranges::all_of(name, ascii)) return false;
    if (out.back() != '{') out += ',';
    write_text(out, name);
    out += ':';
    if (!write(out, object.at(name))) return false;
  }
  out += '}';
  return true;
}

// NOLINTNEXTLINE(misc-no-recursion)
bool write_array(std::string& out, json::array const& array) {
  out += '[';
  bool first = true;
  for (auto const& item : array) {
    if (!first) out += ',';
    first = false;
    if (!write(out, item)) return false;
  }
  out += ']';
  return true;
}

// NOLINTNEXTLINE(misc-no-recursion)
bool write(std::string& out, json::value const& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return true;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return true;
    case json::kind::int64:
    case json::kind::uint64:
      return write_integer(out, value);
    case json::kind::double_:
      return false;
    case json::kind::string:
      write_text(out, value.get_string());
      return true;
    case json::kind::array:
      return write_array(out, value.get_array());
    case json::kind::object:
      return write_object(out, value.get_object());
  }
  return false;
}

}  // namespace

std::optional<std::string> canonical_json(json::value const& value) {
  std::string out;
  if (!write(out, value)) return std::nullopt;
  return out;
}

}  // namespace wallet
