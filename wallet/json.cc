#include "wallet/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "wallet/suggest.h"

namespace wallet {

namespace pb = google::protobuf;

namespace {

constexpr std::size_t json_depth_max = 16;

constexpr std::array<std::string_view, 23> address_fields{
    "to",          "account",       "address",   "owner",      "client", "talent",
    "author",      "sponsor",       "fee_payer", "depositors", "by",     "challenger",
    "responsible", "juror",         "payer",     "holder",     "opener", "issuer",
    "subject",     "introduced_by", "delegate",  "accounts",   "council"};

bool holds_address(pb::FieldDescriptor const& field) {
  return std::ranges::find(address_fields, field.name()) != address_fields.end();
}

// ---- writing ----

json::string bytes_to_json(pb::FieldDescriptor const& field, std::string const& bytes,
                           protocol::Network network) {
  auto const address = protocol::Address::from(bytes);
  if (holds_address(field) && address) return json::string{address_text(*address, network)};
  return json::string{base::hex(bytes)};
}

// Recursion follows the schema, which is no deeper than four.
// NOLINTNEXTLINE(misc-no-recursion)
json::value value_to_json(pb::Message const& message, pb::FieldDescriptor const& field, int index,
                          protocol::Network network) {
  auto const& r = *message.GetReflection();
  bool const many = field.is_repeated();
  auto const string_of = [](auto number) { return json::value(fmt::format("{}", number)); };
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return string_of(many ? r.GetRepeatedUInt64(message, &field, index)
                            : r.GetUInt64(message, &field));
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return many ? r.GetRepeatedUInt32(message, &field, index) : r.GetUInt32(message, &field);
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return many ? r.GetRepeatedBool(message, &field, index) : r.GetBool(message, &field);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return json::value(enum_name(
          *(many ? r.GetRepeatedEnum(message, &field, index) : r.GetEnum(message, &field))));
    case pb::FieldDescriptor::CPPTYPE_STRING: {
      auto const text =
          many ? r.GetRepeatedString(message, &field, index) : r.GetString(message, &field);
      if (field.type() == pb::FieldDescriptor::TYPE_BYTES) {
        return bytes_to_json(field, text, network);
      }
      return json::value(text);
    }
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return to_json(
          many ? r.GetRepeatedMessage(message, &field, index) : r.GetMessage(message, &field),
          network);
    default:
      UNREACHABLE();  // The canonical profile has no other types.
  }
}

// ---- reading ----

std::unexpected<Problem> refuse(pb::FieldDescriptor const& field, std::string_view wanted) {
  return usage("INVALID_FIELD", fmt::format("`{}` must be {}.", field.full_name(), wanted));
}

std::optional<std::uint64_t> integer_of(json::value const& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64() && value.get_int64() >= 0) {
    return static_cast<std::uint64_t>(value.get_int64());
  }
  if (!value.is_string()) return std::nullopt;
  auto const& text = value.get_string();
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::string> bytes_from_json(pb::FieldDescriptor const& field, std::string_view text,
                                    protocol::Network network) {
  if (holds_address(field) && !text.empty()) {
    auto const address = protocol::parse_address(text, network);
    if (!address) return refuse(field, fmt::format("an address: {}", explain(address.error())));
    return address->str();
  }
  auto bytes = base::from_hex(text);
  if (!bytes) return refuse(field, "hex");
  return *std::move(bytes);
}

pb::EnumValueDescriptor const* find_enum(pb::EnumDescriptor const& type, std::string_view name) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (enum_name(*type.value(i)) == name) return type.value(i);
  }
  return nullptr;
}

void put_integer(pb::Message& message, pb::FieldDescriptor const& field, std::uint64_t number) {
  auto const& r = *message.GetReflection();
  bool const wide = field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT64;
  auto const narrow = static_cast<std::uint32_t>(number);
  if (wide && field.is_repeated()) return r.AddUInt64(&message, &field, number);
  if (wide) return r.SetUInt64(&message, &field, number);
  if (field.is_repeated()) return r.AddUInt32(&message, &field, narrow);
  r.SetUInt32(&message, &field, narrow);
}

