// A shell command on a terminal of its own, as a person would type it: what it asks is answered
// at once, in the order of the table; what it prints is kept. Ends with its object.

#pragma once

#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace e2e {

struct Reply {
  std::string question;  // The end of what is asked.
  std::string answer;
};

class OnTerminal {
 public:
  OnTerminal(std::string const& line, std::filesystem::path const& folder,
             std::vector<Reply> replies)
      : replies_{std::move(replies)} {
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ == 0) {
      std::error_code error;
      std::filesystem::current_path(folder, error);
      ::setenv("HOME", folder.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): a process of its own.
      ::execl("/bin/bash", "bash", "-O", "expand_aliases", "-c", line.c_str(), nullptr);
      ::_exit(127);
    }
    ended_ = code_.get_future();
    reader_ = std::jthread{[this] { read(); }};
  }
  ~OnTerminal() {
    if (!code_known_) signal(SIGKILL);
    reader_.join();
    ::close(terminal_);
  }
  OnTerminal(OnTerminal const&) = delete;
  OnTerminal& operator=(OnTerminal const&) = delete;

  // The exit code, 128 + the signal; nothing if it still runs then.
  std::optional<int> wait(int timeout_ms) {
    if (!code_known_) {
      if (ended_.wait_for(std::chrono::milliseconds{timeout_ms}) != std::future_status::ready) {
        return std::nullopt;
      }
      code_known_ = ended_.get();
    }
    return code_known_;
  }
  void terminate() const { signal(SIGTERM); }

  // Once it has ended.
  std::string const& said() const { return said_; }

 private:
  // To all that runs there. The group is the child's to make: until it has, there is the child
  // alone, and who waited for its end after a signal to nobody would wait for ever.
  void signal(int number) const {
    if (pid_ <= 0) return;  // It could not be started; -1 would be everybody.
    if (::kill(-pid_, number) != 0) ::kill(pid_, number);
  }

  void read() {
    std::array<char, 4096> bytes{};
    for (;;) {
      auto const got = ::read(terminal_, bytes.data(), bytes.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;  // EIO: nobody has the terminal open any more.
      said_.append(bytes.data(), static_cast<std::size_t>(got));
      answer();
    }
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    constexpr int signalled = 128;
    code_.set_value(WIFEXITED(status) ? WEXITSTATUS(status) : signalled + WTERMSIG(status));
  }

  void answer() {
    for (auto const& reply : replies_) {
      auto const asked = said_.find(reply.question, answered_);
      if (asked == std::string::npos) continue;
      answered_ = asked + reply.question.size();
      [[maybe_unused]] auto const written =
          ::write(terminal_, reply.answer.data(), reply.answer.size());
    }
  }

  std::vector<Reply> replies_;
  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string said_;
  std::size_t answered_ = 0;
  std::promise<int> code_;
  std::future<int> ended_;
  std::optional<int> code_known_;
  std::jthread reader_;
};

}  // namespace e2e
