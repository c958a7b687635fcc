// labord: a validator node. Commands and exit codes: `labord --help`.

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>

#include "node/ask.h"
#include "node/config.h"
#include "node/consensus_text.h"
#include "node/exit_code.h"
#include "node/home.h"
#include "node/init.h"
#include "node/logging.h"
#include "node/replay.h"
#include "node/rotate.h"
#include "node/run.h"
#include "node/signer_home.h"
#include "node/signer_run.h"
#include "node/status.h"
#include "node/version.h"
#include "node/watch.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

// jemalloc reads it before main(). What is free goes back to the system within seconds, by a thread
// of its own: reading and executing a genesis of many accounts leaves the heap several times its
// size.
extern "C" {
extern char const* malloc_conf;
char const* malloc_conf = "background_thread:true,dirty_decay_ms:2000,muzzy_decay_ms:0";
}

namespace {

using node::ExitCode;
using node::OrExit;

constexpr auto home_help = "the node's folder: labord.toml, keys, genesis, data";

OrExit<void> print(std::string const& text) {
  if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return {};
  return node::exit_with(ExitCode::disk, "cannot write to standard output");
}

OrExit<void> check(std::string const& folder) {
  TRY(home, node::load_home(folder));
  std::string text;
  for (auto const& doubt : node::doubts(home)) text += "note: " + doubt + "\n";
  text += fmt::format("ok: chain {} (genesis {}), {}", home.chain.id(),
                      base::hex(home.chain.hash().view()), home.name());
  if (home.self) {
    text +=
        fmt::format(" is validator {} of {}", home.self->value(), home.chain.validators().size());
  }
  text += "\n";
  return print(text);
}

// Which running node to ask, and how to print its answer.
struct AskOptions {
  std::string home;
  std::string api;
  bool json = false;
  bool watch = false;
};

OrExit<void> status(AskOptions const& options) {
  TRY(asked, node::whom_to_ask(options.home, options.api));
  TRY(info, node::ask(asked, &labor::v1::NodeService::Stub::GetNodeInfo));
  return print(options.json ? node::to_json_line(info) : node::status_text(info));
}

std::uint64_t clock_ms() {
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

OrExit<void> consensus(AskOptions const& options) {
  TRY(asked, node::whom_to_ask(options.home, options.api));
  auto const look = [&]() -> OrExit<std::string> {
    TRY(now, node::ask(asked, &labor::v1::NodeService::Stub::GetConsensus));
    return options.json ? node::to_json_line(now) : node::consensus_text(now, clock_ms());
  };
  if (options.watch) return node::watch(look);
  TRY(text, look());
  return print(text);
}

// What a command line asks for: set by the callback of the command that it names.
using Command = std::function<OrExit<void>()>;

void add_init(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand("init", "make the folder of a new node: keys and settings");
  auto options = std::make_shared<node::InitOptions>();
  sub->add_option("--home", options->home, home_help)->required();
  auto* genesis =
      sub->add_option("--genesis", options->genesis, "genesis.json of the chain, if there is one");
  sub->add_option("--signer", options->signer,
                  "make the consensus key in a signer of its own, in this new folder")
      ->needs(genesis);
  sub->callback([&command, options] {
    command = [options]() -> OrExit<void> {
      TRY(text, node::init(*options));
      return print(text);
    };
  });
}

void add_rotate(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand("rotate", "make a new consensus key, and say how to turn to it");
  auto options = std::make_shared<node::RotateOptions>();
  sub->add_option("--home", options->home, home_help)->required();
  sub->add_option("--signer", options->signer,
                  "make the key in a signer of its own, in this new folder; needed where a signer "
                  "has the key that is in use");
  sub->callback([&command, options] {
    command = [options]() -> OrExit<void> {
      TRY(text, node::rotate(*options));
      return print(text);
    };
  });
}

void add_run(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand("run", "run the node until SIGTERM");
  auto home = std::make_shared<std::string>();
  sub->add_option("--home", *home, home_help)->required();
  sub->callback([&command, home] { command = [home] { return node::run(*home); }; });
}

constexpr auto signer_help =
    "A signer has the consensus key and the journal of what it has signed, in a process and a "
    "folder of its own. A node whose labord.toml names its socket ([signer]) shows it what a vote "
    "stands on; the signer checks that for itself, writes the vote down, and only then signs. "
    "While it is away its node follows and does not vote.\n\n"
    "Move the key of a stopped node, then start both:\n"
    "  labord signer init --home SIGNER --node NODE\n"
    "  labord signer --home SIGNER\n"
    "  labord run --home NODE\n\n"
    "A new node can have its signer from the start, and a node turn to a new key in a new signer, "
    "also where the journal of the one before is lost; the key is then never in the node:\n"
    "  labord init --home NODE --genesis FILE --signer SIGNER\n"
    "  labord rotate --home NODE --signer NEW_SIGNER\n\n"
    "Both run as one user on one host; the socket is SIGNER/signer.sock, mode 0600. Two that sign "
    "with one key contradict each other: a second one on this host is refused. A lost or damaged "
    "journal spends the key, which is the signer's only one: never restore SIGNER/votes from a "
    "backup. "
    "To move back, stop both, "
    "move SIGNER/validator.key to NODE, SIGNER/votes to NODE/data/votes, and empty signer.socket.";

void add_signer(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand("signer", "sign for a node, in a process of its own");
  sub->footer(signer_help);
  auto home = std::make_shared<std::string>();
  auto* folder = sub->add_option("--home", *home, "the signer's folder: key, journal, genesis");
  auto* init = sub->add_subcommand("init", "move the key and the journal out of a stopped node");
  auto options = std::make_shared<node::SignerInit>();
  init->add_option("--home", options->home, "the signer's folder, to be made")->required();
  init->add_option("--node", options->node, "the node's folder")->required();
  sub->callback([&command, home, folder, init] {
    if (init->parsed()) return;
    if (folder->empty()) throw CLI::RequiredError{"--home"};
    command = [home] { return node::run_signer(*home); };
  });
  init->callback([&command, options] {
    command = [options]() -> OrExit<void> {
      TRY(text, node::init_signer(*options, node::machine_disk()));
      return print(text);
    };
  });
}

std::shared_ptr<AskOptions> add_asking(CLI::App& sub, char const* response) {
  auto options = std::make_shared<AskOptions>();
  auto* group = sub.add_option_group("node");
  group->add_option("--home", options->home, home_help);
  group->add_option("--api", options->api, "host:port of its client API");
  group->require_option(1);
  sub.add_flag("--json", options->json, std::string{"one line of JSON: labor.v1."} + response);
  return options;
}

void add_status(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand("status", "ask a running node how it is");
  auto options = add_asking(*sub, "GetNodeInfoResponse");
  sub->callback([&command, options] { command = [options] { return status(*options); }; });
}

void add_consensus(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand(
      "consensus", "what consensus is doing in a running node, and why the node waits");
  auto options = add_asking(*sub, "GetConsensusResponse");
  sub->add_flag("--watch", options->watch, "look again every second, until Ctrl-C");
  sub->callback([&command, options] { command = [options] { return consensus(*options); }; });
}

void add_replay(CLI::App& app, Command& command) {
  auto* sub = app.add_subcommand(
      "replay", "play the consensus of a log again, and check that it does what the log says");
  sub->footer("The log is of a node with level = \"trace\" under [log] in its labord.toml.");
  auto options = std::make_shared<node::ReplayOptions>();
  sub->add_option("LOG", options->log, "the node's log")->required();
  sub->add_flag("--explain", options->explain,
                "say what the node waited for, each time it changed");
  sub->add_option("--at", options->at,
                  "EPOCH/VIEW: what `labord consensus` would have said at the end of that view");
  sub->callback(
      [&command, options] { command = [options] { return node::replay(*options, print); }; });
}

void add_config(CLI::App& app, Command& command) {
  auto* config = app.add_subcommand("config", "the settings");
  config->require_subcommand(1);
  auto* sub = config->add_subcommand(
      "check", "whether settings, genesis and keys are understood and fit together");
  auto home = std::make_shared<std::string>();
  sub->add_option("--home", *home, home_help)->required();
  sub->callback([&command, home] { command = [home] { return check(*home); }; });
  auto* example = config->add_subcommand("example", "print labord.toml with every key explained");
  example->callback([&command] { command = [] { return print(node::to_toml({})); }; });
}

int finish(OrExit<void> const& done) {
  node::flush_logs();
  if (done) return static_cast<int>(ExitCode::ok);
  fmt::print(stderr, "labord: {}\n", done.error().message);
  return static_cast<int>(done.error().code);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"labord: a validator node of the labor protocol"};
  app.footer(std::string{node::exit_codes_help});
  app.require_subcommand(1);
  Command command;
  add_init(app, command);
  add_run(app, command);
  add_signer(app, command);
  add_rotate(app, command);
  add_status(app, command);
  add_consensus(app, command);
  add_replay(app, command);
  add_config(app, command);
  app.add_subcommand("version", "print the version")->callback([&command] {
    command = [] { return print(fmt::format("labord {}\n", node::version)); };
  });
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    auto const asked_for_help = app.exit(error) == static_cast<int>(CLI::ExitCodes::Success);
    return static_cast<int>(asked_for_help ? ExitCode::ok : ExitCode::usage);
  }
  return finish(command());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "labord: unexpected error: %s\n", error.what());
    return static_cast<int>(ExitCode::unexpected);
  }
}
