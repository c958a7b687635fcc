// Every row of the recovery's table, fired and refused: of the talent's account, which the client
// and the issuer guard.

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/bank/recovery.h"
#include "protocol/bank/recovery_machine.h"
#include "tests/support/person.h"
#include "tests/support/table_coverage.h"

namespace bank {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = RECOVERY_STATE_UNSPECIFIED;
constexpr auto asked = RECOVERY_STATE_ASKED;
constexpr auto waiting = RECOVERY_STATE_WAITING;

constexpr auto client = &WorkScene::client;
constexpr auto issuer = &WorkScene::issuer;
constexpr auto owner = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<Recovery> recovery(WorkScene const& scene) {
  return scene.find<Recovery>(state::keys::recovery(scene.talent));
}

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const found = recovery(scene);
  auto const due = found ? state::deadline_of(*found) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

Authority new_key() {
  Authority authority;
  authority.set_public_key(secret_key(7).public_key().str());
  return authority;
}

TxStatus start(WorkScene& scene, Address const& by) {
  StartRecovery message;
  message.set_account(scene.talent.str());
  *message.mutable_authority() = new_key();
  return scene.act(by, message);
}
TxStatus approve_of(WorkScene& scene, Address const& by, Authority const& authority) {
  ApproveRecovery message;
  message.set_account(scene.talent.str());
  message.set_authority_hash(authority_hash(scene.talent, authority).str());
  return scene.act(by, message);
}
TxStatus approve(WorkScene& scene, Address const& by) {
  return approve_of(scene, by, new_key());
}
TxStatus approve_of_another(WorkScene& scene, Address const& by) {
  return approve_of(scene, by, Authority{});
}
TxStatus cancel(WorkScene& scene, Address const& by) {
  return scene.act(by, CancelRecovery{});
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

// As many of three must agree.
Arrange guarded(std::uint32_t threshold) {
  return [=](WorkScene& scene) {
    SetGuardians message;
    for (auto const& guardian : {scene.client, scene.issuer, scene.juror}) {
      message.add_guardians(guardian.str());
    }
    std::ranges::sort(*message.mutable_guardians());
    message.set_threshold(threshold);
    message.set_delay_ms(3 * day_ms);
    EXPECT_EQ(scene.act(scene.talent, message), TX_STATUS_OK);
  };
}
Arrange is_asked(std::uint32_t threshold) {
  return [=](WorkScene& scene) {
    guarded(threshold)(scene);
    EXPECT_EQ(start(scene, scene.client), TX_STATUS_OK);
  };
}
void is_waiting(WorkScene& scene) {
  is_asked(2)(scene);
  EXPECT_EQ(approve(scene, scene.issuer), TX_STATUS_OK);
}
void has_agreed(WorkScene& scene) {
  EXPECT_EQ(approve(scene, scene.issuer), TX_STATUS_OK);
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const no_guardians = {{owner, TX_STATUS_NOT_A_GUARDIAN},
                                              {outsider, TX_STATUS_NOT_A_GUARDIAN}};
  std::vector<Stranger> const not_owner = {{client, TX_STATUS_RECOVERY_NOT_FOUND},
                                           {outsider, TX_STATUS_RECOVERY_NOT_FOUND}};
  std::vector<Broken> const not_so = {
      {"other keys", {}, TX_STATUS_RECOVERY_CHANGED, approve_of_another},
      {"agreed already", has_agreed, TX_STATUS_ALREADY_APPROVED}};
  std::vector<Broken> const too_few = {{"too few",
                                        [](WorkScene& scene) {
                                          auto record = *recovery(scene);
                                          record.set_threshold(3);
                                          scene.put(record);
                                        },
                                        TX_STATUS_OK}};
  // clang-format off
  return {
    {"start", none, asked, "a guardian", guarded(2), start, client, no_guardians},
    {"approve", asked, asked, "a guardian", is_asked(3), approve, issuer, no_guardians, not_so},
    {"complete", asked, waiting, "the last who is needed", is_asked(2), approve, issuer, {},
     too_few},
    {"cancel", asked, none, "the account", is_asked(2), cancel, owner, not_owner},
    {"cancel", waiting, none, "the account", is_waiting, cancel, owner, not_owner},
    {"lapse", asked, none, "the block", is_asked(2), wait_for_it},
    {"take_effect", waiting, none, "the block", is_waiting, wait_for_it},
  };
  // clang-format on
}

TEST(RecoveryTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const found = recovery(scene);
                              return found ? found->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<RecoveryAct, RecoveryState>{recovery_machine(), watched, cases()}.check_all();
}

TEST(RecoveryTable, OneAtATimeAndOneGuardianMayBeEnough) {
  WorkScene scene;
  guarded(1)(scene);
  ASSERT_EQ(start(scene, scene.client), TX_STATUS_OK);
  EXPECT_EQ(recovery(scene)->state(), waiting);
  EXPECT_EQ(start(scene, scene.issuer), TX_STATUS_RECOVERY_EXISTS);
}

}  // namespace
}  // namespace bank
