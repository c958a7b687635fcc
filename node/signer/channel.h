// The node's end of a conversation with its signer: one question at a time, each until a deadline.
//
// Invariant: after a failure it is closed, so an answer never belongs to an earlier question.
// Threads: one at a time.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>

#include "node/signer/frame.h"

namespace node::signer {

class Channel {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  // What went wrong, for people.
  template <class T>
  using OrTrouble = std::expected<T, std::string>;

  OrTrouble<void> connect(std::filesystem::path const& socket, Deadline deadline);
  OrTrouble<labor::v1::SignerMessage> ask(labor::v1::SignerMessage question, Deadline deadline);
  // The signer has hung up. Only between questions.
  bool hung_up();

 private:
  using Error = boost::system::error_code;
  OrTrouble<void> wait(Deadline deadline,
                       std::function<void(std::function<void(Error)>)> const& begin);
  std::unexpected<std::string> fail(std::string what);

  boost::asio::io_context context_;
  boost::asio::local::stream_protocol::socket socket_{context_};
};

}  // namespace node::signer
