#include "node/status.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <chrono>

#include <labor/v1/node_service.grpc.pb.h>

#include "protocol/base/hex.h"

namespace node {
namespace {

constexpr auto patience = std::chrono::seconds{5};

std::string age_text(std::uint64_t now_ms, std::uint64_t block_time_ms) {
  if (block_time_ms > now_ms) return "just now";
  return fmt::format("{}.{} s ago", (now_ms - block_time_ms) / 1000,
                     (now_ms - block_time_ms) % 1000 / 100);
}

std::string peers_text(labor::v1::GetNodeInfoResponse const& info) {
  auto const connected = std::ranges::count_if(info.peers(), &labor::v1::PeerInfo::connected);
  auto text = fmt::format("{} of {} connected", connected, info.peers_size());
  for (auto const& peer : info.peers()) {
    if (!peer.connected()) text += fmt::format(", {} missing", peer.name());
  }
  return text;
}

}  // namespace

OrExit<labor::v1::GetNodeInfoResponse> ask_status(std::string const& address) {
  auto const channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  auto const stub = labor::v1::NodeService::NewStub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience);
  labor::v1::GetNodeInfoResponse info;
  auto const status = stub->GetNodeInfo(&context, {}, &info);
  if (status.ok()) return info;
  return exit_with(ExitCode::unavailable,
                   fmt::format("the node's API at {} does not answer: {}. Does `labord run` run, "
                               "and is api.listen in its labord.toml this address?",
                               address, status.error_message()));
}

std::string status_text(labor::v1::GetNodeInfoResponse const& info) {
  auto const role = info.validator() ? fmt::format("validator {}", info.validator_index())
                                     : std::string{"observer: it does not vote"};
  return fmt::format(
      "chain      {}{}\n"
      "node       {}, {}, version {}\n"
      "height     {}, block {}, {}\n"
      "consensus  epoch {}, view {}\n"
      "peers      {}\n"
      "mempool    {} transactions\n",
      info.chain_id(), info.devnet() ? " (devnet)" : "", info.name(), role, info.version(),
      info.height(), base::hex(info.block_hash()).substr(0, 16),
      age_text(info.now_ms(), info.block_time_ms()), info.epoch(), info.view(), peers_text(info),
      info.mempool_transactions());
}

std::string status_json(labor::v1::GetNodeInfoResponse const& info) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  auto const status = google::protobuf::util::MessageToJsonString(info, &json, options);
  return status.ok() ? json + "\n" : std::string{};
}

}  // namespace node
