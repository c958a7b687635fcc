// The node's clock, which block times are taken from and compared with.
//
// On a devnet an offset is added: a file with one decimal number of milliseconds, shared by all
// nodes of the machine, is read again by refresh(). It may only grow, as time does; a file that is
// missing, damaged or smaller than before changes nothing. Other chains have no such file.
//
// Threads: now() from any; refresh() from one (the loop's).

#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "protocol/types.h"

namespace node {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual protocol::TimeMs now() const = 0;
  // Looks whether somebody has moved it; whether that is so.
  virtual bool refresh() { return false; }
};

class SystemClock final : public Clock {
 public:
  // `offset_file` on devnets only.
  explicit SystemClock(std::optional<std::filesystem::path> offset_file = std::nullopt);

  protocol::TimeMs now() const override;
  bool refresh() override;
  std::uint64_t offset_ms() const { return offset_ms_.load(std::memory_order_relaxed); }

 private:
  std::optional<std::filesystem::path> offset_file_;
  std::atomic<std::uint64_t> offset_ms_{0};
};

}  // namespace node
