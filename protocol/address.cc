#include "protocol/address.h"

#include "protocol/base/bech32m.h"
#include "protocol/base/check.h"
#include "protocol/crypto/hash.h"

namespace protocol {

Address address_of(PublicKey const& first_authority) {
  return crypto::hash_as<Address>(crypto::domains::account, {first_authority.view()});
}

std::string address_text(Address const& address, Network network) {
  return base::bech32m_encode(address_prefix(network), address.view());
}

std::string_view explain(AddressRefusal refusal) {
  switch (refusal) {
    case AddressRefusal::not_an_address:
      return "not an address: it must read labor1... and be copied whole";
    case AddressRefusal::a_secret:
      return "this is a SECRET key, not an address: never show it to anybody";
    case AddressRefusal::another_network:
      return "an address of another network: labor1... is the main one, tlabor1... a devnet's";
    case AddressRefusal::wrong_length:
      return "not an address: its length is wrong";
  }
  UNREACHABLE();
}

std::expected<Address, AddressRefusal> parse_address(std::string_view text, Network network) {
  auto const decoded = base::bech32m_decode(text);
  if (!decoded) return std::unexpected{AddressRefusal::not_an_address};
  if (decoded->prefix == secret_prefix) return std::unexpected{AddressRefusal::a_secret};
  auto const other = network == Network::main ? Network::devnet : Network::main;
  if (decoded->prefix == address_prefix(other)) {
    return std::unexpected{AddressRefusal::another_network};
  }
  if (decoded->prefix != address_prefix(network)) {
    return std::unexpected{AddressRefusal::not_an_address};
  }
  auto const address = Address::from(decoded->bytes);
  if (!address) return std::unexpected{AddressRefusal::wrong_length};
  return *address;
}

}  // namespace protocol
