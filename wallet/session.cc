#include "wallet/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "wallet/file.h"
#include "wallet/keystore/terminal.h"
#include "wallet/light/epoch_cache.h"
#include "wallet/suggest.h"

namespace wallet {

namespace fs = std::filesystem;

namespace {

std::string environment(char const* name) {
  auto const* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? std::string{} : std::string{value};
}

std::unexpected<Problem> refused_address(protocol::AddressRefusal refusal,
                                         protocol::Network network) {
  bool const devnet = network == protocol::Network::devnet;
  switch (refusal) {
    case protocol::AddressRefusal::a_secret:
      return usage("SECRET_KEY", "This is a SECRET key, not an address: show it to nobody.",
                   "Whoever has seen it has the account: move what it holds to a new key.");
    case protocol::AddressRefusal::another_network:
      return usage("WRONG_NETWORK",
                   fmt::format("This is an address of {}: the network meant is {}.",
                               devnet ? "the main network (labor1...)" : "a devnet (tlabor1...)",
                               devnet ? "a devnet (tlabor1...)" : "the main one (labor1...)"),
                   "`labor network list` shows the networks; `--network` chooses one.");
    default:
      return usage("INVALID_ADDRESS",
                   fmt::format("This is not an address: one reads {}1... and has {} characters.",
                               protocol::address_prefix(network),
                               protocol::address_text({}, network).size()),
                   "Copy the whole address: the last six characters are a check on the others.");
  }
}

// A password as a file or pipe holds it: one line, its end not being part of it.
Secret line_of(Secret const& bytes) {
  auto const end = std::min(bytes.chars().find_first_of("\r\n"), bytes.size());
  return bytes.prefix(end);
}

Result<Secret> read_secret(int fd, std::string_view name) {
  Secret bytes{typed_bytes_max};
  std::size_t size = 0;
  while (size < bytes.size()) {
    auto const got = ::read(fd, bytes.writable().data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return problem(Exit::key, "NO_PASSWORD",
                     fmt::format("The password cannot be read from {}.", name));
    }
    if (got == 0) return line_of(bytes.prefix(size));
    size += static_cast<std::size_t>(got);
  }
  return problem(Exit::key, "NO_PASSWORD", fmt::format("{} holds more than a password.", name));
}

}  // namespace

Result<void> Session::settle() {
  home_ = options_.home;
  if (home_.empty()) home_ = environment("LABOR_HOME");
  if (home_.empty() && !environment("HOME").empty())
    home_ = fs::path{environment("HOME")} / ".labor";
  if (home_.empty()) {
    return usage("NO_HOME", "There is no place for the wallet's files.",
                 "Give `--home FOLDER`, or set LABOR_HOME or HOME.");
  }
  if (!options_.node.empty()) TRY_VOID(check_api(options_.node));
  return {};
}

Result<Network> Session::network() const {
  TRY(known, config());
  TRY(network, known.find(options_.network));
  if (!options_.node.empty()) network.api = options_.node;
  return network;
}

protocol::Network Session::address_network() const {
  auto const meant = network();
  return meant && meant->devnet ? protocol::Network::devnet : protocol::Network::main;
}

std::string Session::text_of(protocol::Address const& address) const {
  return protocol::address_text(address, address_network());
}

std::string Session::label_of(protocol::Address const& address) const {
  if (!names_) {
    names_.emplace();
    // A damaged key file is no reason to say nothing: labels are an aid.
    if (auto const files = keystore().list()) {
      for (auto const& file : *files) names_->emplace(file.address(), file.name);
    }
  }
  auto const found = names_->find(address);
  if (found == names_->end()) return text_of(address);
  return fmt::format("{} ({})", found->second, text_of(address));
}

Result<protocol::Address> Session::address_of(std::string_view text) const {
  bool const like_address = text.starts_with("labor1") || text.starts_with("tlabor1") ||
                            (text.contains('1') && text.size() > 40);
  if (!like_address) {
    auto const file = keystore().find(text);
    if (file) return file->address();
    if (file.error().reason != "NO_SUCH_KEY") return std::unexpected{file.error()};
    return usage("INVALID_ADDRESS",
                 fmt::format("`{}` is neither an address nor a key of this wallet.", text),
                 file.error().hint.starts_with("Did")
                     ? file.error().hint
                     : "`labor key list` shows the keys there are.");
  }
  auto const address = protocol::parse_address(text, address_network());
  if (address) return *address;
  return refused_address(address.error(), address_network());
}

Result<KeyFile> Session::acting_key() const {
  if (!options_.from.empty()) return keystore().find(options_.from);
  TRY(known, config());
  if (!known.key.empty()) return keystore().find(known.key);
  TRY(files, keystore().list());
  if (files.size() == 1) return files.front();
  return problem(Exit::key, files.empty() ? "NO_KEY" : "WHICH_KEY",
                 files.empty() ? "This wallet has no key." : "This wallet has several keys.",
                 files.empty()
                     ? "Make one: `labor key new NAME`."
                     : "Give `--from NAME`, or choose one for good: `labor key use NAME`.");
}

Result<protocol::Address> Session::acting_account() const {
  if (!options_.account.empty()) return address_of(options_.account);
  TRY(file, acting_key());
  return file.address();
}

Result<protocol::Address> Session::subject() const {
  return options_.act_for.empty() ? acting_account() : address_of(options_.act_for);
}

Result<std::optional<Secret>> Session::given_password() {
  if (!options_.password_file.empty()) {
    auto* const file = std::fopen(options_.password_file.c_str(), "re");
    if (file == nullptr) {
      return problem(Exit::key, "NO_PASSWORD",
                     fmt::format("The password file {} cannot be read.", options_.password_file));
    }
    auto secret = read_secret(::fileno(file), options_.password_file);
    std::fclose(file);
    if (!secret) return std::unexpected{secret.error()};
    return std::optional{*std::move(secret)};
  }
  if (options_.password_fd >= 0) {
    TRY(secret,
        read_secret(options_.password_fd, fmt::format("descriptor {}", options_.password_fd)));
    return std::optional{std::move(secret)};
  }
  if (options_.no_input || !console_.can_ask()) {
    return problem(Exit::key, "NO_PASSWORD", "There is no terminal to ask for the password on.",
                   "Give `--password-file FILE` or `--password-fd N`.");
  }
  return std::nullopt;
}

Result<Secret> Session::password(std::string_view prompt) {
  TRY(given, given_password());
  if (given) return *std::move(given);
  return console_.ask_secret(prompt);
}

Result<crypto::SecretKey const*> Session::unlocked(KeyFile const& file) {
  if (!unlocked_ || unlocked_->first != file.public_key) {
    TRY(secret, password(fmt::format("Password of `{}`: ", file.name)));
    TRY(key, unlock(file, secret));
    unlocked_.emplace(file.public_key, std::move(key));
  }
  return &unlocked_->second;
}

Result<Secret> Session::new_password(std::string_view prompt) {
  TRY(given, given_password());
  if (given) return *std::move(given);
  TRY(first, console_.ask_secret(prompt));
  TRY(second, console_.ask_secret("The same once more: "));
  if (!first.equals(second)) {
    return problem(Exit::key, "PASSWORDS_DIFFER", "The two passwords differ: nothing was done.");
  }
  return std::move(first);
}

Result<Trust> Session::trust() {
  TRY(meant, network());
  auto const path = home_ / "genesis" / base::hex(meant.genesis_hash.view());
  std::error_code error;
  std::optional<labor::v1::Genesis> genesis;
  bool const kept = fs::exists(path, error);
  if (kept) {
    TRY(bytes, read_file(path));
    if (auto decoded = canonical::decode<labor::v1::Genesis>(bytes)) genesis = *std::move(decoded);
  } else {
    TRY(answer, Client{meant.api}.genesis());
    genesis = std::move(*answer.mutable_genesis());
  }
  auto chain =
      genesis ? protocol::Chain::from(*genesis) : std::unexpected{protocol::GenesisFault{}};
  if (!chain || chain->hash() != meant.genesis_hash) {
    auto const where = kept ? path.string() : fmt::format("The node at {}", meant.api);
    return problem(Exit::unreachable, "WRONG_CHAIN",
                   fmt::format("{} does not hold the genesis of network `{}`.", where, meant.name),
                   "After a devnet was reset, add it again: `labor network add`.");
  }
  if (!kept) {
    TRY_VOID(write_file(path, canonical::encode(chain->genesis()), Existing::replace));
  }
  TRY(trusted, Trust::from(*std::move(chain)));
  load_epochs(home_, trusted);
  return std::move(trusted);
}

Result<Chain*> Session::chain() {
  if (chain_) return chain_.get();
  TRY(meant, network());
  TRY(trusted, trust());
  auto const checking = options_.no_verify ? Checking::off : Checking::on;
  if (options_.no_verify) {
    say("Not verified: you take this node's word for everything (--no-verify).");
  }
  chain_ = std::make_unique<Chain>(Client{meant.api}, std::move(trusted), checking, home_);
  auto const info = chain_->info();
  if (!info) {
    chain_.reset();
    return std::unexpected{info.error()};
  }
  return chain_.get();
}

}  // namespace wallet
