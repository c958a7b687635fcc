#include "devnet/node_client.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <labor/v1/node_service.grpc.pb.h>

#include <chrono>

namespace devnet {
namespace {

constexpr auto call_timeout = std::chrono::seconds{5};
// Long for a node that runs, short for one that is down. Calls alone would not do: each fails at
// once while the channel is connecting, and nobody drives the connection in between.
constexpr auto connect_timeout = std::chrono::milliseconds{200};

}  // namespace

struct NodeClient::Channel {
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<labor::v1::NodeService::Stub> stub;

  template <class Response, class Request, class Call>
  std::optional<Response> ask(Request const& request, Call call) const {
    auto const now = std::chrono::system_clock::now();
    if (!channel->WaitForConnected(now + connect_timeout)) return std::nullopt;
    grpc::ClientContext context;
    context.set_deadline(now + call_timeout);
    Response response;
    auto const status = (stub.get()->*call)(&context, request, &response);
    if (!status.ok()) return std::nullopt;
    return response;
  }
};

NodeClient::NodeClient(std::uint16_t api_port) : channel_{std::make_unique<Channel>()} {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  constexpr int reconnect_ms = 20;  // A restarted node is seen at once.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, reconnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, reconnect_ms);
  arguments.SetMaxReceiveMessageSize(-1);
  channel_->channel = grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", api_port),
                                                grpc::InsecureChannelCredentials(), arguments);
  channel_->stub = labor::v1::NodeService::NewStub(channel_->channel);
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

std::optional<labor::v1::GetTransactionResponse> NodeClient::transaction(
    std::string const& id, std::uint64_t wait_ms) const {
  labor::v1::GetTransactionRequest request;
  request.set_transaction_id(id);
  request.set_wait_ms(wait_ms);
  return channel_->ask<labor::v1::GetTransactionResponse>(request, &Stub::GetTransaction);
}

std::optional<std::vector<std::string>> NodeClient::submit(
    std::vector<std::string> transactions) const {
  labor::v1::SubmitBatchRequest request;
  for (auto& transaction : transactions) request.add_transactions(std::move(transaction));
  auto const answer = channel_->ask<labor::v1::SubmitBatchResponse>(request, &Stub::SubmitBatch);
  if (!answer) return std::nullopt;
  std::vector<std::string> reasons;
  for (auto const& result : answer->results()) reasons.push_back(result.reason());
  return reasons;
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
