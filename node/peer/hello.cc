#include "node/peer/hello.h"

#include <string>

#include "node/signer/binding.h"
#include "protocol/base/check.h"

namespace node::peer {
namespace {

// People read it in a log; nothing depends on it.
constexpr std::size_t version_bytes_max = 64;

}  // namespace

labor::v1::Hello make_hello(Seat const& seat, crypto::SecretKey const& consensus_key,
                            protocol::PublicKey const& node_key, std::string_view version) {
  auto const message = signer::peer_binding(seat.genesis, seat.epoch, node_key);
  return make_hello(seat, consensus_key.sign(base::bytes_of(message)), version);
}

labor::v1::Hello make_hello(Seat const& seat, protocol::Signature const& signature,
                            std::string_view version) {
  labor::v1::Hello hello;
  hello.set_genesis_hash(seat.genesis.str());
  hello.set_epoch(seat.epoch.value());
  hello.set_consensus_key(seat.self.str());
  hello.set_signature(signature.str());
  hello.set_version(std::string{version.substr(0, version_bytes_max)});
  return hello;
}

std::string_view explain(HelloRefusal refusal) {
  switch (refusal) {
    case HelloRefusal::malformed:
      return "the Hello has a field of the wrong size";
    case HelloRefusal::another_chain:
      return "the other side is on another chain: the genesis files differ";
    case HelloRefusal::our_own_key:
      return "it uses the validator key of this node: stop one of the two at once";
    case HelloRefusal::bad_signature:
      return "its consensus key has not signed for the node key of this connection";
  }
  UNREACHABLE();
}

std::expected<PeerId, HelloRefusal> check_hello(Seat const& seat, labor::v1::Hello const& hello,
                                                protocol::PublicKey const& node_key) {
  auto const genesis = protocol::GenesisHash::from(hello.genesis_hash());
  auto const key = protocol::PublicKey::from(hello.consensus_key());
  auto const signature = protocol::Signature::from(hello.signature());
  if (!genesis || !key || !signature || hello.version().size() > version_bytes_max) {
    return std::unexpected{HelloRefusal::malformed};
  }
  if (*genesis != seat.genesis) return std::unexpected{HelloRefusal::another_chain};
  auto const message = signer::peer_binding(*genesis, protocol::Epoch{hello.epoch()}, node_key);
  if (!crypto::verify(*key, base::bytes_of(message), *signature)) {
    return std::unexpected{HelloRefusal::bad_signature};
  }
  if (*key == seat.self) return std::unexpected{HelloRefusal::our_own_key};
  return *key;
}

}  // namespace node::peer
