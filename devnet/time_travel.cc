#include "devnet/time_travel.h"

#include <fmt/format.h>

#include <algorithm>

#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

// A validator that was just started answers soon.
constexpr int answer_timeout_ms = 30'000;
// An idle chain makes a block a minute; with some room.
constexpr int block_timeout_ms = 90'000;

}  // namespace

Result<std::optional<ChainTip>> pass_time(Network& network, std::uint64_t duration_ms) {
  auto const validator = network.living();
  if (!validator) {
    TRY_VOID(network.advance_time(duration_ms));
    return std::nullopt;
  }
  NodeClient const node{network.validators()[*validator].api_port};
  wait_until(answer_timeout_ms, [&] { return node.info().has_value(); });
  auto const before = node.info();
  if (!before) return std::unexpected{std::string{"a running validator gave no answer"}};
  TRY_VOID(network.advance_time(duration_ms));
  // Its clock may not have heard yet of the last time that was moved, by which others made a block.
  auto const time_ms = std::max(before->now_ms(), before->block_time_ms()) + duration_ms;
  ChainTip tip;
  auto const reached = wait_until(block_timeout_ms, [&] {
    auto const info = node.info();
    if (!info || info->block_time_ms() < time_ms) return false;
    tip = {.height = info->height(), .time_ms = info->block_time_ms()};
    return true;
  });
  if (reached) return tip;
  return std::unexpected{
      fmt::format("the clock was moved, but no block is final at the new time within {} s; does a "
                  "quorum run? `labor-devnet status` tells",
                  block_timeout_ms / 1000)};
}

}  // namespace devnet
