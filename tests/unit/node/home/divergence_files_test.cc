#include "node/divergence_files.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "node/files.h"
#include "node/version.h"
#include "protocol/base/hex.h"
#include "tests/support/payments.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

constexpr std::size_t file_bytes_max = 1 << 20;

// A block of one payment whose header claims another state than its transactions give.
class DivergenceFiles : public testing::Test {
 protected:
  DivergenceFiles() {
    std::vector const transactions{testing_support::checked(
        chain_, testing_support::payment(chain_, people_[0], people_[1], {}))};
    auto const genesis = execution::genesis_block(chain_);
    auto const parent = execution::parent_of(genesis);
    honest_ = execution::build(chain_, parent, transactions,
                               {.time = protocol::TimeMs{testing_support::genesis_time_ms + 1000},
                                .proposer = protocol::ValidatorIndex{2},
                                .bytes_max = 0});
    auto header = honest_.header;
    header.set_state_root(std::string(32, '\x55'));
    found_ = {.height = protocol::Height{1},
              .block = honest_.hash,
              .why = "the state root is another",
              .bytes = "the block's bytes",
              .header = header,
              .own = executed_here(chain_, parent, header, transactions)};
  }
  static std::vector<testing_support::Person> two_people() {
    std::vector<testing_support::Person> people;
    for (std::uint64_t i = 0; i < 2; ++i) people.emplace_back(i);
    return people;
  }
  std::filesystem::path file(std::string const& ending) const {
    return folder_.path() / ("diverged-1-" + base::hex(honest_.hash.view()).substr(0, 16) + ending);
  }

  testing_support::TempFolder folder_;
  std::vector<testing_support::Person> people_ = two_people();
  protocol::Chain chain_ = testing_support::paying_chain(people_);
  execution::ExecutedBlock honest_;
  Divergence found_;
};

TEST_F(DivergenceFiles, SayWhatTheBlockClaimsWhatThisNodeComputesAndWhereTheBytesAre) {
  auto const said = keep_divergence(folder_.path(), found_);
  EXPECT_NE(said.find(file(".txt").string()), std::string::npos) << said;

  auto const text = read_file(file(".txt"), file_bytes_max).value();
  for (auto const& part :
       {std::string{version}, base::hex(honest_.hash.view()), std::string{"validator 2"},
        found_.why,
        "state root         DIFFERENT\n  in the block     " + base::hex(std::string(32, '\x55')) +
            "\n  by this node     " + base::hex(honest_.header.state_root()),
        "receipts root      equal\n  in the block     " + base::hex(honest_.header.receipts_root()),
        file(".block").string()}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in\n" << text;
  }
  EXPECT_EQ(read_file(file(".block"), file_bytes_max).value(), "the block's bytes");
}

TEST_F(DivergenceFiles, OfAnEarlierStartStayAsTheyAre) {
  keep_divergence(folder_.path(), found_);
  auto const before = read_file(file(".txt"), file_bytes_max).value();
  found_.why = "something else";
  auto const said = keep_divergence(folder_.path(), found_);
  EXPECT_NE(said.find(file(".txt").string()), std::string::npos) << said;
  EXPECT_EQ(read_file(file(".txt"), file_bytes_max).value(), before);
}

TEST_F(DivergenceFiles, ThatCannotBeWrittenAreSaidToBe) {
  auto const said = keep_divergence(folder_.path() / "none", found_);
  EXPECT_NE(said.find("could not be written"), std::string::npos) << said;
}

}  // namespace
}  // namespace node
