#include "node/peer/tls.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <string>

#include <labor/v1/peer_service.grpc.pb.h>

namespace node::peer {
namespace {

// Answers every call with the node key that the caller has proved.
class WhoAreYou final : public labor::v1::PeerService::CallbackService {
 public:
  grpc::ServerBidiReactor<labor::v1::ConnectRequest, labor::v1::ConnectResponse>* Connect(
      grpc::CallbackServerContext* context) override {
    auto const key = node_key_of(*context->auth_context());
    return new Answer{key ? key->str() : "nobody"};
  }

 private:
  class Answer final
      : public grpc::ServerBidiReactor<labor::v1::ConnectRequest, labor::v1::ConnectResponse> {
   public:
    explicit Answer(std::string const& key) { Finish({grpc::StatusCode::ALREADY_EXISTS, "", key}); }
    void OnDone() override { delete this; }
  };
};

struct Node {
  Identity identity = make_identity();
  protocol::PublicKey key = check_identity(identity).value();
};

grpc::Status call(Node const& client, protocol::PublicKey const& expected, int port) {
  auto const channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                           channel_credentials(client.identity, expected));
  auto const stub = labor::v1::PeerService::NewStub(channel);
  grpc::ClientContext context;
  return stub->Connect(&context)->Finish();
}

TEST(PeerTls, OnlyPinnedKeysConnectInEitherDirection) {
  Node const server;
  Node const friend_of_server;
  Node const stranger;
  WhoAreYou service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  builder.AddListeningPort("127.0.0.1:0",
                           server_credentials(server.identity, {friend_of_server.key}), &port);
  auto const running = builder.BuildAndStart();
  ASSERT_NE(running, nullptr);

  auto const right = call(friend_of_server, server.key, port);
  EXPECT_EQ(right.error_code(), grpc::StatusCode::ALREADY_EXISTS) << right.error_message();
  EXPECT_EQ(right.error_details(), friend_of_server.key.str());

  auto const unknown_client = call(stranger, server.key, port);
  EXPECT_EQ(unknown_client.error_code(), grpc::StatusCode::UNAVAILABLE);

  auto const impostor_server = call(friend_of_server, stranger.key, port);
  EXPECT_EQ(impostor_server.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(PeerIdentity, IsFreshEachTimeAndFitsTogether) {
  auto const a = make_identity();
  auto const b = make_identity();
  ASSERT_TRUE(check_identity(a));
  EXPECT_NE(*check_identity(a), *check_identity(b));
  EXPECT_EQ(key_of_certificate(a.certificate_pem), *check_identity(a));
}

TEST(PeerIdentity, FilesThatDoNotFitAreRefusedWithTheReason) {
  auto const a = make_identity();
  auto const b = make_identity();
  struct Row {
    char const* name;
    Identity identity;
    IdentityRefusal want;
  };
  Row const rows[] = {
      {"empty key", {"", a.certificate_pem}, IdentityRefusal::bad_private_key},
      {"certificate for key",
       {a.certificate_pem, a.certificate_pem},
       IdentityRefusal::bad_private_key},
      {"empty certificate", {a.private_key_pem, ""}, IdentityRefusal::bad_certificate},
      {"garbage",
       {a.private_key_pem, "-----BEGIN CERTIFICATE-----\nAAAA\n"},
       IdentityRefusal::bad_certificate},
      {"of another", {a.private_key_pem, b.certificate_pem}, IdentityRefusal::mismatch},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const got = check_identity(row.identity);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), row.want);
    EXPECT_FALSE(explain(got.error()).empty());
  }
}

}  // namespace
}  // namespace node::peer
