#include "node/listening.h"

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace node {

std::string why_not_listening(std::string const& address) {
  namespace asio = boost::asio;
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
    asio::ip::tcp::acceptor acceptor{context};
    acceptor.open(entry.endpoint().protocol(), error);
    if (!error) acceptor.set_option(asio::ip::tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(entry.endpoint(), error);
    if (!error) acceptor.listen(asio::ip::tcp::acceptor::max_listen_connections, error);
    if (error == asio::error::address_in_use) {
      return fmt::format("port {} is in use by another process (see `ss -ltnp 'sport = :{}'`)",
                         port, port);
    }
    if (error == asio::error::access_denied) {
      return fmt::format("port {} needs privileges; choose one above 1023", port);
    }
    if (error) return error.message();
  }
  return "it was in use a moment ago; try again";
}

}  // namespace node
