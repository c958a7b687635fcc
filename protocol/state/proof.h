// Proofs that a record is, or is not, in the state with a given root. Nodes make them; wallets
// and anybody else check them with verify() and need nothing but the root.
//
// A proof follows the key's path from its module's root down to where the path ends: the key's
// own leaf, another key's leaf, or an empty place. siblings_bitmap (32 bytes, bit i = byte i/8,
// most significant bit first) says at which binary levels the sibling is not empty; siblings are
// those hashes, from the top down. The last level always has one, or the subtree would have
// collapsed; so the bitmap alone says how deep the proof is.
//
// Refused: a bitmap of another length, more or fewer siblings than bits, an empty hash as a
// sibling, a terminal leaf that is off the path or the key's own, a proof that shows nothing,
// module roots that are not exactly the modules of this version in order.
//
// Threads: pure functions.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <expected>
#include <optional>
#include <string_view>

#include "protocol/state/reader.h"

namespace state {

// `height` is the caller's to fill in.
labor::v1::StateProof prove(Reader const& reader, Key const& key);

enum class ProofRefusal {
  malformed,    // Wrong lengths or counts; nothing was hashed.
  wrong_state,  // The module roots do not hash to the state root.
  wrong_place,  // The other leaf is not on the key's path, or is the key's own.
  wrong_root,   // The leaf and siblings do not hash to the module's root.
};

// A sentence a person can act on.
std::string_view explain(ProofRefusal refusal);

// That `key` holds `value`, or, for nothing, that there is no such key, in the state with `root`.
std::expected<void, ProofRefusal> verify(labor::v1::StateProof const& proof,
                                         protocol::StateRoot const& root, Key const& key,
                                         std::optional<std::string_view> value);

}  // namespace state
