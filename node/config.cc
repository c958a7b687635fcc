#include "node/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <span>
#include <variant>

#include "node/files.h"
#include "node/nearest.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

using Fault = std::unexpected<ConfigFault>;

struct Text {
  std::string Config::* field;
  enum class Kind { path, optional_path, optional_key, address, optional_address, level } kind;
};
struct Number {
  std::uint64_t Config::* field;
  std::uint64_t minimum;
  std::uint64_t maximum;
};
struct Setting {
  std::string_view section;
  std::string_view name;
  std::variant<Text, Number> value;
  std::string_view comment;  // Lines.
};

// clang-format off
constexpr Setting settings[] = {
  {"chain", "genesis", Text{&Config::genesis, Text::Kind::path},
   "What the chain starts from; byte for byte the same meaning on every node."},
  {"keys", "validator", Text{&Config::validator_key, Text::Kind::path},
   "Seed of the consensus key that signs votes. Only one running node may have it, ever."},
  {"keys", "node", Text{&Config::node_key, Text::Kind::path},
   "Seed of the TLS key by which peers know this node."},
  {"signer", "socket", Text{&Config::signer_socket, Text::Kind::optional_path},
   "Where `labord signer` listens, which then has the consensus key and the journal.\n"
   "`labord signer init` moves them there and fills this in; `labord rotate --signer` makes a\n"
   "new key in a new one. Empty: this process signs."},
  {"signer", "key", Text{&Config::signer_key, Text::Kind::optional_key},
   "Its public consensus key: 64 hex digits."},
  {"signer", "timeout_ms", Number{&Config::signer_timeout_ms, 10, 10'000},
   "A signer that takes longer is away: this node follows and does not vote until it is back.\n"
   "Consensus waits for it so long, so not above 2 * consensus.delta_ms."},
  {"storage", "folder", Text{&Config::storage_folder, Text::Kind::path},
   "Database, journal of own votes, block log. Leave the journal out of backups: a journal\n"
   "restored from one makes the node sign twice."},
  {"storage", "cache_bytes", Number{&Config::storage_cache_bytes, 1u << 20, 64ull << 30},
   "State kept in memory. A hot account must not cost a read of the disk."},
  {"storage", "cache_bytes_max", Number{&Config::storage_cache_bytes_max, 0, 64ull << 30},
   "With a larger state as much as it takes on the disk, but no more than this."},
  {"documents", "folder", Text{&Config::documents_folder, Text::Kind::path},
   "Texts whose hashes are on the chain. Their owners may erase them: what is copied from here,\n"
   "into backups too, is then to be erased as well."},
  {"documents", "bytes_max", Number{&Config::documents_bytes_max, 0, 1ull << 40},
   "What all owners together may put here, in blocks of the disk of 4096. 0: nothing."},
  {"documents", "owner_bytes_max",
   Number{&Config::documents_owner_bytes_max, 128u << 10, 1ull << 30},
   "What one owner may put: an account costs a sponsor one of ten places, not a disk."},
  {"documents", "copies_bytes_max", Number{&Config::documents_copies_bytes_max, 0, 1ull << 40},
   "Copies of what peers keep, for those who ask here: the oldest make room. 0: none."},
  {"documents", "copy_ms", Number{&Config::documents_copy_ms, 0, 24ull * 60 * 60 * 1000},
   "For how long a copy is kept: how late an erased text is gone from a node that was not reached\n"
   "when it was erased. At most a day."},
  {"api", "listen", Text{&Config::api_listen, Text::Kind::address},
   "Where wallets and apps ask (gRPC, not encrypted: keep it on loopback or behind a proxy).\n"
   "Port 0 lets the system choose; the ready line says which."},
  {"web", "listen", Text{&Config::web_listen, Text::Kind::optional_address},
   "Where Prometheus collects /metrics (HTTP, not encrypted: keep it on loopback or behind a\n"
   "proxy). Empty: nowhere."},
  {"peer", "listen", Text{&Config::peer_listen, Text::Kind::address},
   "Where the other validators connect (mutual TLS, pinned to the node keys below)."},
  {"mempool", "bytes_max", Number{&Config::mempool_bytes_max, 1u << 20, 1ull << 30},
   "Transactions that wait, encoded; about four times that in memory."},
  {"mempool", "count_max", Number{&Config::mempool_count_max, 1, 10'000'000},
   "How many may wait."},
  {"mempool", "per_account_max", Number{&Config::mempool_per_account_max, 1, 65536},
   "How many of one account may wait."},
  {"mempool", "per_peer_max", Number{&Config::mempool_per_peer_max, 1, 10'000'000},
   "How many one validator may have brought: a faulty one leaves room for the others."},
  {"workers", "threads", Number{&Config::worker_threads, 1, 256},
   "Threads that check signatures: the number of cores, or less."},
  {"consensus", "delta_ms", Number{&Config::consensus_delta_ms, 10, 60'000},
   "The network delay to expect: 250 on a LAN, 500 across continents. Time-outs are multiples\n"
   "of it; too small skips good leaders, too large waits for dead ones."},
  {"log", "level", Text{&Config::log_level, Text::Kind::level},
   "trace, debug, info, warn or error. trace holds every input of consensus."},
  {"log", "file", Text{&Config::log_file, Text::Kind::optional_path},
   "Empty: standard error."},
  {"devnet", "offset_file", Text{&Config::devnet_offset_file, Text::Kind::optional_path},
   "Milliseconds to add to the clock, shared by all nodes of a devnet. Honoured only if the\n"
   "genesis says that the chain is a devnet. Empty: none."},
};
// clang-format on

constexpr std::string_view peers_section = "peers";
constexpr std::string_view peer_fields[] = {"name", "address", "node_key"};
constexpr std::string_view levels[] = {"trace", "debug", "info", "warn", "error"};
constexpr std::size_t peer_name_chars_max = 64;

// ---- writing ----

std::string comment_of(std::string_view text) {
  std::string lines = "# ";
  for (char const c : text) lines += c == '\n' ? std::string{"\n# "} : std::string{c};
  return lines + "\n";
}

// Names and paths come from people: a TOML basic string with what must be escaped.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string value_of(Config const& config, Text const& text) {
  return toml_text(config.*text.field);
}
std::string value_of(Config const& config, Number const& number) {
  return std::to_string(config.*number.field);
}

// ---- reading ----

class Reader {
 public:
  explicit Reader(std::string_view name) : name_{name} {}

  std::expected<Config, ConfigFault> read(toml::table const& root) const {
    Config config;
    for (auto const& [key, node] : root) {
      if (key == peers_section) {
        TRY_VOID(read_peers(config, node));
      } else {
        TRY_VOID(read_section(config, key, node));
      }
    }
    return config;
  }

 private:
  using Done = std::expected<void, ConfigFault>;

  Fault fault(toml::node const& at, std::string const& message) const {
    return Fault{{fmt::format("{}:{}: {}", name_, at.source().begin.line, message)}};
  }

  Fault unknown(toml::node const& at, std::string_view name,
                std::span<std::string_view const> known) const {
    auto const guess = nearest(name, known);
    if (guess) {
      return fault(at, fmt::format("there is no \"{}\"; did you mean \"{}\"?", name, *guess));
    }
    return fault(at,
                 fmt::format("there is no \"{}\" here; known: {}", name, fmt::join(known, ", ")));
  }

  Done read_section(Config& config, std::string_view section, toml::node const& node) const {
    std::vector<std::string_view> sections{peers_section};
    std::vector<std::string_view> names;
    for (auto const& setting : settings) {
      sections.push_back(setting.section);
      if (setting.section == section) names.push_back(setting.name);
    }
    if (names.empty()) return unknown(node, section, sections);
    auto const* table = node.as_table();
    if (table == nullptr) return fault(node, fmt::format("[{}] must be a section", section));
    for (auto const& [key, value] : *table) {
      auto const found = std::ranges::find_if(settings, [&, &name = key](auto const& setting) {
        return setting.section == section && setting.name == name.str();
      });
      if (found == std::end(settings)) return unknown(value, key, names);
      auto const full = fmt::format("{}.{}", section, key.str());
      auto const done = std::visit(
          [&, &v = value](auto const& kind) { return take(config, kind, full, v); }, found->value);
      if (!done) return std::unexpected{done.error()};
    }
    return {};
  }

  Done take(Config& config, Text const& text, std::string const& name,
            toml::node const& node) const {
    TRY(value, text_of(name, node));
    auto const kind = text.kind;
    if (kind == Text::Kind::path && value.empty()) {
      return fault(node, name + " must not be empty");
    }
    if (kind == Text::Kind::optional_key && !value.empty() &&
        !base::from_hex_as<protocol::PublicKey>(value)) {
      return fault(node, name + " must be 64 hex digits");
    }
    auto const must_be_address =
        kind == Text::Kind::address || (kind == Text::Kind::optional_address && !value.empty());
    if (must_be_address && !is_address(value)) {
      return fault(node, fmt::format("{} is \"{}\", not host:port", name, value));
    }
    if (kind == Text::Kind::level && std::ranges::find(levels, value) == std::end(levels)) {
      return unknown(node, value, levels);
    }
    config.*text.field = value;
    return {};
  }

  Done take(Config& config, Number const& number, std::string const& name,
            toml::node const& node) const {
    auto const value = node.value_exact<std::int64_t>();
    if (!value) {
      return fault(node, fmt::format("{} must be a whole number, not {}", name, kind_of(node)));
    }
    auto const in_bounds = *value >= 0 && static_cast<std::uint64_t>(*value) >= number.minimum &&
                           static_cast<std::uint64_t>(*value) <= number.maximum;
    if (!in_bounds) {
      return fault(node, fmt::format("{} is {}, outside {} to {}", name, *value, number.minimum,
                                     number.maximum));
    }
    config.*number.field = static_cast<std::uint64_t>(*value);
    return {};
  }

  std::expected<std::string, ConfigFault> text_of(std::string_view name,
                                                  toml::node const& node) const {
    auto const value = node.value_exact<std::string>();
    if (!value) {
      return fault(node, fmt::format("{} must be text in quotes, not {}", name, kind_of(node)));
    }
    return *value;
  }

  Done read_peers(Config& config, toml::node const& node) const {
    auto const* array = node.as_array();
    if (array == nullptr) return fault(node, "write each peer as a section of its own: [[peers]]");
    for (auto const& element : *array) {
      auto const* table = element.as_table();
      if (table == nullptr) return fault(element, "a peer must be a section: [[peers]]");
      TRY(peer, read_peer(*table));
      for (auto const& other : config.peers) {
        if (other.name == peer.name) return fault(element, "two peers named " + peer.name);
        if (other.node_key == peer.node_key) {
          return fault(element, fmt::format("peers {} and {} have the same node_key", other.name,
                                            peer.name));
        }
      }
      config.peers.push_back(std::move(peer));
    }
    return {};
  }

  std::expected<PeerConfig, ConfigFault> read_peer(toml::table const& table) const {
    for (auto const& [key, value] : table) {
      if (std::ranges::find(peer_fields, key.str()) == std::end(peer_fields)) {
        return unknown(value, key, peer_fields);
      }
    }
    for (auto const field : peer_fields) {
      if (!table.contains(field)) return fault(table, fmt::format("a peer without {}", field));
    }
    TRY(name, text_of("peers.name", *table.get("name")));
    TRY(address, text_of("peers.address", *table.get("address")));
    TRY(key_text, text_of("peers.node_key", *table.get("node_key")));
    if (name.empty() || name.size() > peer_name_chars_max) {
      return fault(*table.get("name"), "a peer's name has 1 to 64 characters");
    }
    if (!is_address(address)) {
      return fault(*table.get("address"),
                   fmt::format("peers.address is \"{}\", not host:port", address));
    }
    auto const key = base::from_hex_as<protocol::PublicKey>(key_text);
    if (!key) return fault(*table.get("node_key"), "peers.node_key must be 64 hex digits");
    return PeerConfig{.name = name, .address = address, .node_key = *key};
  }

  static std::string_view kind_of(toml::node const& node) {
    switch (node.type()) {
      case toml::node_type::string:
        return "text";
      case toml::node_type::integer:
        return "a whole number";
      case toml::node_type::floating_point:
        return "a number with a point";
      case toml::node_type::boolean:
        return "true or false";
      case toml::node_type::array:
        return "a list";
      case toml::node_type::table:
        return "a section";
      default:
        return "a date";
    }
  }

  std::string name_;
};

}  // namespace

