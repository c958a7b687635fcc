// Test vectors that others wrote: JSON files in $SHARED_VECTORS, else ../shared/vectors next to
// the repository. Where they are absent a test says that it did not run; with CI=true it fails.

#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/source/root.h"

namespace testing_support {

class VectorsTest : public testing::Test {
 protected:
  explicit VectorsTest(std::string_view file) {
    auto const* const folder = std::getenv("SHARED_VECTORS");  // NOLINT(concurrency-mt-unsafe)
    auto const beside = testing_support::source_root().parent_path() / "shared" / "vectors";
    path_ = (folder != nullptr ? std::filesystem::path{folder} : beside) / file;
  }

  void SetUp() override {
    std::ifstream in{path_};
    if (!in) {
      auto const* const ci = std::getenv("CI");  // NOLINT(concurrency-mt-unsafe)
      ASSERT_FALSE(ci != nullptr && std::string_view{ci} == "true") << path_ << " is missing";
      GTEST_SKIP() << "did not run: there is no " << path_;
    }
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    json = boost::json::parse(text);
  }

  boost::json::value json;

 private:
  std::filesystem::path path_;
};

inline std::string_view text(boost::json::value const& object, std::string_view name) {
  auto const& string = object.at(name).as_string();
  return {string.data(), string.size()};
}

}  // namespace testing_support
