#include "node/documents/owner.h"

#include <gtest/gtest.h>

#include "tests/support/test_chain.h"
#include "tests/unit/documents/scene.h"

namespace node {
namespace {

using testing_support::Person;
using testing_support::TestChain;

class DocumentOwner : public testing::Test {
 protected:
  static labor::v1::Genesis genesis(Person const& alice) {
    auto genesis = testing_support::test_genesis();
    testing_support::endow(genesis, alice, true, testing_support::lbr, 0);
    return genesis;
  }

  DocumentResult<void> check(Person const& owner, std::vector<Person const*> const& signers) {
    google::protobuf::RepeatedPtrField<labor::v1::Signature> signatures;
    for (auto const* const signer : signers) *signatures.Add() = signature_by(*signer, "bytes");
    return must_be_signed_by_owner(chain_.state(), owner.address(), signatures, "bytes");
  }
  // Alice's account is bob's and carol's together from now on.
  void rotate_to_two() {
    labor::v1::RotateAuthority rotation;
    auto& authority = *rotation.mutable_authority();
    std::vector<std::string> keys{bob_.key().public_key().str(), carol_.key().public_key().str()};
    std::ranges::sort(keys);
    for (auto const& key : keys) {
      auto& added = *authority.add_keys();
      added.set_public_key(key);
      added.set_weight(1);
    }
    authority.set_threshold(2);
    ASSERT_EQ(chain_.send(alice_, {testing_support::message(rotation)}).status(),
              labor::v1::TX_STATUS_OK);
  }

  Person const alice_{1};
  Person const bob_{2};
  Person const carol_{3};
  TestChain chain_{genesis(alice_)};
};

TEST_F(DocumentOwner, SignsWithTheKeyOfTheAccountAndNobodyElseDoes) {
  EXPECT_TRUE(check(alice_, {&alice_}).has_value());
  EXPECT_EQ(check(alice_, {&bob_}).error(), DocumentRefusal::not_the_owner);
  EXPECT_EQ(check(alice_, {}).error(), DocumentRefusal::bad_signatures);
  EXPECT_EQ(check(alice_, {&alice_, &alice_}).error(), DocumentRefusal::bad_signatures);
}

TEST_F(DocumentOwner, HasAnAccountOnTheChain) {
  EXPECT_EQ(check(bob_, {&bob_}).error(), DocumentRefusal::no_account);
}

TEST_F(DocumentOwner, OfSeveralKeysSignsWithAsManyAsTheAccountAsksFor) {
  rotate_to_two();
  EXPECT_EQ(check(alice_, {&alice_}).error(), DocumentRefusal::not_the_owner) << "it was given up";
  EXPECT_EQ(check(alice_, {&bob_}).error(), DocumentRefusal::not_the_owner);
  EXPECT_TRUE(check(alice_, {&carol_, &bob_}).has_value());
}

TEST_F(DocumentOwner, IsNotHeardWhereASignatureIsOfSomethingElse) {
  google::protobuf::RepeatedPtrField<labor::v1::Signature> signatures;
  *signatures.Add() = signature_by(alice_, "other bytes");
  EXPECT_EQ(must_be_signed_by_owner(chain_.state(), alice_.address(), signatures, "bytes").error(),
            DocumentRefusal::bad_signatures);
  signatures.Mutable(0)->set_signature("short");
  EXPECT_EQ(must_be_signed_by_owner(chain_.state(), alice_.address(), signatures, "bytes").error(),
            DocumentRefusal::bad_signatures);
}

}  // namespace
}  // namespace node
