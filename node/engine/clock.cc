#include "node/engine/clock.h"

#include <chrono>
#include <fstream>

namespace node {
namespace {

// A century: a damaged file must not send a chain to the end of time.
constexpr std::uint64_t offset_ms_max = 100ull * 365 * 24 * 60 * 60 * 1000;

}  // namespace

SystemClock::SystemClock(std::optional<std::filesystem::path> offset_file)
    : offset_file_{std::move(offset_file)} {
  refresh();
}

protocol::TimeMs SystemClock::now() const {
  auto const since = std::chrono::system_clock::now().time_since_epoch();
  auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  return protocol::TimeMs{static_cast<std::uint64_t>(ms) + offset_ms()};
}

bool SystemClock::refresh() {
  if (!offset_file_) return false;
  std::ifstream in{*offset_file_};
  std::uint64_t offset = 0;
  if (!(in >> offset)) return false;
  if (offset <= offset_ms() || offset > offset_ms_max) return false;
  offset_ms_.store(offset, std::memory_order_relaxed);
  return true;
}

}  // namespace node
