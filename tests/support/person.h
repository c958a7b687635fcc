// People of tests: keys from a number, so that everybody is the same in every run.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/crypto/sign.h"
#include "protocol/types.h"

namespace testing_support {

// The key of the Person of that number.
crypto::SecretKey secret_key(std::uint64_t number);

class Person {
 public:
  explicit Person(std::uint64_t number);

  crypto::SecretKey const& key() const { return key_; }
  protocol::Address const& address() const { return address_; }

 private:
  crypto::SecretKey key_;
  protocol::Address address_;
};

// An encoded Transaction of `body`, signed by all of `signers` in the order the chain wants.
std::string sign(labor::v1::TransactionBody const& body, std::vector<Person const*> const& signers,
                 protocol::GenesisHash const& genesis);

// One message of the schema, wrapped: message(transfer). CHECKs that there is a place for it.
labor::v1::Message message(google::protobuf::Message const& inner);

labor::v1::Transfer transfer(Person const& to, std::uint64_t amount,
                             labor::v1::Asset asset = labor::v1::ASSET_LBR);

}  // namespace testing_support
