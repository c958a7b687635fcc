#include "devnet/node_client.h"

#include <fmt/format.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <labor/v1/node_service.grpc.pb.h>

#include <chrono>

namespace devnet {
namespace {

constexpr auto call_timeout = std::chrono::seconds{5};

// The ErrorInfo reason of a rich error, or the code where there is none.
std::string reason_of(grpc::Status const& status) {
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
      status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    return "UNREACHABLE";
  }
  google::rpc::Status rich;
  if (rich.ParseFromString(status.error_details())) {
    for (auto const& detail : rich.details()) {
      google::rpc::ErrorInfo info;
      if (detail.UnpackTo(&info)) return info.reason();
    }
  }
  return fmt::format("GRPC_{}", static_cast<int>(status.error_code()));
}

}  // namespace

struct NodeClient::Channel {
  std::unique_ptr<labor::v1::NodeService::Stub> stub;

  template <class Response, class Request, class Call>
  std::optional<Response> ask(Request const& request, Call call) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + call_timeout);
    Response response;
    auto const status = (stub.get()->*call)(&context, request, &response);
    if (!status.ok()) return std::nullopt;
    return response;
  }
};

NodeClient::NodeClient(std::uint16_t api_port) : channel_{std::make_unique<Channel>()} {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  constexpr int reconnect_ms = 100;  // A restarted node is seen at once.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, reconnect_ms);
  arguments.SetMaxReceiveMessageSize(-1);
  auto channel = grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", api_port),
                                           grpc::InsecureChannelCredentials(), arguments);
  channel_->stub = labor::v1::NodeService::NewStub(channel);
}

NodeClient::~NodeClient() = default;
NodeClient::NodeClient(NodeClient&&) noexcept = default;
NodeClient& NodeClient::operator=(NodeClient&&) noexcept = default;

using Stub = labor::v1::NodeService::Stub;

std::optional<labor::v1::GetNodeInfoResponse> NodeClient::info() const {
  return channel_->ask<labor::v1::GetNodeInfoResponse>(labor::v1::GetNodeInfoRequest{},
                                                       &Stub::GetNodeInfo);
}

std::optional<labor::v1::GetBlockResponse> NodeClient::block(std::uint64_t height) const {
  labor::v1::GetBlockRequest request;
  request.set_height(height);
  return channel_->ask<labor::v1::GetBlockResponse>(request, &Stub::GetBlock);
}

std::optional<labor::v1::GetSupplyResponse> NodeClient::supply() const {
  return channel_->ask<labor::v1::GetSupplyResponse>(labor::v1::GetSupplyRequest{},
                                                     &Stub::GetSupply);
}

std::optional<labor::v1::GetAccountResponse> NodeClient::account(std::string const& address) const {
  labor::v1::GetAccountRequest request;
  request.set_address(address);
  return channel_->ask<labor::v1::GetAccountResponse>(request, &Stub::GetAccount);
}

std::string NodeClient::submit(std::string const& transaction) const {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + call_timeout);
  labor::v1::SubmitRequest request;
  request.set_transaction(transaction);
  labor::v1::SubmitResponse response;
  auto const status = channel_->stub->Submit(&context, request, &response);
  return status.ok() ? "" : reason_of(status);
}

void NodeClient::watch(
    labor::v1::WatchEventsRequest const& request,
    std::function<bool(labor::v1::WatchEventsResponse const&)> const& each) const {
  grpc::ClientContext context;
  auto const reader = channel_->stub->WatchEvents(&context, request);
  labor::v1::WatchEventsResponse response;
  while (reader->Read(&response)) {
    if (each(response)) continue;
    context.TryCancel();
    break;
  }
  reader->Finish();
}

}  // namespace devnet
