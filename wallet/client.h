// The client API of one node, call by call. The only file of the wallet that knows gRPC.
//
// Answers are the node's word and nothing more: chain.h checks what can be checked.
// Each call has a deadline; refusals and silence come back as a Problem (refusal.h).
// Threads: one at a time.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <functional>
#include <memory>
#include <string>

#include "wallet/problem.h"

namespace wallet {

class Client {
 public:
  // host:port. Does not dial before the first call.
  explicit Client(std::string api);
  ~Client();
  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) noexcept;
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  std::string const& api() const { return api_; }

  template <class Response>
  using Answer = Result<Response>;

  Answer<labor::v1::GetNodeInfoResponse> info() const;
  Answer<labor::v1::GetGenesisResponse> genesis() const;
  Answer<labor::v1::SubmitResponse> submit(std::string transaction) const;
  Answer<labor::v1::SimulateResponse> simulate(std::string body) const;
  Answer<labor::v1::GetTransactionResponse> transaction(
      labor::v1::GetTransactionRequest const& request) const;
  Answer<labor::v1::GetBlockResponse> block(std::uint64_t height) const;
  Answer<labor::v1::GetEpochsResponse> epochs(labor::v1::GetEpochsRequest const& request) const;
  Answer<labor::v1::GetAccountResponse> account(std::string address) const;
  Answer<labor::v1::GetRecordResponse> record(labor::v1::GetRecordRequest const& request) const;
  Answer<labor::v1::ListRecordsResponse> list(labor::v1::ListRecordsRequest const& request) const;
  Answer<labor::v1::ListParametersResponse> parameters() const;
  Answer<labor::v1::GetValidatorsResponse> validators(
      labor::v1::GetValidatorsRequest const& request) const;
  Answer<labor::v1::GetSupplyResponse> supply() const;
  Answer<labor::v1::PutDocumentResponse> put_document(
      labor::v1::PutDocumentRequest const& request) const;
  Answer<labor::v1::GetDocumentResponse> document(std::string hash) const;
  Answer<labor::v1::DeleteDocumentResponse> delete_document(
      labor::v1::DeleteDocumentRequest const& request) const;

  // Calls `each` until it returns false (then the result is good) or the stream ends.
  Result<void> watch(labor::v1::WatchEventsRequest const& request,
                     std::function<bool(labor::v1::WatchEventsResponse const&)> const& each) const;

 private:
  struct Stub;
  std::string api_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace wallet
