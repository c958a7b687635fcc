#include "devnet/configuration.h"

#include <fmt/format.h>

#include "devnet/bench_accounts.h"
#include "devnet/files.h"
#include "devnet/people.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

constexpr std::uint64_t units = 1'000'000;  // Both assets have 6 decimals.
// A fixed date: the genesis hash depends on the seed alone.
constexpr std::uint64_t genesis_time_ms = 1'767'225'600'000;  // 2026-01-01 00:00 UTC.

void add_account(labor::v1::Genesis& genesis, protocol::Address const& address, bool member,
                 std::uint64_t usd, std::uint64_t lbr) {
  auto& account = *genesis.add_accounts();
  account.set_address(address.str());
  account.set_member(member);
  if (lbr > 0) {
    auto& balance = *account.add_balances();
    balance.set_asset(labor::v1::ASSET_LBR);
    balance.set_amount(lbr * units);
  }
  if (usd > 0) {
    auto& balance = *account.add_balances();
    balance.set_asset(labor::v1::ASSET_USD);
    balance.set_amount(usd * units);
  }
}

protocol::PublicKey public_key_of(protocol::Hash const& seed) {
  return crypto::SecretKey{seed.view()}.public_key();
}

// What differs from labord's defaults; `labord config check` reads it like any other.
std::string toml_of(Network const& network, unsigned number, std::string_view seed,
                    std::vector<Link> const& links) {
  auto const& self = network.validators()[number];
  auto text = fmt::format(
      "[chain]\n"
      "genesis = \"{0}/genesis.json\"\n\n"
      "[api]\n"
      "listen = \"127.0.0.1:{1}\"\n\n"
      "[web]\n"
      "listen = \"127.0.0.1:{2}\"\n\n"
      "[peer]\n"
      "listen = \"127.0.0.1:{3}\"\n\n"
      "[devnet]\n"
      "offset_file = \"offset_ms\"\n",
      network.home().string(), self.api_port, self.web_port, self.peer_port);
  for (unsigned other = 0; other < network.validators().size(); ++other) {
    if (other == number) continue;
    auto port = network.validators()[other].peer_port;
    for (auto const& link : links) {
      if (link.from == number && link.to == other) port = link.listen_port;
    }
    text +=
        fmt::format("\n[[peers]]\nname = \"{}\"\naddress = \"127.0.0.1:{}\"\nnode_key = \"{}\"\n",
                    network.validators()[other].name, port,
                    base::hex(public_key_of(node_seed(seed, other)).view()));
  }
  return text;
}

void set_parameter(labor::v1::Genesis& genesis, labor::v1::Parameter parameter,
                   std::uint64_t value) {
  auto& change = *genesis.add_parameters();
  change.set_parameter(parameter);
  change.set_value(value);
}

}  // namespace

protocol::Hash consensus_seed(std::string_view seed, unsigned number) {
  return derived(seed, fmt::format("validator {} consensus", number));
}

protocol::Hash node_seed(std::string_view seed, unsigned number) {
  return derived(seed, fmt::format("validator {} node", number));
}

labor::v1::Genesis make_genesis(Network const& network, std::string_view seed,
                                std::uint64_t accounts) {
  labor::v1::Genesis genesis;
  genesis.set_chain_id(network.chain_id());
  genesis.set_time_ms(genesis_time_ms);
  genesis.set_devnet(true);
  for (unsigned i = 0; i < network.validators().size(); ++i) {
    auto& validator = *genesis.add_validators();
    validator.set_name(network.validators()[i].name);
    validator.set_consensus_key(public_key_of(consensus_seed(seed, i)).str());
    validator.set_node_key(public_key_of(node_seed(seed, i)).str());
    validator.set_operator_(address_of_person(seed, "owner").str());
  }
  for (auto const& person : people) {
    add_account(genesis, address_of_person(seed, person.name), person.member, person.usd,
                person.lbr);
    auto& account = *genesis.mutable_accounts(genesis.accounts_size() - 1);
    account.set_arbiter(person.arbiter);
    if (!person.council) continue;
    account.set_person(derived(seed, fmt::format("person {}", person.name)).str());
    genesis.add_council(account.address());
  }
  // Three owners decide here: a cap of a twentieth each would let no ballot pass.
  set_parameter(genesis, labor::v1::PARAMETER_HOLDER_CAP_BPS, 4000);
  // And a handful of people are enough to see a members' house.
  set_parameter(genesis, labor::v1::PARAMETER_HOUSE_MEMBERS_MIN, 4);
  add_account(genesis, address_of_person(seed, faucet.name), faucet.member, faucet.usd, faucet.lbr);
  auto& issuer = *genesis.add_issuers();
  issuer.set_address(address_of_person(seed, issuer_person).str());
  issuer.set_name(std::string{issuer_name});
  genesis.set_community_pool(community_pool_lbr * units);
  for (std::uint64_t i = 0; i < accounts; ++i) {
    add_account(genesis, bench_address(i), true, bench_usd, bench_lbr);
  }
  return genesis;
}

Result<> configure_validator(Network const& network, std::string_view seed, unsigned number,
                             std::vector<Link> const& links) {
  auto const home = network.home() / fmt::format("node-{}", number);
  std::error_code error;
  std::filesystem::create_directories(home, error);
  if (error) return std::unexpected{"cannot make " + home.string() + ": " + error.message()};
  TRY_VOID(
      write_private(home / "validator.key", base::hex(consensus_seed(seed, number).view()) + "\n"));
  TRY_VOID(write_private(home / "node.key", base::hex(node_seed(seed, number).view()) + "\n"));
  TRY_VOID(replace_file(home / "offset_ms", "0"));
  return write_private(home / "labord.toml", toml_of(network, number, seed, links));
}

}  // namespace devnet
