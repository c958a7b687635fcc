#include "devnet/network.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>

#include "devnet/configuration.h"
#include "devnet/description.h"
#include "devnet/files.h"
#include "devnet/node_client.h"
#include "devnet/people.h"
#include "devnet/ports.h"
#include "devnet/waiting.h"
#include "devnet/wallet_command.h"
#include "protocol/address.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t ports_per_validator = 3;  // api, peer, web.
constexpr int stop_timeout_ms = 10'000;
constexpr int pause_timeout_ms = 2'000;

Result<> stop_process(ProcessName const& process, std::string const& name) {
  if (!signal_process(process, SIGTERM)) return {};
  signal_process(process, SIGCONT);  // A paused one could not act on it.
  if (wait_ended(process, stop_timeout_ms)) return {};
  signal_process(process, SIGKILL);
  wait_ended(process, pause_timeout_ms);
  return std::unexpected{
      fmt::format("{} did not stop within {} s and was killed", name, stop_timeout_ms / 1000)};
}

fs::path offset_file_of(fs::path const& home, unsigned number) {
  return home / fmt::format("node-{}", number) / "offset_ms";
}

}  // namespace

fs::path program(std::string_view name) {
  return fs::read_symlink("/proc/self/exe").parent_path() / name;
}

Result<Network> Network::create(fs::path const& home, NetworkOptions const& options) {
  std::error_code error;
  if (fs::exists(home) && !fs::is_empty(home, error)) {
    return std::unexpected{home.string() +
                           " is in use; `labor-devnet down` stops it, `reset` removes it"};
  }
  fs::create_directories(home, error);
  if (error) return std::unexpected{"cannot make " + home.string() + ": " + error.message()};

  Network network;
  network.home_ = fs::canonical(home);
  network.chain_id_ = "labor-devnet-" + options.seed;
  network.seed_ = options.seed;
  network.proxied_ = options.proxied;
  TRY_VOID(network.configure(options));
  TRY_VOID(network.save());
  TRY_VOID(make_wallet(network));
  return network;
}

Result<> Network::configure(NetworkOptions const& options) {
  // And one for each link between two.
  auto const n = std::size_t{options.validators};
  auto const wanted = ports_per_validator * n + (proxied_ ? n * (n - 1) : 0);
  TRY(ports, options.port_base == 0 ? ports_free(wanted) : ports_from(options.port_base, wanted));
  auto next = ports.begin();
  for (unsigned i = 0; i < options.validators; ++i) {
    auto const api_port = *next++;
    auto const peer_port = *next++;
    auto const web_port = *next++;
    validators_.push_back({.name = fmt::format("validator-{}", i),
                           .api_port = api_port,
                           .peer_port = peer_port,
                           .web_port = web_port,
                           .process = {}});
  }
  std::vector<Link> links;
  for (unsigned from = 0; proxied_ && from < options.validators; ++from) {
    for (unsigned to = 0; to < options.validators; ++to) {
      if (from == to) continue;
      links.push_back({.listen_port = *next++,
                       .target_port = validators_[to].peer_port,
                       .from = from,
                       .to = to,
                       .delay_ms = options.delay_ms});
    }
  }
  if (proxied_) TRY_VOID(write_links(home_ / "links", links));
  auto const genesis = make_genesis(*this, seed_, options.accounts);
  TRY_VOID(replace_file(home_ / "genesis.json", protocol::to_json(genesis)));
  for (unsigned i = 0; i < options.validators; ++i) {
    TRY_VOID(configure_validator(*this, seed_, i, links));
  }
  return {};
}

Result<Network> Network::open(fs::path const& home) {
  TRY(text, read_file(home / "devnet.json"));
  TRY(description, read_description(text));
  Network network;
  network.home_ = fs::canonical(home);
  network.chain_id_ = description.chain_id;
  network.seed_ = description.seed;
  network.validators_ = description.validators;
  network.proxied_ = description.proxied;
  network.proxy_ = description.proxy;
  return network;
}

Result<> Network::save() const {
  return replace_file(home_ / "devnet.json", write_description({.chain_id = chain_id_,
                                                                .seed = seed_,
                                                                .validators = validators_,
                                                                .proxied = proxied_,
                                                                .proxy = proxy_}));
}

Result<> Network::check_number(unsigned number) const {
  if (number < validators_.size()) return {};
  return std::unexpected{
      fmt::format("no validator {}: there are 0 to {}", number, validators_.size() - 1)};
}

fs::path Network::log_of(unsigned number) const {
  return home_ / fmt::format("node-{}.log", number);
}

protocol::Address Network::address_of(std::string_view person) const {
  return address_of_person(seed_, person);
}

std::string Network::address_text_of(std::string_view person) const {
  return protocol::address_text(address_of(person), protocol::Network::devnet);
}

Result<> Network::start_all() {
  if (proxied_ && !running(proxy_)) {
    TRY(proxy, start({program("labor-devnet"), "serve-links", (home_ / "links").string()},
                     home_ / "links.log"));
    proxy_ = proxy;
    TRY_VOID(save());
  }
  for (unsigned i = 0; i < validators_.size(); ++i) TRY_VOID(start_validator(i));
  return {};
}

Result<> Network::start_validator(unsigned number) {
  TRY_VOID(check_number(number));
  if (runs(number)) return {};
  auto const home = (home_ / fmt::format("node-{}", number)).string();
  TRY(process, start({program("labord"), "run", "--home", home}, log_of(number)));
  validators_[number].process = process;
  return save();
}

