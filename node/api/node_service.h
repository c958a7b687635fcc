// NodeService: each call validated, answered from a snapshot, or handed on.
//
// Queries run on gRPC's threads: a snapshot never waits for the node. Submissions, waits and
// documents are answered later, from the worker pool, TransactionWaits and the thread of Documents.

#pragma once

#include <labor/v1/node_service.grpc.pb.h>

#include <atomic>
#include <cstdint>
#include <string>

#include "node/api/api_server.h"
#include "node/api/event_streams.h"
#include "node/api/lists.h"
#include "node/api/refusal.h"
#include "node/api/transaction_waits.h"

namespace node {

// A call waits for a transaction this long at most.
inline constexpr std::uint64_t wait_ms_max = 120'000;
inline constexpr int transactions_per_batch_max = 256;

class NodeService final : public labor::v1::NodeService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  explicit NodeService(ApiServer::Parts parts);

  // Ends streams and waits: before the server shuts down.
  void stop();

  Unary* GetNodeInfo(Context* context, labor::v1::GetNodeInfoRequest const* request,
                     labor::v1::GetNodeInfoResponse* response) override;
  Unary* GetConsensus(Context* context, labor::v1::GetConsensusRequest const* request,
                      labor::v1::GetConsensusResponse* response) override;
  Unary* GetGenesis(Context* context, labor::v1::GetGenesisRequest const* request,
                    labor::v1::GetGenesisResponse* response) override;
  Unary* Submit(Context* context, labor::v1::SubmitRequest const* request,
                labor::v1::SubmitResponse* response) override;
  Unary* SubmitBatch(Context* context, labor::v1::SubmitBatchRequest const* request,
                     labor::v1::SubmitBatchResponse* response) override;
  Unary* Simulate(Context* context, labor::v1::SimulateRequest const* request,
                  labor::v1::SimulateResponse* response) override;
  Unary* GetTransaction(Context* context, labor::v1::GetTransactionRequest const* request,
                        labor::v1::GetTransactionResponse* response) override;
  Unary* GetBlock(Context* context, labor::v1::GetBlockRequest const* request,
                  labor::v1::GetBlockResponse* response) override;
  Unary* GetEpochs(Context* context, labor::v1::GetEpochsRequest const* request,
                   labor::v1::GetEpochsResponse* response) override;
  Unary* GetAccount(Context* context, labor::v1::GetAccountRequest const* request,
                    labor::v1::GetAccountResponse* response) override;
  Unary* GetRecord(Context* context, labor::v1::GetRecordRequest const* request,
                   labor::v1::GetRecordResponse* response) override;
  Unary* ListRecords(Context* context, labor::v1::ListRecordsRequest const* request,
                     labor::v1::ListRecordsResponse* response) override;
  Unary* ListParameters(Context* context, labor::v1::ListParametersRequest const* request,
                        labor::v1::ListParametersResponse* response) override;
  Unary* GetValidators(Context* context, labor::v1::GetValidatorsRequest const* request,
                       labor::v1::GetValidatorsResponse* response) override;
  Unary* GetSupply(Context* context, labor::v1::GetSupplyRequest const* request,
                   labor::v1::GetSupplyResponse* response) override;
  Unary* PutDocument(Context* context, labor::v1::PutDocumentRequest const* request,
                     labor::v1::PutDocumentResponse* response) override;
  Unary* GetDocument(Context* context, labor::v1::GetDocumentRequest const* request,
                     labor::v1::GetDocumentResponse* response) override;
  Unary* DeleteDocument(Context* context, labor::v1::DeleteDocumentRequest const* request,
                        labor::v1::DeleteDocumentResponse* response) override;
  grpc::ServerWriteReactor<labor::v1::WatchEventsResponse>* WatchEvents(
      Context* context, labor::v1::WatchEventsRequest const* request) override;

 private:
  ApiServer::Parts parts_;
  Lists lists_;
  TransactionWaits waits_;
  EventStreams streams_;
  std::atomic<bool> auditing_{false};  // GetSupply reads the whole state: one at a time.
};

}  // namespace node
