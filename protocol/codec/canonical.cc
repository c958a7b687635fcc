#include "protocol/codec/canonical.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/unknown_field_set.h>

#include <cstdint>
#include <limits>

#include "protocol/base/check.h"

namespace canonical {
namespace {

namespace pb = google::protobuf;

// protobuf reports bad UTF-8 on stderr by itself: a peer could fill our log. Every refusal has a
// reason here, so its messages are dropped from the start of the process.
[[maybe_unused]] auto* const former_log_handler = pb::SetLogHandler(nullptr);

std::expected<void, Refusal> walk(pb::Message const& message);

std::expected<void, Refusal> check_enum(pb::FieldDescriptor const* field, int number) {
  if (field->enum_type()->FindValueByNumber(number) == nullptr) {
    return std::unexpected{Refusal::unknown_enum};
  }
  return {};
}

bool worth_a_look(pb::FieldDescriptor const* field) {
  return field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE ||
         field->cpp_type() == pb::FieldDescriptor::CPPTYPE_ENUM;
}

// NOLINTNEXTLINE(misc-no-recursion): see walk().
std::expected<void, Refusal> walk_repeated(pb::Message const& message,
                                           pb::FieldDescriptor const* field) {
  auto const* const reflection = message.GetReflection();
  auto const is_enum = field->cpp_type() == pb::FieldDescriptor::CPPTYPE_ENUM;
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    auto const fine = is_enum
                          ? check_enum(field, reflection->GetRepeatedEnumValue(message, field, i))
                          : walk(reflection->GetRepeatedMessage(message, field, i));
    if (!fine) return fine;
  }
  return {};
}

// NOLINTNEXTLINE(misc-no-recursion): see walk().
std::expected<void, Refusal> walk_field(pb::Message const& message,
                                        pb::FieldDescriptor const* field) {
  if (!worth_a_look(field)) return {};
  if (field->is_repeated()) return walk_repeated(message, field);
  auto const* const reflection = message.GetReflection();
  if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_ENUM) {
    return check_enum(field, reflection->GetEnumValue(message, field));
  }
  if (!reflection->HasField(message, field)) return {};
  return walk(reflection->GetMessage(message, field));
}

// Parsing keeps unknown fields (wrong wire types among them) and unknown enum numbers and
// encodes them again unchanged, so a comparison of bytes does not see them.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the schema, which does not recurse.
std::expected<void, Refusal> walk(pb::Message const& message) {
  auto const* const descriptor = message.GetDescriptor();
  auto const* const reflection = message.GetReflection();
  if (!reflection->GetUnknownFields(message).empty()) {
    return std::unexpected{Refusal::non_canonical};
  }
  for (int i = 0; i < descriptor->real_oneof_decl_count(); ++i) {
    auto const* const set = reflection->GetOneofFieldDescriptor(message, descriptor->oneof_decl(i));
    if (set == nullptr) continue;
    if (auto const fine = walk_field(message, set); !fine) return fine;
  }
  for (int i = 0; i < descriptor->field_count(); ++i) {
    auto const* const field = descriptor->field(i);
    if (field->real_containing_oneof() != nullptr) continue;
    if (auto const fine = walk_field(message, field); !fine) return fine;
  }
  return {};
}

}  // namespace

std::string_view explain(Refusal refusal) {
  switch (refusal) {
    case Refusal::malformed:
      return "not a message of this type: truncated, not protobuf, or text that is not UTF-8";
    case Refusal::non_canonical:
      return "not in canonical form: unknown fields, wrong order, defaults written out, or "
             "numbers longer than needed";
    case Refusal::unknown_enum:
      return "an enum has a number that this version does not know";
  }
  UNREACHABLE();
}

std::string encode(pb::Message const& message) {
  std::string bytes;
  CHECK(message.SerializeToString(&bytes));
  return bytes;
}

std::expected<void, Refusal> decode_into(std::string_view bytes, pb::Message& message) {
  if (bytes.size() > std::numeric_limits<int>::max()) return std::unexpected{Refusal::malformed};
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected{Refusal::malformed};
  }
  if (auto const fine = walk(message); !fine) return fine;
  if (message.ByteSizeLong() != bytes.size() || message.SerializeAsString() != bytes) {
    return std::unexpected{Refusal::non_canonical};
  }
  return {};
}

}  // namespace canonical
