#include "wallet/keystore/words.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>

#include "protocol/base/hex.h"
#include "tests/support/vectors.h"
#include "wallet/keystore/word_list.h"

namespace wallet {
namespace {

Secret secret_of_hex(std::string_view text) {
  return Secret::copy_of(std::string_view{*base::from_hex(text)});
}

class Bip39Vectors : public testing_support::VectorsTest {
 protected:
  Bip39Vectors() : VectorsTest{"bip39_english.json"} {}
};

TEST_F(Bip39Vectors, AgreeInEntropySentenceAndSeed) {
  ASSERT_FALSE(json.as_array().empty());
  for (auto const& row : json.as_array()) {
    auto const& entropy = row.at(0).as_string();
    auto const& sentence = row.at(1).as_string();
    auto const& seed = row.at(2).as_string();
    auto const made = words_of(secret_of_hex(entropy));
    EXPECT_EQ(made.chars(), sentence);
    auto const back = entropy_of(sentence);
    ASSERT_TRUE(back.has_value()) << sentence;
    EXPECT_EQ(base::hex(back->view()), std::string_view{entropy});
    EXPECT_EQ(base::hex(seed_of(made, "TREZOR")->view()), std::string_view{seed});
  }
}

TEST(WordList, IsTheOneThatEverybodyHas) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  auto const bytes = base::bytes_of(word_list_text);
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  EXPECT_EQ(base::hex(digest), "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
  EXPECT_EQ(word_at(0), "abandon");
  EXPECT_EQ(word_at(words_in_list - 1), "zoo");
  EXPECT_FALSE(index_of_word("zooo").has_value());
}

TEST(Words, AreTakenInAnyCaseAndSpacing) {
  auto const entropy = entropy_of(
      "  Legal WINNER thank year\nwave sausage worth\tuseful legal winner thank yellow \n");
  ASSERT_TRUE(entropy.has_value());
  EXPECT_EQ(base::hex(entropy->view()), "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
}

TEST(Words, ThatAreWrongAreRefusedWithoutBeingRepeated) {
  struct Row {
    std::string_view words;
    std::string_view reason;
    std::string_view message;
  };
  Row const rows[] = {
      {"", "WRONG_WORD_COUNT", "0 words"},
      {"abandon abandon", "WRONG_WORD_COUNT", "2 words"},
      {"abandon abandon zebro abandon", "UNKNOWN_WORD", "Word 3"},
      {"abandonabandonabandonabandonabandon", "UNKNOWN_WORD", "Word 1"},
      {"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
       "abandon",
       "WRONG_CHECKSUM", "belong together"},
  };
  for (auto const& row : rows) {
    auto const entropy = entropy_of(row.words);
    ASSERT_FALSE(entropy.has_value()) << row.words;
    EXPECT_EQ(entropy.error().reason, row.reason);
    EXPECT_EQ(entropy.error().exit, Exit::key);
    EXPECT_NE(entropy.error().message.find(row.message), std::string::npos);
    EXPECT_EQ(entropy.error().message.find("zebro"), std::string::npos);
  }
}

TEST(Words, RefuseAPassphraseThatIsNotAscii) {
  auto const sentence = words_of(Secret{32});
  auto const seed = seed_of(sentence, "caf\xc3\xa9");
  ASSERT_FALSE(seed.has_value());
  EXPECT_EQ(seed.error().reason, "NOT_ASCII");
}

}  // namespace
}  // namespace wallet
