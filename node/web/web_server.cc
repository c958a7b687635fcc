#include "node/web/web_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace node::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr std::size_t connections_max = 32;
constexpr std::uint32_t request_bytes_max = 8u << 10;
constexpr auto patience = std::chrono::seconds{10};
// When the system is out of descriptors or memory.
constexpr auto look_again_after = std::chrono::seconds{1};

constexpr auto plain = "text/plain; charset=utf-8";
constexpr auto prometheus_text = "text/plain; version=0.0.4; charset=utf-8";

using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

Response response(http::status status, char const* type, std::string body) {
  Response made{status, 11};
  made.set(http::field::content_type, type);
  made.body() = std::move(body);
  return made;
}

Response answer(Request const& request, WebServer::Page const& metrics) {
  auto const target = request.target();
  if (target.substr(0, target.find('?')) != "/metrics") {
    return response(http::status::not_found, plain, "there is only /metrics here\n");
  }
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    auto refused = response(http::status::method_not_allowed, plain, "only GET and HEAD\n");
    refused.set(http::field::allow, "GET, HEAD");
    return refused;
  }
  return response(http::status::ok, prometheus_text, metrics());
}

}  // namespace

class WebServer::Running {
 public:
  explicit Running(Page metrics) : metrics_{std::move(metrics)} {}
  ~Running() { stop(); }

  Error listen(std::string const& address) {
    auto const colon = address.rfind(':');
    auto host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    Error error;
    auto const found = tcp::resolver{context_}.resolve(host, address.substr(colon + 1),
                                                       tcp::resolver::passive, error);
    if (error) return error;
    auto const endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) return error;
    port_ = acceptor_.local_endpoint().port();
    accept();
    thread_ = std::thread{[this] { context_.run(); }};
    return {};
  }

  void stop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    stopped_ = true;
  }

  std::uint16_t port() const { return port_; }

 private:
  class Connection;

  void accept();
  void look_again() {
    again_.expires_after(look_again_after);
    again_.async_wait([this](Error stopped) {
      if (!stopped) accept();
    });
  }

  Page const metrics_;
  // A connection that ends changes these, also one that ends with the context.
  std::size_t connections_ = 0;
  bool accepting_ = false;
  bool stopped_ = false;
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_};
  asio::steady_timer again_{context_};
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// Lives as long as something is awaited from it.
class WebServer::Running::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Running& server, tcp::socket socket) : server_{server}, stream_{std::move(socket)} {
    ++server_.connections_;
    parser_.header_limit(request_bytes_max);
    parser_.body_limit(0);
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  ~Connection() {
    --server_.connections_;
    server_.accept();
  }

  void read() {
    stream_.expires_after(patience);
    http::async_read(
        stream_, buffer_, parser_, [self = shared_from_this()](Error error, std::size_t) {
          if (!error) return self->write(answer(self->parser_.get(), self->metrics()));
          if (error == http::error::end_of_stream) return;
          if (error.category() != http::make_error_code({}).category()) return;
          self->write(response(http::status::bad_request, plain,
                               "not a request that is served: " + error.message() + "\n"));
        });
  }

 private:
  Page const& metrics() const { return server_.metrics_; }

  void write(Response made) {
    response_ = std::move(made);
    response_.keep_alive(false);
    response_.prepare_payload();
    if (parser_.is_header_done() && parser_.get().method() == http::verb::head) {
      response_.body().clear();
    }
    stream_.expires_after(patience);
    http::async_write(stream_, response_, [self = shared_from_this()](Error, std::size_t) {
      Error ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  Running& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{request_bytes_max};
  http::request_parser<http::empty_body> parser_;
  Response response_;
};

void WebServer::Running::accept() {
  if (stopped_ || accepting_ || connections_ >= connections_max) return;
  accepting_ = true;
  acceptor_.async_accept([this](Error error, tcp::socket socket) {
    accepting_ = false;
    if (error) return look_again();
    std::make_shared<Connection>(*this, std::move(socket))->read();
    accept();
  });
}

WebServer::WebServer(std::unique_ptr<Running> running) : running_{std::move(running)} {}
WebServer::~WebServer() = default;

std::expected<std::unique_ptr<WebServer>, std::string> WebServer::start(std::string const& address,
                                                                        Page metrics) {
  auto running = std::make_unique<Running>(std::move(metrics));
  if (auto const error = running->listen(address)) return std::unexpected{error.message()};
  return std::unique_ptr<WebServer>{new WebServer{std::move(running)}};
}

std::uint16_t WebServer::port() const {
  return running_->port();
}
void WebServer::stop() {
  running_->stop();
}

}  // namespace node::web
