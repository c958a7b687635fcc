#include "node/signer/server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <system_error>
#include <utility>

#include "node/signer/peer_user.h"

namespace node::signer {
namespace {

namespace fs = std::filesystem;
using Local = boost::asio::local::stream_protocol;
using Error = boost::system::error_code;

constexpr std::size_t conversations_max = 8;
// When the system is out of descriptors or memory.
constexpr std::chrono::seconds look_again_after{1};
constexpr mode_t not_for_others = 0177;

}  // namespace

class Server::Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(Local::socket socket, Desk& desk,
               std::function<void(std::string const&)> const& failed,
               std::chrono::milliseconds patience)
      : socket_{std::move(socket)},
        desk_{desk},
        failed_{failed},
        patience_{patience},
        timer_{socket_.get_executor()} {}

  void begin() {
    be_patient();
    wait();
  }
  void close() {
    Error ignored;
    static_cast<void>(socket_.close(ignored));
    timer_.cancel();
  }

 private:
  // From now on for this long.
  void be_patient() {
    timer_.expires_after(patience_);
    timer_.async_wait([weak = weak_from_this()](Error error) {
      auto const self = weak.lock();
      if (error || !self || self->timer_.expiry() > std::chrono::steady_clock::now()) return;
      spdlog::warn("hanging up on a process that is silent when it should speak or listen");
      self->close();
    });
  }
  void wait() {
    if (greeted_) timer_.cancel();
    socket_.async_wait(Local::socket::wait_read, [self = shared_from_this()](Error error) {
      if (error) return;
      self->be_patient();
      self->read();
    });
  }
  void read() {
    boost::asio::async_read(socket_, boost::asio::buffer(prefix_),
                            [self = shared_from_this()](Error error, std::size_t) {
                              if (!error) return self->read_message();
                              self->close();
                            });
  }
  void read_message() {
    auto const length = length_of(prefix_);
    if (!length) return write(Desk::refuse(length.error()));
    message_.resize(*length);
    boost::asio::async_read(socket_, boost::asio::buffer(message_),
                            [self = shared_from_this()](Error error, std::size_t) {
                              if (!error) return self->answer();
                              self->close();
                            });
  }
  void answer() {
    auto const knew = greeted_;
    auto reply = desk_.reply(greeted_, message_);
    if (greeted_ && !knew) spdlog::info("a node is there");
    if (reply) return write(*std::move(reply));
    close();
    failed_(reply.error().what);
  }
  void write(Reply reply) {
    if (!reply.refused.empty()) spdlog::warn("hanging up on a node: {}", reply.refused);
    frame_ = std::move(reply.frame);
    be_patient();  // The disk may have taken long.
    boost::asio::async_write(
        socket_, boost::asio::buffer(frame_),
        [self = shared_from_this(), hang_up = reply.hang_up](Error error, std::size_t) {
          if (error || hang_up) return self->close();
          self->wait();
        });
  }

  Local::socket socket_;
  Desk& desk_;
  std::function<void(std::string const&)> const& failed_;
  std::chrono::milliseconds const patience_;
  boost::asio::steady_timer timer_;
  bool greeted_ = false;
  std::array<char, prefix_bytes> prefix_{};
  std::string message_;
  std::string frame_;
};

Server::Server(boost::asio::io_context& context, Desk& desk,
               std::function<void(std::string const&)> failed, std::chrono::milliseconds patience)
    : acceptor_{context},
      desk_{desk},
      failed_{std::move(failed)},
      patience_{patience},
      again_{context} {}

Server::~Server() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::expected<void, std::string> Server::listen(fs::path const& path) {
  std::error_code error;
  if (fs::is_socket(fs::symlink_status(path, error))) fs::remove(path, error);
  Error failure;
  Local::endpoint endpoint;
  try {
    endpoint = Local::endpoint{path.string()};
  } catch (boost::system::system_error const&) {
    return std::unexpected{
        fmt::format("{} is too long for a socket: 107 characters at most", path.string())};
  }
  auto const had = ::umask(not_for_others);
  static_cast<void>(acceptor_.open(endpoint.protocol(), failure));
  if (!failure) static_cast<void>(acceptor_.bind(endpoint, failure));
  ::umask(had);
  if (!failure) {
    static_cast<void>(acceptor_.listen(Local::acceptor::max_listen_connections, failure));
  }
  if (failure) {
    return std::unexpected{
        fmt::format("cannot listen on {}: {}", path.string(), failure.message())};
  }
  path_ = path;
  accept();
  return {};
}

void Server::accept() {
  acceptor_.async_accept([this](Error error, Local::socket socket) {
    if (error == boost::asio::error::operation_aborted) return;
    if (error) {
      spdlog::error("cannot take a connection: {}", error.message());
      again_.expires_after(look_again_after);
      again_.async_wait([this](Error stopped) {
        if (!stopped) accept();
      });
      return;
    }
    if (same_user(socket.native_handle())) {
      converse(std::make_shared<Conversation>(std::move(socket), desk_, failed_, patience_));
    } else {
      spdlog::warn("hanging up on a process of another user");
    }
    accept();
  });
}

void Server::converse(std::shared_ptr<Conversation> const& one) {
  std::erase_if(conversations_, [](auto const& known) { return known.expired(); });
  conversations_.push_back(one);
  if (conversations_.size() > conversations_max) {
    if (auto const oldest = conversations_.front().lock()) oldest->close();
    conversations_.pop_front();
  }
  one->begin();
}

}  // namespace node::signer
