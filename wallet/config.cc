#include "wallet/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "protocol/base/hex.h"
#include "wallet/file.h"
#include "wallet/json.h"
#include "wallet/suggest.h"

namespace wallet {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t network_name_bytes_max = 32;

fs::path path_of(fs::path const& home) {
  return home / "config.json";
}

std::unexpected<Problem> damaged(fs::path const& path, std::string_view what) {
  return problem(Exit::usage, "INVALID_CONFIG",
                 fmt::format("{} is not a wallet configuration: {}.", path.string(), what),
                 "Mend it, or move it away and add the network again: `labor network add`.");
}

std::string text_at(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

Result<Network> read_network(fs::path const& path, std::string_view name,
                             json::value const& value) {
  if (!value.is_object()) return damaged(path, fmt::format("network `{}` is no object", name));
  auto const& object = value.get_object();
  auto const hash = base::from_hex_as<protocol::GenesisHash>(text_at(object, "genesis_hash"));
  if (!hash) return damaged(path, fmt::format("network `{}` has no genesis hash", name));
  auto const* const devnet = object.if_contains("devnet");
  Network network{.name = std::string{name},
                  .api = text_at(object, "api"),
                  .chain_id = text_at(object, "chain_id"),
                  .genesis_hash = *hash,
                  .devnet = devnet != nullptr && devnet->is_bool() && devnet->get_bool()};
  if (!check_network_name(name)) return damaged(path, fmt::format("`{}` names no network", name));
  return network;
}

}  // namespace

Result<Network> Config::find(std::string_view name) const {
  auto const wanted = name.empty() ? std::string_view{network} : name;
  if (wanted.empty()) {
    return usage("NO_NETWORK", "No network is set up.",
                 "Add one: `labor network add NAME --api HOST:PORT --genesis FILE`.");
  }
  auto const found = std::ranges::find(networks, wanted, &Network::name);
  if (found != networks.end()) return *found;
  std::vector<std::string> names;
  for (auto const& known : networks) names.push_back(known.name);
  auto hint = did_you_mean(wanted, names);
  if (hint.empty()) hint = "`labor network list` shows the networks there are.";
  return usage("UNKNOWN_NETWORK", fmt::format("There is no network `{}`.", wanted), hint);
}

Result<Config> load_config(fs::path const& home) {
  auto const path = path_of(home);
  std::error_code error;
  if (!fs::exists(path, error)) return Config{};
  TRY(text, read_file(path));
  auto const value = parse_json(text);
  if (!value) return damaged(path, "it is not JSON");
  if (!value->is_object()) return damaged(path, "it is no object");
  auto const& object = value->get_object();
  Config config{
      .network = text_at(object, "network"), .key = text_at(object, "key"), .networks = {}};
  auto const* const networks = object.if_contains("networks");
  if (networks == nullptr || !networks->is_object()) return damaged(path, "`networks` is missing");
  for (auto const& member : networks->get_object()) {
    TRY(network, read_network(path, member.key(), member.value()));
    config.networks.push_back(std::move(network));
  }
  return config;
}

Result<void> save_config(fs::path const& home, Config const& config) {
  json::object networks;
  for (auto const& network : config.networks) {
    networks[network.name] = {{"api", network.api},
                              {"chain_id", network.chain_id},
                              {"genesis_hash", base::hex(network.genesis_hash.view())},
                              {"devnet", network.devnet}};
  }
  json::object const object{
      {"network", config.network}, {"key", config.key}, {"networks", std::move(networks)}};
  return write_file(path_of(home), pretty(object) + "\n", Existing::replace);
}

Result<void> check_network_name(std::string_view name) {
  auto const allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  bool const plain = !name.empty() && name.size() <= network_name_bytes_max &&
                     name.front() != '-' && std::ranges::all_of(name, allowed);
  if (plain) return {};
  return usage("INVALID_NETWORK_NAME", fmt::format("`{}` cannot name a network.", name),
               "Use 1 to 32 of a-z, 0-9 and `-`.");
}

Result<void> check_api(std::string_view api) {
  auto const colon = api.rfind(':');
  if (colon != std::string_view::npos && colon > 0) {
    auto const text = api.substr(colon + 1);
    unsigned port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    if (whole && port >= 1 && port <= 65535) return {};
  }
  return usage("INVALID_NODE", fmt::format("`{}` is not the address of a node.", api),
               "Write HOST:PORT, like `127.0.0.1:7070`.");
}

}  // namespace wallet
