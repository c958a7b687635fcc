// Bech32m against the fixtures of BIP 350's reference.

#include "protocol/base/bech32m.h"
#include "protocol/base/hex.h"
#include "tests/support/vectors.h"

namespace base {
namespace {

class Bech32mFixtures : public testing_support::VectorsTest {
 protected:
  Bech32mFixtures() : VectorsTest{"bech32_fixtures.json"} {}

  static std::string lower(std::string_view text) {
    std::string copy{text};
    for (auto& c : copy) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return copy;
  }
};

TEST_F(Bech32mFixtures, ValidOnesDecodeAndEncodeAgain) {
  int bytes = 0;
  for (auto const& row : json.at("bech32m").at("valid").as_array()) {
    auto const text = testing_support::text(row, "string");
    SCOPED_TRACE(text);
    auto const decoded = bech32m_decode(text);
    if (text.size() > bech32m_chars_max) {
      EXPECT_EQ(decoded.error(), Bech32mRefusal::too_long);  // Ours is the limit of the BIP.
    } else if (row.as_object().contains("hex")) {
      ASSERT_TRUE(decoded) << explain(decoded.error());
      EXPECT_EQ(decoded->prefix, lower(testing_support::text(row, "prefix")));
      EXPECT_EQ(hex(decoded->bytes), testing_support::text(row, "hex"));
      EXPECT_EQ(bech32m_encode(decoded->prefix, bytes_of(decoded->bytes)), lower(text));
      ++bytes;
    } else {
      EXPECT_EQ(decoded.error(), Bech32mRefusal::bad_padding) << "words that are no bytes";
    }
  }
  EXPECT_GE(bytes, 5);
}

TEST_F(Bech32mFixtures, InvalidOnesAreRefused) {
  int refused = 0;
  for (auto const& row : json.at("bech32m").at("invalid").as_array()) {
    if (!row.as_object().contains("string")) continue;
    auto const text = testing_support::text(row, "string");
    EXPECT_FALSE(bech32m_decode(text)) << text;
    ++refused;
  }
  EXPECT_GE(refused, 15);
}

TEST_F(Bech32mFixtures, TheOlderChecksumIsRefused) {
  for (auto const& row : json.at("bech32").at("valid").as_array()) {
    EXPECT_FALSE(bech32m_decode(testing_support::text(row, "string")));
  }
}

}  // namespace
}  // namespace base
