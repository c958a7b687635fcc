#include "wallet/commands/kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "protocol/base/hex.h"
#include "wallet/file.h"
#include "wallet/keystore/secret.h"

namespace wallet {

namespace {

std::filesystem::path path_of(Session& session, KeptAs const& as) {
  return session.home() / as.folder /
         fmt::format("{}-{}-{}", as.key, as.id, base::hex(as.commitment));
}

}  // namespace

protocol::Hash new_salt() {
  protocol::Hash salt;
  auto const random = random_bytes(protocol::Hash::size);
  std::ranges::copy(base::bytes_of(random), salt.data.begin());
  return salt;
}

Result<void> keep(Session& session, KeptAs const& as, Kept const& kept) {
  return write_file(path_of(session, as), base::hex(kept.salt.str() + kept.said), Existing::refuse);
}

Result<Kept> read_kept(Session& session, KeptAs const& as) {
  auto const path = path_of(session, as);
  TRY(text, read_file(path));
  auto const bytes = base::from_hex(text).value_or(std::string{});
  auto const salt = protocol::Hash::from(std::string_view{bytes}.substr(0, protocol::Hash::size));
  if (!salt) return usage("INVALID_SALT", fmt::format("{} is damaged.", path.string()));
  return Kept{.salt = *salt, .said = bytes.substr(protocol::Hash::size)};
}

}  // namespace wallet
