// The client API over a real port, on one validator in this process.

#include <arpa/inet.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <labor/v1/node_service.grpc.pb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "node/api/api_server.h"
#include "node/api/node_facts.h"
#include "protocol/codec/canonical.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "tests/support/mesh/documents_of.h"
#include "tests/support/mesh/mesh.h"

namespace node {
namespace {

using namespace labor::v1;  // What clients speak.
using testing_support::Person;
using Stub = labor::v1::NodeService::Stub;

constexpr auto patience = Mesh::patience;
constexpr std::uint64_t wait_ms = 60'000;

google::rpc::ErrorInfo info_of(grpc::Status const& status) {
  google::rpc::Status rich;
  google::rpc::ErrorInfo info;
  if (rich.ParseFromString(status.error_details())) {
    for (auto const& detail : rich.details()) detail.UnpackTo(&info);
  }
  return info;
}

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    for (std::uint64_t i = 0; i < 3; ++i) people_.emplace_back(i);
    mesh_ = std::make_unique<Mesh>(people_, Mesh::Options{.validators = 1});
    documents_.emplace(*mesh_, 0);
    facts_.emplace(NodeFacts::Names{.node = "alpha", .version = "test"},
                   NodeFacts::Parts{.chain = mesh_->chain(),
                                    .store = mesh_->store(0),
                                    .engine = mesh_->engine(0),
                                    .peers = mesh_->peers(0),
                                    .clock = mesh_->clock(),
                                    .documents = &documents_->get()});
    auto server = ApiServer::start("127.0.0.1:0", {.chain = mesh_->chain(),
                                                   .store = mesh_->store(0),
                                                   .engine = mesh_->engine(0),
                                                   .peers = mesh_->peers(0),
                                                   .clock = mesh_->clock(),
                                                   .facts = *facts_,
                                                   .documents = documents_->get()});
    EXPECT_TRUE(server.has_value());
    server_ = *std::move(server);
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    stub_ = labor::v1::NodeService::NewStub(
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(server_->port()),
                                  grpc::InsecureChannelCredentials(), arguments));
  }
  ~ApiTest() override { server_->stop(); }

  template <class Request, class Response>
  grpc::Status call(grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&, Response*),
                    Request const& request, Response& response) {
    grpc::ClientContext context;
    context.set_deadline(
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                     gpr_time_from_seconds(std::chrono::seconds{patience}.count(), GPR_TIMESPAN)));
    return (stub_.get()->*method)(&context, request, &response);
  }

  std::string transaction(std::size_t person, std::uint64_t sequence, Message const& message) {
    auto body = testing_support::payment_body(mesh_->chain(), people_[person], people_[0],
                                              {.sequence = sequence});
    *body.mutable_messages(0) = message;
    return testing_support::sign(body, {&people_[person]}, mesh_->chain().hash());
  }
  std::string pay(std::size_t person, std::uint64_t sequence) {
    return transaction(person, sequence,
                       testing_support::message(testing_support::transfer(people_[2], 3)));
  }
  grpc::Status submit(std::string const& bytes, SubmitResponse& response) {
    SubmitRequest request;
    request.set_transaction(bytes);
    return call(&Stub::Submit, request, response);
  }
  // Submits and waits until it is final.
  GetTransactionResponse finalize(std::string const& bytes) {
    SubmitResponse submitted;
    auto const status = submit(bytes, submitted);
    EXPECT_TRUE(status.ok()) << status.error_message();
    GetTransactionRequest request;
    request.set_transaction_id(submitted.transaction_id());
    request.set_wait_ms(wait_ms);
    GetTransactionResponse response;
    EXPECT_TRUE(call(&Stub::GetTransaction, request, response).ok());
    EXPECT_EQ(response.outcome(), TRANSACTION_OUTCOME_FINAL);
    return response;
  }

  std::vector<Person> people_;
  std::unique_ptr<Mesh> mesh_;
  std::optional<DocumentsOf> documents_;
  std::optional<NodeFacts> facts_;
  std::unique_ptr<ApiServer> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(ApiTest, ATransferIsSubmittedAwaitedAndFoundEverywhere) {
  auto const bytes = pay(0, 0);
  auto const final = finalize(bytes);
  EXPECT_EQ(final.receipt().status(), TX_STATUS_OK);
  EXPECT_EQ(final.transaction(), bytes);
  EXPECT_GT(final.height(), 0u);

  SubmitResponse again;
  ASSERT_TRUE(submit(bytes, again).ok()) << "the same bytes twice are one transaction";
  EXPECT_EQ(again.transaction_id(), final.receipt().transaction_id());

  GetAccountRequest of;
  of.set_address(people_[0].address().str());
  GetAccountResponse account;
  ASSERT_TRUE(call(&Stub::GetAccount, of, account).ok());
  EXPECT_EQ(account.next_sequence(), 1u);
  EXPECT_EQ(account.balances_size(), 2);

  GetBlockRequest at;
  at.set_height(final.height());
  GetBlockResponse block;
  ASSERT_TRUE(call(&Stub::GetBlock, at, block).ok());
  EXPECT_EQ(block.header().height(), final.height());
  EXPECT_EQ(block.receipts(static_cast<int>(final.index())).transaction_id(),
            again.transaction_id());
  EXPECT_FALSE(block.finalization().empty());

  GetNodeInfoResponse node;
  ASSERT_TRUE(call(&Stub::GetNodeInfo, GetNodeInfoRequest{}, node).ok());
  EXPECT_EQ(node.name(), "alpha");
  EXPECT_GE(node.height(), final.height());
  EXPECT_GE(node.final_transactions(), 1u);  // The node says things of its own, too.
  EXPECT_EQ(node.stages_size(), 5);
  EXPECT_GT(node.resident_bytes(), 0u);
}

