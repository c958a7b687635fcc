#include "protocol/justice/jurors.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/justice_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and records by name.
using namespace testing_support;  // The words of the scene.
using protocol::Address;
using protocol::Hash;

using Drawn = std::optional<std::vector<Address>>;

Drawn draw(WorkScene& scene, Dispute const& dispute, Hash const& seed, std::size_t count) {
  Drawn drawn;
  (void)scene.follow([&](execution::Context& context) -> execution::Done {
    drawn = draw_jurors(context.state(), sitting_on(dispute), seed, count);
    return {};
  });
  return drawn;
}

Hash seed(std::uint8_t byte) {
  return *Hash::from(hash_of(byte));
}

StakeAsJuror stake(std::uint64_t amount) {
  StakeAsJuror message;
  message.set_amount(amount);
  return message;
}
WithdrawJurorStake withdrawal(std::uint64_t amount) {
  WithdrawJurorStake message;
  message.set_amount(amount);
  return message;
}

TEST(Jurors, AreDrawnWithoutRepetitionAndTheSameForTheSameSeed) {
  WorkScene scene;
  open_case(scene, 20);
  auto const dispute = *scene.dispute();
  std::map<std::string, int> seen;
  for (std::uint8_t i = 0; i < 200; ++i) {
    auto const drawn = draw(scene, dispute, seed(i), 7);
    ASSERT_TRUE(drawn.has_value());
    EXPECT_EQ(drawn, draw(scene, dispute, seed(i), 7));
    EXPECT_EQ((std::set<Address>{drawn->begin(), drawn->end()}.size()), 7u);
    for (auto const& juror : *drawn) ++seen[juror.str()];
  }
  // 70 each are to be expected; far off would be a draw that prefers somebody.
  EXPECT_EQ(seen.size(), 20u);
  for (auto const& [juror, times] : seen) EXPECT_TRUE(times > 40 && times < 100) << times;
}

TEST(Jurors, AreNobodyWhereTooFewMaySit) {
  WorkScene scene;
  open_case(scene, 6);
  EXPECT_TRUE(draw(scene, *scene.dispute(), seed(1), 6).has_value());
  EXPECT_FALSE(draw(scene, *scene.dispute(), seed(1), 7).has_value());
}

// Each makes the first juror unfit for a case between client and talent.
struct Reason {
  std::string_view what;
  void (*make)(WorkScene&);
};

void introduce(WorkScene& scene, Address const& account, Address const& by) {
  Account record;
  record.set_address(account.str());
  record.set_introduced_by(by.str());
  scene.put(record);
}

void mandate(WorkScene& scene, Address const& account, Address const& holder) {
  Mandate record;
  record.set_account(account.str());
  record.set_holder(holder.str());
  scene.put(record);
}

TEST(Jurors, NeverSitOnACaseOfSomebodyTheyAreNearTo) {
  std::vector<Reason> const reasons = {
      {"has worked with the client",
       [](WorkScene& scene) {
         (void)scene.follow([&](execution::Context& context) -> execution::Done {
           context.index(state::keys::partners(scene.juror.chars(), scene.client.chars()), {});
           return {};
         });
       }},
      {"has worked with the talent",
       [](WorkScene& scene) {
         (void)scene.follow([&](execution::Context& context) -> execution::Done {
           context.index(state::keys::partners(scene.talent.chars(), scene.juror.chars()), {});
           return {};
         });
       }},
      {"was brought here by the client",
       [](WorkScene& scene) { introduce(scene, scene.juror, scene.client); }},
      {"brought the talent here",
       [](WorkScene& scene) { introduce(scene, scene.talent, scene.juror); }},
      {"was brought here by who brought the talent",
       [](WorkScene& scene) {
         introduce(scene, scene.talent, scene.outsider);
         introduce(scene, scene.juror, scene.outsider);
       }},
      {"may act for the client",
       [](WorkScene& scene) { mandate(scene, scene.client, scene.juror); }},
      {"lets the talent act for her",
       [](WorkScene& scene) { mandate(scene, scene.juror, scene.talent); }},
      {"guards the talent's account",
       [](WorkScene& scene) {
         Guardians guardians;
         guardians.set_account(scene.talent.str());
         guardians.add_guardians(scene.juror.str());
         scene.put(guardians);
       }},
      {"has too little at stake",
       [](WorkScene& scene) {
         auto const keeps = 5 * seat_fee - 1;
         EXPECT_EQ(scene.act(scene.juror, withdrawal(juror_stake - keeps)), TX_STATUS_OK);
       }},
  };
  for (auto const& [what, make] : reasons) {
    SCOPED_TRACE(what);
    WorkScene scene;
    open_case(scene, 3);
    EXPECT_TRUE(
        may_sit(scene.state(), *scene.juror_record(scene.juror), sitting_on(*scene.dispute())));
    make(scene);
    EXPECT_FALSE(
        may_sit(scene.state(), *scene.juror_record(scene.juror), sitting_on(*scene.dispute())));
    EXPECT_FALSE(draw(scene, *scene.dispute(), seed(1), 3).has_value());
  }
}

TEST(Jurors, WhoAreASideNeverSit) {
  WorkScene scene;
  open_case(scene, 3);
  auto dispute = *scene.dispute();
  dispute.set_client(scene.juror.str());
  EXPECT_FALSE(may_sit(scene.state(), *scene.juror_record(scene.juror), sitting_on(dispute)));
}

TEST(Jurors, SitOnTheirOwnCaseOnce) {
  WorkScene scene;
  seat_panel(scene, 6);
  auto const sitting = panel(scene);
  auto const again = draw(scene, *scene.dispute(), seed(3), 3);
  ASSERT_TRUE(again.has_value());
  for (auto const& juror : *again) EXPECT_EQ(std::ranges::count(sitting, juror), 0);
}

TEST(Jurors, TakeBackWhatNoPanelLocks) {
  WorkScene scene;
  seat_panel(scene);
  auto const free = juror_stake - 5 * seat_fee;
  EXPECT_EQ(scene.act(scene.juror, withdrawal(free + 1)), TX_STATUS_STAKE_LOCKED);
  EXPECT_EQ(scene.act(scene.juror, withdrawal(free)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.juror, withdrawal(1)), TX_STATUS_STAKE_LOCKED);
  EXPECT_EQ(scene.balance(scene.juror), free);
}

TEST(Jurors, PutDownWhatTheyHaveAndNothingElse) {
  WorkScene scene;
  add_jurors(scene, 1);
  EXPECT_EQ(scene.act(scene.juror, stake(0)), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(scene.act(scene.juror, withdrawal(0)), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(scene.act(scene.juror, stake(1)), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(scene.act(scene.juror, stake(~std::uint64_t{0})), TX_STATUS_AMOUNT_OVERFLOW);
  EXPECT_EQ(scene.act(scene.client, stake(1)), TX_STATUS_NOT_A_JUROR);
  EXPECT_EQ(scene.act(scene.client, withdrawal(1)), TX_STATUS_NOT_A_JUROR);
}

}  // namespace
}  // namespace justice
