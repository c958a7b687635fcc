// The bytes of one sample of every message of the schema, frozen: what was signed, hashed or
// stored by an older version must mean the same for ever.
//
//   messages.txt = { name " " hex "\n" }       name: labor.v1.Transfer; for a message with a oneof
//                                              one line per alternative, labor.v1.Event.money_moved
//
// A sample has every field set, to values that follow from the field's number. When a line
// changes on purpose, write the file again with GOLDEN=write ./build/bin/golden, look at the
// difference, and say in CHANGELOG.md what it means for chains that run.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>
#include <labor/v1/attestation.pb.h>
#include <labor/v1/bank.pb.h>
#include <labor/v1/block.pb.h>
#include <labor/v1/feedback.pb.h>
#include <labor/v1/genesis.pb.h>
#include <labor/v1/governance.pb.h>
#include <labor/v1/history.pb.h>
#include <labor/v1/hours.pb.h>
#include <labor/v1/justice.pb.h>
#include <labor/v1/mandate.pb.h>
#include <labor/v1/node_service.pb.h>
#include <labor/v1/peer_service.pb.h>
#include <labor/v1/record.pb.h>
#include <labor/v1/signer.pb.h>
#include <labor/v1/status.pb.h>
#include <labor/v1/talent.pb.h>
#include <labor/v1/transaction.pb.h>
#include <labor/v1/validators.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "tests/source/root.h"

namespace {

namespace pb = google::protobuf;
namespace fs = std::filesystem;

// Which alternative of the top message's oneof a sample shows; nullptr: it has none.
using Alternative = pb::FieldDescriptor const*;

class Sampler {
 public:
  std::unique_ptr<pb::Message> sample(pb::Descriptor const& type, Alternative alternative) const {
    auto message = std::unique_ptr<pb::Message>{
        pb::MessageFactory::generated_factory()->GetPrototype(&type)->New()};
    fill(*message, alternative);
    return message;
  }

