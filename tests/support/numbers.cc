#include "tests/support/numbers.h"

#include <google/protobuf/descriptor.h>

#include <array>
#include <limits>
#include <vector>

namespace testing_support {

namespace {

namespace pb = google::protobuf;

struct Number {
  pb::Message* message = nullptr;
  pb::FieldDescriptor const* field = nullptr;
};

// Those of the message itself; the messages in it are put off for later.
void collect(pb::Message& message, std::vector<Number>& found, std::vector<pb::Message*>& later) {
  auto const* const reflection = message.GetReflection();
  auto const* const type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    auto const* const field = type->field(i);
    auto const kind = field->cpp_type();
    auto const is_message = kind == pb::FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message && field->is_repeated()) {
      for (int at = 0; at < reflection->FieldSize(message, field); ++at) {
        later.push_back(reflection->MutableRepeatedMessage(&message, field, at));
      }
    } else if (is_message && reflection->HasField(message, field)) {
      later.push_back(reflection->MutableMessage(&message, field));
    } else if (kind == pb::FieldDescriptor::CPPTYPE_UINT64 ||
               kind == pb::FieldDescriptor::CPPTYPE_UINT32) {
      if (!field->is_repeated()) found.push_back({&message, field});
    }
  }
}

std::vector<Number> numbers_in(pb::Message& message) {
  std::vector<Number> found;
  std::vector<pb::Message*> open{&message};
  while (!open.empty()) {
    auto* const next = open.back();
    open.pop_back();
    collect(*next, found, open);
  }
  return found;
}

template <class T>
T an_end(std::uint64_t which) {
  constexpr auto most = std::numeric_limits<T>::max();
  return std::array<T, 4>{0, 1, most, most / 2}[which];
}

}  // namespace

void put_at_an_end(pb::Message& message, std::function<std::uint64_t(std::uint64_t)> const& draw) {
  auto const numbers = numbers_in(message);
  if (numbers.empty()) return;
  auto const [of, field] = numbers[draw(numbers.size())];
  auto const* const reflection = of->GetReflection();
  auto const which = draw(4);
  if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT64) {
    reflection->SetUInt64(of, field, an_end<std::uint64_t>(which));
  } else {
    reflection->SetUInt32(of, field, an_end<std::uint32_t>(which));
  }
}

}  // namespace testing_support
