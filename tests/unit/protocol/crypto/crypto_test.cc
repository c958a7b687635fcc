#include <gtest/gtest.h>

#include <set>

#include "protocol/base/hex.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/crypto/sign.h"

namespace crypto {
namespace {

using base::bytes_of;
using base::hex;

// By another implementation: Python's hashlib.blake2b(digest_size=32, person=...).
TEST(Hash, IsBlake2bWithTheDomainAsPersonalisation) {
  EXPECT_EQ(hex(hash(domains::transaction, {bytes_of("abc")}).view()),
            "49a4a8c6d03cc78cab1790063ac2164c4768bc1c231ede35990ceabc3562e7c5");
  EXPECT_EQ(hex(hash(domains::wire, {bytes_of("abc")}).view()),
            "5da5bfb3b7beb0bedd31ecf40157a0e37cd324826f91547f51fb01298e94a69e");
  EXPECT_EQ(hex(hash(domains::value, {bytes_of(std::string(1000, 'x'))}).view()),
            "7783c0b6ea23cafe133dce7225838836b5cc66376c5c38a4755278bb15ce64fd");
}

TEST(Hash, PartsHashAsTheyDoJoinedShortAndLong) {
  for (std::size_t const size : {0u, 1u, 64u, 255u, 256u, 257u, 5000u}) {
    std::string const all(size, 'q');
    auto const half = std::string_view{all}.substr(0, size / 2);
    auto const rest = std::string_view{all}.substr(size / 2);
    EXPECT_EQ(hash(domains::leaf, {bytes_of(half), bytes_of(rest)}),
              hash(domains::leaf, {bytes_of(all)}));
  }
}

TEST(Hash, NoTwoDomainsAgree) {
  std::set<protocol::Hash> seen;
  auto const all = {domains::transaction, domains::wire,    domains::header,       domains::receipt,
                    domains::key,         domains::value,   domains::leaf,         domains::node,
                    domains::root,        domains::account, domains::terms,        domains::genesis,
                    domains::handle,      domains::list,    domains::validator_set};
  for (auto const domain : all) seen.insert(hash(domain, {}));
  EXPECT_EQ(seen.size(), all.size());
}

protocol::Hash item(std::size_t n) {
  protocol::Hash made;
  made.data.fill(static_cast<std::uint8_t>(n));
  return made;
}

std::string root_of(std::size_t count) {
  std::vector<protocol::Hash> items;
  for (std::size_t n = 0; n < count; ++n) items.push_back(item(n));
  return hex(list_root(items).view());
}

// By another implementation, from the definition in list.h.
TEST(ListRoot, IsFrozen) {
  EXPECT_EQ(root_of(0), "307aa7b25163fe57485eee22042032635ec29f98ecd899799342ed4007f7028f");
  EXPECT_EQ(root_of(1), "c359a5b0f336cb4f1cc5bb3835009938e7b0fb4e0545c15f95c0a86553a9c560");
  EXPECT_EQ(root_of(2), "b68db2c125601b8bdbdff9cadea638a98fcda13ef73bc59d07a3b55dc95a38dd");
  EXPECT_EQ(root_of(3), "ffccad5f1aec7bc126cdb939e8517997dc40b0b5a441ad9ba0f8b04c028c9bcd");
  EXPECT_EQ(root_of(7), "e713c5f7e10b29ca387fb4ca7ed270ac74da0b55c66002c800a340146c49e823");
}

TEST(ListRoot, TellsListsApartThatDifferInOrderLengthOrADoubledEnd) {
  std::set<protocol::Hash> seen;
  std::vector<std::vector<protocol::Hash>> const lists{
      {},
      {item(1)},
      {item(1), item(1)},
      {item(1), item(2)},
      {item(2), item(1)},
      {item(1), item(2), item(3)},
      {item(1), item(2), item(3), item(3)},
      {hash(domains::list, {item(1).view(), item(2).view()}), item(3)},
  };
  for (auto const& list : lists) seen.insert(list_root(list));
  EXPECT_EQ(seen.size(), lists.size());
}

std::vector<protocol::Hash> items_of(std::size_t count) {
  std::vector<protocol::Hash> items;
  for (std::size_t n = 0; n < count; ++n) items.push_back(item(n));
  return items;
}

TEST(ListPath, LeadsFromEachItemToTheRoot) {
  for (std::size_t count = 1; count <= 17; ++count) {
    auto const items = items_of(count);
    for (std::size_t index = 0; index < count; ++index) {
      auto const path = list_path(items, index);
      EXPECT_EQ(root_of_path(items[index], {.index = index, .count = count}, path),
                list_root(items))
          << index << " of " << count;
    }
  }
}

TEST(ListPath, LeadsToNoOtherPlaceItemOrLength) {
  auto const items = items_of(7);
  auto const root = list_root(items);
  auto const path = list_path(items, 4);
  for (std::size_t index = 0; index < 9; ++index) {
    for (std::size_t count = 0; count < 9; ++count) {
      bool const right = index == 4 && count == 7;
      EXPECT_EQ(root_of_path(items[4], {.index = index, .count = count}, path) == root, right)
          << index << " of " << count;
    }
  }
  EXPECT_NE(root_of_path(items[5], {.index = 4, .count = 7}, path), root);
  auto shorter = path;
  shorter.pop_back();
  EXPECT_FALSE(root_of_path(items[4], {.index = 4, .count = 7}, shorter));
  auto longer = path;
  longer.push_back(items[0]);
  EXPECT_FALSE(root_of_path(items[4], {.index = 4, .count = 7}, longer));
  EXPECT_FALSE(root_of_path(items[4], {.index = ~0ull - 1, .count = ~0ull}, path));
}

SecretKey secret() {
  auto const seed =
      base::from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  return SecretKey{bytes_of(*seed)};
}

// RFC 8032, 7.1, test 1.
TEST(SecretKey, SignsAsRfc8032Says) {
  auto const key = secret();
  EXPECT_EQ(hex(key.public_key().view()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  auto const signature = key.sign({});
  EXPECT_EQ(
      hex(signature.view()),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
      "1cf9b46bd25bf5f0595bbe24655141438e7a100b");
  EXPECT_TRUE(verify(key.public_key(), {}, signature));
  EXPECT_FALSE(verify(key.public_key(), bytes_of("x"), signature));
}

TEST(SecretKey, MovesAndLeavesNothingBehind) {
  auto from = secret();
  auto const public_key = from.public_key();
  auto to = std::move(from);
  EXPECT_EQ(to.public_key(), public_key);
  EXPECT_DEATH((void)from.public_key(), "expanded_");  // NOLINT(bugprone-use-after-move)
}

TEST(SigningBytes, AreTagGenesisBody) {
  protocol::GenesisHash genesis;
  genesis.data.fill(7);
  auto const bytes = signing_bytes(tags::transaction, genesis, bytes_of("body"));
  EXPECT_EQ(bytes, std::string("LABOR/tx/v1\0\0\0\0\0", 16) + std::string(32, 7) + "body");
  EXPECT_NE(bytes, signing_bytes(tags::message, genesis, bytes_of("body")));
}

TEST(ValidKey, RefusesSmallOrderAndNonCanonicalPoints) {
  EXPECT_TRUE(valid_key(secret().public_key()));
  struct Row {
    char const* name;
    char const* key;
  };
  Row const rows[] = {
      {"zero", "0000000000000000000000000000000000000000000000000000000000000000"},
      {"identity", "0100000000000000000000000000000000000000000000000000000000000000"},
      {"order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
      {"order 8", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"},
      {"not reduced", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
      {"off the curve", "0200000000000000000000000000000000000000000000000000000000000000"},
  };
  for (auto const& row : rows) {
    EXPECT_FALSE(valid_key(*base::from_hex_as<protocol::PublicKey>(row.key))) << row.name;
  }
}

}  // namespace
}  // namespace crypto
