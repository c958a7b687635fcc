// Ed25519 against the cases that broke other libraries.

#include "protocol/base/hex.h"
#include "protocol/crypto/sign.h"
#include "tests/support/vectors.h"

namespace crypto {
namespace {

class Wycheproof : public testing_support::VectorsTest {
 protected:
  Wycheproof() : VectorsTest{"wycheproof_ed25519.json"} {}
};

TEST_F(Wycheproof, VerifyAgreesOnEveryCase) {
  int valid = 0;
  int invalid = 0;
  for (auto const& group : json.at("testGroups").as_array()) {
    auto const key =
        base::from_hex_as<protocol::PublicKey>(testing_support::text(group.at("publicKey"), "pk"));
    ASSERT_TRUE(key);
    for (auto const& test : group.at("tests").as_array()) {
      SCOPED_TRACE(test.at("tcId").as_int64());
      auto const message = base::from_hex(testing_support::text(test, "msg"));
      auto const signature =
          base::from_hex_as<protocol::Signature>(testing_support::text(test, "sig"));
      ASSERT_TRUE(message);
      auto const good = signature && verify(*key, base::bytes_of(*message), *signature);
      auto const want = testing_support::text(test, "result") == "valid";
      EXPECT_EQ(good, want) << testing_support::text(test, "comment");
      ++(want ? valid : invalid);
    }
  }
  EXPECT_EQ(valid + invalid, json.at("numberOfTests").as_int64());
  EXPECT_GT(valid, 0);
  EXPECT_GT(invalid, 0);
}

}  // namespace
}  // namespace crypto
