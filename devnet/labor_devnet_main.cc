// labor-devnet: a whole network on this machine. Every command works on the devnet in --home.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "devnet/agreement.h"
#include "devnet/bench.h"
#include "devnet/link_proxy.h"
#include "devnet/network.h"
#include "devnet/people.h"
#include "devnet/play.h"
#include "devnet/story.h"
#include "devnet/time_travel.h"
#include "devnet/wallet_command.h"
#include "protocol/base/try.h"
#include "wallet/dates.h"

namespace devnet {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t port_base_default = 27'100;
constexpr int ready_timeout_ms = 60'000;

struct Common {
  fs::path home = "devnet/run";
};

int report(Result<> const& done) {
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error());
  return 1;
}

// Opens the devnet in `home` and does `act` on it.
template <class Act>
int on_network(fs::path const& home, Act act) {
  auto network = Network::open(home);
  if (!network) {
    fmt::print(stderr, "{}; is there a devnet? `labor-devnet up` makes one\n", network.error());
    return 1;
  }
  return report(act(*network));
}

void add_network_options(CLI::App& command, NetworkOptions& options) {
  options.port_base = port_base_default;
  command.add_option("--validators", options.validators, "how many")->check(CLI::Range(1, 32));
  command.add_option("--seed", options.seed, "all keys and the genesis follow from it");
  command.add_option("--port-base", options.port_base, "first port; 0 = any that are free");
}

Result<> reset(fs::path const& home) {
  if (auto network = Network::open(home)) TRY_VOID(network->stop_all());
  std::error_code error;
  fs::remove_all(home, error);
  if (error) return std::unexpected{"cannot remove " + home.string() + ": " + error.message()};
  return {};
}

int up(fs::path const& home, NetworkOptions const& options, bool detach, bool json) {
  auto network =
      fs::exists(home / "devnet.json") ? Network::open(home) : Network::create(home, options);
  if (!network) return report(std::unexpected{network.error()});
  auto started = network->start_all();
  if (started) started = network->wait_ready(ready_timeout_ms);
  if (!started) {
    (void)network->stop_all();  // Why it did not start is what to read.
    return report(started);
  }
  if (json) {
    fmt::print("{{\"event\":\"ready\",\"chain_id\":\"{}\",\"api\":[", network->chain_id());
    for (auto const& validator : network->validators()) {
      fmt::print("{}\"127.0.0.1:{}\"", &validator == &network->validators().front() ? "" : ",",
                 validator.api_port);
    }
    fmt::print("]}}\n");
  } else {
    fmt::print("{}", network->state_of_nodes());
  }
  std::fflush(stdout);
  return detach ? 0 : stay(*network);
}

Result<> print_log(Network& network, unsigned number) {
  if (number >= network.validators().size()) {
    return std::unexpected{fmt::format("no validator {}", number)};
  }
  std::ifstream in{network.log_of(number)};
  std::copy(std::istreambuf_iterator<char>{in}, {}, std::ostreambuf_iterator<char>{std::cout});
  return {};
}

Result<> print_people(Network& network, std::string const& only) {
  if (!only.empty()) {
    fmt::print("{}\n", words_of(network.seed(), only));
    return {};
  }
  fmt::print("Everybody knows these keys: they are worth nothing anywhere else.\n");
  for (auto const& person : people) {
    fmt::print("{:8} {}  {}\n", person.name, network.address_text_of(person.name), person.what);
  }
  return {};
}

Result<> pay_from_faucet(Network& network, std::string const& to, std::string const& amount) {
  auto const named = std::ranges::find(people, to, &Person::name) != people.end();
  auto const address = named ? network.address_text_of(to) : to;
  TRY(validator, network.living());
  auto const ended = run_wallet(network, validator, std::string{faucet.name},
                                {"account", "send", address, amount}, WalletOutput::text);
  if (!ended) return std::unexpected{std::string{"the wallet could not be started"}};
  if (ended->code == 0) {
    fmt::print("{}{}", ended->err, ended->out);
    return {};
  }
  return std::unexpected{fmt::format("{}the wallet ended with {}", ended->err, ended->code)};
}

Result<> advance(Network& network, std::string const& duration) {
  TRY(duration_ms, parse_duration_ms(duration));
  TRY(tip, pass_time(network, duration_ms));
  auto const passed = wallet::show_duration(duration_ms);
  if (tip) {
    fmt::print("{} have passed: block {} is of {}\n", passed, tip->height,
               wallet::show_time(protocol::TimeMs{tip->time_ms}));
  } else {
    fmt::print("{} have passed; no validator runs, those that start find the new time\n", passed);
  }
  return {};
}

