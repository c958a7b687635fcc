#include "wallet/keystore/derivation.h"

#include <gtest/gtest.h>

#include <charconv>
#include <vector>

#include "protocol/base/hex.h"
#include "tests/support/vectors.h"

namespace wallet {
namespace {

// "m/0'/1'" as steps.
std::vector<std::uint32_t> steps_of(std::string_view path) {
  std::vector<std::uint32_t> steps;
  for (auto at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    std::uint32_t step = 0;
    std::from_chars(path.data() + at + 1, path.data() + path.size(), step);
    steps.push_back(step);
  }
  return steps;
}

class Slip10Vectors : public testing_support::VectorsTest {
 protected:
  Slip10Vectors() : VectorsTest{"slip10_ed25519.json"} {}
};

TEST_F(Slip10Vectors, AgreeInEveryKeyOfEveryChain) {
  std::size_t chains = 0;
  for (auto const& row : json.as_array()) {
    auto const seed = *base::from_hex(testing_support::text(row, "seed"));
    for (auto const& chain : row.at("chains").as_array()) {
      auto const node = derive(master_node(Secret::copy_of(std::string_view{seed})),
                               steps_of(testing_support::text(chain, "path")));
      EXPECT_EQ(base::hex(node.key.view()), testing_support::text(chain, "private"));
      EXPECT_EQ(base::hex(node.chain_code.view()), testing_support::text(chain, "chain_code"));
      auto const key = crypto::SecretKey{node.key.view()}.public_key();
      EXPECT_EQ("00" + base::hex(key.view()), testing_support::text(chain, "public"));
      ++chains;
    }
  }
  EXPECT_GT(chains, 0u);
}

TEST(AccountKey, StandsAtItsPathAndDiffersByAccount) {
  Secret const seed{64};
  std::vector<std::uint32_t> const path{44, 1, 7, 0};
  auto const node = derive(master_node(seed), path);
  EXPECT_EQ(account_key(seed, 7).public_key(), crypto::SecretKey{node.key.view()}.public_key());
  EXPECT_NE(account_key(seed, 7).public_key(), account_key(seed, 8).public_key());
  EXPECT_EQ(path_text(7), "m/44'/1'/7'/0'");
}

}  // namespace
}  // namespace wallet
