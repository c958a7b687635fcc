#include "node/api/api_server.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "consensus/certificate/validator_set.h"
#include "node/api/node_service.h"
#include "protocol/limits.h"

namespace node {
namespace {

// A batch of 256 usual transactions is 64 kB; the largest single one 32 kB.
constexpr int request_bytes_max = 4 << 20;
constexpr int streams_per_connection_max = 256;
constexpr std::size_t memory_max = 64u << 20;
constexpr int keepalive_least_ms = 10'000;
constexpr int keepalive_every_ms = 30'000;
constexpr auto health_every = std::chrono::milliseconds{100};
constexpr auto grace = std::chrono::seconds{1};
constexpr char const* service_name = "labor.v1.NodeService";

}  // namespace

class ApiServer::Running {
 public:
  explicit Running(Parts const& parts) : parts_{parts}, service_{parts} {}
  ~Running() { stop(); }

  bool listen(std::string const& address) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(request_bytes_max);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, streams_per_connection_max);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive_every_ms);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                               keepalive_least_ms);
    // A second node on the port must be told, not share it.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetResourceQuota(grpc::ResourceQuota{"api"}.Resize(memory_max));
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port_ == 0) return false;
    serve(false);
    health_ = std::thread{[this] { watch_health(); }};
    return true;
  }

  void stop() {
    {
      std::lock_guard const lock{mutex_};
      if (std::exchange(stopping_, true)) return;
    }
    changed_.notify_one();
    if (health_.joinable()) health_.join();
    if (server_ == nullptr) return;
    serve(false);
    service_.stop();
    server_->Shutdown(std::chrono::system_clock::now() + grace);
    server_.reset();
  }

  std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }

 private:
  void serve(bool serving) {
    auto* const health = server_->GetHealthCheckService();
    health->SetServingStatus(serving);
    health->SetServingStatus(service_name, serving);
  }

  bool healthy() const {
    auto const peers = parts_.peers.status();
    auto const connected = std::ranges::count_if(peers, &PeerStatus::connected);
    auto const size = parts_.engine.consensus().validators;
    auto const quorum = size - (size - 1) / 3;
    return static_cast<std::size_t>(connected) + 1 >= quorum;
  }

  void watch_health() {
    bool serving = false;
    std::unique_lock lock{mutex_};
    while (!stopping_) {
      if (auto const now = healthy(); now != serving) serve(serving = now);
      changed_.wait_for(lock, health_every, [this] { return stopping_; });
    }
  }

  Parts parts_;
  NodeService service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread health_;
};

ApiServer::ApiServer(std::unique_ptr<Running> running) : running_{std::move(running)} {}
ApiServer::~ApiServer() = default;

std::expected<std::unique_ptr<ApiServer>, std::string> ApiServer::start(std::string const& address,
                                                                        Parts const& parts) {
  auto running = std::make_unique<Running>(parts);
  if (!running->listen(address)) {
    return std::unexpected{
        fmt::format("cannot listen for clients on {}: the address is not one of this machine, or "
                    "the port is in use; choose another as api.listen",
                    address)};
  }
  return std::unique_ptr<ApiServer>{new ApiServer{std::move(running)}};
}

std::uint16_t ApiServer::port() const {
  return running_->port();
}
void ApiServer::stop() {
  running_->stop();
}

}  // namespace node
