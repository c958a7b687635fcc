#include "node/store/cache.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/prng.h"

namespace node {
namespace {

using Value = Cache::Value;

TEST(Cache, KnowsWhatIsAbsentFromWhatItDoesNotKnow) {
  Cache cache{1000};
  EXPECT_FALSE(cache.find("a"));
  cache.put("a", std::nullopt);
  ASSERT_TRUE(cache.find("a"));
  EXPECT_EQ(*cache.find("a"), std::nullopt);
  cache.put("a", "");
  EXPECT_EQ(*cache.find("a"), Value{""}) << "empty is not absent";
}

TEST(Cache, ForgetsTheLeastRecentlyUsedFirst) {
  Cache one{1u << 20};
  one.put("a", "1");
  Cache cache{3 * one.bytes()};
  for (auto const* key : {"a", "b", "c"}) cache.put(key, "1");
  EXPECT_TRUE(cache.find("a"));
  cache.put("d", "1");
  EXPECT_TRUE(cache.find("a"));
  EXPECT_FALSE(cache.find("b"));
  EXPECT_TRUE(cache.find("c"));
}

TEST(Cache, KeepsMoreOrLessAsItsLimitIsMoved) {
  Cache one{1u << 20};
  one.put("a", "1");
  Cache cache{one.bytes()};
  cache.limit(2 * one.bytes());
  for (auto const* key : {"a", "b"}) cache.put(key, "1");
  EXPECT_TRUE(cache.find("a"));
  cache.limit(one.bytes());
  EXPECT_TRUE(cache.find("a"));
  EXPECT_FALSE(cache.find("b"));
}

TEST(Cache, AnswersOnlyForTheHeightItIsAt) {
  Cache cache{1000};
  cache.put("a", "1");
  EXPECT_FALSE(cache.find(protocol::Height{1}, "a")) << "of no height until it is told";
  Value const two = "2";
  Value const three = "3";
  cache.advance(protocol::Height{1}, {{"a", &two}});
  EXPECT_EQ(*cache.find(protocol::Height{1}, "a"), Value{"2"});
  cache.advance(protocol::Height{2}, {{"a", &three}});
  EXPECT_FALSE(cache.find(protocol::Height{1}, "a"));
}

// Values of all lengths, longer and shorter than those they replace.
TEST(Cache, SaysWhatWasPutLastWhateverWasThereBeforeAndStaysWithinItsBound) {
  sim::Prng prng{7};
  constexpr std::size_t bytes_max = 20'000;
  Cache cache{bytes_max};
  std::map<std::string, Value> model;
  for (int i = 0; i < 20'000; ++i) {
    auto const key = std::string(prng.below(60), 'k') + std::to_string(prng.below(200));
    auto const value = prng.one_in(5) ? Value{} : Value{std::string(prng.below(100), 'v')};
    if (prng.one_in(2)) {
      model[key] = value;
      cache.put(key, value);
    } else if (auto const found = cache.find(key)) {
      ASSERT_EQ(*found, model.at(key));
    }
    ASSERT_LE(cache.bytes(), bytes_max);
  }
}

}  // namespace
}  // namespace node
