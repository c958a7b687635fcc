// `labor-devnet play`: a new network, its stories told with what each step did, and what to type
// next. The first thing a newcomer sees.

#pragma once

#include <filesystem>
#include <vector>

#include "devnet/network.h"

namespace devnet {

enum class Afterwards {
  stay,    // Until Ctrl-C, with one live status line.
  detach,  // Return and leave the network running.
  stop,    // Stop the network: the answer is the exit code.
};

struct PlayOptions {
  std::filesystem::path home;
  NetworkOptions network;
  std::vector<std::filesystem::path> stories;
  Afterwards afterwards = Afterwards::stay;
};

// 0 only if every check of every story held.
int play(PlayOptions const& options);

// Tells one story on a network of its own below `home`; prints as it goes.
Result<> play_alone(std::filesystem::path const& story, std::filesystem::path const& home);

// Shows the status line until SIGINT or SIGTERM, then stops the network.
int stay(Network& network);

}  // namespace devnet
