#include "node/listening.h"

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>

namespace node {
namespace {

namespace asio = boost::asio;

boost::system::error_code bind_and_listen(asio::io_context& context,
                                          asio::ip::tcp::endpoint const& endpoint) {
  try {
    asio::ip::tcp::acceptor const acceptor{context, endpoint};
    return {};
  } catch (boost::system::system_error const& failure) {
    return failure.code();
  }
}

}  // namespace

std::string why_not_listening(std::string const& address) {
  auto const colon = address.rfind(':');
  auto host = address.substr(0, colon);
  auto const port = address.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);

  asio::io_context context;
  boost::system::error_code error;
  asio::ip::tcp::resolver resolver{context};
  auto const found = resolver.resolve(host, port, asio::ip::resolver_base::passive, error);
  if (error) return fmt::format("{} is no address of this host: {}", host, error.message());
  for (auto const& entry : found) {
    auto const error_code = bind_and_listen(context, entry.endpoint());
    if (error_code == asio::error::address_in_use) {
      return fmt::format("port {} is in use by another process (see `ss -ltnp 'sport = :{}'`)",
                         port, port);
    }
    if (error_code == asio::error::access_denied) {
      return fmt::format("port {} needs privileges; choose one above 1023", port);
    }
    if (error_code) return error_code.message();
  }
  return "it was in use a moment ago; try again";
}

}  // namespace node
