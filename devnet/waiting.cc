#include "devnet/waiting.h"

#include <chrono>
#include <thread>

namespace devnet {

bool wait_until(int timeout_ms, std::function<bool()> const& holds) {
  constexpr auto pause = std::chrono::milliseconds{5};
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout_ms};
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(pause);
  }
  return true;
}

}  // namespace devnet
