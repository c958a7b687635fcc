#include "protocol/state/records.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "protocol/state/keys.h"

namespace state {
namespace {

namespace pb = google::protobuf;

// Of every kind that the schema has: what a node finds under a key it can also name.
TEST(Records, EveryOneIsReadBackByTheKindOfItsKey) {
  auto const& kinds = *labor::v1::Record::descriptor()->oneof_decl(0);
  ASSERT_GT(kinds.field_count(), 20);
  for (int i = 0; i < kinds.field_count(); ++i) {
    SCOPED_TRACE(kinds.field(i)->name());
    labor::v1::Record record;
    auto* const inner = record.GetReflection()->MutableMessage(&record, kinds.field(i));
    for (int j = 0; j < inner->GetDescriptor()->field_count(); ++j) {
      auto const* const field = inner->GetDescriptor()->field(j);
      auto const single = !field->is_repeated() && field->type() == pb::FieldDescriptor::TYPE_BYTES;
      if (single) inner->GetReflection()->SetString(inner, field, std::string(32, 'k'));
    }
    auto const key = key_of(record);
    ASSERT_TRUE(key.has_value());
    auto const found = record_of(*key, inner->SerializeAsString());
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->SerializeAsString(), record.SerializeAsString());
  }
}

}  // namespace
}  // namespace state
