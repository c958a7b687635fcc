#include "wallet/client.h"

#include <fmt/format.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <labor/v1/node_service.grpc.pb.h>

#include <chrono>

#include "protocol/limits.h"
#include "wallet/refusal.h"

namespace wallet {

using labor::v1::NodeService;

namespace {

constexpr std::chrono::seconds call_time{10};
// A block with its receipts and events is several times its bytes.
constexpr int answer_bytes_max = 8 * static_cast<int>(protocol::limits::peer_message_bytes_max);

Problem problem_of_status(grpc::Status const& status, std::string const& api) {
  Refusal refusal{.code = static_cast<int>(status.error_code()),
                  .message = status.error_message(),
                  .reason = {},
                  .metadata = {}};
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (auto const& any : details.details()) {
      google::rpc::ErrorInfo info;
      if (!any.Is<google::rpc::ErrorInfo>() || !any.UnpackTo(&info)) continue;
      refusal.reason = info.reason();
      for (auto const& [name, value] : info.metadata()) refusal.metadata[name] = value;
    }
  }
  bool const silent =
      status.error_code() == grpc::StatusCode::UNAVAILABLE && refusal.reason.empty();
  if (silent) {
    refusal.metadata["cause"] = status.error_message();
    refusal.message = fmt::format("The node at {} does not answer.", api);
  }
  refusal.metadata["node"] = api;
  return problem_of(std::move(refusal));
}

grpc::ChannelArguments channel_arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(answer_bytes_max);
  // A command line is not a browser: no proxy between a person and their node.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

}  // namespace

struct Client::Stub {
  explicit Stub(std::string const& api)
      : service{NodeService::NewStub(grpc::CreateCustomChannel(
            api, grpc::InsecureChannelCredentials(), channel_arguments()))} {}

  template <class Response, class Request, class Method>
  Result<Response> call(Method method, Request const& request, std::string const& api,
                        std::chrono::milliseconds time = call_time) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + time);
    Response response;
    auto const status = (service.get()->*method)(&context, request, &response);
    if (!status.ok()) return std::unexpected{problem_of_status(status, api)};
    return response;
  }

  std::unique_ptr<NodeService::Stub> service;
};

Client::Client(std::string api) : api_{std::move(api)}, stub_{std::make_unique<Stub>(api_)} {}
Client::~Client() = default;
Client::Client(Client&& other) noexcept = default;
Client& Client::operator=(Client&& other) noexcept = default;

Result<labor::v1::GetNodeInfoResponse> Client::info() const {
  return stub_->call<labor::v1::GetNodeInfoResponse>(&NodeService::Stub::GetNodeInfo,
                                                     labor::v1::GetNodeInfoRequest{}, api_);
}

Result<labor::v1::GetGenesisResponse> Client::genesis() const {
  return stub_->call<labor::v1::GetGenesisResponse>(&NodeService::Stub::GetGenesis,
                                                    labor::v1::GetGenesisRequest{}, api_);
}

Result<labor::v1::SubmitResponse> Client::submit(std::string transaction) const {
  labor::v1::SubmitRequest request;
  request.set_transaction(std::move(transaction));
  return stub_->call<labor::v1::SubmitResponse>(&NodeService::Stub::Submit, request, api_);
}

Result<labor::v1::SimulateResponse> Client::simulate(std::string body) const {
  labor::v1::SimulateRequest request;
  request.set_body(std::move(body));
  return stub_->call<labor::v1::SimulateResponse>(&NodeService::Stub::Simulate, request, api_);
}

Result<labor::v1::GetTransactionResponse> Client::transaction(
    labor::v1::GetTransactionRequest const& request) const {
  return stub_->call<labor::v1::GetTransactionResponse>(
      &NodeService::Stub::GetTransaction, request, api_,
      call_time + std::chrono::milliseconds{request.wait_ms()});
}

Result<labor::v1::GetBlockResponse> Client::block(std::uint64_t height) const {
  labor::v1::GetBlockRequest request;
  request.set_height(height);
  return stub_->call<labor::v1::GetBlockResponse>(&NodeService::Stub::GetBlock, request, api_);
}

Result<labor::v1::GetEpochsResponse> Client::epochs(
    labor::v1::GetEpochsRequest const& request) const {
  return stub_->call<labor::v1::GetEpochsResponse>(&NodeService::Stub::GetEpochs, request, api_);
}

Result<labor::v1::GetAccountResponse> Client::account(std::string address) const {
  labor::v1::GetAccountRequest request;
  request.set_address(std::move(address));
  return stub_->call<labor::v1::GetAccountResponse>(&NodeService::Stub::GetAccount, request, api_);
}

Result<labor::v1::GetRecordResponse> Client::record(
    labor::v1::GetRecordRequest const& request) const {
  return stub_->call<labor::v1::GetRecordResponse>(&NodeService::Stub::GetRecord, request, api_);
}

Result<labor::v1::ListRecordsResponse> Client::list(
    labor::v1::ListRecordsRequest const& request) const {
  return stub_->call<labor::v1::ListRecordsResponse>(&NodeService::Stub::ListRecords, request,
                                                     api_);
}

Result<labor::v1::ListParametersResponse> Client::parameters() const {
  return stub_->call<labor::v1::ListParametersResponse>(&NodeService::Stub::ListParameters,
                                                        labor::v1::ListParametersRequest{}, api_);
}

Result<labor::v1::GetValidatorsResponse> Client::validators(
    labor::v1::GetValidatorsRequest const& request) const {
  return stub_->call<labor::v1::GetValidatorsResponse>(&NodeService::Stub::GetValidators, request,
                                                       api_);
}

Result<labor::v1::GetSupplyResponse> Client::supply() const {
  return stub_->call<labor::v1::GetSupplyResponse>(&NodeService::Stub::GetSupply,
                                                   labor::v1::GetSupplyRequest{}, api_);
}

Result<labor::v1::PutDocumentResponse> Client::put_document(
    labor::v1::PutDocumentRequest const& request) const {
  return stub_->call<labor::v1::PutDocumentResponse>(&NodeService::Stub::PutDocument, request,
                                                     api_);
}

Result<labor::v1::GetDocumentResponse> Client::document(std::string hash) const {
  labor::v1::GetDocumentRequest request;
  request.set_hash(std::move(hash));
  return stub_->call<labor::v1::GetDocumentResponse>(&NodeService::Stub::GetDocument, request,
                                                     api_);
}

Result<labor::v1::DeleteDocumentResponse> Client::delete_document(
    labor::v1::DeleteDocumentRequest const& request) const {
  return stub_->call<labor::v1::DeleteDocumentResponse>(&NodeService::Stub::DeleteDocument, request,
                                                        api_);
}

Result<void> Client::watch(
    labor::v1::WatchEventsRequest const& request,
    std::function<bool(labor::v1::WatchEventsResponse const&)> const& each) const {
  grpc::ClientContext context;
  auto const stream = stub_->service->WatchEvents(&context, request);
  labor::v1::WatchEventsResponse response;
  while (stream->Read(&response)) {
    if (each(response)) continue;
    context.TryCancel();
    stream->Finish();
    return {};
  }
  auto const status = stream->Finish();
  if (!status.ok()) return std::unexpected{problem_of_status(status, api_)};
  return {};
}

}  // namespace wallet
