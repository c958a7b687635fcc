#include "node/signer/channel.h"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <optional>
#include <utility>

#include "node/signer/peer_user.h"
#include "protocol/base/try.h"

namespace node::signer {

using Local = boost::asio::local::stream_protocol;

std::unexpected<std::string> Channel::fail(std::string what) {
  Error ignored;
  static_cast<void>(socket_.close(ignored));
  return std::unexpected{std::move(what)};
}

Channel::OrTrouble<void> Channel::wait(
    Deadline deadline, std::function<void(std::function<void(Error)>)> const& begin) {
  std::optional<Error> done;
  begin([&done](Error error) { done = error; });
  context_.restart();
  context_.run_until(deadline);
  if (!done) {
    auto const late = fail("it did not answer in time");
    context_.restart();
    context_.run();  // What was begun ends with the socket; `done` lives until then.
    return late;
  }
  if (*done == boost::asio::error::eof) return fail("it hung up");
  if (*done) return fail(done->message());
  return {};
}

Channel::OrTrouble<void> Channel::connect(std::filesystem::path const& path, Deadline deadline) {
  Local::endpoint endpoint;
  try {
    endpoint = Local::endpoint{path.string()};
  } catch (boost::system::system_error const&) {
    return fail("the path is too long for a socket: 107 characters at most");
  }
  TRY_VOID(wait(deadline, [&](auto done) { socket_.async_connect(endpoint, done); }));
  if (!same_user(socket_.native_handle())) return fail("it is a process of another user");
  return {};
}

Channel::OrTrouble<labor::v1::SignerMessage> Channel::ask(labor::v1::SignerMessage question,
                                                          Deadline deadline) {
  auto const frame = encode(std::move(question));
  auto const then = [](std::function<void(Error)> done) {
    return [done = std::move(done)](Error error, std::size_t) { done(error); };
  };
  TRY_VOID(wait(deadline, [&](auto done) {
    boost::asio::async_write(socket_, boost::asio::buffer(frame), then(std::move(done)));
  }));
  std::array<char, prefix_bytes> prefix{};
  TRY_VOID(wait(deadline, [&](auto done) {
    boost::asio::async_read(socket_, boost::asio::buffer(prefix), then(std::move(done)));
  }));
  auto const length = length_of(prefix);
  if (!length) return fail(std::string{explain(length.error())});
  std::string bytes(*length, '\0');
  TRY_VOID(wait(deadline, [&](auto done) {
    boost::asio::async_read(socket_, boost::asio::buffer(bytes), then(std::move(done)));
  }));
  auto message = decode(bytes);
  if (!message) return fail(std::string{explain(message.error())});
  if (message->has_goodbye()) return fail(std::string{explain(message->goodbye().reason())});
  return *std::move(message);
}

bool Channel::hung_up() {
  pollfd look{.fd = socket_.native_handle(), .events = POLLIN | POLLRDHUP, .revents = 0};
  return ::poll(&look, 1, 0) != 0;  // Nothing comes unasked.
}

}  // namespace node::signer
