#include "protocol/talent/handle.h"

#include <gtest/gtest.h>

#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace talent {
namespace {

using namespace labor::v1;
using namespace testing_support;
using protocol::Address;

constexpr auto minute_ms = protocol::limits::minute_ms;

CommitHandle commitment_to(std::string_view handle, Address const& by) {
  CommitHandle commit;
  commit.set_commitment(handle_commitment(*protocol::Hash::from(hash_of(5)), by, handle).str());
  return commit;
}
ClaimHandle claim_of(std::string_view handle) {
  ClaimHandle claim;
  claim.set_handle(std::string{handle});
  claim.set_salt(hash_of(5));
  return claim;
}
void commit_and_claim(WorkScene& scene, Address const& by, std::string_view handle) {
  must(scene.act(by, commitment_to(handle, by)));
  scene.wait(minute_ms);
  must(scene.act(by, claim_of(handle)));
}
void give_profile(WorkScene& scene, Address const& to) {
  CreateProfile create;
  *create.mutable_details() = profile_details();
  must(scene.act(to, create));
}

TEST(Handle, IsThreeToTwentyOfAFewCharacters) {
  for (auto const good : {"abc", "a_1", "___", "abcdefghijklmnopqrst"}) {
    EXPECT_TRUE(is_handle(good)) << good;
  }
  for (auto const bad : {"", "ab", "Abc", "a-c", "a c", "abcdefghijklmnopqrstu", "ab\xC3\xA4"}) {
    EXPECT_FALSE(is_handle(bad)) << bad;
  }
}

TEST(Handle, BelongsToWhoCommittedAndClaimed) {
  WorkScene scene;
  commit_and_claim(scene, scene.talent, "ada");
  EXPECT_EQ(scene.profile()->handle(), "ada");
  EXPECT_EQ(scene.find<Handle>(state::keys::handle("ada"))->owner(), scene.talent.str());
  EXPECT_FALSE(scene.find<HandleCommitment>(state::keys::handle_commitment(scene.talent)));
}

TEST(Handle, IsClaimedAMinuteToADayAfterTheCommitment) {
  struct Row {
    std::uint64_t age_ms;
    TxStatus want;
  };
  Row const rows[] = {{0, TX_STATUS_COMMITMENT_TOO_YOUNG},
                      {minute_ms - 1, TX_STATUS_COMMITMENT_TOO_YOUNG},
                      {minute_ms, TX_STATUS_OK},
                      {minute_ms + 1, TX_STATUS_OK},
                      {day_ms - 1, TX_STATUS_OK},
                      {day_ms, TX_STATUS_COMMITMENT_TOO_OLD},
                      {day_ms + 1, TX_STATUS_COMMITMENT_TOO_OLD}};
  for (auto const& row : rows) {
    WorkScene scene;
    must(scene.act(scene.talent, commitment_to("ada", scene.talent)));
    scene.wait(row.age_ms);
    EXPECT_EQ(scene.act(scene.talent, claim_of("ada")), row.want) << row.age_ms;
  }
}

TEST(Handle, ACopiedCommitmentIsWorthless) {
  WorkScene scene;
  give_profile(scene, scene.outsider);
  auto const seen = commitment_to("ada", scene.talent);
  must(scene.act(scene.talent, seen));
  must(scene.act(scene.outsider, seen));
  scene.wait(minute_ms);
  EXPECT_EQ(scene.act(scene.outsider, claim_of("ada")), TX_STATUS_COMMITMENT_MISMATCH);
  must(scene.act(scene.talent, claim_of("ada")));
}

TEST(Handle, IsReservedForAYearAfterItsProfileCloses) {
  WorkScene scene;
  give_profile(scene, scene.outsider);
  commit_and_claim(scene, scene.talent, "ada");
  must(scene.act(scene.talent, CloseProfile{}));
  auto const free_at = scene.now_ms() + 365 * day_ms;
  must(scene.act(scene.outsider, commitment_to("ada", scene.outsider)));
  scene.wait(minute_ms);
  EXPECT_EQ(scene.act(scene.outsider, claim_of("ada")), TX_STATUS_HANDLE_RESERVED);
  EXPECT_EQ(scene.failure().details[0].value, free_at);
  scene.set_time(free_at - minute_ms);
  must(scene.act(scene.outsider, commitment_to("ada", scene.outsider)));
  scene.set_time(free_at - 1);
  must(scene.act(scene.outsider, commitment_to("ada", scene.outsider)));
  scene.wait(minute_ms);
  must(scene.act(scene.outsider, claim_of("ada")));
}

TEST(Handle, RefusesInTheOrderOfStatuses) {
  WorkScene scene;
  auto const who = scene.outsider;
  auto claim = claim_of("NO");
  claim.set_salt("short");
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_INVALID_HASH);
  claim.set_salt(hash_of(5));
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_INVALID_HANDLE);
  claim.set_handle("ada");
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_PROFILE_NOT_FOUND);
  give_profile(scene, who);
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_COMMITMENT_NOT_FOUND);
  commit_and_claim(scene, scene.talent, "ada");
  must(scene.act(who, commitment_to("bob", who)));
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_COMMITMENT_TOO_YOUNG);
  scene.wait(minute_ms);
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_COMMITMENT_MISMATCH);
  must(scene.act(who, commitment_to("ada", who)));
  scene.wait(minute_ms);
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_HANDLE_TAKEN);
  commit_and_claim(scene, who, "bob");
  must(scene.act(who, commitment_to("ada", who)));
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_HANDLE_EXISTS);
  must(scene.act(who, CloseProfile{}));
  EXPECT_EQ(scene.act(who, claim), TX_STATUS_WRONG_STATE);
}

TEST(Handle, ACommitmentIsAHash) {
  WorkScene scene;
  CommitHandle commit;
  commit.set_commitment(std::string(31, 'x'));
  EXPECT_EQ(scene.act(scene.talent, commit), TX_STATUS_INVALID_HASH);
}

}  // namespace
}  // namespace talent
