#include "protocol/talent/profile.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string_view>

#include "tests/support/work_scene.h"

namespace talent {
namespace {

using namespace labor::v1;
using namespace testing_support;

TEST(ProfileDetails, AreRefusedInTheOrderOfStatuses) {
  struct Row {
    std::string_view what;
    std::function<void(ProfileDetails&)> spoil;
    TxStatus want;
  };
  // Each row spoils on top of those before: the newest fault is the first to be reported.
  Row const rows[] = {
      {"nothing", [](ProfileDetails&) {}, TX_STATUS_OK},
      {"a link with a space", [](auto& d) { d.add_links("http://a b"); }, TX_STATUS_INVALID_LINK},
      {"nine links",
       [](auto& d) {
         for (int i = 0; i < 8; ++i) d.add_links("x");
       },
       TX_STATUS_TOO_MANY_LINKS},
      {"169 hours", [](auto& d) { d.set_hours_per_week(169); }, TX_STATUS_INVALID_HOURS},
      {"level 6", [](auto& d) { d.mutable_skills(0)->set_level(6); }, TX_STATUS_INVALID_SKILL},
      {"21 skills",
       [](auto& d) {
         for (int i = 0; i < 20; ++i) d.add_skills();
       },
       TX_STATUS_TOO_MANY_SKILLS},
      {"no kind", [](auto& d) { d.set_kind(PROFILE_KIND_UNSPECIFIED); },
       TX_STATUS_INVALID_PROFILE_KIND},
      {"long headline", [](auto& d) { d.set_headline(std::string(161, 'x')); },
       TX_STATUS_TEXT_TOO_LONG},
      {"half a hash", [](auto& d) { d.set_document_hash("x"); }, TX_STATUS_INVALID_HASH},
  };
  auto details = profile_details();
  auto last = std::numeric_limits<int>::max();
  for (auto const& row : rows) {
    SCOPED_TRACE(row.what);
    row.spoil(details);
    auto const done = check_details(details);
    EXPECT_EQ(done ? TX_STATUS_OK : done.error().status, row.want);
    if (!done) {
      EXPECT_LT(done.error().status, last);
      last = done.error().status;
    }
  }
}

TEST(ProfileDetails, AllowTheirLimits) {
  auto details = profile_details();
  details.set_headline(std::string(160, 'x'));
  details.set_hours_per_week(168);
  details.set_document_hash(hash_of(1));
  for (int i = 0; i < 8; ++i) details.add_links(std::string(200, 'x'));
  for (int i = 1; i < 20; ++i) {
    auto& skill = *details.add_skills();
    skill.set_uri("esco:" + std::to_string(i));
    skill.set_level(1);
  }
  EXPECT_TRUE(check_details(details).has_value());
  details.mutable_skills(19)->set_uri("esco:1");
  EXPECT_EQ(check_details(details).error().status, TX_STATUS_INVALID_SKILL) << "a skill twice";
}

TEST(Profile, IsMadeOnceAndStaysClosed) {
  WorkScene scene;
  CreateProfile create;
  *create.mutable_details() = profile_details();
  EXPECT_EQ(scene.act(scene.talent, create), TX_STATUS_PROFILE_EXISTS);
  EXPECT_EQ(scene.act(scene.talent, CloseProfile{}), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, create), TX_STATUS_PROFILE_EXISTS);
  EXPECT_EQ(scene.act(scene.outsider, PublishProfile{}), TX_STATUS_PROFILE_NOT_FOUND);
}

TEST(Profile, CountsContractsThatPaid) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  EXPECT_EQ(scene.act(scene.client, on_milestone<AcceptMilestone>()), TX_STATUS_OK);
  EXPECT_EQ(scene.profile()->contracts_paid(), 0u) << "not before the contract has ended";
  EndContract end;
  end.set_contract(1);
  EXPECT_EQ(scene.act(scene.client, end), TX_STATUS_OK);
  EXPECT_EQ(scene.profile()->contracts_paid(), 1u);
}

}  // namespace
}  // namespace talent
