// Attestations: their form, and one person with one account.

#include "protocol/talent/attestation.h"

#include <gtest/gtest.h>

#include "protocol/talent/identity.h"
#include "tests/support/work_scene.h"

namespace talent {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.

class AttestationTest : public testing::Test {
 protected:
  bool attested(protocol::Address const& who) const { return is_attested(scene.state(), who); }
  TxStatus revoke(std::uint64_t id) {
    RevokeAttestation message;
    message.set_attestation(id);
    return scene.act(scene.issuer, message);
  }

  WorkScene scene;
};

TEST_F(AttestationTest, IsRefusedForItsForm) {
  struct Case {
    char const* name;
    void (*change)(Attest&, std::uint64_t now);
    TxStatus want;
  };
  auto const year = 365 * day_ms;
  Case const cases[] = {
      {"a short address", [](Attest& m, std::uint64_t) { m.set_subject("short"); },
       TX_STATUS_INVALID_ADDRESS},
      {"no hash", [](Attest& m, std::uint64_t) { m.clear_data_hash(); }, TX_STATUS_INVALID_HASH},
      {"an identity without end", [](Attest& m, std::uint64_t) { m.set_expires_at_ms(0); },
       TX_STATUS_INVALID_TIME},
      {"an end that is past", [](Attest& m, std::uint64_t now) { m.set_expires_at_ms(now); },
       TX_STATUS_INVALID_TIME},
      {"an identity for four years",
       [](Attest& m, std::uint64_t now) { m.set_expires_at_ms(now + 4 * 365 * day_ms); },
       TX_STATUS_INVALID_TIME},
      {"no schema", [](Attest& m, std::uint64_t) { m.clear_schema(); }, TX_STATUS_INVALID_SCHEMA},
      {"a schema with spaces", [](Attest& m, std::uint64_t) { m.set_schema("a b"); },
       TX_STATUS_INVALID_SCHEMA},
      {"about none that there is", [](Attest& m, std::uint64_t) { m.set_refers_to(7); },
       TX_STATUS_ATTESTATION_NOT_FOUND},
  };
  for (auto const& [name, change, want] : cases) {
    SCOPED_TRACE(name);
    auto message = identity_of(scene.talent, scene.now_ms() + year);
    change(message, scene.now_ms());
    EXPECT_EQ(scene.act(scene.issuer, message), want);
  }
  EXPECT_EQ(revoke(1), TX_STATUS_ATTESTATION_NOT_FOUND);
}

TEST_F(AttestationTest, AnythingElseMayBeSaidForGoodAndMakesNobodyAPerson) {
  Attest degree;
  degree.set_subject(scene.talent.str());
  degree.set_schema("https://example.org/degree");
  degree.set_data_hash(hash_of(7));
  ASSERT_EQ(scene.act(scene.issuer, degree), TX_STATUS_OK);
  degree.set_refers_to(1);
  ASSERT_EQ(scene.act(scene.issuer, degree), TX_STATUS_OK);
  EXPECT_EQ(scene.attestation(2)->refers_to(), 1u);
  EXPECT_FALSE(attested(scene.talent));
  EXPECT_EQ(revoke(1), TX_STATUS_NOT_REVOCABLE);
  EXPECT_FALSE(state::deadline_of(*scene.attestation(1)));
}

TEST_F(AttestationTest, TwoIssuersNameOnePersonAndTheAccountIsThePersonsUntilBothAreGone) {
  Issuer second;
  second.set_account(scene.outsider.str());
  second.set_name("Another");
  scene.put(second);
  scene.identify(scene.talent);
  auto const again = identity_of(scene.talent, scene.now_ms() + day_ms);
  ASSERT_EQ(scene.act(scene.outsider, again), TX_STATUS_OK);
  auto elsewhere = again;
  elsewhere.set_subject(scene.client.str());
  EXPECT_EQ(scene.act(scene.outsider, elsewhere), TX_STATUS_PERSON_HAS_ACCOUNT);
  ASSERT_EQ(revoke(1), TX_STATUS_OK);
  EXPECT_TRUE(attested(scene.talent));
  scene.wait(day_ms);
  scene.fire_due();
  EXPECT_FALSE(attested(scene.talent));
  elsewhere.set_expires_at_ms(scene.now_ms() + day_ms);
  EXPECT_EQ(scene.act(scene.outsider, elsewhere), TX_STATUS_OK) << "the person may move";
  EXPECT_TRUE(attested(scene.client));
}

TEST_F(AttestationTest, TheWordOfAnIssuerThatWasRemovedCountsForNothing) {
  scene.identify(scene.talent);
  ASSERT_TRUE(attested(scene.talent));
  scene.follow([&](execution::Context& context) {
    context.remove(*scene.find<Issuer>(state::keys::issuer(scene.issuer)), "test");
    return execution::Done{};
  });
  EXPECT_FALSE(attested(scene.talent));
  EXPECT_EQ(scene.act(scene.issuer, identity_of(scene.client, scene.now_ms() + day_ms)),
            TX_STATUS_NOT_AN_ISSUER);
  EXPECT_EQ(revoke(1), TX_STATUS_OK) << "it may still take back what it said";
}

}  // namespace
}  // namespace talent