 private:
  // Inner messages show the first alternative of a oneof: the others have samples of their own.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as the schema, which does not recurse.
  void fill(pb::Message& message, Alternative alternative) const {
    auto const& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      auto const* const field = type.field(i);
      auto const* const oneof = field->containing_oneof();
      auto const shown =
          oneof == nullptr || field == (alternative != nullptr ? alternative : oneof->field(0));
      if (shown) set(message, *field);
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void set(pb::Message& message, pb::FieldDescriptor const& field) const {
    for (int i = 0; i < (field.is_repeated() ? 2 : 1); ++i) set_one(message, field, i);
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void set_one(pb::Message& message, pb::FieldDescriptor const& field, int index) const {
    auto const& reflect = *message.GetReflection();
    auto const value = static_cast<std::uint32_t>(1000 * field.number() + index);
    auto const repeated = field.is_repeated();
    switch (field.cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_BOOL:
        return reflect.SetBool(&message, &field, true);
      case pb::FieldDescriptor::CPPTYPE_UINT32:
        return repeated ? reflect.AddUInt32(&message, &field, value)
                        : reflect.SetUInt32(&message, &field, value);
      case pb::FieldDescriptor::CPPTYPE_UINT64:
        return repeated ? reflect.AddUInt64(&message, &field, std::uint64_t{value} << 20)
                        : reflect.SetUInt64(&message, &field, std::uint64_t{value} << 20);
      case pb::FieldDescriptor::CPPTYPE_ENUM: {
        auto const* const first = field.enum_type()->value(1);  // Not the last: enums grow.
        return repeated ? reflect.AddEnum(&message, &field, first)
                        : reflect.SetEnum(&message, &field, first);
      }
      case pb::FieldDescriptor::CPPTYPE_STRING: {
        auto const bytes = field.name() + std::to_string(index) + "\xc3\xa9";
        return repeated ? reflect.AddString(&message, &field, bytes)
                        : reflect.SetString(&message, &field, bytes);
      }
      case pb::FieldDescriptor::CPPTYPE_MESSAGE:
        return fill(repeated ? *reflect.AddMessage(&message, &field)
                             : *reflect.MutableMessage(&message, &field),
                    nullptr);
      default:
        ADD_FAILURE() << field.full_name() << " has a type that no sample covers";
    }
  }
};

using Lines = std::map<std::string, std::string>;

void add_samples(pb::Descriptor const& type, Lines& lines) {
  Sampler const sampler;
  auto const add = [&](std::string const& name, Alternative alternative) {
    auto const message = sampler.sample(type, alternative);
    auto const bytes = canonical::encode(*message);
    lines[name] = base::hex(bytes);
    auto const again = sampler.sample(type, alternative);
    again->Clear();
    EXPECT_TRUE(canonical::decode_into(bytes, *again)) << name;
  };
  if (type.oneof_decl_count() == 0) return add(type.full_name(), nullptr);
  ASSERT_EQ(type.oneof_decl_count(), 1);
  auto const* const oneof = type.oneof_decl(0);
  for (int i = 0; i < oneof->field_count(); ++i) {
    add(type.full_name() + "." + oneof->field(i)->name(), oneof->field(i));
  }
}

// One message of each file, so that the linker keeps them all.
std::set<pb::FileDescriptor const*> schema() {
  return {labor::v1::Account::descriptor()->file(),
          labor::v1::Attestation::descriptor()->file(),
          labor::v1::Block::descriptor()->file(),
          labor::v1::Feedback::descriptor()->file(),
          labor::v1::Genesis::descriptor()->file(),
          labor::v1::Ballot::descriptor()->file(),
          labor::v1::HourlyTerms::descriptor()->file(),
          labor::v1::Dispute::descriptor()->file(),
          labor::v1::Mandate::descriptor()->file(),
          labor::v1::GetBlockRequest::descriptor()->file(),
          labor::v1::PeerMessage::descriptor()->file(),
          labor::v1::Record::descriptor()->file(),
          labor::v1::SignerMessage::descriptor()->file(),
          labor::v1::TxStatus_descriptor()->file(),
          labor::v1::Profile::descriptor()->file(),
          labor::v1::Transaction::descriptor()->file(),
          labor::v1::ValidatorSet::descriptor()->file(),
          labor::v1::HistoryEvidence::descriptor()->file(),
          labor::v1::Job::descriptor()->file()};
}

Lines samples() {
  Lines lines;
  for (auto const* const file : schema()) {
    for (int i = 0; i < file->message_type_count(); ++i) add_samples(*file->message_type(i), lines);
  }
  return lines;
}

fs::path const golden = testing_support::source_root() / "tests" / "golden" / "messages.txt";

Lines frozen() {
  Lines lines;
  std::ifstream in{golden};
  for (std::string line; std::getline(in, line);) {
    auto const space = line.find(' ');
    lines[line.substr(0, space)] = line.substr(space + 1);
  }
  return lines;
}

TEST(Golden, EveryFileOfTheSchemaIsCovered) {
  std::set<std::string> covered;
  for (auto const* const file : schema()) covered.insert(file->name());
  for (auto const& entry :
       fs::directory_iterator{testing_support::source_root() / "proto/labor/v1"}) {
    if (entry.path().extension() != ".proto") continue;
    EXPECT_TRUE(covered.contains("labor/v1/" + entry.path().filename().string())) << entry.path();
  }
}

TEST(Golden, EveryMessageHasTheBytesItAlwaysHad) {
  auto const now = samples();
  auto const* const order = std::getenv("GOLDEN");  // NOLINT(concurrency-mt-unsafe)
  if (order != nullptr && std::string{order} == "write") {
    std::ofstream out{golden};
    for (auto const& [name, hex] : now) out << name << " " << hex << "\n";
    GTEST_SKIP() << "wrote " << golden << ": say in CHANGELOG.md what changed";
  }
  auto const then = frozen();
  ASSERT_FALSE(then.empty()) << golden << " is missing";
  for (auto const& [name, hex] : then) {
    auto const found = now.find(name);
    if (found == now.end()) {
      ADD_FAILURE() << name << " is gone";
    } else {
      EXPECT_EQ(found->second, hex) << name << " changed";
    }
  }
  for (auto const& [name, hex] : now) {
    EXPECT_TRUE(then.contains(name)) << name << " is new: freeze it (GOLDEN=write)";
  }
}

}  // namespace
