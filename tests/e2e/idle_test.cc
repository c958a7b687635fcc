// After a payment is final nobody has anything to do: who went on believing so would give up views
// alone, and make the next payment wait.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "devnet/waiting.h"
#include "tests/e2e/changing_network.h"

namespace e2e {
namespace {

// Sooner than the heartbeat, which would hide it.
constexpr int idle_ms = 20'000;

using Idle = ChangingNetwork;

TEST_F(Idle, IsEveryNodeSoonAfterAPayment) {
  make({.validators = 4, .proxied = false});
  start();
  auto const idle = [&] {
    return std::ranges::all_of(std::vector<unsigned>{0, 1, 2, 3}, [&](unsigned number) {
      auto const now = typed({labord(), "consensus", "--home", folder_of(number)});
      return now.find("work       none\n") != std::string::npos;
    });
  };
  for (int i = 0; i < 12; ++i) {
    pay();
    ASSERT_TRUE(devnet::wait_until(idle_ms, idle)) << "payment " << i << "\n"
                                                   << network().state_of_nodes();
  }
}

}  // namespace
}  // namespace e2e
