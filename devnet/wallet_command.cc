#include "devnet/wallet_command.h"

#include <fmt/format.h>

#include "devnet/files.h"
#include "devnet/people.h"
#include "protocol/base/try.h"
#include "protocol/genesis.h"
#include "wallet/config.h"
#include "wallet/keystore/keystore.h"

namespace devnet {
namespace {

constexpr std::string_view password = "devnet";
constexpr std::string_view network_name = "devnet";

std::filesystem::path password_file(Network const& network) {
  return network.home() / "password";
}

std::string api_of(Network const& network, unsigned validator) {
  return fmt::format("127.0.0.1:{}", network.validators()[validator].api_port);
}

template <class T>
Result<T> from_wallet(wallet::Result<T> result) {
  if (!result) return std::unexpected{result.error().message};
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(*result);
  }
}

Result<> add_person(Network const& network, std::string_view name) {
  auto const entropy = wallet::Secret::copy_of(derived(network.seed(), name).view());
  TRY(file, from_wallet(wallet::seal(
                entropy, wallet::Secret::copy_of(password),
                {.name = std::string{name}, .devnet = true, .kdf = wallet::Kdf::minimum})));
  TRY_VOID(from_wallet(wallet::Keystore{network.wallet_home() / "keys"}.add(file)));
  return {};
}

}  // namespace

std::optional<Ended> run_wallet(Network const& network, unsigned validator,
                                std::string const& person, std::vector<std::string> const& words,
                                WalletOutput output) {
  Arguments arguments{program("labor").string()};
  arguments.insert(arguments.end(), words.begin(), words.end());
  for (auto const& option :
       {std::string{"--home"}, network.wallet_home().string(), std::string{"--from"}, person,
        std::string{"--node"}, api_of(network, validator), std::string{"--password-file"},
        password_file(network).string(), std::string{"--yes"}, std::string{"--no-input"}}) {
    arguments.push_back(option);
  }
  if (output == WalletOutput::json) arguments.emplace_back("--json");
  return run(arguments);
}

Result<> make_wallet(Network const& network) {
  TRY_VOID(write_private(password_file(network), std::string{password} + "\n"));
  TRY(text, read_file(network.home() / "genesis.json"));
  auto const chain = protocol::Chain::from_json(text);
  if (!chain) return std::unexpected{protocol::explain(chain.error())};
  std::error_code error;
  std::filesystem::create_directories(network.wallet_home(), error);
  wallet::Config const config{.network = std::string{network_name},
                              .key = "client",
                              .networks = {{.name = std::string{network_name},
                                            .api = api_of(network, 0),
                                            .chain_id = chain->id(),
                                            .genesis_hash = chain->hash(),
                                            .devnet = true}}};
  TRY_VOID(from_wallet(wallet::save_config(network.wallet_home(), config)));
  for (auto const& person : people) TRY_VOID(add_person(network, person.name));
  return add_person(network, faucet.name);
}

}  // namespace devnet
