#include "devnet/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "protocol/base/check.h"

namespace devnet {
namespace {

std::vector<char*> pointers_to(Arguments& arguments) {
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return pointers;
}

// State letter and start time of a process; nothing if there is none.
struct Stat {
  char state = 0;
  std::uint64_t started = 0;
};
std::optional<Stat> stat_of(pid_t pid) {
  std::ifstream in{"/proc/" + std::to_string(pid) + "/stat"};
  auto const text = std::string{std::istreambuf_iterator<char>{in}, {}};
  // The second field is a name in parentheses that may hold anything: count from the last one.
  auto const close = text.rfind(')');
  if (close == std::string::npos) return std::nullopt;
  std::istringstream fields{text.substr(close + 1)};
  auto const words = std::vector<std::string>{std::istream_iterator<std::string>{fields}, {}};
  constexpr std::size_t started_after_name = 19;  // Field 22; the state is field 3.
  if (words.size() <= started_after_name) return std::nullopt;
  return Stat{words[0][0], std::stoull(words[started_after_name])};
}

[[noreturn]] void become(Arguments const& arguments) {
  auto copy = arguments;
  ::execvp(copy[0].c_str(), pointers_to(copy).data());
  constexpr int cannot_execute = 127;  // As a shell says it.
  ::_exit(cannot_execute);
}

std::string read_all(std::array<int, 2> const& files, std::string& err) {
  std::string out;
  std::array<pollfd, 2> polls{{{files[0], POLLIN, 0}, {files[1], POLLIN, 0}}};
  std::array<std::string*, 2> const texts{&out, &err};
  int open = 2;
  while (open > 0) {
    if (::poll(polls.data(), polls.size(), -1) < 0 && errno != EINTR) break;
    for (std::size_t i = 0; i < polls.size(); ++i) {
      if (polls[i].fd < 0 || polls[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      auto const got = ::read(polls[i].fd, buffer.data(), buffer.size());
      if (got > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(got));
      } else if (got == 0 || errno != EINTR) {
        ::close(polls[i].fd);
        polls[i].fd = -1;
        --open;
      }
    }
  }
  return out;
}

}  // namespace

std::expected<ProcessName, std::string> start(Arguments const& arguments,
                                              std::filesystem::path const& log) {
  auto const file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) {
    return std::unexpected{"cannot write " + log.string() + ": " + std::strerror(errno)};
  }
  auto const pid = ::fork();
  if (pid < 0) return std::unexpected{std::string{"cannot fork: "} + std::strerror(errno)};
  if (pid == 0) {
    ::setsid();
    auto const nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    become(arguments);
  }
  ::close(file);
  auto const stat = stat_of(pid);
  if (!stat) return std::unexpected{arguments[0] + " ended at once; see " + log.string()};
  return ProcessName{pid, stat->started};
}

bool running(ProcessName const& process) {
  if (process.pid <= 0) return false;
  // Our own children stay as zombies until they are waited for.
  ::waitpid(process.pid, nullptr, WNOHANG);
  auto const stat = stat_of(process.pid);
  return stat && stat->started == process.started && stat->state != 'Z' && stat->state != 'X';
}

bool signal_process(ProcessName const& process, int signal) {
  return running(process) && ::kill(process.pid, signal) == 0;
}

bool limit_file_size(ProcessName const& process, std::uint64_t bytes) {
  if (!running(process)) return false;
  rlimit const limit{.rlim_cur = bytes, .rlim_max = bytes};
  return ::prlimit(process.pid, RLIMIT_FSIZE, &limit, nullptr) == 0;
}

bool wait_ended(ProcessName const& process, int timeout_ms) {
  if (!running(process)) return true;
  auto const handle = static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0));
  if (handle < 0) return !running(process);
  pollfd poll{handle, POLLIN, 0};
  ::poll(&poll, 1, timeout_ms);
  ::close(handle);
  return !running(process);
}

std::optional<Ended> run(Arguments const& arguments) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) {
    return std::nullopt;
  }
  auto const pid = ::fork();
  if (pid < 0) return std::nullopt;
  if (pid == 0) {
    auto const nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    become(arguments);
  }
  ::close(out[1]);
  ::close(err[1]);
  Ended ended;
  ended.out = read_all({out[0], err[0]}, ended.err);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int signalled = 128;
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : signalled + WTERMSIG(status);
  return ended;
}

}  // namespace devnet
