// What the client port answers besides the API itself, and what it says of history that is gone.

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <labor/v1/node_service.grpc.pb.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "node/api/api_server.h"
#include "node/api/node_facts.h"
#include "protocol/validators/set.h"
#include "tests/support/mesh/documents_of.h"
#include "tests/support/mesh/mesh.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/documents/scene.h"
#include "wallet/chain.h"

namespace node {
namespace {

using namespace labor::v1;  // What clients speak.
using testing_support::Person;
using Stub = labor::v1::NodeService::Stub;

constexpr std::uint64_t history_blocks = 2;
constexpr std::uint64_t epoch_blocks = 4;
constexpr int attempts_max = 100'000;

google::rpc::ErrorInfo info_of(grpc::Status const& status) {
  google::rpc::Status rich;
  google::rpc::ErrorInfo info;
  if (rich.ParseFromString(status.error_details())) {
    for (auto const& detail : rich.details()) detail.UnpackTo(&info);
  }
  return info;
}

class ServedTest : public testing::Test {
 protected:
  ServedTest() {
    for (std::uint64_t i = 0; i < 3; ++i) people_.emplace_back(i);
    mesh_ = std::make_unique<Mesh>(people_, Mesh::Options{.validators = 1,
                                                          .history_blocks = history_blocks,
                                                          .epoch_blocks = epoch_blocks});
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
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(server_->port()),
                                   grpc::InsecureChannelCredentials());
    stub_ = NodeService::NewStub(channel_);
  }
  ~ServedTest() override { server_->stop(); }

  static void limit(grpc::ClientContext& context) {
    context.set_deadline(gpr_time_add(
        gpr_now(GPR_CLOCK_MONOTONIC),
        gpr_time_from_seconds(std::chrono::seconds{Mesh::patience}.count(), GPR_TIMESPAN)));
  }

  // One request to any method, one answer, in the bytes of the wire.
  std::string ask(std::string const& method, std::string const& request) {
    grpc::Slice const slice{request};
    grpc::ByteBuffer const sent{&slice, 1};
    grpc::ByteBuffer received;
    grpc::ClientContext context;
    limit(context);
    std::promise<grpc::Status> ended;
    grpc::GenericStub{channel_}.UnaryCall(
        &context, method, {}, &sent, &received,
        [&](grpc::Status const& status) { ended.set_value(status); });
    auto const status = ended.get_future().get();
    EXPECT_TRUE(status.ok()) << method << ": " << status.error_message();
    grpc::Slice answer;
    if (!status.ok() || !received.DumpToSingleSlice(&answer).ok()) return {};
    return {reinterpret_cast<char const*>(answer.begin()), answer.size()};
  }

  template <class Request, class Response>
  grpc::Status call(grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&, Response*),
                    Request const& request, Response& response) {
    grpc::ClientContext context;
    limit(context);
    return (stub_.get()->*method)(&context, request, &response);
  }

  // A final block that holds a transfer.
  void make_block(std::uint64_t sequence) {
    auto const body = testing_support::payment_body(mesh_->chain(), people_[0], people_[1],
                                                    {.sequence = sequence});
    auto const submitted =
        mesh_->submit(0, {testing_support::sign(body, {&people_[0]}, mesh_->chain().hash())});
    ASSERT_TRUE(submitted.at(0).has_value());
    ASSERT_TRUE(mesh_->eventually([&] { return mesh_->all_final(*submitted.at(0)); }));
  }

  std::vector<Person> people_;
  std::unique_ptr<Mesh> mesh_;
  std::optional<DocumentsOf> documents_;
  std::optional<NodeFacts> facts_;
  std::unique_ptr<ApiServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<NodeService::Stub> stub_;
};

