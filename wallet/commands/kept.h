// What somebody has committed to and must tell later waits in the wallet's home:
//
//   HOME/FOLDER/KEY-ID-COMMITMENT     the commitment in hex
//   contents = salt (32) || what was said     in hex
//
// The name has the commitment, so that no second try can overwrite what the chain may still take.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/types.h"
#include "wallet/session.h"

namespace wallet {

struct KeptAs {
  std::string_view folder;  // "feedback"
  std::string key;          // Whose.
  std::uint64_t id = 0;     // Of the record that it is about.
  std::string commitment;
};

struct Kept {
  protocol::Hash salt;
  std::string said;
};

protocol::Hash new_salt();

Result<void> keep(Session& session, KeptAs const& as, Kept const& kept);
// INVALID_SALT: the file is damaged.
Result<Kept> read_kept(Session& session, KeptAs const& as);

}  // namespace wallet
