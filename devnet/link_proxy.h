// One process that carries every link between the validators of a devnet and can delay or cut
// each. A node dials its peers through it; bytes pass unchanged (TLS is end to end).
//
// The links and their faults stand in a text file that is read again when it changes:
//   file = line*
//   line = listen-port target-port from to delay-ms ("open" | "cut" | "silent")
//
// A delay holds every byte for that long, in order, in each direction; at most
// `held_bytes_max` are held on a link, then the sender waits (as on a full pipe).
// A cut link refuses and resets connections, as a router does that knows of no way; a silent one
// keeps them and carries nothing, as a cable that was pulled: what was sent meanwhile arrives when
// it is open again, as TCP would send it again, if both ends still wait for it.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace devnet {

enum class LinkState { open, cut, silent };

struct Link {
  std::uint16_t listen_port = 0;
  std::uint16_t target_port = 0;
  unsigned from = 0;
  unsigned to = 0;
  std::uint32_t delay_ms = 0;
  LinkState state = LinkState::open;

  bool operator==(Link const&) const = default;
};

std::expected<std::vector<Link>, std::string> read_links(std::filesystem::path const& file);

// Replaces the file at once, so that a reader sees the old or the new, never a half.
std::expected<void, std::string> write_links(std::filesystem::path const& file,
                                             std::vector<Link> const& links);

// Serves until SIGTERM or SIGINT; returns the exit code.
int serve_links(std::filesystem::path const& file);

}  // namespace devnet
