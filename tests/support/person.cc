#include "tests/support/person.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "protocol/address.h"
#include "protocol/base/big_endian.h"
#include "protocol/codec/canonical.h"

namespace testing_support {

using namespace labor::v1;  // This file wraps messages.

namespace {

std::string seed_of(std::uint64_t number) {
  auto seed = base::big_endian(number);
  seed.resize(32, 'p');
  return seed;
}

}  // namespace

crypto::SecretKey secret_key(std::uint64_t number) {
  return crypto::SecretKey{base::bytes_of(seed_of(number))};
}

Person::Person(std::uint64_t number)
    : key_{secret_key(number)}, address_{protocol::address_of(key_.public_key())} {}

std::string sign(TransactionBody const& body, std::vector<Person const*> const& signers,
                 protocol::GenesisHash const& genesis) {
  auto sorted = signers;
  std::ranges::sort(sorted, {}, [](Person const* who) { return who->key().public_key(); });
  Transaction transaction;
  transaction.set_body(canonical::encode(body));
  auto const bytes =
      crypto::signing_bytes(crypto::tags::transaction, genesis, base::bytes_of(transaction.body()));
  for (auto const* const who : sorted) {
    auto& signature = *transaction.add_signatures();
    signature.set_public_key(who->key().public_key().str());
    signature.set_signature(who->key().sign(base::bytes_of(bytes)).str());
  }
  return canonical::encode(transaction);
}

Message message(google::protobuf::Message const& inner) {
  Message outer;
  auto const* const choices = Message::descriptor()->oneof_decl(0);
  for (int i = 0; i < choices->field_count(); ++i) {
    if (choices->field(i)->message_type() != inner.GetDescriptor()) continue;
    outer.GetReflection()->MutableMessage(&outer, choices->field(i))->CopyFrom(inner);
  }
  CHECK(outer.message_case() != Message::MESSAGE_NOT_SET);
  return outer;
}

Transfer transfer(Person const& to, std::uint64_t amount, Asset asset) {
  Transfer inner;
  inner.set_to(to.address().str());
  inner.set_asset(asset);
  inner.set_amount(amount);
  return inner;
}

}  // namespace testing_support