Result<> Network::stop_validator(unsigned number) {
  TRY_VOID(check_number(number));
  return stop_process(validators_[number].process, validators_[number].name);
}

Result<> Network::stop_all() {
  std::string trouble;
  // All at once, then wait: a devnet stops as fast as its slowest node.
  for (auto const& validator : validators_) {
    if (signal_process(validator.process, SIGTERM)) signal_process(validator.process, SIGCONT);
  }
  for (auto const& validator : validators_) {
    auto const stopped = stop_process(validator.process, validator.name);
    if (!stopped) trouble += stopped.error() + "\n";
  }
  if (auto const stopped = stop_process(proxy_, "the link proxy"); !stopped) {
    trouble += stopped.error();
  }
  if (!trouble.empty()) return std::unexpected{trouble};
  return {};
}

Result<> Network::wait_ready(int timeout_ms) const {
  for (unsigned i = 0; i < validators_.size(); ++i) {
    NodeClient const node{validators_[i].api_port};
    auto const ready = wait_until(timeout_ms, [&] {
      auto const info = node.info();
      return !runs(i) || (info && info->height() > 0);
    });
    if (ready && runs(i)) continue;
    return std::unexpected{fmt::format("{} {}; its log is {}\n{}", validators_[i].name,
                                       runs(i) ? "has no final block in time" : "has ended",
                                       log_of(i).string(), state_of_nodes())};
  }
  return {};
}

Result<> Network::kill_validator(unsigned number) {
  TRY_VOID(check_number(number));
  signal_process(validators_[number].process, SIGKILL);
  if (wait_ended(validators_[number].process, stop_timeout_ms)) return {};
  return std::unexpected{validators_[number].name + " did not die"};
}

Result<> Network::pause_validator(unsigned number) {
  TRY_VOID(check_number(number));
  if (signal_process(validators_[number].process, SIGSTOP)) return {};
  return std::unexpected{validators_[number].name + " does not run"};
}

Result<> Network::resume_validator(unsigned number) {
  TRY_VOID(check_number(number));
  if (signal_process(validators_[number].process, SIGCONT)) return {};
  return std::unexpected{validators_[number].name + " does not run"};
}

Result<> Network::restart_validator(unsigned number) {
  TRY_VOID(stop_validator(number));
  return start_validator(number);
}

Result<> Network::fill_disk(unsigned number) {
  TRY_VOID(check_number(number));
  // Its log keeps some room: the reason why it stops must be found there.
  constexpr std::uint64_t log_room_bytes = 16u << 10;
  std::error_code error;
  auto const log_bytes = fs::file_size(log_of(number), error);
  auto const most = (error ? 0 : log_bytes) + log_room_bytes;
  if (limit_file_size(validators_[number].process, most)) return {};
  return std::unexpected{validators_[number].name + " does not run"};
}

Result<> Network::change_links(std::function<void(Link&)> const& change) {
  if (!proxied_) return std::unexpected{std::string{"this devnet's links have no proxy"}};
  TRY(links, read_links(home_ / "links"));
  for (auto& link : links) change(link);
  return write_links(home_ / "links", links);
}

Result<> Network::delay_links(std::uint32_t delay_ms) {
  return change_links([&](Link& link) { link.delay_ms = delay_ms; });
}

Result<> Network::disconnect_validator(unsigned number) {
  TRY_VOID(check_number(number));
  return change_links([&](Link& link) {
    if (link.from == number || link.to == number) link.state = LinkState::cut;
  });
}

Result<> Network::reconnect_validator(unsigned number) {
  TRY_VOID(check_number(number));
  return change_links([&](Link& link) {
    if (link.from == number || link.to == number) link.state = LinkState::open;
  });
}

Result<> Network::advance_time(std::uint64_t duration_ms) {
  for (unsigned i = 0; i < validators_.size(); ++i) TRY_VOID(advance_clock(i, duration_ms));
  return {};
}

Result<> Network::advance_clock(unsigned number, std::uint64_t duration_ms) {
  TRY_VOID(check_number(number));
  auto const file = offset_file_of(home_, number);
  auto const text = read_file(file);
  auto const before_ms = text ? std::strtoull(text->c_str(), nullptr, 10) : 0ull;
  return replace_file(file, std::to_string(before_ms + duration_ms));
}

Result<unsigned> Network::living() const {
  for (unsigned i = 0; i < validators_.size(); ++i) {
    if (runs(i)) return i;
  }
  return std::unexpected{std::string{"no validator runs"}};
}

std::string Network::state_of_nodes() const {
  std::string text;
  for (unsigned i = 0; i < validators_.size(); ++i) {
    auto const& validator = validators_[i];
    if (!runs(i)) {
      text += fmt::format("{}: not running\n", validator.name);
      continue;
    }
    auto const info = NodeClient{validator.api_port}.info();
    if (!info) {
      text += fmt::format("{}: runs (pid {}), gives no answer\n", validator.name,
                          validator.process.pid);
      continue;
    }
    auto const connected =
        std::ranges::count_if(info->peers(), [](auto const& peer) { return peer.connected(); });
    text += fmt::format("{}: height {}, view {}, {} of {} peers, {} waiting, 127.0.0.1:{}\n",
                        validator.name, info->height(), info->view(), connected,
                        info->peers().size(), info->mempool_transactions(), validator.api_port);
  }
  return text;
}

}  // namespace devnet
