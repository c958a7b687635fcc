// Every row of the attestation's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/talent/attestation_machine.h"
#include "tests/support/table_coverage.h"

namespace talent {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = ATTESTATION_STATE_UNSPECIFIED;
constexpr auto live = ATTESTATION_STATE_LIVE;
constexpr auto revoked = ATTESTATION_STATE_REVOKED;
constexpr auto expired = ATTESTATION_STATE_EXPIRED;

constexpr auto issuer = &WorkScene::issuer;
constexpr auto outsider = &WorkScene::outsider;
constexpr auto talent_side = &WorkScene::talent;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const attestation = scene.attestation();
  auto const due = attestation ? state::deadline_of(*attestation) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus make(WorkScene& scene, Address const& by) {
  return scene.act(by, identity_of(scene.talent, scene.now_ms() + 365 * day_ms));
}
TxStatus revoke(WorkScene& scene, Address const& by) {
  RevokeAttestation message;
  message.set_attestation(1);
  return scene.act(by, message);
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

void is_live(WorkScene& scene) {
  EXPECT_EQ(make(scene, scene.issuer), TX_STATUS_OK);
}
void is_revoked(WorkScene& scene) {
  is_live(scene);
  EXPECT_EQ(revoke(scene, scene.issuer), TX_STATUS_OK);
}
void is_expired(WorkScene& scene) {
  is_live(scene);
  EXPECT_EQ(wait_for_it(scene, {}), TX_STATUS_OK);
}
// The same nullifier, of somebody else. Its attestation leaves the first number free.
void person_elsewhere(WorkScene& scene) {
  Identity person;
  person.set_nullifier(hash_of(scene.talent.data.front()));
  person.set_account(scene.outsider.str());
  scene.put(person);
}
void another_person(WorkScene& scene) {
  Account account;
  account.set_address(scene.talent.str());
  account.set_person(hash_of(99));
  scene.put(account);
}
void four_issuers(WorkScene& scene) {
  Identity person;
  person.set_nullifier(hash_of(scene.talent.data.front()));
  person.set_account(scene.talent.str());
  for (std::uint64_t id = 11; id < 15; ++id) person.add_attestations(id);
  scene.put(person);
}
void irrevocable(WorkScene& scene) {
  auto attestation = *scene.attestation();
  attestation.set_revocable(false);
  scene.put(attestation);
}

std::vector<RowCase> cases() {
  auto const empty = [](WorkScene&) {};
  std::vector<Stranger> const no_issuers = {{talent_side, TX_STATUS_NOT_AN_ISSUER},
                                            {outsider, TX_STATUS_NOT_AN_ISSUER}};
  std::vector<Stranger> const not_its = {{talent_side, TX_STATUS_NOT_YOUR_ATTESTATION},
                                         {outsider, TX_STATUS_NOT_YOUR_ATTESTATION}};
  std::vector<Broken> const not_one = {
      {"a person with another account", person_elsewhere, TX_STATUS_PERSON_HAS_ACCOUNT},
      {"another person's account", another_person, TX_STATUS_ACCOUNT_IS_ANOTHER_PERSON},
      {"four identities", four_issuers, TX_STATUS_TOO_MANY_ATTESTATIONS}};
  std::vector<Broken> const for_good = {{"given for good", irrevocable, TX_STATUS_NOT_REVOCABLE}};
  // clang-format off
  return {
    {"make", none, live, "an admitted issuer", empty, make, issuer, no_issuers, not_one},
    {"revoke", live, revoked, "its issuer", is_live, revoke, issuer, not_its, for_good},
    {"expire", live, expired, "the block", is_live, wait_for_it},
    {"leave", revoked, none, "the block", is_revoked, wait_for_it},
    {"leave", expired, none, "the block", is_expired, wait_for_it},
  };
  // clang-format on
}

TEST(AttestationTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const attestation = scene.attestation();
                              return attestation ? attestation->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<AttestationAct, AttestationState>{attestation_machine(), watched, cases()}
      .check_all();
}

}  // namespace
}  // namespace talent
