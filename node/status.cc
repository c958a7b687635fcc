#include "node/status.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"

namespace node {
namespace {

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

// Nothing to say while it is there, or where there is none.
std::string signer_text(labor::v1::GetNodeInfoResponse const& info) {
  if (info.signer_away_since_ms() == 0) return {};
  auto const since =
      std::chrono::system_clock::time_point{std::chrono::milliseconds{info.signer_away_since_ms()}};
  return fmt::format("signer     away since {:%Y-%m-%d %H:%M:%S} UTC: this node does not vote\n",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(since)));
}

}  // namespace

std::string status_text(labor::v1::GetNodeInfoResponse const& info) {
  auto const role = info.validator() ? fmt::format("validator {}", info.validator_index())
                                     : std::string{"observer: it does not vote"};
  return fmt::format(
      "chain      {}{}\n"
      "node       {}, {}, version {}\n"
      "height     {}, block {}, {}\n"
      "consensus  epoch {}, view {}\n"
      "peers      {}\n"
      "mempool    {} transactions\n{}",
      info.chain_id(), info.devnet() ? " (devnet)" : "", info.name(), role, info.version(),
      info.height(), base::hex(info.block_hash()).substr(0, 16),
      age_text(info.now_ms(), info.block_time_ms()), info.epoch(), info.view(), peers_text(info),
      info.mempool_transactions(), signer_text(info));
}

}  // namespace node
