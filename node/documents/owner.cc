#include "node/documents/owner.h"

#include <labor/v1/bank.pb.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "protocol/bank/authority.h"
#include "protocol/crypto/sign.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace node {

DocumentResult<void> must_be_signed_by_owner(
    state::Reader const& state, protocol::Address const& owner,
    google::protobuf::RepeatedPtrField<labor::v1::Signature> const& signatures,
    std::string_view signed_bytes) {
  constexpr auto bad = std::unexpected{DocumentRefusal::bad_signatures};
  if (signatures.empty() ||
      std::cmp_greater(signatures.size(), protocol::limits::authority_keys_max)) {
    return bad;
  }
  std::vector<protocol::PublicKey> signers;
  for (auto const& one : signatures) {
    auto const key = protocol::PublicKey::from(one.public_key());
    auto const signature = protocol::Signature::from(one.signature());
    if (!key || !signature || std::ranges::find(signers, *key) != signers.end()) return bad;
    if (!crypto::verify(*key, base::bytes_of(signed_bytes), *signature)) return bad;
    signers.push_back(*key);
  }
  auto const bytes = state.get(state::keys::account(owner));
  labor::v1::Account account;
  if (!bytes || !account.ParseFromString(*bytes)) {
    return std::unexpected{DocumentRefusal::no_account};
  }
  if (!bank::may_sign(account, signers)) return std::unexpected{DocumentRefusal::not_the_owner};
  return {};
}

}  // namespace node
