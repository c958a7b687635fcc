#include "devnet/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "devnet/waiting.h"
#include "protocol/base/try.h"
#include "wallet/supply.h"

namespace devnet {
namespace {

constexpr std::uint64_t units = 1'000'000;  // Both assets have 6 decimals.
constexpr int wait_timeout_ms = 30'000;

std::string amount_text(std::uint64_t amount) {
  auto text = fmt::format("{}.{:06}", amount / units, amount % units);
  constexpr std::size_t cents = 4;  // Two decimals always, more where they say something.
  for (std::size_t i = 0; i < cents && text.ends_with('0'); ++i) text.pop_back();
  return text;
}

// What executing it brought about. The finalization differs from node to node.
std::string results_of(labor::v1::GetBlockResponse const& block) {
  auto text = block.events().SerializeAsString();
  for (auto const& receipt : block.receipts()) text += receipt.SerializeAsString();
  return text;
}

}  // namespace

std::string_view asset_name(labor::v1::Asset asset) {
  return asset == labor::v1::ASSET_LBR ? "LBR" : "USD";
}

std::string change_text(std::int64_t amount) {
  auto const size = static_cast<std::uint64_t>(amount < 0 ? -amount : amount);
  return (amount < 0 ? "-" : "+") + amount_text(size);
}

Result<std::vector<std::string>> supply_lines(NodeClient const& node) {
  auto const supply = node.supply();
  if (!supply) return std::unexpected{std::string{"a running validator gave no answer"}};
  std::vector<std::string> lines;
  for (auto const& row : supply->rows()) {
    std::vector<std::string> parts;
    for (auto const& [name, amount] : wallet::holders_of(row)) {
      if (amount > 0) parts.push_back(fmt::format("{} {}", name, amount_text(amount)));
    }
    auto const line = fmt::format("{}: {} = supply {}", asset_name(row.asset()),
                                  fmt::join(parts, " + "), amount_text(row.supply()));
    if (wallet::held(row) != row.supply()) return std::unexpected{"does not add up: " + line};
    lines.push_back(line);
  }
  return lines;
}

Result<std::string> nodes_agree(
    Network const& network,
    std::function<Result<>(labor::v1::GetBlockResponse const&)> const& each) {
  std::vector<std::pair<std::string, NodeClient>> nodes;
  for (unsigned i = 0; i < network.validators().size(); ++i) {
    auto const& validator = network.validators()[i];
    if (network.runs(i)) nodes.emplace_back(validator.name, NodeClient{validator.api_port});
  }
  if (nodes.empty()) return std::unexpected{std::string{"no validator runs"}};

  std::uint64_t highest = 0;
  for (auto const& [name, node] : nodes) {
    if (auto const info = node.info()) highest = std::max(highest, info->height());
  }
  for (auto const& [name, node] : nodes) {
    auto const reached = wait_until(wait_timeout_ms, [&] {
      auto const info = node.info();
      return info && info->height() >= highest;
    });
    if (!reached) return std::unexpected{fmt::format("{} does not reach {}", name, highest)};
  }
  for (std::uint64_t height = 1; height <= highest; ++height) {
    auto const first = nodes.front().second.block(height);
    if (!first) return std::unexpected{fmt::format("{} lacks {}", nodes.front().first, height)};
    for (auto const& [name, node] : nodes) {
      auto const other = node.block(height);
      if (!other) return std::unexpected{fmt::format("{} lacks block {}", name, height)};
      if (other->block_hash() != first->block_hash() || other->block() != first->block() ||
          results_of(*other) != results_of(*first)) {
        return std::unexpected{fmt::format("{} and {} have different blocks at height {}",
                                           nodes.front().first, name, height)};
      }
    }
    if (each) TRY_VOID(each(*first));
  }
  return fmt::format("{} validators have equal blocks at all {} heights", nodes.size(), highest);
}

}  // namespace devnet
