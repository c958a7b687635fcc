// What a devnet asks of its nodes, over the client API. Blocking calls with a deadline each; an
// answer or nothing (the node is down, or busy for longer than the deadline).
//
// Threads: one client may be used from several threads.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace devnet {

class NodeClient {
 public:
  explicit NodeClient(std::uint16_t api_port);
  ~NodeClient();
  NodeClient(NodeClient&&) noexcept;
  NodeClient& operator=(NodeClient&&) noexcept;
  NodeClient(NodeClient const&) = delete;
  NodeClient& operator=(NodeClient const&) = delete;

  std::optional<labor::v1::GetNodeInfoResponse> info() const;
  std::optional<labor::v1::GetBlockResponse> block(std::uint64_t height) const;
  std::optional<labor::v1::GetSupplyResponse> supply() const;
  std::optional<labor::v1::GetAccountResponse> account(std::string const& address) const;

  // After `wait_ms` at most, if it is not final at once.
  std::optional<labor::v1::GetTransactionResponse> transaction(std::string const& id,
                                                               std::uint64_t wait_ms = 0) const;

  // For each transaction the reason of its refusal, "" if admitted; nothing without an answer.
  std::optional<std::vector<std::string>> submit(std::vector<std::string> transactions) const;

  // Calls `each` for every event until it returns false or the stream ends.
  void watch(labor::v1::WatchEventsRequest const& request,
             std::function<bool(labor::v1::WatchEventsResponse const&)> const& each) const;

 private:
  struct Channel;
  std::unique_ptr<Channel> channel_;
};

}  // namespace devnet
