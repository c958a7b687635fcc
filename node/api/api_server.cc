#include "node/api/api_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <mutex>

namespace node {
namespace {

// A Submit of a full batch of transactions fits four times.
constexpr int message_bytes_max = 4 << 20;
constexpr int streams_per_connection_max = 256;
// Watchers are kept alive through NATs, and dead ones noticed.
constexpr int keepalive_ms = 20'000;
constexpr int keepalive_timeout_ms = 10'000;
// A client may ping as often as this, also while it only watches.
constexpr int ping_interval_ms_min = 10'000;
constexpr auto drain_ms = std::chrono::milliseconds{1000};

// Both are switches of the whole process.
void enable_plugins() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

}  // namespace

ApiServer::~ApiServer() {
  stop();
}

bool ApiServer::start(std::string const& address) {
  enable_plugins();
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service_);
  builder.SetMaxReceiveMessageSize(message_bytes_max);
  // Without this a second process could share the port and answer half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, streams_per_connection_max);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, keepalive_timeout_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             ping_interval_ms_min);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port == 0) return false;
  port_ = static_cast<std::uint16_t>(port);
  set_serving(false);
  return true;
}

void ApiServer::set_serving(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void ApiServer::stop() {
  if (server_ == nullptr) return;
  set_serving(false);
  server_->Shutdown(std::chrono::system_clock::now() + drain_ms);
  server_ = nullptr;
}

}  // namespace node
