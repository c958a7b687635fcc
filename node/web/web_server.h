// The HTTP server of a node, for those who watch it: GET /metrics (metrics.h).
//
// Bounds: a connection has one request, of at most 8 kB and no body, and ten seconds; 32
// connections at a time, others wait in the system's queue. Not encrypted and open to whoever
// reaches it: loopback, or behind a proxy. Nothing it tells is secret and nothing is changed
// through it.
//
// Threads: one of its own; start() and stop() from the owner's.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace node::web {

class WebServer {
 public:
  // Makes a page, on the server's thread, which serves nobody else meanwhile.
  using Page = std::function<std::string()>;

  // `address` is host:port, port 0 lets the system choose. Or why it cannot be listened on.
  static std::expected<std::unique_ptr<WebServer>, std::string> start(std::string const& address,
                                                                      Page metrics);
  ~WebServer();
  WebServer(WebServer const&) = delete;
  WebServer& operator=(WebServer const&) = delete;

  std::uint16_t port() const;
  // Closes every connection; at once, but for a page that is being made.
  void stop();

 private:
  class Running;
  explicit WebServer(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace node::web
