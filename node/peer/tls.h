// Mutual TLS with pinned node keys: no authority signs anything and no name is looked at. Each
// side presents a self-signed certificate, TLS proves that it holds the private key, and the
// connection stands only if the other side's key is one that was expected.

#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <optional>
#include <vector>

#include "node/peer/identity.h"

namespace grpc {
class AuthContext;
}

namespace node::peer {

// Admits clients that hold one of `pinned`.
std::shared_ptr<grpc::ServerCredentials> server_credentials(
    Identity const& mine, std::vector<protocol::PublicKey> pinned);

// Talks to a server that holds exactly `pinned`.
std::shared_ptr<grpc::ChannelCredentials> channel_credentials(Identity const& mine,
                                                              protocol::PublicKey const& pinned);

// The node key that the client of a call has proved to hold.
std::optional<protocol::PublicKey> node_key_of(grpc::AuthContext const& context);

}  // namespace node::peer
