#include "wallet/keystore/terminal.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace wallet {

namespace {

class Terminal {
 public:
  Terminal() : fd_{::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)} {}
  ~Terminal() {
    show_typing();
    if (fd_ >= 0) ::close(fd_);
  }
  Terminal(Terminal const&) = delete;
  Terminal& operator=(Terminal const&) = delete;

  bool present() const { return fd_ >= 0; }

  bool write(std::string_view text) {
    while (!text.empty()) {
      auto const written = ::write(fd_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  bool hide_typing() {
    if (::tcgetattr(fd_, &before_) != 0) return false;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_lflag |= ECHONL;
    hidden_ = ::tcsetattr(fd_, TCSAFLUSH, &hidden) == 0;
    return hidden_;
  }

  // Bytes of one line, or nothing at the end of input or when the line is too long.
  Result<std::size_t> read_line(Secret& line) {
    std::size_t size = 0;
    for (;;) {
      char c = 0;
      auto const got = ::read(fd_, &c, 1);
      if (got < 0 && errno == EINTR) {
        return problem(Exit::interrupted, "INTERRUPTED", "Interrupted: nothing was done.");
      }
      if (got <= 0) {
        return problem(Exit::cancelled, "CANCELLED", "The terminal was closed: nothing was done.");
      }
      if (c == '\n') return size;
      if (size == line.size()) {
        return usage("LINE_TOO_LONG", "The line is longer than anything asked for here.");
      }
      line.writable()[size++] = static_cast<std::uint8_t>(c);
    }
  }

 private:
  void show_typing() {
    if (hidden_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }

  int fd_;
  termios before_{};
  bool hidden_ = false;
};

std::unexpected<Problem> absent() {
  return usage("NO_TERMINAL", "There is no terminal to ask on.",
               "Give `--password-file FILE` for the password and `--yes` to confirm.");
}

Result<Secret> ask(std::string_view prompt, bool hidden) {
  Terminal terminal;
  if (!terminal.present()) return absent();
  if (hidden && !terminal.hide_typing()) return absent();
  if (!terminal.write(prompt)) return absent();
  Secret line{typed_bytes_max};
  TRY(size, terminal.read_line(line));
  return line.prefix(size);
}

}  // namespace

bool terminal_present() {
  return Terminal{}.present();
}

Result<void> show_on_terminal(std::string_view text) {
  Terminal terminal;
  if (!terminal.present() || !terminal.write(text)) return absent();
  return {};
}

Result<std::string> ask_on_terminal(std::string_view prompt) {
  TRY(line, ask(prompt, false));
  return std::string{line.chars()};
}

Result<Secret> ask_secret_on_terminal(std::string_view prompt) {
  return ask(prompt, true);
}

}  // namespace wallet
