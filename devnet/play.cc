#include "devnet/play.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "devnet/files.h"
#include "devnet/node_client.h"
#include "devnet/people.h"
#include "devnet/player.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

constexpr int ready_timeout_ms = 60'000;

std::atomic<bool> interrupted = false;

void on_signal(int) {
  interrupted = true;
}

void print_line(std::string const& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

double seconds_since(std::chrono::steady_clock::time_point then) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

Result<Story> read_story(std::filesystem::path const& path) {
  TRY(text, read_file(path));
  auto story = parse_story(text);
  if (!story) return std::unexpected{path.string() + ": " + story.error()};
  return story;
}

Result<> tell(Network& network, std::filesystem::path const& path) {
  TRY(story, read_story(path));
  return Player{network, {.print = print_line}}.play(story);
}

void print_welcome(Network const& network) {
  auto const home = network.home().string();
  auto const node = network.validators()[0].api_port;
  fmt::print(
      "\nThe network runs. Its keys are public: never use them elsewhere.\n"
      "  validators   {0}, API of the first at 127.0.0.1:{1} (gRPC, with reflection)\n"
      "  people       client talent client2 talent2 owner owner2 owner3 vetter app\n"
      "               juror juror2 ... juror10\n"
      "\nWhat to type next:\n"
      "  alias labor='{2} --home {3}/wallet'      (every password is: devnet)\n"
      "  labor key list\n"
      "  labor account show --from client\n"
      "  labor ballot list\n"
      "  {4} status --home {3}\n"
      "  {4} time advance 14d --home {3}\n"
      "  {4} fault kill 3 --home {3}\n"
      "  {4} down --home {3}\n",
      network.validators().size(), node, program("labor").string(), home,
      program("labor-devnet").string());
  std::fflush(stdout);
}

}  // namespace

int stay(Network& network) {
  ::signal(SIGINT, on_signal);
  ::signal(SIGTERM, on_signal);
  bool const terminal = ::isatty(STDOUT_FILENO) == 1;
  constexpr int refresh_ms = 500;
  while (!interrupted) {
    if (terminal) {
      std::string line;
      for (unsigned i = 0; i < network.validators().size(); ++i) {
        auto const info =
            network.runs(i) ? NodeClient{network.validators()[i].api_port}.info() : std::nullopt;
        line += info ? fmt::format("  {} at {}", i, info->height()) : fmt::format("  {} down", i);
      }
      fmt::print("\r\033[K{}   (Ctrl-C stops)", line);
      std::fflush(stdout);
    }
    wait_until(refresh_ms, [] { return interrupted.load(); });
  }
  if (terminal) fmt::print("\n");
  auto const stopped = network.stop_all();
  if (!stopped) fmt::print(stderr, "{}\n", stopped.error());
  return stopped ? 0 : 1;
}

int play(PlayOptions const& options) {
  auto const started = std::chrono::steady_clock::now();
  auto network = Network::create(options.home, options.network);
  if (!network) {
    fmt::print(stderr, "{}\n", network.error());
    return 1;
  }
  auto done = network->start_all();
  if (done) done = network->wait_ready(ready_timeout_ms);
  if (done) {
    print_line(fmt::format("{} validators agree; first final block {:.1f} s after start",
                           network->validators().size(), seconds_since(started)));
  }
  bool first = true;
  for (auto const& path : options.stories) {
    if (!done) break;
    auto story = read_story(path);
    if (!story) {
      done = std::unexpected{story.error()};
      break;
    }
    Player player{*network, {.print = print_line, .finalized = [&] {
                               if (!std::exchange(first, false)) return;
                               print_line(fmt::format(
                                   "           the first final transaction, {:.1f} s after start",
                                   seconds_since(started)));
                             }}};
    done = player.play(*story);
  }
  if (!done) {
    fmt::print(stderr, "{}\n", done.error());
    (void)network->stop_all();  // The reason above is the one to read.
    return 1;
  }
  print_line("Every check of the story held.");
  if (options.afterwards == Afterwards::stop) return network->stop_all() ? 0 : 1;
  print_welcome(*network);
  return options.afterwards == Afterwards::stay ? stay(*network) : 0;
}

Result<> play_alone(std::filesystem::path const& story, std::filesystem::path const& home) {
  TRY(network, Network::create(home, {}));
  auto done = network.start_all();
  if (done) done = network.wait_ready(ready_timeout_ms);
  if (done) done = tell(network, story);
  auto const stopped = network.stop_all();
  return done ? stopped : done;
}

}  // namespace devnet