TEST_F(ServedTest, HistoryThatIsGoneIsRefusedWithTheOldestHeightThatIsLeft) {
  for (std::uint64_t sequence = 0; sequence < history_blocks + 3; ++sequence) make_block(sequence);
  auto const oldest = std::to_string(mesh_->store(0).latest()->lowest().value());
  ASSERT_GT(mesh_->store(0).latest()->lowest(), protocol::Height{1});

  GetBlockRequest first;
  first.set_height(1);
  GetBlockResponse block;
  grpc::ClientContext asking;
  limit(asking);
  auto const gone = stub_->GetBlock(&asking, first, &block);
  EXPECT_EQ(gone.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(info_of(gone).reason(), "HISTORY_PRUNED");
  EXPECT_EQ(info_of(gone).metadata().at("oldest"), oldest);

  WatchEventsRequest from_first;
  from_first.mutable_after()->set_height(1);
  WatchEventsResponse event;
  grpc::ClientContext watching;
  limit(watching);
  auto const reader = stub_->WatchEvents(&watching, from_first);
  EXPECT_FALSE(reader->Read(&event));
  auto const ended = info_of(reader->Finish());
  EXPECT_EQ(ended.reason(), "HISTORY_PRUNED");
  EXPECT_EQ(ended.metadata().at("oldest"), oldest);
}

// Though the blocks between them are gone.
TEST_F(ServedTest, TheEndsOfAllEpochsAreServedInPagesEachWithTheNextValidators) {
  auto const changes = [this](std::uint64_t first, std::uint32_t count) {
    GetEpochsRequest request;
    request.set_first_epoch(first);
    request.set_count_max(count);
    GetEpochsResponse response;
    grpc::ClientContext asking;
    limit(asking);
    EXPECT_TRUE(stub_->GetEpochs(&asking, request, &response).ok());
    return response;
  };
  EXPECT_EQ(changes(0, 0).changes_size(), 0);
  for (std::uint64_t sequence = 0; sequence < 3 * epoch_blocks; ++sequence) make_block(sequence);
  auto const all = changes(0, 0);
  ASSERT_GE(all.changes_size(), 3);
  ASSERT_GT(mesh_->store(0).latest()->lowest(), protocol::Height{epoch_blocks});
  for (int i = 0; i < all.changes_size(); ++i) {
    auto const& change = all.changes(i);
    BlockHeader header;
    ASSERT_TRUE(header.ParseFromString(change.boundary_header()));
    EXPECT_EQ(header.epoch(), static_cast<std::uint64_t>(i));
    EXPECT_EQ(header.next_set_hash(), validators::hash_of(change.next_set()).str());
    EXPECT_EQ(change.next_set().epoch(), header.epoch() + 1);
    EXPECT_EQ(change.next_set().first_height(), header.height() + 1);
    EXPECT_FALSE(change.finalization().empty());
  }
  ASSERT_EQ(changes(1, 1).changes_size(), 1);
  EXPECT_EQ(changes(1, 1).changes(0).SerializeAsString(), all.changes(1).SerializeAsString());
  EXPECT_EQ(changes(0, 0xffff'ffff).changes_size(), all.changes_size());
  EXPECT_EQ(changes(1'000'000, 0).changes_size(), 0);
  EXPECT_EQ(changes(~0ull, 0).changes_size(), 0);
}

// The wallet as people run it, on the port as they reach it.
TEST_F(ServedTest, AWalletThatHasNothingButTheGenesisFollowsTheEpochs) {
  auto const wallet = [this](std::filesystem::path const& home) {
    auto genesis = protocol::Chain::from(mesh_->chain().genesis());
    auto trust = wallet::Trust::from(*std::move(genesis));
    return wallet::Chain{wallet::Client{"127.0.0.1:" + std::to_string(server_->port())},
                         *std::move(trust), wallet::Checking::on, home};
  };
  testing_support::TempFolder const folder;
  for (std::uint64_t sequence = 0; sequence < 2 * epoch_blocks + 1; ++sequence) {
    make_block(sequence);
    auto const head = wallet(folder.path() / std::to_string(sequence)).head();
    ASSERT_TRUE(head.has_value()) << head.error().reason << ": " << head.error().message;
    EXPECT_GT(head->header.height(), sequence);
  }
  auto const follower = wallet(folder.path() / "last");
  Record key;
  key.mutable_balance()->set_address(people_[1].address().str());
  key.mutable_balance()->set_asset(ASSET_USD);
  auto const record = follower.record(key);
  ASSERT_TRUE(record.has_value()) << record.error().reason << ": " << record.error().message;
  EXPECT_TRUE(record->has_value());
  EXPECT_GE(follower.trust().sets().size(), 3u);
}

TEST_F(ServedTest, ConsensusIsToldByTheThreadThatDecidesWithTheNamesOfThePresentEpoch) {
  for (std::uint64_t sequence = 0; sequence < epoch_blocks + 1; ++sequence) make_block(sequence);
  GetConsensusResponse now;
  grpc::ClientContext asking;
  limit(asking);
  auto const status = stub_->GetConsensus(&asking, {}, &now);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(now.waits_for().empty());
  EXPECT_EQ(now.node(), "alpha");
  EXPECT_TRUE(now.votes());
  EXPECT_GE(now.epoch(), 1u);
  EXPECT_EQ(now.quorum(), 1u);
  EXPECT_GT(now.final_height(), 0u);
  EXPECT_GT(now.view(), now.final_view());
  EXPECT_GE(now.final_age_ms(), 1u);
  ASSERT_EQ(now.validators_size(), 1);
  EXPECT_EQ(now.validators(0).name(), now.leader());
}

TEST_F(ServedTest, AnEpochIsServedWithItsValidatorsAndTheSeatsOfAll) {
  GetValidatorsResponse now;
  grpc::ClientContext asking;
  limit(asking);
  ASSERT_TRUE(stub_->GetValidators(&asking, {}, &now).ok());
  ASSERT_EQ(now.set().validators_size(), 1);
  ASSERT_EQ(now.seats_size(), 1);
  EXPECT_EQ(now.set().validators(0).consensus_key(),
            mesh_->chain().validators()[0].consensus_key());
  EXPECT_EQ(now.seats(0).validator().name(), now.set().validators(0).name());
  EXPECT_EQ(now.seats(0).state(), SEAT_STATE_SEATED);

  GetValidatorsRequest request;
  request.set_past(true);
  request.set_epoch(now.epoch() + 1'000'000);
  grpc::ClientContext again;
  limit(again);
  auto const refused = stub_->GetValidators(&again, request, &now);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(info_of(refused).reason(), "EPOCH_NOT_FOUND");
}

// grpc.health.v1: `service` is field 1 of the request, `status` of the answer; 1 is SERVING. Asked
// until it is: the server looks at its peers in a thread of its own.
TEST_F(ServedTest, TheHealthServiceSaysServingOnceAQuorumIsConnected) {
  std::string const serving{"\x08\x01"};
  std::string const name{"labor.v1.NodeService"};
  auto const of_service = std::string{'\x0a', static_cast<char>(name.size())} + name;
  for (auto const& request : {std::string{}, of_service}) {
    std::string answer;
    for (int attempt = 0; answer != serving && attempt < attempts_max; ++attempt) {
      answer = ask("/grpc.health.v1.Health/Check", request);
      ASSERT_FALSE(answer.empty());
    }
    EXPECT_EQ(answer, serving);
  }
}

// grpc.reflection.v1alpha: `list_services` is field 7 of the request.
TEST_F(ServedTest, ReflectionListsTheServicesOfThePort) {
  auto const answer =
      ask("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "\x3a\x01*");
  EXPECT_NE(answer.find("labor.v1.NodeService"), std::string::npos);
  EXPECT_NE(answer.find("grpc.health.v1.Health"), std::string::npos);
}

TEST_F(ServedTest, ADocumentIsPutGottenAndDeletedByItsOwnerAndEachRefusalHasAReason) {
  auto const& owner = people_[0];
  auto const genesis = mesh_->chain().hash();
  auto const brief = document_by(owner, "What is to be done");
  PutDocumentResponse put;
  ASSERT_TRUE(call(&Stub::PutDocument, putting(brief, owner, genesis), put).ok());
  EXPECT_EQ(put.hash(), protocol::document_hash(brief).str());
  auto const stranger = call(&Stub::PutDocument, putting(brief, people_[1], genesis), put);
  EXPECT_EQ(stranger.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(info_of(stranger).reason(), "NOT_DOCUMENT_OWNER");

  GetDocumentRequest of;
  of.set_hash(put.hash());
  GetDocumentResponse got;
  ASSERT_TRUE(call(&Stub::GetDocument, of, got).ok());
  EXPECT_EQ(got.text(), brief.text);
  EXPECT_EQ(got.owner(), brief.owner.str());
  EXPECT_EQ(got.salt(), brief.salt.str());
  GetNodeInfoResponse node;
  ASSERT_TRUE(call(&Stub::GetNodeInfo, GetNodeInfoRequest{}, node).ok());
  EXPECT_EQ(node.documents(), 1u);
  EXPECT_GT(node.document_bytes(), brief.text.size());

  DeleteDocumentResponse done;
  auto const other = call(&Stub::DeleteDocument, deleting(brief, people_[1], genesis), done);
  EXPECT_EQ(info_of(other).reason(), "NOT_DOCUMENT_OWNER");
  ASSERT_TRUE(call(&Stub::DeleteDocument, deleting(brief, owner, genesis), done).ok());
  EXPECT_TRUE(done.was_here());
  EXPECT_EQ(info_of(call(&Stub::GetDocument, of, got)).reason(), "DOCUMENT_ERASED");
  EXPECT_EQ(info_of(call(&Stub::PutDocument, putting(brief, owner, genesis), put)).reason(),
            "DOCUMENT_ERASED");
  of.set_hash(std::string(32, 'x'));
  EXPECT_EQ(info_of(call(&Stub::GetDocument, of, got)).reason(), "DOCUMENT_NOT_FOUND");
  of.set_hash("x");
  EXPECT_EQ(info_of(call(&Stub::GetDocument, of, got)).metadata().at("field"), "hash");
}

TEST_F(ServedTest, APortInUseIsRefusedWithASentence) {
  auto const second = ApiServer::start("127.0.0.1:" + std::to_string(server_->port()),
                                       {.chain = mesh_->chain(),
                                        .store = mesh_->store(0),
                                        .engine = mesh_->engine(0),
                                        .peers = mesh_->peers(0),
                                        .clock = mesh_->clock(),
                                        .facts = *facts_,
                                        .documents = documents_->get()});
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().find("in use"), std::string::npos);
}

}  // namespace
}  // namespace node
