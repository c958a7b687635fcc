#include "tests/support/http_get.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace testing_support {

HttpResponse http_get(std::uint16_t port, std::string const& target) {
  using boost::asio::ip::tcp;
  namespace http = boost::beast::http;
  boost::asio::io_context context;
  tcp::socket socket{context};
  boost::system::error_code error;
  HttpResponse got;
  static_cast<void>(socket.connect({boost::asio::ip::address_v4::loopback(), port}, error));
  http::request<http::string_body> request{http::verb::get, target, 11};
  request.set(http::field::host, "localhost");
  boost::beast::flat_buffer buffer;
  if (!error) http::write(socket, request, error);
  if (!error) http::read(socket, buffer, got, error);
  return got;
}

}  // namespace testing_support