constexpr std::string_view no_stories =
    "there is no story to tell: name files, or say --all or --group where tests/scenarios is";

// Of one group, which is a folder; empty: of all.
std::vector<fs::path> stories_of_the_tree(std::string const& group) {
  std::vector<fs::path> found;
  std::error_code none;  // No such folder: no stories.
  auto const folder = fs::path{"tests"} / "scenarios" / group;
  for (auto const& file : fs::recursive_directory_iterator{folder, none}) {
    if (file.path().extension() == ".txt") found.push_back(file.path());
  }
  std::ranges::sort(found);
  return found;
}

// Every story on a network of its own, below `home`.
Result<> tell_stories(std::vector<fs::path> const& stories, fs::path const& home) {
  for (auto const& story : stories) {
    auto const place = home / story.stem();
    TRY_VOID(reset(place));
    if (auto const told = play_alone(story, place); !told) {
      return std::unexpected{story.string() + ": " + told.error()};
    }
    fmt::print("{}: every check held\n\n", story.string());
  }
  return {};
}

struct Commands {
  Common common;
  PlayOptions play;
  NetworkOptions network;
  BenchOptions bench;
  bool detach = false;
  bool once = false;
  bool json = false;
  unsigned number = 0;
  std::uint32_t delay_ms = 0;
  std::string text;
  std::string amount;
  std::vector<fs::path> stories;
  bool all = false;
  int code = 0;

  void add_lifecycle(CLI::App& app);
  void add_use(CLI::App& app);
  void add_faults(CLI::App& app);
  void add_bench(CLI::App& app);

  CLI::App* add(CLI::App& app, std::string const& name, std::string const& what) {
    auto* command = app.add_subcommand(name, what);
    command->add_option("--home", common.home, "where the devnet lives");
    return command;
  }
  template <class Act>
  void on_network_callback(CLI::App* command, Act act) {
    command->callback([this, act] { code = on_network(common.home, act); });
  }
};

void Commands::add_lifecycle(CLI::App& app) {
  auto* const play_command = add(app, "play", "a new devnet that plays stories, then stays up");
  add_network_options(*play_command, play.network);
  play_command->add_option("stories", play.stories)->required()->check(CLI::ExistingFile);
  play_command->add_flag("--detach", detach, "return and leave it running");
  play_command->add_flag("--once", once, "stop when the stories are told");
  play_command->callback([this] {
    play.home = common.home;
    play.afterwards = once ? Afterwards::stop : detach ? Afterwards::detach : Afterwards::stay;
    code = report(reset(common.home));
    if (code == 0) code = devnet::play(play);
  });

  auto* const up_command = add(app, "up", "start the devnet, making it first if there is none");
  add_network_options(*up_command, network);
  up_command->add_flag("--detach", detach, "return once it is ready");
  up_command->add_flag("--json", json, "one line of JSON when it is ready");
  up_command->callback([this] { code = up(common.home, network, detach, json); });

  on_network_callback(add(app, "down", "stop the devnet; its data stays"),
                      [](Network& running) { return running.stop_all(); });
  auto* const reset_command = add(app, "reset", "stop the devnet and remove its data");
  reset_command->callback([this] { code = report(reset(common.home)); });
}

void Commands::add_use(CLI::App& app) {
  on_network_callback(add(app, "status", "one line per validator"),
                      [](Network& running) -> Result<> {
                        fmt::print("{}", running.state_of_nodes());
                        return {};
                      });
  auto* const logs = add(app, "logs", "the log of a validator");
  logs->add_option("validator", number)->required();
  on_network_callback(logs, [this](Network& running) { return print_log(running, number); });

  auto* const people_command = add(app, "people", "the people of the devnet and their addresses");
  people_command->add_option("--words-of", text, "print the 24 words of one of them");
  on_network_callback(people_command,
                      [this](Network& running) { return print_people(running, text); });

  auto* const faucet_command = add(app, "faucet", "give money to a person or an address");
  faucet_command->add_option("to", text, "client, talent, ... or tlabor1...")->required();
  faucet_command->add_option("amount", amount, "\"100 USD\" or 100USD")->required();
  on_network_callback(faucet_command,
                      [this](Network& running) { return pay_from_faucet(running, text, amount); });

  auto* const time = app.add_subcommand("time", "the devnet's clock");
  time->require_subcommand(1);
  auto* const advance_command = add(*time, "advance", "move the clock: 14d, 1h30m");
  advance_command->add_option("duration", text)->required();
  on_network_callback(advance_command, [this](Network& running) { return advance(running, text); });

  auto* const scenario = add(app, "scenario", "tell stories, each on a network of its own");
  auto* const named = scenario->add_option("stories", stories)->check(CLI::ExistingFile);
  auto* const every = scenario->add_flag("--all", all, "every story of tests/scenarios, by name");
  every->excludes(named);
  scenario->add_option("--group", text, "those of one of its folders: governance")
      ->excludes(named)
      ->excludes(every);
  scenario->callback([this] {
    if (all || !text.empty()) stories = stories_of_the_tree(text);
    code = stories.empty() ? report(std::unexpected{std::string{no_stories}})
                           : report(tell_stories(stories, common.home));
  });
}

