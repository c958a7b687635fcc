// Whatever a node or the chain gives as a reason, the wallet knows what to do next.

#include "wallet/hint.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "protocol/execution/failure.h"
#include "tests/source/root.h"

namespace wallet {
namespace {

namespace fs = std::filesystem;

// Every SCREAMING_SNAKE text in the sources that answer clients: those are reasons.
std::set<std::string> reasons_of_nodes() {
  static std::regex const shape{R"re("([A-Z]+(_[A-Z]+)+)")re"};
  std::set<std::string> reasons;
  for (auto const* const folder : {"node/api", "node/mempool"}) {
    for (auto const& entry : fs::directory_iterator{testing_support::source_root() / folder}) {
      if (entry.path().extension() != ".cc") continue;
      std::ifstream in{entry.path()};
      std::string const text{std::istreambuf_iterator<char>{in}, {}};
      for (std::sregex_iterator at{text.begin(), text.end(), shape}; at != std::sregex_iterator{};
           ++at) {
        reasons.insert((*at)[1]);
      }
    }
  }
  return reasons;
}

TEST(Hint, IsThereForEveryReasonANodeGives) {
  auto const reasons = reasons_of_nodes();
  for (auto const* const known :
       {"POOL_FULL", "ACCOUNT_POOL_FULL", "PEER_POOL_FULL", "NODE_BUSY"}) {
    EXPECT_TRUE(reasons.contains(known)) << known << " was not found in the sources";
  }
  for (auto const& reason : reasons) {
    EXPECT_TRUE(hint_row(reason).has_value()) << reason << " needs a row in wallet/hint.cc";
  }
}

TEST(Hint, IsThereForEveryStatusOfATransaction) {
  auto const& statuses = *labor::v1::TxStatus_descriptor();
  for (int i = 0; i < statuses.value_count(); ++i) {
    auto const reason =
        execution::reason_of(static_cast<labor::v1::TxStatus>(statuses.value(i)->number()));
    EXPECT_TRUE(hint_row(reason).has_value()) << reason << " needs a row in wallet/hint.cc";
  }
}

TEST(Hint, NamesTheCommandThatShowsWhatWasActedOn) {
  labor::v1::Message fund;
  fund.mutable_fund_milestone()->set_contract(7);
  EXPECT_EQ(hint_of("WRONG_STATE", command_showing(fund)),
            "See how it is now: `labor milestone show 7/0`.");
  labor::v1::Message decline;
  decline.mutable_decline_offer()->set_offer(3);
  EXPECT_EQ(command_showing(decline), "labor offer show 3");
  labor::v1::Message pause;
  pause.mutable_pause_profile();
  EXPECT_EQ(command_showing(pause), "labor profile show");
  labor::v1::Message transfer;
  transfer.mutable_transfer();
  EXPECT_EQ(hint_of("WRONG_STATE", command_showing(transfer)), "See how it is now: `show`.");
}

}  // namespace
}  // namespace wallet
