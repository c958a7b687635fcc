// How labord ends, for scripts and service files. Numbers follow sysexits.h where it has one.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace node {

enum class ExitCode : std::uint8_t {
  ok = 0,
  unexpected = 1,
  usage = 64,
  damaged = 65,      // The database, or a signer's journal, is damaged; nothing was changed.
                     // replay: the log has a line that does not follow from those before.
  unavailable = 69,  // status: the node does not answer. run, signer: cannot listen, or no signer.
  halted = 70,       // The node must not go on: its state differs from a final block's, or a
                     // ballot has turned on a feature that it lacks.
  exists = 73,       // init: there is something already, and nothing is overwritten.
  disk = 74,         // The disk is full or fails.
  locked = 75,       // Another labord uses the data folder or the consensus key.
  config = 78,       // labord.toml, a key file or the genesis is missing or wrong.
};

// For --help.
inline constexpr std::string_view exit_codes_help =
    "Exit codes:\n"
    "  0   done; for run: stopped cleanly\n"
    "  1   unexpected error\n"
    "  64  wrong usage\n"
    "  65  the database, or a signer's journal, is lost or damaged; for replay: the log\n"
    "      has a line that does not follow from those before\n"
    "  69  an address cannot be listened on, or the node or the signer does not answer\n"
    "  70  halted: executing a final block gave another state, or a feature is missing\n"
    "  73  init, signer init: there is something already; nothing is overwritten\n"
    "  74  the disk is full or fails\n"
    "  75  another labord uses the data folder or the consensus key\n"
    "  78  labord.toml, a key file or the genesis is missing or wrong\n";

// Why a command ends without having done its work: `message` says what happened and what to do.
struct Exit {
  ExitCode code = ExitCode::unexpected;
  std::string message;
};

template <class T>
using OrExit = std::expected<T, Exit>;

inline std::unexpected<Exit> exit_with(ExitCode code, std::string message) {
  return std::unexpected{Exit{code, std::move(message)}};
}

}  // namespace node
