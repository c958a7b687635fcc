// The signer's socket: who may connect, and frames in and out. What they say is for the Desk.
//
// The socket has mode 0600, and a process of another user that reaches it all the same is hung up
// on. A few conversations at a time: a node that restarts is not kept waiting by its own dead one.
// A node is silent between its messages for as long as it likes, but neither before its greeting
// nor in the middle of a message or an answer.
//
// Threads: the io_context's, one.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <deque>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "node/signer/desk.h"

namespace node::signer {

class Server {
 public:
  // `failed` is called once if the disk fails: nothing more is answered. `patience` is for each of
  // the greeting, a message and an answer.
  Server(boost::asio::io_context& context, Desk& desk,
         std::function<void(std::string const&)> failed,
         std::chrono::milliseconds patience = std::chrono::seconds{5});
  ~Server();

  // Replaces a socket that an earlier life left behind: whoever calls has the key's lock. Or a
  // sentence that says what is wrong with the path.
  std::expected<void, std::string> listen(std::filesystem::path const& socket);

 private:
  class Conversation;
  void accept();
  void converse(std::shared_ptr<Conversation> const& one);

  boost::asio::local::stream_protocol::acceptor acceptor_;
  Desk& desk_;
  std::function<void(std::string const&)> failed_;
  std::chrono::milliseconds patience_;
  boost::asio::steady_timer again_;
  std::filesystem::path path_;
  std::deque<std::weak_ptr<Conversation>> conversations_;
};

}  // namespace node::signer
