#include "tests/e2e/changing_network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "devnet/files.h"
#include "devnet/waiting.h"
#include "devnet/wallet_command.h"
#include "protocol/genesis.h"

namespace e2e {

namespace fs = std::filesystem;
using devnet::NodeClient;

namespace {

constexpr std::uint64_t accounts = 100;
constexpr std::uint64_t shortest_epoch = 4;

void shorten_epochs(fs::path const& genesis) {
  auto shorter = protocol::Chain::from_json(devnet::read_file(genesis).value())->genesis();
  auto& change = *shorter.add_parameters();
  change.set_parameter(labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
  change.set_value(shortest_epoch);
  ASSERT_TRUE(devnet::replace_file(genesis, protocol::to_json(shorter)));
}

// The text between the quotes after the first `"name":`.
std::string text_at(std::string const& json, std::string_view name) {
  auto const begin = fmt::format("\"{}\":\"", name);
  auto const at = json.find(begin);
  if (at == std::string::npos) return {};
  auto const from = at + begin.size();
  return json.substr(from, json.find('"', from) - from);
}

}  // namespace

ChangingNetwork::~ChangingNetwork() {
  for (auto const& process : aside_) devnet::signal_process(process, SIGKILL);
  if (network_) static_cast<void>(network_->stop_all());  // Of a test that failed.
}

void ChangingNetwork::make(devnet::NetworkOptions options) {
  options.seed = fmt::format("changing-{}", ::getpid());
  options.accounts = accounts;
  auto made = devnet::Network::create(home_ / "net", options);
  ASSERT_TRUE(made) << made.error();
  network_ = std::move(*made);
  shorten_epochs(home_ / "net" / "genesis.json");
  // The wallet trusts the genesis that it was made with.
  fs::remove_all(network_->wallet_home());
  ASSERT_TRUE(devnet::make_wallet(*network_));
}

void ChangingNetwork::start() {
  ASSERT_TRUE(network().start_all());
  auto const ready = network().wait_ready(deadline_ms);
  ASSERT_TRUE(ready) << ready.error();
  chain_ = devnet::load_chain(node(0), accounts);
  ASSERT_TRUE(chain_);
  source_.emplace(*chain_, 0, 1);
}

NodeClient ChangingNetwork::node(unsigned number) const {
  return NodeClient{network_->validators()[number].api_port};
}

fs::path ChangingNetwork::folder_of(unsigned number) const {
  return network_->home() / fmt::format("node-{}", number);
}

devnet::ProcessName ChangingNetwork::run_aside(devnet::Arguments const& arguments,
                                               std::string const& log) {
  auto const started = devnet::start(arguments, home_ / log);
  EXPECT_TRUE(started) << started.error();
  if (!started) return {};
  aside_.push_back(*started);
  return *started;
}

devnet::ProcessName ChangingNetwork::run_signer(fs::path const& home) {
  return run_aside({labord(), "signer", "--home", home.string()},
                   home.filename().string() + ".log");
}

void ChangingNetwork::end_aside(devnet::ProcessName const& process, int signal) {
  ASSERT_TRUE(devnet::signal_process(process, signal));
  ASSERT_TRUE(devnet::wait_ended(process, deadline_ms));
}

void ChangingNetwork::copy_signer(fs::path const& home, fs::path const& to) {
  fs::create_directory(to);
  for (auto const* name : {"votes", "state", "genesis.json", "validator.key"}) {
    fs::copy(home / name, to / name, fs::copy_options::recursive);
  }
}

std::string ChangingNetwork::typed(devnet::Arguments const& arguments) {
  auto const ended = devnet::run(arguments);
  if (!ended) {
    ADD_FAILURE() << arguments.front() << " could not be started";
    return {};
  }
  EXPECT_EQ(ended->code, 0) << fmt::format("{}", fmt::join(arguments, " ")) << "\n"
                            << ended->out << ended->err;
  return ended->out;
}

std::string ChangingNetwork::typed_by(std::string const& person, devnet::Arguments const& words,
                                      unsigned asked) {
  auto const ended =
      devnet::run_wallet(network(), asked, person, words, devnet::WalletOutput::json);
  if (!ended) {
    ADD_FAILURE() << "the wallet could not be started";
    return {};
  }
  EXPECT_EQ(ended->code, 0) << fmt::format("labor {}", fmt::join(words, " ")) << "\n"
                            << ended->out << ended->err;
  return ended->out;
}

std::vector<std::string> ChangingNetwork::words_after(std::string const& text,
                                                      std::string_view begin) {
  std::vector<std::string> words;
  auto const at = text.find(begin);
  if (at == std::string::npos) {
    ADD_FAILURE() << "no \"" << begin << "\" in\n" << text;
    return words;
  }
  auto const from = at + begin.size();
  std::istringstream line{text.substr(from, text.find('\n', from) - from)};
  for (std::string word; line >> word;) words.push_back(word);
  return words;
}

void ChangingNetwork::set(fs::path const& node, std::vector<Setting> const& settings) {
  auto const file = node / "labord.toml";
  auto text = devnet::read_file(file).value();
  for (auto const& setting : settings) {
    auto const section = fmt::format("[{}]\n", setting.section);
    auto at = text.find(section);
    if (at == std::string::npos) {
      text.insert(0, section + "\n");
      at = 0;
    }
    at += section.size();
    auto const line = fmt::format("{} = \"{}\"\n", setting.key, setting.value);
    auto const next = text.find("\n[", at);
    auto const old = text.find(fmt::format("\n{} = ", setting.key), at - 1);
    if (old == std::string::npos || old > next) {
      text.insert(at, line);
    } else {
      text.replace(old + 1, text.find('\n', old + 1) - old, line);
    }
  }
  ASSERT_TRUE(devnet::replace_file(file, text));
}

std::string ChangingNetwork::state_of(std::string const& validator, unsigned asked) {
  return text_at(typed_by_owner({"validator", "show", validator}, asked), "state");
}

std::string ChangingNetwork::key_of(std::string const& validator, unsigned asked) {
  return text_at(typed_by_owner({"validator", "show", validator}, asked), "consensus_key");
}

void ChangingNetwork::pay() {
  auto const transaction = source_->next().bytes;
  for (unsigned i = 0; i < network().validators().size(); ++i) {
    if (network().runs(i)) node(i).submit({transaction});
  }
}

bool ChangingNetwork::pays_until(std::function<bool()> const& holds) {
  // The chain's clock may have been moved.
  auto const alive = network().living();
  auto const info = alive ? node(*alive).info() : std::nullopt;
  if (info) chain_->valid_until_ms = devnet::valid_until_ms(*info);
  std::jthread const paying{[this](std::stop_token const& stop) {
    while (!stop.stop_requested()) pay();
  }};
  return devnet::wait_until(deadline_ms, holds);
}

bool ChangingNetwork::goes_on(unsigned seen_by) {
  constexpr std::uint64_t blocks = 5;
  auto const seeing = node(seen_by);
  std::optional<std::uint64_t> before;
  return pays_until([&] {
    auto const now = seeing.info();
    if (!now) return false;
    if (!before) before = now->height();
    return now->height() >= *before + blocks;
  });
}

void ChangingNetwork::expect_equal(std::vector<unsigned> const& validators) {
  std::optional<std::uint64_t> height;
  for (auto const number : validators) {
    auto const info = node(number).info();
    ASSERT_TRUE(info) << network().state_of_nodes();
    height = std::min(height.value_or(info->height()), info->height());
  }
  std::optional<std::string> block;
  for (auto const number : validators) {
    auto const answer = node(number).block(*height);
    ASSERT_TRUE(answer) << network().state_of_nodes();
    if (!block) block = answer->block_hash();
    EXPECT_EQ(answer->block_hash(), *block) << "validator " << number << " at height " << *height;
  }
}

}  // namespace e2e
