// Processes of a devnet: nodes and link proxies that outlive the command that started them, and
// wallet commands that are run to their end.
//
// A process is named by its pid together with its start time, so that a pid that the system has
// given to somebody else is never signalled.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace devnet {

using Arguments = std::vector<std::string>;

struct ProcessName {
  pid_t pid = 0;
  // Clock ticks since boot, field 22 of /proc/PID/stat.
  std::uint64_t started = 0;
};

// Starts `arguments[0]` in a session of its own, standard output and error appended to `log`.
std::expected<ProcessName, std::string> start(Arguments const& arguments,
                                              std::filesystem::path const& log);

// Whether that very process still runs (a zombie does not).
bool running(ProcessName const& process);

// Sends `signal` if that very process still runs; returns whether it did.
bool signal_process(ProcessName const& process, int signal);

// No file of that process can be written beyond `bytes` any more; returns whether it runs.
bool limit_file_size(ProcessName const& process, std::uint64_t bytes);

// Waits until it has ended, at most `timeout_ms`; returns whether it has.
bool wait_ended(ProcessName const& process, int timeout_ms);

struct Ended {
  // The exit code, or 128 + the signal.
  int code = 0;
  std::string out;
  std::string err;
};

// Runs to the end, with standard input from /dev/null. Nothing if it could not be started.
std::optional<Ended> run(Arguments const& arguments);

}  // namespace devnet
