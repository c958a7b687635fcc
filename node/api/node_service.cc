#include "node/api/node_service.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "node/api/document_refusal.h"
#include "node/api/epochs.h"
#include "node/api/queries.h"
#include "node/api/validator_queries.h"
#include "node/documents/documents.h"

namespace node {

using namespace labor::v1;  // This file answers with its messages.

namespace {

grpc::ServerUnaryReactor* answer(grpc::CallbackServerContext* context, grpc::Status const& status) {
  auto* const reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

template <class Response>
grpc::ServerUnaryReactor* answer(grpc::CallbackServerContext* context, Answer<Response> answered,
                                 Response* response) {
  if (!answered) return answer(context, to_status(answered.error()));
  *response = *std::move(answered);
  return answer(context, grpc::Status::OK);
}

// One GetTransaction that waits. Lives until gRPC says OnDone; the wait holds it, too.
class TransactionWait final : public grpc::ServerUnaryReactor,
                              public std::enable_shared_from_this<TransactionWait> {
 public:
  TransactionWait(Store const& store, Mempool const& mempool, TransactionWaits& waits,
                  GetTransactionRequest const& request, GetTransactionResponse* response)
      : store_{store}, mempool_{mempool}, waits_{waits}, request_{request}, response_{response} {}

  void begin(protocol::TransactionId const& id) {
    self_ = shared_from_this();
    auto const wait_ms = std::min(request_.wait_ms(), wait_ms_max);
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{wait_ms};
    auto const ticket = waits_.add(
        {.id = id, .expiry = protocol::TimeMs{request_.valid_until_ms()}, .deadline = deadline},
        [self = shared_from_this()] { self->look(); });
    if (!ticket) {
      return finish(to_status(busy("this node has as many callers waiting as it takes")));
    }
    {
      std::lock_guard const lock{mutex_};
      ticket_ = ticket;
    }
    // It may have become final before the wait was known.
    auto const now = get_transaction(store_, mempool_, request_);
    auto const settled = !now || now->outcome() == TRANSACTION_OUTCOME_FINAL ||
                         now->outcome() == TRANSACTION_OUTCOME_EXPIRED;
    if (settled && waits_.remove(*ticket)) look();
  }

  void OnCancel() override {
    std::optional<TransactionWaits::Ticket> ticket;
    {
      std::lock_guard const lock{mutex_};
      ticket = ticket_;
    }
    if (ticket && waits_.remove(*ticket)) finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { auto const self = std::move(self_); }

 private:
  void look() {
    auto now = get_transaction(store_, mempool_, request_);
    if (!now) return finish(to_status(now.error()));
    *response_ = *std::move(now);
    finish(grpc::Status::OK);
  }
  // Once: by whoever took the wait away, or the wait itself.
  void finish(grpc::Status const& status) { Finish(status); }

  Store const& store_;
  Mempool const& mempool_;
  TransactionWaits& waits_;
  GetTransactionRequest const request_;
  GetTransactionResponse* const response_;
  std::shared_ptr<TransactionWait> self_;
  std::mutex mutex_;
  std::optional<TransactionWaits::Ticket> ticket_;
};

}  // namespace

NodeService::NodeService(ApiServer::Parts parts)
    : parts_{parts},
      waits_{parts_.engine.final_blocks()},
      streams_{parts_.store, parts_.engine.final_blocks(), {}} {}

void NodeService::stop() {
  waits_.stop();
  streams_.stop();
}

NodeService::Unary* NodeService::GetNodeInfo(Context* context, GetNodeInfoRequest const*,
                                             GetNodeInfoResponse* response) {
  *response = parts_.facts.info();
  return answer(context, grpc::Status::OK);
}

NodeService::Unary* NodeService::GetConsensus(Context* context, GetConsensusRequest const*,
                                              GetConsensusResponse* response) {
  auto* const reactor = context->DefaultReactor();
  auto const asked = parts_.facts.consensus([reactor, response](GetConsensusResponse told) {
    *response = std::move(told);
    reactor->Finish(grpc::Status::OK);
  });
  if (!asked) reactor->Finish(to_status(busy("others are being told what consensus is doing")));
  return reactor;
}

NodeService::Unary* NodeService::GetGenesis(Context* context, GetGenesisRequest const*,
                                            GetGenesisResponse* response) {
  *response->mutable_genesis() = parts_.chain.genesis();
  return answer(context, grpc::Status::OK);
}

NodeService::Unary* NodeService::Submit(Context* context, SubmitRequest const* request,
                                        SubmitResponse* response) {
  auto* const reactor = context->DefaultReactor();
  parts_.engine.admission().submit({request->transaction()}, from_client,
                                   [reactor, response](auto const& results) {
                                     auto const& result = results.front();
                                     if (!result)
                                       return reactor->Finish(to_status(refused(result.error())));
                                     response->set_transaction_id(result->str());
                                     reactor->Finish(grpc::Status::OK);
                                   });
  return reactor;
}

NodeService::Unary* NodeService::SubmitBatch(Context* context, SubmitBatchRequest const* request,
                                             SubmitBatchResponse* response) {
  auto const count = request->transactions_size();
  if (count == 0 || count > transactions_per_batch_max) {
    return answer(context, to_status(invalid_field("transactions", "send 1 to 256 at once")));
  }
  auto* const reactor = context->DefaultReactor();
  parts_.engine.admission().submit({request->transactions().begin(), request->transactions().end()},
                                   from_client, [reactor, response](auto const& results) {
                                     for (auto const& result : results) {
                                       auto& out = *response->add_results();
                                       if (result) {
                                         out.set_transaction_id(result->str());
                                       } else {
                                         out.set_reason(refused(result.error()).reason);
                                       }
                                     }
                                     reactor->Finish(grpc::Status::OK);
                                   });
  return reactor;
}

NodeService::Unary* NodeService::Simulate(Context* context, SimulateRequest const* request,
                                          SimulateResponse* response) {
  return answer(context, simulate(*parts_.store.latest(), parts_.chain, parts_.clock, *request),
                response);
}

NodeService::Unary* NodeService::GetTransaction(Context* context,
                                                GetTransactionRequest const* request,
                                                GetTransactionResponse* response) {
  auto const& mempool = parts_.engine.mempool();
  auto now = get_transaction(parts_.store, mempool, *request);
  auto const settled = !now || now->outcome() == TRANSACTION_OUTCOME_FINAL ||
                       now->outcome() == TRANSACTION_OUTCOME_EXPIRED;
  if (settled || request->wait_ms() == 0) return answer(context, std::move(now), response);
  auto const id = protocol::TransactionId::from(request->transaction_id());
  auto const wait =
      std::make_shared<TransactionWait>(parts_.store, mempool, waits_, *request, response);
  wait->begin(*id);
  return wait.get();
}

NodeService::Unary* NodeService::GetBlock(Context* context, GetBlockRequest const* request,
                                          GetBlockResponse* response) {
  return answer(context, get_block(*parts_.store.latest(), *request), response);
}

NodeService::Unary* NodeService::GetEpochs(Context* context, GetEpochsRequest const* request,
                                           GetEpochsResponse* response) {
  *response = get_epochs(*parts_.store.latest(), *request);
  return answer(context, grpc::Status::OK);
}

NodeService::Unary* NodeService::GetAccount(Context* context, GetAccountRequest const* request,
                                            GetAccountResponse* response) {
  return answer(context, get_account(*parts_.store.latest(), parts_.engine.mempool(), *request),
                response);
}

NodeService::Unary* NodeService::GetRecord(Context* context, GetRecordRequest const* request,
                                           GetRecordResponse* response) {
  return answer(context, get_record(*parts_.store.latest(), *request), response);
}

NodeService::Unary* NodeService::ListRecords(Context* context, ListRecordsRequest const* request,
                                             ListRecordsResponse* response) {
  return answer(context, lists_.list(parts_.store.latest(), *request), response);
}

NodeService::Unary* NodeService::ListParameters(Context* context, ListParametersRequest const*,
                                                ListParametersResponse* response) {
  *response = list_parameters(*parts_.store.latest());
  return answer(context, grpc::Status::OK);
}

NodeService::Unary* NodeService::GetValidators(Context* context,
                                               GetValidatorsRequest const* request,
                                               GetValidatorsResponse* response) {
  return answer(context, get_validators(*parts_.store.latest(), *request), response);
}

NodeService::Unary* NodeService::GetSupply(Context* context, GetSupplyRequest const*,
                                           GetSupplyResponse* response) {
  if (auditing_.exchange(true)) {
    return answer(context, to_status(busy("the supply is being summed for another caller")));
  }
  *response = get_supply(*parts_.store.latest());
  auditing_ = false;
  return answer(context, grpc::Status::OK);
}

NodeService::Unary* NodeService::PutDocument(Context* context, PutDocumentRequest const* request,
                                             PutDocumentResponse* response) {
  auto* const reactor = context->DefaultReactor();
  parts_.documents.put(*request, [reactor, response](DocumentResult<protocol::Hash> hash) {
    if (!hash) return reactor->Finish(to_status(refused(hash.error())));
    response->set_hash(hash->str());
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

NodeService::Unary* NodeService::GetDocument(Context* context, GetDocumentRequest const* request,
                                             GetDocumentResponse* response) {
  auto* const reactor = context->DefaultReactor();
  parts_.documents.get(*request, [reactor, response](DocumentResult<protocol::Document> found) {
    if (!found) return reactor->Finish(to_status(refused(found.error())));
    response->set_owner(found->owner.str());
    response->set_salt(found->salt.str());
    response->set_text(std::move(found->text));
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

NodeService::Unary* NodeService::DeleteDocument(Context* context,
                                                DeleteDocumentRequest const* request,
                                                DeleteDocumentResponse* response) {
  auto* const reactor = context->DefaultReactor();
  parts_.documents.erase(*request,
                         [reactor, response](DocumentResult<DeleteDocumentResponse> done) {
                           if (!done) return reactor->Finish(to_status(refused(done.error())));
                           *response = *std::move(done);
                           reactor->Finish(grpc::Status::OK);
                         });
  return reactor;
}

grpc::ServerWriteReactor<WatchEventsResponse>* NodeService::WatchEvents(
    Context* context, WatchEventsRequest const* request) {
  return streams_.open(*context, *request);
}

}  // namespace node
