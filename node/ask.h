// One question to a running node, over its client API.

#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <chrono>
#include <string>

#include <labor/v1/node_service.grpc.pb.h>

#include "node/exit_code.h"

namespace node {

// Where its client API listens, and its home if that is known: for what a person is told to do.
struct Asked {
  std::string address;
  std::string home;
};

// Reads api.listen of `home`, unless `api` says where.
OrExit<Asked> whom_to_ask(std::string const& home, std::string const& api);

// Why there is no answer, and what to do.
Exit no_answer(Asked const& asked, grpc::Status const& status);

template <class Request, class Response>
using Question = grpc::Status (labor::v1::NodeService::Stub::*)(grpc::ClientContext*,
                                                                Request const&, Response*);

// A few seconds at most.
template <class Request, class Response>
OrExit<Response> ask(Asked const& asked, Question<Request, Response> question) {
  constexpr auto patience = std::chrono::seconds{5};
  auto const channel = grpc::CreateChannel(asked.address, grpc::InsecureChannelCredentials());
  auto const stub = labor::v1::NodeService::NewStub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience);
  Response response;
  auto const status = (stub.get()->*question)(&context, Request{}, &response);
  if (status.ok()) return response;
  return std::unexpected{no_answer(asked, status)};
}

// One line of proto JSON, zeros included.
std::string to_json_line(google::protobuf::Message const& message);

}  // namespace node