void Commands::add_faults(CLI::App& app) {
  auto* const fault = app.add_subcommand("fault", "what can go wrong");
  fault->require_subcommand(1);
  struct Row {
    char const* name;
    char const* what;
    Result<> (Network::*act)(unsigned);
  };
  static constexpr Row rows[] = {
      {"kill", "SIGKILL a validator", &Network::kill_validator},
      {"start", "start one that does not run", &Network::start_validator},
      {"pause", "SIGSTOP a validator", &Network::pause_validator},
      {"resume", "SIGCONT it", &Network::resume_validator},
      {"restart", "SIGTERM, then start", &Network::restart_validator},
      {"disconnect", "cut its links to the others", &Network::disconnect_validator},
      {"reconnect", "open them again", &Network::reconnect_validator},
      {"full-disk", "let it write nothing until it is started again", &Network::fill_disk},
  };
  for (auto const& row : rows) {
    auto* const command = add(*fault, row.name, row.what);
    command->add_option("validator", number)->required();
    on_network_callback(command,
                        [this, act = row.act](Network& running) { return (running.*act)(number); });
  }
  auto* const delay = add(*fault, "delay", "hold every byte between validators for this long");
  delay->add_option("ms", delay_ms)->required();
  on_network_callback(delay, [this](Network& running) { return running.delay_links(delay_ms); });
}

void Commands::add_bench(CLI::App& app) {
  auto* const command = app.add_subcommand("bench", "measure a network of its own");
  command->add_option("--seconds", bench.seconds, "of load, after a warm-up");
  command->add_option("--rate", bench.rate, "transactions a second; 0 = as many as it takes");
  command->add_option("--accounts", bench.accounts, "in the state");
  command->add_option("--delay-ms", bench.delay_ms, "emulated one-way delay between validators");
  command->add_option("--dead", bench.dead, "validators killed before the load");
  command->add_option("--validators", bench.validators, "of the network")->check(CLI::Range(1, 32));
  command->add_option("--mix", bench.mix, "what is sent")
      ->check(CLI::IsMember({"transfer", "labor"}));
  command->add_option("--contracts", bench.contracts, "open in the labor mix");
  command->add_option("--seed", bench.seed, "of all that chance decides in the labor mix");
  command->add_option("--against-accounts", bench.against_accounts,
                      "of a second network, which the labor mix measures in turn with the first");
  command->add_option("--against-contracts", bench.against_contracts, "open on the second network");
  command->add_flag("--json", bench.json, "one JSON object on standard output");
  command->add_option("--home", bench.home, "where its network lives meanwhile");
  command->callback([this] { code = devnet::run_bench(bench); });

  auto* const serve = app.add_subcommand("serve-links", "carry the links of a devnet");
  serve->group("");  // Started by `up`, not by people.
  serve->add_option("file", text)->required();
  serve->callback([this] { code = serve_links(text); });
}

}  // namespace
}  // namespace devnet

namespace {

int parse_and_run(int argc, char** argv) {
  CLI::App app{"A whole labor network on this machine"};
  app.require_subcommand(1);
  devnet::Commands commands;
  commands.add_lifecycle(app);
  commands.add_use(app);
  commands.add_faults(app);
  commands.add_bench(app);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    constexpr int usage = 2;
    return app.exit(error) == 0 ? 0 : usage;
  }
  return commands.code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "labor-devnet: unexpected error: %s\n", error.what());
    return 1;
  }
}