void put_string(pb::Message& message, pb::FieldDescriptor const& field, std::string text) {
  auto const& r = *message.GetReflection();
  if (field.is_repeated()) return r.AddString(&message, &field, std::move(text));
  r.SetString(&message, &field, std::move(text));
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<void> read_value(json::value const& value, pb::FieldDescriptor const& field,
                        protocol::Network network, pb::Message& message) {
  auto const& r = *message.GetReflection();
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_UINT64:
    case pb::FieldDescriptor::CPPTYPE_UINT32: {
      auto const number = integer_of(value);
      bool const narrow = field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT32;
      if (!number || (narrow && *number > 0xffff'ffffu)) return refuse(field, "a whole number");
      put_integer(message, field, *number);
      return {};
    }
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      if (!value.is_bool()) return refuse(field, "true or false");
      r.SetBool(&message, &field, value.get_bool());
      return {};
    case pb::FieldDescriptor::CPPTYPE_ENUM: {
      auto const* const found =
          value.is_string() ? find_enum(*field.enum_type(), value.get_string()) : nullptr;
      if (found == nullptr)
        return refuse(field, "one of the names of " + field.enum_type()->name());
      r.SetEnum(&message, &field, found);
      return {};
    }
    case pb::FieldDescriptor::CPPTYPE_STRING: {
      if (!value.is_string()) return refuse(field, "a string");
      std::string text{value.get_string()};
      if (field.type() == pb::FieldDescriptor::TYPE_BYTES) {
        TRY(bytes, bytes_from_json(field, text, network));
        text = std::move(bytes);
      }
      put_string(message, field, std::move(text));
      return {};
    }
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return from_json(value, network,
                       field.is_repeated() ? *r.AddMessage(&message, &field)
                                           : *r.MutableMessage(&message, &field));
    default:
      UNREACHABLE();
  }
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<void> read_member(std::string_view name, json::value const& value, protocol::Network network,
                         pb::Message& message) {
  auto const& type = *message.GetDescriptor();
  auto const* const field = type.FindFieldByName(std::string{name});
  if (field == nullptr) {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(type.field_count()));
    for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
    return usage("UNKNOWN_FIELD", fmt::format("`{}` has no field `{}`.", type.full_name(), name),
                 did_you_mean(name, names));
  }
  if (!field->is_repeated()) return read_value(value, *field, network, message);
  if (!value.is_array()) return refuse(*field, "an array");
  for (auto const& item : value.get_array()) {
    TRY_VOID(read_value(item, *field, network, message));
  }
  return {};
}

// As deep as the value: our own, or from parse_json(), which bounds it.
// NOLINTNEXTLINE(misc-no-recursion)
void write_pretty(std::string& out, json::value const& value, std::size_t indent) {
  auto const line = [&](std::size_t depth) { out += "\n" + std::string(depth * 2, ' '); };
  if (auto const* const object = value.if_object(); object != nullptr && !object->empty()) {
    char open = '{';
    for (auto const& member : *object) {
      out += open;
      line(indent + 1);
      out += json::serialize(member.key()) + ": ";
      write_pretty(out, member.value(), indent + 1);
      open = ',';
    }
    line(indent);
    out += '}';
  } else if (auto const* const array = value.if_array(); array != nullptr && !array->empty()) {
    char open = '[';
    for (auto const& item : *array) {
      out += open;
      line(indent + 1);
      write_pretty(out, item, indent + 1);
      open = ',';
    }
    line(indent);
    out += ']';
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string enum_name(pb::EnumValueDescriptor const& value) {
  // MILESTONE_STATE_FUNDED: the prefix is as long as MilestoneState with its words separated.
  std::size_t prefix = 0;
  for (char const c : value.type()->name()) {
    prefix += 1 + static_cast<std::size_t>(prefix != 0 && std::isupper(c) != 0);
  }
  auto name = value.name().size() > prefix + 1 ? value.name().substr(prefix + 1) : value.name();
  bool const capitals = value.type()->name() == "Asset" || value.type()->name() == "TxStatus";
  if (capitals) return name;
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

// NOLINTNEXTLINE(misc-no-recursion)
json::value to_json(pb::Message const& message, protocol::Network network) {
  json::object object;
  auto const& type = *message.GetDescriptor();
  auto const& r = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    auto const& field = *type.field(i);
    if (field.is_repeated()) {
      json::array items;
      for (int k = 0; k < r.FieldSize(message, &field); ++k) {
        items.push_back(value_to_json(message, field, k, network));
      }
      object[field.name()] = std::move(items);
    } else if (!field.has_presence() || r.HasField(message, &field)) {
      object[field.name()] = value_to_json(message, field, 0, network);
    }
  }
  return object;
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<void> from_json(json::value const& value, protocol::Network network, pb::Message& message) {
  if (!value.is_object()) {
    return usage("INVALID_FIELD",
                 fmt::format("`{}` must be an object.", message.GetDescriptor()->full_name()));
  }
  for (auto const& member : value.get_object()) {
    TRY_VOID(read_member(member.key(), member.value(), network, message));
  }
  return {};
}

Result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  boost::system::error_code error;
  auto value = json::parse(text, error, {}, options);
  if (error) return usage("NOT_JSON", fmt::format("This is not JSON: {}.", error.message()));
  return value;
}

std::string pretty(json::value const& value) {
  std::string out;
  write_pretty(out, value, 0);
  return out;
}

}  // namespace wallet
