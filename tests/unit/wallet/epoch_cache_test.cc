// What was proved about validators is kept between commands, as a cache and no more.

#include "wallet/light/epoch_cache.h"

#include <gtest/gtest.h>

#include <string>

#include "protocol/base/hex.h"
#include "tests/unit/wallet/signed_sets.h"
#include "tests/unit/wallet/wallet_test.h"

namespace wallet {
namespace {

using protocol::Epoch;

class EpochCache : public testing::Test {
 protected:
  std::filesystem::path file() const {
    return folder_.path() / "epochs" / (base::hex(sets_.chain().hash().view()) + ".json");
  }
  // All that the sets have, kept.
  void keep() const {
    auto trust = *Trust::from(sets_.chain());
    for (std::uint64_t e = 1; e <= SignedSets::last_epoch; ++e) {
      ASSERT_TRUE(trust.know(sets_.set(e)));
    }
    ASSERT_TRUE(save_epochs(folder_.path(), trust).has_value());
  }
  std::size_t known() const {
    auto trust = *Trust::from(sets_.chain());
    load_epochs(folder_.path(), trust);
    return trust.sets().size();
  }

  SignedSets sets_;
  testing_support::TempFolder folder_;
};

TEST_F(EpochCache, GivesBackWhatWasKept) {
  EXPECT_EQ(known(), 1u);
  ASSERT_NO_FATAL_FAILURE(keep());
  auto again = *Trust::from(sets_.chain());
  load_epochs(folder_.path(), again);
  for (std::uint64_t e = 0; e <= SignedSets::last_epoch; ++e) {
    auto const* const found = again.find(Epoch{e});
    ASSERT_NE(found, nullptr) << e;
    EXPECT_EQ(found->committee.epoch, Epoch{e});
    EXPECT_EQ(validators::hash_of(found->set), validators::hash_of(sets_.set(e))) << e;
  }
}

TEST_F(EpochCache, OfAnotherChainOrDamagedIsPassedOver) {
  ASSERT_NO_FATAL_FAILURE(keep());
  auto const good = *read_file(file());
  auto const with = [&](std::string const& from, std::string const& to) {
    auto text = good;
    auto const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
  };
  std::string const zeros(64, '0');
  struct Row {
    std::string name;
    std::string text;
  };
  Row const rows[] = {
      {"empty", ""},
      {"cut short", good.substr(0, good.size() / 2)},
      {"no object", "[]"},
      {"another key", with(base::hex(sets_.set(2).validators(0).consensus_key()), zeros)},
      {"another height", with("\"31\"", "\"32\"")},
      {"no sets", with("\"sets\"", "\"nets\"")},
      {"another chain", with(base::hex(sets_.chain().hash().view()), zeros)},
  };
  auto const write = [&](std::string const& text) {
    ASSERT_TRUE(write_file(file(), text, Existing::replace).has_value());
  };
  for (auto const& row : rows) {
    ASSERT_NO_FATAL_FAILURE(write(row.text));
    EXPECT_EQ(known(), 1u) << row.name;
  }
  ASSERT_NO_FATAL_FAILURE(write(good));
  EXPECT_EQ(known(), 1u + SignedSets::last_epoch);
}

TEST_F(EpochCache, KeepsTheLatestAndOlderEpochsAreFollowedFromTheGenesis) {
  auto trust = *Trust::from(sets_.chain());
  for (std::uint64_t e = 1; e < 40; ++e) {
    auto set = sets_.set(1);
    set.set_epoch(e);
    ASSERT_TRUE(trust.know(std::move(set)));
  }
  ASSERT_TRUE(save_epochs(folder_.path(), trust).has_value());
  EXPECT_EQ(known(), 1 + cached_sets_max);
  auto again = *Trust::from(sets_.chain());
  load_epochs(folder_.path(), again);
  EXPECT_EQ(again.latest(Epoch{100}).committee.epoch, Epoch{39});
  EXPECT_EQ(again.latest(Epoch{3}).committee.epoch, Epoch{0});
}

// The whole wallet, on a chain whose epochs have four blocks.
class EpochsOfANode : public WalletTest {
 protected:
  void pay_until_epoch(std::uint64_t epoch) {
    while (chain_.last().header.epoch() < epoch) {
      ASSERT_EQ(labor_yes({"account", "send", "bob", "1", "USD", "--json"}), 0) << console_.err;
    }
  }
  int read() { return labor({"account", "show", "bob", "--json"}); }
  std::filesystem::path cache() const {
    return home() / "epochs" / (base::hex(chain_.chain().hash().view()) + ".json");
  }
};

TEST_F(EpochsOfANode, AreProvedOnceAndRemembered) {
  ASSERT_NO_FATAL_FAILURE(pay_until_epoch(3));
  EXPECT_TRUE(std::filesystem::exists(cache()));
  EXPECT_EQ(node_.asked_for_epochs, 3);
  EXPECT_EQ(read(), 0) << console_.err;
  EXPECT_EQ(node_.asked_for_epochs, 3);
  ASSERT_TRUE(write_file(cache(), "damaged", Existing::replace).has_value());
  EXPECT_EQ(read(), 0) << console_.err;
  EXPECT_EQ(node_.asked_for_epochs, 4);
  EXPECT_EQ(read(), 0) << console_.err;
  EXPECT_EQ(node_.asked_for_epochs, 4);
}

TEST_F(EpochsOfANode, ThatLiesAboutThemAreTenWithTheReason) {
  ASSERT_NO_FATAL_FAILURE(pay_until_epoch(1));
  struct Row {
    Mood mood;
    std::string reason;
  };
  Row const rows[] = {{Mood::hides_epochs, "MISSING_EPOCH"},
                      {Mood::lies_about_validators, "WRONG_SET"},
                      {Mood::forges_certificate, "BAD_CERTIFICATE"}};
  for (auto const& row : rows) {
    std::filesystem::remove(cache());
    node_.mood = row.mood;
    EXPECT_EQ(read(), 10) << row.reason << console_.err;
    EXPECT_EQ(error_reason(), row.reason);
  }
  node_.mood = Mood::honest;
  EXPECT_EQ(read(), 0) << console_.err;
}

}  // namespace
}  // namespace wallet
