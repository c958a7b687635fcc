#include "devnet/time_travel.h"

#include <fmt/format.h>

#include <algorithm>

#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"
#include "protocol/work/calendar.h"

namespace devnet {
namespace {

// A validator that was just started answers soon.
constexpr int answer_timeout_ms = 30'000;
// An idle chain makes a block a minute; with some room.
constexpr int block_timeout_ms = 90'000;

// Of the devnet's clock. A node may not have heard yet of the last time that it was moved, by which
// others made a block.
Result<std::uint64_t> time_of(NodeClient const& node) {
  wait_until(answer_timeout_ms, [&] { return node.info().has_value(); });
  auto const info = node.info();
  if (!info) return std::unexpected{std::string{"a running validator gave no answer"}};
  return std::max(info->now_ms(), info->block_time_ms());
}

}  // namespace

Result<std::optional<ChainTip>> pass_time(Network& network, std::uint64_t duration_ms) {
  auto const validator = network.living();
  if (!validator) {
    TRY_VOID(network.advance_time(duration_ms));
    return std::nullopt;
  }
  NodeClient const node{network.validators()[*validator].api_port};
  TRY(now_ms, time_of(node));
  TRY_VOID(network.advance_time(duration_ms));
  auto const time_ms = now_ms + duration_ms;
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

Result<std::optional<ChainTip>> pass_time_until(Network& network, std::uint64_t in_week_ms) {
  namespace limits = protocol::limits;
  auto const validator = network.living();
  if (!validator) return std::unexpected{std::string{"no validator runs to tell the time"}};
  TRY(now_ms, time_of(NodeClient{network.validators()[*validator].api_port}));
  auto const left_ms =
      (in_week_ms + limits::week_ms - work::since_monday_ms(now_ms)) % limits::week_ms;
  return pass_time(network, left_ms == 0 ? limits::week_ms : left_ms);
}

}  // namespace devnet
