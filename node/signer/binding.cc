#include "node/signer/binding.h"

#include "protocol/base/big_endian.h"
#include "protocol/crypto/sign.h"

namespace node::signer {

std::string peer_binding(protocol::GenesisHash const& genesis, protocol::Epoch epoch,
                         protocol::PublicKey const& node_key) {
  auto body = base::big_endian(epoch.value());
  body += node_key.chars();
  return crypto::signing_bytes(crypto::tags::peer, genesis, base::bytes_of(body));
}

}  // namespace node::signer
