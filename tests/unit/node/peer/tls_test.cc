#include "node/peer/tls.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <string>

#include <labor/v1/peer_service.grpc.pb.h>

#include "protocol/crypto/sign.h"

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

Identity identity_from(char seed) {
  return identity_of(base::bytes_of(std::string(32, seed)));
}

grpc::Status call(Identity const& client, protocol::PublicKey const& expected, int port) {
  auto const channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                           channel_credentials(client, expected));
  auto const stub = labor::v1::PeerService::NewStub(channel);
  grpc::ClientContext context;
  return stub->Connect(&context)->Finish();
}

TEST(PeerTls, OnlyPinnedKeysConnectInEitherDirection) {
  auto const server = identity_from('s');
  auto const friend_of_server = identity_from('f');
  auto const stranger = identity_from('x');
  WhoAreYou service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  builder.AddListeningPort("127.0.0.1:0", server_credentials(server, {friend_of_server.key}),
                           &port);
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

TEST(PeerIdentity, IsTheKeyOfItsSeedInACertificate) {
  auto const seed = std::string(32, 'a');
  auto const identity = identity_of(base::bytes_of(seed));
  EXPECT_EQ(identity.key, crypto::SecretKey{base::bytes_of(seed)}.public_key());
  EXPECT_EQ(key_of_certificate(identity.certificate_pem), identity.key);
}

TEST(PeerIdentity, WhatIsNoEd25519CertificateHasNoKey) {
  auto const identity = identity_from('a');
  for (auto const& text :
       {std::string{}, identity.private_key_pem, std::string{"-----BEGIN CERTIFICATE-----\nAAAA\n"},
        identity.certificate_pem.substr(0, 200)}) {
    EXPECT_FALSE(key_of_certificate(text)) << text;
  }
}

}  // namespace
}  // namespace node::peer
