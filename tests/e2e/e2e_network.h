// A network of real processes for one test: made in a folder of its own, stopped and removed with
// it. Where something waits in vain, the state of every node is in the message.

#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "devnet/network.h"

namespace e2e {

// Every wait of these tests ends at this deadline.
inline constexpr int deadline_ms = 60'000;

class NetworkTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::path{testing::TempDir()} / "labor-e2e-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    home_ = name;
  }
  void TearDown() override {
    if (HasFailure()) {
      // The logs stay for whoever looks.
      std::printf("logs are in %s\n", home_.c_str());
      return;
    }
    std::error_code ignored;
    std::filesystem::remove_all(home_, ignored);
  }

  std::filesystem::path home_;
};

}  // namespace e2e
