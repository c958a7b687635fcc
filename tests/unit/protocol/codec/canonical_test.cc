#include "protocol/codec/canonical.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <labor/v1/genesis.pb.h>
#include <labor/v1/node_service.pb.h>
#include <labor/v1/peer_service.pb.h>
#include <labor/v1/transaction.pb.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "protocol/base/hex.h"

namespace canonical {
namespace {

namespace pb = google::protobuf;
using labor::v1::TransactionBody;

std::string bytes(std::string_view hex) {
  return base::from_hex(hex).value();
}

std::optional<Refusal> refusal(std::string_view hex) {
  auto const decoded = decode<TransactionBody>(bytes(hex));
  if (decoded) return std::nullopt;
  EXPECT_FALSE(explain(decoded.error()).empty());
  return decoded.error();
}

TEST(Canonical, EveryWayToSayAThingButOneIsRefused) {
  struct Row {
    char const* name;
    char const* hex;  // Of a TransactionBody.
    std::optional<Refusal> want;
  };
  Row const rows[] = {
      {"nothing at all", "", std::nullopt},
      {"chain id", "0a0161", std::nullopt},
      {"two fields in order", "0a01611801", std::nullopt},
      {"two fields out of order", "18010a0161", Refusal::non_canonical},
      {"a field twice", "18011802", Refusal::non_canonical},
      {"a default written out", "1800", Refusal::non_canonical},
      {"an empty string written out", "0a00", Refusal::non_canonical},
      {"a long varint", "188100", Refusal::non_canonical},
      {"a varint beyond 64 bits", "18ffffffffffffffffff7f", Refusal::non_canonical},
      {"a long length", "0a810061", Refusal::non_canonical},
      {"a long tag", "980001", Refusal::non_canonical},
      {"an unknown field", "7801", Refusal::non_canonical},
      {"a wrong wire type", "0801", Refusal::non_canonical},
      {"a group", "7b7c", Refusal::non_canonical},
      {"an open group", "7b", Refusal::malformed},
      {"a group's end alone", "7c", Refusal::malformed},
      {"cut short in a length", "0a05616263", Refusal::malformed},
      {"cut short in a varint", "1880", Refusal::malformed},
      {"text that is not UTF-8", "0a01ff", Refusal::malformed},
      {"field number zero", "0001", Refusal::malformed},
  };
  for (auto const& row : rows) EXPECT_EQ(refusal(row.hex), row.want) << row.name;
}

TEST(Canonical, WhatIsRefusedAtTheTopIsRefusedAtAnyDepth) {
  struct Row {
    char const* name;
    char const* transfer;  // In a message in a body.
    std::optional<Refusal> want;
  };
  Row const rows[] = {
      {"asset and amount", "10021801", std::nullopt},
      {"an enum nobody knows", "10631801", Refusal::unknown_enum},
      {"a negative enum", "10ffffffffffffffffff01", Refusal::unknown_enum},
      {"an enum beyond 32 bits", "1082808080101801", Refusal::non_canonical},
      {"an unknown field", "100218017801", Refusal::non_canonical},
      {"out of order", "18011002", Refusal::non_canonical},
  };
  for (auto const& row : rows) {
    auto const transfer = bytes(row.transfer);
    auto const wrap = [](char tag, std::string const& inner) {
      return std::string{tag, static_cast<char>(inner.size())} + inner;
    };
    auto const body = wrap(0x42, wrap(0x0a, transfer));
    EXPECT_EQ(refusal(base::hex(body)), row.want) << row.name;
  }
}

TEST(Canonical, AOneofSetTwiceIsRefused) {
  // Parsing keeps the last, so the bytes differ.
  EXPECT_EQ(refusal("42040a002200"), Refusal::non_canonical);
  EXPECT_EQ(refusal("42020a00"), std::nullopt);
}

TEST(Canonical, RepeatedScalarsArePacked) {
  // Receipt.created_ids is field 8.
  EXPECT_TRUE(decode<labor::v1::Receipt>(bytes("42020102")));
  EXPECT_FALSE(decode<labor::v1::Receipt>(bytes("40014002")));
  EXPECT_FALSE(decode<labor::v1::Receipt>(bytes("420101420102")));
}

TEST(Canonical, ARefusalWritesNothingToStderr) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(refusal("0a01ff"), Refusal::malformed);
  labor::v1::Hello hello;
  EXPECT_FALSE(hello.ParseFromString(bytes("2a01ff")));  // Nor does protobuf by itself.
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

RC_GTEST_PROP(Canonical, WhatIsAcceptedIsTheOneEncodingOfWhatItSays, ()) {
  auto const noise = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  auto const decoded = decode<TransactionBody>(noise);
  if (decoded) RC_ASSERT(encode(*decoded) == noise);
}

RC_GTEST_PROP(Canonical, WhatIsEncodedIsAccepted, ()) {
  TransactionBody body;
  body.set_chain_id(*rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
  body.set_account(*rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
  body.set_sequence(*rc::gen::arbitrary<std::uint64_t>());
  auto const count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    auto& transfer = *body.add_messages()->mutable_transfer();
    transfer.set_asset(labor::v1::Asset{*rc::gen::inRange(0, 3)});
    transfer.set_amount(*rc::gen::arbitrary<std::uint64_t>());
  }
  auto const decoded = decode<TransactionBody>(encode(body));
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(encode(*decoded) == encode(body));
}

// ---- the schema keeps the profile ----

void expect_canonical_field(pb::FieldDescriptor const& field) {
  SCOPED_TRACE(field.full_name());
  EXPECT_FALSE(field.is_map());
  EXPECT_FALSE(field.is_extension());
  EXPECT_FALSE(field.has_optional_keyword());
  EXPECT_NE(field.type(), pb::FieldDescriptor::TYPE_GROUP);
  EXPECT_NE(field.cpp_type(), pb::FieldDescriptor::CPPTYPE_DOUBLE);
  EXPECT_NE(field.cpp_type(), pb::FieldDescriptor::CPPTYPE_FLOAT);
  EXPECT_EQ(field.is_packable(), field.is_packed());
}

// No message holds itself: the decoder is as deep as the schema.
void expect_canonical(pb::Descriptor const& message, std::set<std::string> above) {
  SCOPED_TRACE(message.full_name());
  ASSERT_TRUE(above.insert(message.full_name()).second);
  ASSERT_LE(above.size(), 12u);
  EXPECT_EQ(message.extension_range_count(), 0);
  for (int i = 0; i < message.field_count(); ++i) {
    expect_canonical_field(*message.field(i));
    if (auto const* const inner = message.field(i)->message_type()) expect_canonical(*inner, above);
  }
}

TEST(Canonical, TheSchemaHasNothingThatTheProfileForbids) {
  for (auto const* const file :
       {labor::v1::Genesis::descriptor()->file(), labor::v1::GetBlockRequest::descriptor()->file(),
        labor::v1::PeerMessage::descriptor()->file(),
        labor::v1::TransactionBody::descriptor()->file()}) {
    EXPECT_EQ(file->syntax(), pb::FileDescriptor::SYNTAX_PROTO3);
    for (int i = 0; i < file->message_type_count(); ++i) {
      expect_canonical(*file->message_type(i), {});
    }
  }
}

}  // namespace
}  // namespace canonical
