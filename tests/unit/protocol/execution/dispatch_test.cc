// Every message of the schema reaches a module, even one with nothing in it.

#include "protocol/execution/dispatch.h"
#include "protocol/execution/deadline.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "protocol/crypto/list.h"
#include "tests/support/test_chain.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses by name.

TEST(Dispatch, EveryMessageOfTheSchemaReachesItsModuleAndIsAnswered) {
  auto const* const choices = Message::descriptor()->oneof_decl(0);
  ASSERT_GT(choices->field_count(), 0);
  for (int i = 0; i < choices->field_count(); ++i) {
    auto const* const field = choices->field(i);
    SCOPED_TRACE(field->name());
    Message empty;
    empty.GetReflection()->MutableMessage(&empty, field);
    state::Overlay overlay{std::make_shared<testing_support::MemoryState>()};
    Context context{overlay,
                    {.height = protocol::Height{1}, .time = protocol::TimeMs{1000}},
                    testing_support::Person{1}.address()};
    auto const done = dispatch(context, empty);
    ASSERT_FALSE(done.has_value());  // Nothing can be done with nothing.
    EXPECT_NE(done.error().status, TX_STATUS_INTERNAL);
    EXPECT_TRUE(overlay.changes().empty());
  }
}

TEST(Deadlines, AnEntryIsTakenApartIntoTimeAndRecord) {
  auto const record = state::keys::milestone(7, 3);
  auto const entry = state::keys::deadline(protocol::TimeMs{123'456'789'000}, record);
  auto const parsed = parse_deadline(entry.logical);
  EXPECT_EQ(parsed.time.value(), 123'456'789'000u);
  EXPECT_EQ(parsed.record, record);
}

TEST(ListRoot, TellsListsApartByLengthContentAndOrder) {
  std::set<protocol::Hash> seen;
  std::vector<protocol::Hash> elements;
  for (std::uint8_t i = 0; i < 20; ++i) {
    EXPECT_TRUE(seen.insert(crypto::list_root(elements)).second) << int{i};
    protocol::Hash next;
    next.data.fill(i);
    elements.push_back(next);
  }
  auto swapped = elements;
  std::swap(swapped[3], swapped[4]);
  EXPECT_NE(crypto::list_root(swapped), crypto::list_root(elements));
}

TEST(ListRoot, ALoneElementIsNotTheRootOfItsList) {
  EXPECT_NE(crypto::list_root({protocol::Hash{}}), crypto::list_root({}));
  EXPECT_NE(crypto::list_root({protocol::Hash{}}), protocol::Hash{});
}

}  // namespace
}  // namespace execution
