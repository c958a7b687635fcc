#include "tests/e2e/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <fstream>

#include "devnet/agreement.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"

namespace e2e {
namespace {

using devnet::NodeClient;
using devnet::Result;

// The event stream of one validator from the first block on, resumed where it broke off.
void follow(NodeClient const& node, unsigned validator, Witness& witness,
            std::atomic<bool> const& over) {
  labor::v1::WatchEventsRequest request;
  request.mutable_filter()->set_cause_prefix("transfer");
  request.mutable_after();  // Height 0.
  while (!over) {
    if (!node.info()) continue;  // It waits for the connection.
    node.watch(request, [&](labor::v1::WatchEventsResponse const& message) {
      *request.mutable_after() = message.cursor();
      auto const id = protocol::TransactionId::from(message.transaction_id());
      if (message.has_event() && id) {
        witness.told(validator, *id, message);
      } else {
        witness.reached(validator, message.cursor().height());
      }
      return !over.load();
    });
  }
}

std::string tail_of(std::filesystem::path const& log) {
  constexpr std::size_t lines_max = 30;
  std::deque<std::string> lines;
  std::ifstream in{log};
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
    if (lines.size() > lines_max) lines.pop_front();
  }
  std::string text;
  for (auto const& line : lines) text += "  " + line + "\n";
  return text;
}

}  // namespace

Load::Load(devnet::Network& network, LoadOptions const& options)
    : network_{network}, options_{options}, witness_{network.validators().size()} {
  for (auto const& validator : network.validators()) nodes_.emplace_back(validator.api_port);
}

Load::~Load() {
  clients_.clear();
  over_ = true;
  (void)network_.stop_all();  // What failed before it is what to read.
}

Result<> Load::begin() {
  chain_ = devnet::load_chain(nodes_[0], accounts);
  if (!chain_) return std::unexpected{std::string{"validator 0 gives no answer"}};
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    followers_.emplace_back([this, i] { follow(nodes_[i], i, witness_, over_); });
  }
  Clientele const all{.nodes = nodes_,
                      .chain = *chain_,
                      .witness = witness_,
                      .clients = options_.clients,
                      .transfers_at_once = options_.transfers_at_once};
  for (std::size_t i = 0; i < options_.clients; ++i) {
    clients_.push_back(std::make_unique<Client>(all, i));
  }
  return {};
}

Result<> Load::finish(int timeout_ms) {
  for (auto const& client : clients_) client->finish();
  auto const drained = devnet::wait_until(timeout_ms, [&] {
    return std::ranges::all_of(clients_, [](auto const& client) { return client->drained(); });
  });
  if (!drained) return std::unexpected{std::string{"what clients sent does not become final"}};
  auto const height = witness_.height();
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    if (witness_.wait_reached(i, height, timeout_ms)) continue;
    return std::unexpected{fmt::format("the events of validator {} end before the last", i)};
  }
  return {};
}

Result<std::string> Load::agreement(
    std::function<void(labor::v1::BlockHeader const&)> const& look) {
  TRY(agreed, devnet::nodes_agree(network_, [&](auto const& block) {
        if (look) look(block.header());
        return witness_.hold_against(block);
      }));
  TRY_VOID(witness_.nothing_lost());
  TRY_VOID(devnet::supply_lines(nodes_[0]));
  return agreed;
}

std::string Load::state() const {
  std::string text = network_.state_of_nodes();
  for (auto const& client : clients_) text += client->state();
  for (unsigned i = 0; i < nodes_.size(); ++i) {
    auto const log = network_.log_of(i);
    text += fmt::format("the end of {}:\n{}", log.string(), tail_of(log));
  }
  return text;
}

}  // namespace e2e
