// Bytes as text: hexadecimal, bech32m, addresses.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "protocol/address.h"
#include "protocol/base/bech32m.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/crc32c.h"
#include "protocol/base/hex.h"

namespace base {
namespace {

TEST(Hex, ReadsWhatItWritesInEitherCase) {
  EXPECT_EQ(hex(std::string_view{"\x00\x7f\xff", 3}), "007fff");
  EXPECT_EQ(from_hex("007FfF"), (std::string{"\x00\x7f\xff", 3}));
  EXPECT_EQ(from_hex(""), "");
  for (auto const* const bad : {"0", "0g", " 00", "0x00", "00\n"})
    EXPECT_FALSE(from_hex(bad)) << bad;
  EXPECT_FALSE(from_hex_as<protocol::Hash>("00"));
}

TEST(BigEndian, ByteOrderIsNumberOrder) {
  EXPECT_EQ(hex(big_endian(std::uint32_t{0x01020304})), "01020304");
  EXPECT_EQ(big_endian(std::uint8_t{200}), "\xc8");
  EXPECT_EQ(read_big_endian<std::uint16_t>("\xff\xfe"), 0xfffe);
  EXPECT_EQ(read_big_endian<std::uint64_t>(big_endian(~std::uint64_t{1})), ~std::uint64_t{1});
  EXPECT_LT(big_endian(std::uint64_t{255}), big_endian(std::uint64_t{256}));
}

TEST(Crc32c, IsCastagnolis) {
  EXPECT_EQ(crc32c({bytes_of("123456789")}), 0xe3069283u);
  EXPECT_EQ(crc32c({bytes_of("1234"), bytes_of("56789")}), 0xe3069283u);
  EXPECT_EQ(crc32c({}), 0u);
}

TEST(Bech32m, RefusesWithAReason) {
  struct Row {
    char const* text;
    Bech32mRefusal want;
  };
  Row const rows[] = {
      {"A1LQfN3A", Bech32mRefusal::mixed_case},
      {"qyrz8wqd2c9m", Bech32mRefusal::no_prefix},
      {"1qyrz8wqd2c9m", Bech32mRefusal::no_prefix},
      {"y1b0jsk6g", Bech32mRefusal::bad_character},
      {" 1xj0phk", Bech32mRefusal::bad_character},
      {"in1muywd", Bech32mRefusal::too_short},
      {"a1lqfn3q", Bech32mRefusal::bad_checksum},
      {"A12UEL5L", Bech32mRefusal::bad_checksum},  // Sound as bech32.
      {"", Bech32mRefusal::no_prefix},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.text);
    auto const decoded = bech32m_decode(row.text);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error(), row.want);
    EXPECT_FALSE(explain(decoded.error()).empty());
  }
  EXPECT_EQ(bech32m_decode(std::string(91, 'q')).error(), Bech32mRefusal::too_long);
  EXPECT_TRUE(bech32m_decode("A1LQFN3A"));
}

RC_GTEST_PROP(Bech32m, EveryChangeOfUpToFourCharactersIsNoticed, ()) {
  auto const bytes = *rc::gen::container<std::string>(32, rc::gen::arbitrary<char>());
  auto const text = bech32m_encode("labor", bytes_of(bytes));
  RC_ASSERT(bech32m_decode(text)->bytes == bytes);
  auto changed = text;
  auto const changes = *rc::gen::inRange(1, 5);
  for (int i = 0; i < changes; ++i) {
    auto const at = *rc::gen::inRange<std::size_t>(6, text.size());
    changed[at] = *rc::gen::elementOf(std::string{"qpzry9x8gf2tvdw0s3jn54khce6mua7l"});
  }
  if (changed == text) return;
  RC_ASSERT(!bech32m_decode(changed));
}

protocol::PublicKey key() {
  protocol::PublicKey made;
  for (std::size_t i = 0; i < made.data.size(); ++i) made.data[i] = static_cast<std::uint8_t>(i);
  return made;
}

// The hash by another implementation (Python's hashlib).
TEST(Address, IsTheHashOfTheFirstKey) {
  auto const address = protocol::address_of(key());
  EXPECT_EQ(hex(address.view()),
            "16041d86d5e91c0217f14f07d8c0e43734fc1e6bc276bab6e3ef724755e339db");
  auto const text = protocol::address_text(address, protocol::Network::main);
  EXPECT_EQ(text.size(), 64u);
  EXPECT_TRUE(text.starts_with("labor1"));
  EXPECT_EQ(protocol::parse_address(text, protocol::Network::main), address);
}

TEST(Address, OfAnotherNetworkOrASecretIsRefusedByName) {
  using protocol::AddressRefusal;
  using protocol::Network;
  auto const address = protocol::address_of(key());
  auto const main = protocol::address_text(address, Network::main);
  auto const devnet = protocol::address_text(address, Network::devnet);
  EXPECT_TRUE(devnet.starts_with("tlabor1"));
  auto const refusal = [](std::string_view text, Network network) {
    auto const parsed = protocol::parse_address(text, network);
    EXPECT_FALSE(parsed);
    EXPECT_FALSE(protocol::explain(parsed.error()).empty());
    return parsed.error();
  };
  EXPECT_EQ(refusal(devnet, Network::main), AddressRefusal::another_network);
  EXPECT_EQ(refusal(main, Network::devnet), AddressRefusal::another_network);
  EXPECT_EQ(refusal(bech32m_encode(protocol::secret_prefix, key().view()), Network::main),
            AddressRefusal::a_secret);
  EXPECT_EQ(refusal(bech32m_encode("labor", bytes_of("short")), Network::main),
            AddressRefusal::wrong_length);
  EXPECT_EQ(refusal(bech32m_encode("bc", key().view()), Network::main),
            AddressRefusal::not_an_address);
  EXPECT_EQ(refusal(main.substr(1), Network::main), AddressRefusal::not_an_address);
}

}  // namespace
}  // namespace base
