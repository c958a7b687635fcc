// labor network: add, list, use, show, remove. Asks nobody.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "protocol/genesis.h"
#include "wallet/commands/arguments.h"
#include "wallet/file.h"

namespace wallet {

namespace {

struct NetworkArguments {
  std::string name;
  std::string api;
  std::string genesis;
  std::string genesis_hash;
  std::string chain_id;
  bool devnet = false;
};

json::object json_of(Network const& network, bool in_use) {
  return {{"name", network.name},         {"api", network.api},
          {"chain_id", network.chain_id}, {"genesis_hash", base::hex(network.genesis_hash.view())},
          {"devnet", network.devnet},     {"in_use", in_use}};
}

Output network_output(Network const& network, bool in_use) {
  return {.data = json_of(network, in_use),
          .text = show(Facts{{"Network", network.name},
                             {"API", network.api},
                             {"Chain", network.chain_id},
                             {"Genesis", base::hex(network.genesis_hash.view())},
                             {"Devnet", network.devnet ? "yes" : "no"},
                             {"In use", in_use ? "yes" : "no"}})};
}

// From genesis.json, which is then kept; or from what a person was told, checked when first used.
Result<Network> describe(Session& session, NetworkArguments const& arguments) {
  Network network{.name = arguments.name,
                  .api = arguments.api,
                  .chain_id = arguments.chain_id,
                  .genesis_hash = {},
                  .devnet = arguments.devnet};
  if (arguments.genesis.empty()) {
    auto const hash = base::from_hex_as<protocol::GenesisHash>(arguments.genesis_hash);
    if (!hash || arguments.chain_id.empty()) {
      return usage("NO_GENESIS", "A network is known by its genesis.",
                   "Give `--genesis FILE`, or `--genesis-hash HEX` and `--chain-id ID`.");
    }
    network.genesis_hash = *hash;
    return network;
  }
  TRY(text, read_file(arguments.genesis));
  auto const chain = protocol::Chain::from_json(text);
  if (!chain) {
    return usage("INVALID_GENESIS",
                 fmt::format("{} is not a genesis: {}", arguments.genesis, explain(chain.error())));
  }
  network.chain_id = chain->id();
  network.genesis_hash = chain->hash();
  network.devnet = chain->devnet();
  TRY_VOID(write_file(session.home() / "genesis" / base::hex(chain->hash().view()),
                      canonical::encode(chain->genesis()), Existing::replace));
  return network;
}

Result<Output> add(Session& session, NetworkArguments const& arguments) {
  TRY_VOID(check_network_name(arguments.name));
  TRY_VOID(check_api(arguments.api));
  TRY(config, session.config());
  TRY(network, describe(session, arguments));
  auto const known = std::ranges::find(config.networks, network.name, &Network::name);
  if (known != config.networks.end()) {
    // A devnet is reset all the time; another chain under a name that people trust is not.
    bool const same = known->genesis_hash == network.genesis_hash;
    if (!same && !(known->devnet && network.devnet)) {
      return usage(
          "NETWORK_EXISTS",
          fmt::format("There is a network `{}` already, with another genesis.", network.name),
          fmt::format("Remove it first: `labor network remove {}`.", network.name));
    }
    *known = network;
  } else {
    config.networks.push_back(network);
  }
  if (config.network.empty()) config.network = network.name;
  TRY_VOID(save_config(session.home(), config));
  return network_output(network, config.network == network.name);
}

Result<Output> list(Session& session) {
  TRY(config, session.config());
  json::array data;
  Table table{.head = {"NETWORK", "CHAIN", "API", "GENESIS", ""}, .rows = {}};
  for (auto const& network : config.networks) {
    bool const in_use = network.name == config.network;
    data.push_back(json_of(network, in_use));
    table.rows.push_back({network.name, network.chain_id, network.api,
                          base::hex(network.genesis_hash.view()).substr(0, 16),
                          in_use ? "in use" : ""});
  }
  return Output{.data = std::move(data), .text = show(table)};
}

Result<Output> use(Session& session, std::string const& name) {
  TRY(config, session.config());
  TRY(network, config.find(name));
  config.network = network.name;
  TRY_VOID(save_config(session.home(), config));
  return network_output(network, true);
}

Result<Output> remove(Session& session, std::string const& name) {
  TRY(config, session.config());
  TRY(network, config.find(name));
  std::erase(config.networks, network);
  if (config.network == network.name) config.network.clear();
  TRY_VOID(save_config(session.home(), config));
  return Output{.data = json_of(network, false),
                .text = fmt::format("Removed `{}`.", network.name)};
}

}  // namespace

void add_network(Menu& menu) {
  auto noun = menu.noun("network", "Chains this wallet knows; asks no node");
  auto& session = menu.session();
  auto const arguments = std::make_shared<NetworkArguments>();
  auto const named = [&](Verb verb) {
    verb.argument("NAME", arguments->name, "The network's name here");
  };
  auto adding = noun.verb("add", "Make a network known, or change its node",
                          [&session, arguments] { return add(session, *arguments); });
  named(adding);
  adding.option("--api", arguments->api, "HOST:PORT of a node's client API", Need::required);
  adding.option("--genesis", arguments->genesis, "Its genesis.json");
  adding.option("--genesis-hash", arguments->genesis_hash, "Or the hash of it");
  adding.option("--chain-id", arguments->chain_id, "With --genesis-hash: the chain's id");
  adding.flag("--devnet", arguments->devnet, "With --genesis-hash: it is a devnet");
  noun.verb("list", "All of them", [&session] { return list(session); });
  named(noun.verb("use", "Use this one from now on",
                  [&session, arguments] { return use(session, arguments->name); }));
  named(noun.verb("show", "One of them", [&session, arguments]() -> Result<Output> {
    TRY(config, session.config());
    TRY(network, config.find(arguments->name));
    return network_output(network, config.network == network.name);
  }));
  named(noun.verb("remove", "Forget it",
                  [&session, arguments] { return remove(session, arguments->name); }));
}

}  // namespace wallet