std::string to_toml(Config const& config) {
  std::string out = comment_of(
      "labord: the settings of one node. `labord config check` says whether it is understood.\n"
      "Paths are below this file's folder. Sizes in bytes, times in milliseconds.");
  std::string_view section;
  for (auto const& setting : settings) {
    if (setting.section != section) {
      section = setting.section;
      out += fmt::format("\n[{}]\n", section);
    }
    out += comment_of(setting.comment);
    auto const value =
        std::visit([&](auto const& kind) { return value_of(config, kind); }, setting.value);
    out += fmt::format("{} = {}\n", setting.name, value);
  }
  out += "\n" + comment_of(
                    "The other validators: one [[peers]] section for each.\n"
                    "node_key is what `labord init` printed on that machine.");
  if (config.peers.empty()) {
    out += comment_of("[[peers]]\nname = \"bern\"\naddress = \"10.0.0.2:7300\"\nnode_key = \"\"");
  }
  for (auto const& peer : config.peers) {
    out +=
        fmt::format("[[peers]]\nname = {}\naddress = {}\nnode_key = \"{}\"\n", toml_text(peer.name),
                    toml_text(peer.address), base::hex(peer.node_key.view()));
  }
  return out;
}

std::expected<Config, ConfigFault> parse_config(std::string_view text, std::string_view name) {
  try {
    return Reader{name}.read(toml::parse(text));
  } catch (toml::parse_error const& error) {
    return Fault{{fmt::format("{}:{}: {}", name, error.source().begin.line, error.description())}};
  }
}

std::filesystem::path config_file(std::filesystem::path const& home) {
  return home / "labord.toml";
}

std::expected<Config, ConfigFault> read_config(std::filesystem::path const& home) {
  // All keys with their comments are 4 kB; each peer is 150 bytes.
  constexpr std::size_t bytes_max = 1u << 20;
  auto const path = config_file(home);
  auto const text = read_file(path, bytes_max);
  if (!text) {
    return Fault{{fmt::format("cannot read {}: {}; `labord init --home {}` makes a new one",
                              path.string(), text.error(), home.string())}};
  }
  return parse_config(*text, path.string());
}

bool is_address(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  auto const host = text.substr(0, colon);
  if (host.find(':') != std::string_view::npos && !(host.front() == '[' && host.back() == ']')) {
    return false;
  }
  auto const port = text.substr(colon + 1);
  std::uint16_t number = 0;
  auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc{} && !port.empty() && end == port.data() + port.size();
}

}  // namespace node
