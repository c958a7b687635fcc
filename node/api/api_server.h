// The gRPC server that clients talk to: the service, reflection (so that grpcurl needs no .proto)
// and health (grpc.health.v1), with its bounds.
//
// Not encrypted and not authenticated: what it says proves itself, what it takes is signed. Keep
// it on loopback or behind a proxy that adds TLS.
//
// Threads: start(), stop() from one; set_serving() from any, between the two.

#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace grpc {
class Server;
class Service;
}  // namespace grpc

namespace node {

class ApiServer {
 public:
  // `service` outlives the server; it ends its own endless streams before stop().
  explicit ApiServer(grpc::Service& service) : service_{service} {}
  ~ApiServer();
  ApiServer(ApiServer const&) = delete;
  ApiServer& operator=(ApiServer const&) = delete;

  // Listens on host:port; port 0 lets the system choose. False if it cannot.
  bool start(std::string const& address);
  std::uint16_t port() const { return port_; }

  // What health says; NOT_SERVING at the start.
  void set_serving(bool serving);

  // Health says NOT_SERVING, calls under way get a moment to end, then all end.
  void stop();

 private:
  grpc::Service& service_;
  std::unique_ptr<grpc::Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace node
