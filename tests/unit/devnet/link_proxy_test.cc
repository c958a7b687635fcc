#include "devnet/link_proxy.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace devnet {
namespace {

std::filesystem::path scratch_file(std::string const& name) {
  return std::filesystem::path{testing::TempDir()} / ("labor-links-" + name);
}

TEST(LinkFile, WhatIsWrittenIsRead) {
  auto const file = scratch_file("round");
  std::vector<Link> const links = {
      {.listen_port = 1, .target_port = 2, .from = 0, .to = 1, .delay_ms = 50},
      {.listen_port = 3,
       .target_port = 4,
       .from = 1,
       .to = 0,
       .delay_ms = 0,
       .state = LinkState::cut},
      {.listen_port = 5, .target_port = 6, .from = 1, .to = 2, .state = LinkState::silent},
  };
  ASSERT_TRUE(write_links(file, links).has_value());
  EXPECT_EQ(read_links(file), links);
}

TEST(LinkFile, WhatIsNotALinkIsRefused) {
  auto const file = scratch_file("bad");
  for (auto const* line : {"1 2 3", "1 2 0 1 0 ajar", "x 2 0 1 0 open", "70000 2 0 1 0 open"}) {
    std::ofstream{file} << line << "\n";
    EXPECT_FALSE(read_links(file).has_value()) << line;
  }
}

}  // namespace
}  // namespace devnet
