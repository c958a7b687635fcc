// One command's surroundings: the options given, the network meant, the key that acts. Everything
// is looked up when first needed, so that a command that needs no network never dials one.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/address.h"
#include "protocol/crypto/sign.h"
#include "wallet/chain.h"
#include "wallet/config.h"
#include "wallet/console.h"
#include "wallet/json.h"
#include "wallet/keystore/keystore.h"
#include "wallet/problem.h"
#include "wallet/texts.h"

namespace wallet {

// As given on the command line, for every command.
struct Options {
  std::string home;
  std::string network;
  std::string node;
  std::string from;
  std::string account;
  std::string act_for;
  std::string password_file;
  int password_fd = -1;
  std::string wait = "60s";
  bool json = false;
  bool yes = false;
  bool no_input = false;
  bool no_wait = false;
  bool build_only = false;
  bool sign_only = false;
  bool no_verify = false;
};

// What a command has to say when it ends well.
struct Output {
  json::value data;
  std::string text;  // The same for people; empty: nothing.
};

class Session {
 public:
  Session(Options& options, Console& console) : options_{options}, console_{console} {}

  Options const& options() const { return options_; }
  Console& console() { return console_; }
  std::filesystem::path const& home() const { return home_; }
  // After the options have been read: --home, $LABOR_HOME or ~/.labor.
  Result<void> settle();

  // ---- without a network ----

  Result<Config> config() const { return load_config(home_); }
  Result<Network> network() const;
  Keystore keystore() const { return Keystore{home_ / "keys"}; }
  // How addresses are written: by the network meant; the main network's way if there is none.
  protocol::Network address_network() const;
  std::string text_of(protocol::Address const& address) const;
  // "alice (labor1...)" for keys of this wallet.
  std::string label_of(protocol::Address const& address) const;
  // An address, or the name of a key.
  Result<protocol::Address> address_of(std::string_view text) const;
  // --from, or the key in use, or the only one there is.
  Result<KeyFile> acting_key() const;
  // --account, whoever signs for it, or the one that the acting key is the first key of.
  Result<protocol::Address> acting_account() const;
  // Whose it is what is done: of --act-for, or of the acting account.
  Result<protocol::Address> subject() const;
  // Asked for once: --password-file, --password-fd or the terminal.
  Result<Secret> password(std::string_view prompt);
  // Its signing key. The password is asked for once a command, however much is signed.
  Result<crypto::SecretKey const*> unlocked(KeyFile const& file);
  // A new one: asked for twice on a terminal.
  Result<Secret> new_password(std::string_view prompt);

  // ---- with one ----

  // The genesis of the network: from HOME, or from the node if it hashes to what the
  // configuration says.
  Result<Trust> trust();
  Result<Chain*> chain();

  // Of what is done, named in it by their hashes: they go to the node with it (put_text.h).
  std::vector<Text>& texts() { return texts_; }

  // Says it on the terminal, unless nobody reads there.
  void say(std::string_view line) { console_.message(line); }

 private:
  Result<std::optional<Secret>> given_password();

  Options& options_;
  Console& console_;
  std::filesystem::path home_;
  std::unique_ptr<Chain> chain_;
  std::optional<std::pair<protocol::PublicKey, crypto::SecretKey>> unlocked_;
  std::vector<Text> texts_;
  mutable std::optional<std::map<protocol::Address, std::string>> names_;
};

}  // namespace wallet
