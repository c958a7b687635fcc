// Every status of the schema: its reason, its sentence, who gives it and which test expects it.

#include <gtest/gtest.h>
#include <labor/v1/status.pb.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/failure.h"
#include "tests/source/root.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses by name.

std::vector<TxStatus> all_statuses() {
  std::vector<TxStatus> all;
  auto const* const names = TxStatus_descriptor();
  for (int i = 0; i < names->value_count(); ++i) {
    all.push_back(static_cast<TxStatus>(names->value(i)->number()));
  }
  return all;
}

// The statuses that the sources below a folder name, but for one file that names them all.
std::set<std::string> named_below(std::string_view folder, std::string_view but_for = {}) {
  constexpr std::string_view prefix = "TX_STATUS_";
  auto const belongs = [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  std::set<std::string> named;
  auto const root = testing_support::source_root() / folder;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{root}) {
    auto const is_source = entry.path().extension() == ".cc" || entry.path().extension() == ".h";
    if (!is_source || entry.path().filename() == but_for) continue;
    std::ifstream in{entry.path()};
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at + 1)) {
      auto const begin = text.begin() + static_cast<std::ptrdiff_t>(at);
      named.emplace(begin, std::find_if_not(begin, text.end(), belongs));
    }
  }
  return named;
}

TEST(Statuses, EachHasAReasonAndASentenceOfItsOwn) {
  std::set<std::string_view> sentences;
  for (auto const status : all_statuses()) {
    EXPECT_EQ("TX_STATUS_" + reason_of(status), TxStatus_Name(status));
    EXPECT_FALSE(explain(status).empty()) << reason_of(status);
    EXPECT_TRUE(sentences.insert(explain(status)).second) << reason_of(status);
  }
}

TEST(Statuses, EachIsGivenByTheProtocolAndExpectedByATestOfIt) {
  auto const given = named_below("protocol", "failure.cc");
  auto const expected = named_below("tests/unit/protocol");
  for (auto const status : all_statuses()) {
    if (status == TX_STATUS_UNSPECIFIED) continue;  // The outcome of nothing.
    EXPECT_TRUE(given.contains(TxStatus_Name(status))) << reason_of(status) << " is never given";
    EXPECT_TRUE(expected.contains(TxStatus_Name(status))) << reason_of(status) << " has no test";
  }
}

}  // namespace
}  // namespace execution