TEST_F(ApiTest, ARecordComesWithAProofThatHolds) {
  finalize(pay(0, 0));
  for (auto const& [address, exists] :
       {std::pair{people_[2].address(), true}, std::pair{Person{99}.address(), false}}) {
    GetRecordRequest request;
    request.mutable_key()->mutable_balance()->set_address(address.str());
    request.mutable_key()->mutable_balance()->set_asset(ASSET_LBR);
    request.set_prove(true);
    GetRecordResponse response;
    ASSERT_TRUE(call(&Stub::GetRecord, request, response).ok());
    EXPECT_EQ(response.has_record(), exists);
    BlockHeader header;
    ASSERT_TRUE(header.ParseFromString(response.finality().header()));
    EXPECT_EQ(header.height(), response.height());
    auto const root = protocol::StateRoot::from(header.state_root());
    std::optional<std::string> value;
    if (exists) value = canonical::encode(response.record().balance());
    EXPECT_TRUE(
        state::verify(response.proof(), *root, state::keys::balance(address, ASSET_LBR), value)
            .has_value());
  }
}

TEST_F(ApiTest, EveryRefusalHasItsCodeReasonAndDomain) {
  struct Row {
    std::string name;
    std::function<grpc::Status()> ask;
    grpc::StatusCode code;
    std::string reason;
  };
  auto const ask = [this](auto method, auto const& request, auto response) {
    return [this, method, request, response]() mutable { return call(method, request, response); };
  };
  auto const submit_of = [this](std::string const& bytes) {
    return [this, bytes] {
      SubmitResponse response;
      return submit(bytes, response);
    };
  };
  auto forged = pay(0, 0);
  forged.back() = static_cast<char>(forged.back() ^ 1);
  SimulateRequest garbage;
  garbage.set_body("garbage");
  GetTransactionRequest short_id;
  short_id.set_transaction_id("short");
  GetBlockRequest high;
  high.set_height(1'000'000);
  ListRecordsRequest bad_token;
  bad_token.set_index(RECORD_INDEX_BALLOTS);
  bad_token.set_page_token("00");
  ListRecordsRequest no_index;
  ListRecordsRequest no_address;
  no_address.set_index(RECORD_INDEX_LOCKS_BY_OWNER);
  using enum grpc::StatusCode;
  Row const rows[] = {
      {"forged", submit_of(forged), UNAUTHENTICATED, "BAD_SIGNATURE"},
      {"empty", submit_of(""), INVALID_ARGUMENT, "WRONG_CHAIN"},
      {"garbage", submit_of("garbage"), INVALID_ARGUMENT, "NON_CANONICAL"},
      {"too large", submit_of(std::string(100'000, 'x')), INVALID_ARGUMENT, "TOO_LARGE"},
      {"too far", submit_of(pay(0, 100'000)), ABORTED, "SEQUENCE_TOO_FAR"},
      {"simulate", ask(&Stub::Simulate, garbage, SimulateResponse{}), INVALID_ARGUMENT,
       "NON_CANONICAL"},
      {"id", ask(&Stub::GetTransaction, short_id, GetTransactionResponse{}), INVALID_ARGUMENT,
       "INVALID_FIELD"},
      {"height", ask(&Stub::GetBlock, high, GetBlockResponse{}), NOT_FOUND, "BLOCK_NOT_FOUND"},
      {"address", ask(&Stub::GetAccount, GetAccountRequest{}, GetAccountResponse{}),
       INVALID_ARGUMENT, "INVALID_FIELD"},
      {"record", ask(&Stub::GetRecord, GetRecordRequest{}, GetRecordResponse{}), INVALID_ARGUMENT,
       "INVALID_FIELD"},
      {"index", ask(&Stub::ListRecords, no_index, ListRecordsResponse{}), INVALID_ARGUMENT,
       "INVALID_FIELD"},
      {"owner", ask(&Stub::ListRecords, no_address, ListRecordsResponse{}), INVALID_ARGUMENT,
       "INVALID_FIELD"},
      {"token", ask(&Stub::ListRecords, bad_token, ListRecordsResponse{}), INVALID_ARGUMENT,
       "INVALID_PAGE_TOKEN"},
      {"batch", ask(&Stub::SubmitBatch, SubmitBatchRequest{}, SubmitBatchResponse{}),
       INVALID_ARGUMENT, "INVALID_FIELD"},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const status = row.ask();
    auto const info = info_of(status);
    EXPECT_EQ(status.error_code(), row.code) << status.error_message();
    EXPECT_EQ(info.reason(), row.reason);
    EXPECT_EQ(info.domain(), "labor");
    EXPECT_GT(status.error_message().size(), 10u);
  }
}

TEST_F(ApiTest, ABatchIsAnsweredItemByItem) {
  SubmitBatchRequest request;
  request.add_transactions(pay(0, 0));
  request.add_transactions("garbage");
  request.add_transactions(pay(0, 1));
  SubmitBatchResponse response;
  ASSERT_TRUE(call(&Stub::SubmitBatch, request, response).ok());
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_EQ(response.results(0).reason(), "");
  EXPECT_EQ(response.results(0).transaction_id().size(), 32u);
  EXPECT_EQ(response.results(1).reason(), "NON_CANONICAL");
  EXPECT_EQ(response.results(2).reason(), "");
}

TEST_F(ApiTest, PagesAreOfTheBlockOfTheFirstOne) {
  auto const lock = [&](std::uint64_t sequence) {
    LockTokens inner;
    inner.set_amount(testing_support::lbr);
    inner.set_until_ms(testing_support::genesis_time_ms + 30 * testing_support::day_ms);
    EXPECT_EQ(
        finalize(transaction(1, sequence, testing_support::message(inner))).receipt().status(),
        TX_STATUS_OK);
  };
  for (std::uint64_t i = 0; i < 5; ++i) lock(i);
  ListRecordsRequest request;
  request.set_index(RECORD_INDEX_LOCKS_BY_OWNER);
  request.set_address(people_[1].address().str());
  request.set_page_size(2);
  std::vector<std::uint64_t> ids;
  std::uint64_t height = 0;
  for (int page = 0; page < 10; ++page) {
    ListRecordsResponse response;
    auto const status = call(&Stub::ListRecords, request, response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    if (page == 0) height = response.height();
    EXPECT_EQ(response.height(), height);
    for (auto const& record : response.records()) ids.push_back(record.lock().id());
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
    if (page == 0) lock(5);  // Must not show: the pages are of an earlier block.
  }
  EXPECT_EQ(ids, (std::vector<std::uint64_t>{5, 4, 3, 2, 1}));
}

TEST_F(ApiTest, WatchersResumeWithTheirCursorAndMissNothing) {
  for (std::uint64_t i = 0; i < 3; ++i) finalize(pay(0, i));
  auto const watch = [this](EventCursor const& after, std::size_t count) {
    WatchEventsRequest request;
    *request.mutable_after() = after;
    request.mutable_filter()->set_cause_prefix("transfer");
    grpc::ClientContext context;
    auto const reader = stub_->WatchEvents(&context, request);
    std::vector<WatchEventsResponse> events;
    for (WatchEventsResponse event; events.size() < count && reader->Read(&event);) {
      if (event.has_event()) events.push_back(event);
    }
    context.TryCancel();
    reader->Finish();
    return events;
  };
  auto const first = watch({}, 2);
  ASSERT_EQ(first.size(), 2u);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
  auto const all = watch({}, 3);
  auto rest = watch(first.back().cursor(), all.size() - 2);
  std::vector<WatchEventsResponse> resumed = first;
  resumed.insert(resumed.end(), rest.begin(), rest.end());
  ASSERT_EQ(resumed.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(resumed[i].SerializeAsString(), all[i].SerializeAsString()) << i;
  }
}

TEST_F(ApiTest, AWatcherHearsOfWhatBecomesFinalLaterAndIsRefusedWithReasons) {
  grpc::ClientContext context;
  auto const reader = stub_->WatchEvents(&context, WatchEventsRequest{});
  reader->WaitForInitialMetadata();
  WatchEventsResponse event;
  ASSERT_TRUE(reader->Read(&event) && !event.has_event()) << "it says first that it has caught up";
  finalize(pay(0, 0));
  ASSERT_TRUE(reader->Read(&event) && event.has_event());
  context.TryCancel();
  reader->Finish();

  WatchEventsRequest ahead;
  ahead.mutable_after()->set_height(1'000'000);
  WatchEventsRequest bad;
  bad.mutable_filter()->set_address("short");
  for (auto const& [request, reason] :
       {std::pair{ahead, "CURSOR_AHEAD"}, std::pair{bad, "INVALID_FIELD"}}) {
    grpc::ClientContext refused;
    auto const none = stub_->WatchEvents(&refused, request);
    EXPECT_FALSE(none->Read(&event));
    EXPECT_EQ(info_of(none->Finish()).reason(), reason);
  }
}

TEST_F(ApiTest, WaitingEndsWithADefiniteAnswer) {
  GetTransactionRequest request;
  request.set_transaction_id(std::string(32, 'x'));
  request.set_wait_ms(1);
  GetTransactionResponse response;
  ASSERT_TRUE(call(&Stub::GetTransaction, request, response).ok());
  EXPECT_EQ(response.outcome(), TRANSACTION_OUTCOME_UNKNOWN);

  finalize(pay(0, 0));  // Some block is past the genesis.
  request.set_wait_ms(wait_ms);
  request.set_valid_until_ms(testing_support::genesis_time_ms);
  ASSERT_TRUE(call(&Stub::GetTransaction, request, response).ok());
  EXPECT_EQ(response.outcome(), TRANSACTION_OUTCOME_EXPIRED);
}

TEST_F(ApiTest, TheSupplyAddsUp) {
  finalize(pay(0, 0));
  GetSupplyResponse response;
  ASSERT_TRUE(call(&Stub::GetSupply, GetSupplyRequest{}, response).ok());
  ASSERT_EQ(response.rows_size(), 2);
  for (auto const& row : response.rows()) {
    EXPECT_GT(row.supply(), 0u);
    auto const aside = row.locks() + row.deposits() + row.stakes() + row.bonds() + row.vesting();
    auto const used = row.accounts() + row.escrow() + row.disputes() + row.challenges();
    EXPECT_EQ(row.supply(), used + aside + row.pool() + row.treasury());
  }
}

TEST_F(ApiTest, OversizedMessagesAndGarbageOnThePortHarmNobody) {
  SubmitResponse response;
  EXPECT_EQ(submit(std::string(5u << 20, 'x'), response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);

  auto const socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(socket_fd, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server_->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(socket_fd, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
  std::string const garbage(10'000, '\xff');
  EXPECT_GT(send(socket_fd, garbage.data(), garbage.size(), MSG_NOSIGNAL), 0);
  char byte = 0;
  while (recv(socket_fd, &byte, 1, 0) > 0) continue;  // Until the server hangs up.
  close(socket_fd);
  finalize(pay(0, 0));
}

}  // namespace
}  // namespace node
