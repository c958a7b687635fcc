#include "wallet/keystore/key_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "protocol/base/hex.h"
#include "tests/support/temp_folder.h"
#include "wallet/file.h"
#include "wallet/keystore/keystore.h"

namespace wallet {
namespace {

Secret password() {
  return Secret::copy_of(std::string_view{"correct horse"});
}

Secret entropy() {
  Secret bytes{32};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes.writable()[i] = static_cast<std::uint8_t>(i);
  return bytes;
}

KeyFile sealed(std::string name = "alice") {
  return *seal(entropy(), password(),
               {.name = std::move(name),
                .account = 2,
                .devnet = true,
                .created_at_ms = 5,
                .kdf = Kdf::minimum});
}

TEST(KeyFileText, ReadsBackToTheSameKey) {
  auto const file = sealed();
  auto const again = parse_key_file(render(file));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->name, "alice");
  EXPECT_EQ(again->account, 2u);
  EXPECT_EQ(render(*again), render(file));
  auto const opened = open(*again, password());
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(opened->equals(entropy()));
  EXPECT_EQ(unlock(*again, password())->public_key(), file.public_key);
}

TEST(KeyFileText, ShowsNothingOfTheEntropy) {
  auto const text = render(sealed());
  EXPECT_EQ(text.find(base::hex(entropy().view()).substr(0, 16)), std::string::npos);
}

TEST(KeyFileText, IsRefusedAfterAnyByteOfItIsChanged) {
  auto const text = render(sealed());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto const file = parse_key_file(changed);
    bool const taken = file && unlock(*file, password());
    EXPECT_FALSE(taken) << "byte " << i << " of\n" << changed;
  }
}

TEST(KeyFileText, IsRefusedAtAnyShorterLength) {
  auto const text = render(sealed());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(parse_key_file(text.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(parse_key_file(text + " ").has_value());
}

TEST(KeyFileText, CannotSayThatGuessingIsCheap) {
  auto text = render(sealed());
  auto const at = text.find("\"devnet\": true");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 14, "\"devnet\": false");
  auto const file = parse_key_file(text);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().reason, "KEY_FILE_DAMAGED");
}

TEST(Sealing, CallsAWrongPasswordAWrongPassword) {
  auto const opened = open(sealed(), Secret::copy_of(std::string_view{"correct house"}));
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().reason, "WRONG_PASSWORD");
  EXPECT_EQ(opened.error().exit, Exit::key);
}

TEST(Sealing, CallsAChangedFileDamagedWhenThePasswordIsRight) {
  auto file = sealed();
  file.account = 3;
  EXPECT_EQ(open(file, password()).error().reason, "KEY_FILE_DAMAGED");
}

TEST(Sealing, NeverMakesTheSameFileTwice) {
  EXPECT_NE(render(sealed()), render(sealed()));
}

TEST(Sealing, RefusesWhatWouldNotProtect) {
  auto const refused = [](std::string_view secret, SealOptions options) {
    auto const file = seal(entropy(), Secret::copy_of(secret), std::move(options));
    return file ? std::string{"sealed"} : file.error().reason;
  };
  EXPECT_EQ(refused("caf\xc3\xa9 au lait", {.name = "a", .devnet = true}), "NOT_ASCII");
  EXPECT_EQ(refused("short", {.name = "a"}), "PASSWORD_TOO_SHORT");
  EXPECT_EQ(refused("long enough", {.name = "a", .kdf = Kdf::minimum}), "KDF_TOO_CHEAP");
  EXPECT_EQ(refused("long enough", {.name = "A b"}), "INVALID_KEY_NAME");
  EXPECT_EQ(refused("long enough", {.name = "../up"}), "INVALID_KEY_NAME");
  EXPECT_EQ(refused("long enough", {.name = "labor1qq"}), "INVALID_KEY_NAME");
}

class KeystoreFolder : public testing::Test {
 protected:
  testing_support::TempFolder folder_;
  Keystore keystore_{folder_.path() / "keys"};
};

TEST_F(KeystoreFolder, KeepsFilesForTheirOwnerAlone) {
  auto const path = keystore_.add(sealed());
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(std::filesystem::status(*path).permissions(), std::filesystem::perms{0600});
  EXPECT_EQ(std::filesystem::status(path->parent_path()).permissions(),
            std::filesystem::perms{0700});
  EXPECT_EQ(keystore_.list()->size(), 1u);
}

TEST_F(KeystoreFolder, NeverWritesOverAKey) {
  ASSERT_TRUE(keystore_.add(sealed()).has_value());
  EXPECT_EQ(keystore_.add(sealed()).error().reason, "KEY_EXISTS");
}

TEST_F(KeystoreFolder, RefusesAFileThatOthersMayRead) {
  auto const path = *keystore_.add(sealed());
  std::filesystem::permissions(path, std::filesystem::perms{0644});
  auto const found = keystore_.find("alice");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().reason, "KEY_FILE_OPEN");
  EXPECT_NE(found.error().hint.find("chmod 600"), std::string::npos);
}

TEST_F(KeystoreFolder, KnowsWhatNameWasMeant) {
  ASSERT_TRUE(keystore_.add(sealed()).has_value());
  auto const found = keystore_.find("alcie");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().reason, "NO_SUCH_KEY");
  EXPECT_EQ(found.error().hint, "Did you mean `alice`?");
}

TEST_F(KeystoreFolder, RefusesAKeyUnderAnotherKeysName) {
  auto const path = *keystore_.add(sealed());
  std::filesystem::rename(path, keystore_.path_of("bob"));
  EXPECT_EQ(keystore_.find("bob").error().reason, "KEY_FILE_DAMAGED");
}

}  // namespace
}  // namespace wallet
