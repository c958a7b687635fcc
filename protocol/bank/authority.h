// Who may sign for an account: one key, or several with weights of which a threshold must sign.
//
//   The first authority of an account is the key that its address is the hash of. It may rotate to
//   any other, and the address stays; so an account that is to be several people's begins with one
//   key and rotates. A key that was rotated away signs for nothing any more.
//
// Invariant: of a stored authority either the single key is set, or 1 to limits::authority_keys_max
// keys, ascending, each once, with weights of at least 1 whose sum reaches the threshold.

#pragma once

#include <labor/v1/bank.pb.h>

#include <span>
#include <vector>

#include "protocol/execution/failure.h"
#include "protocol/types.h"

namespace bank {

// INVALID_KEY: not a point that may be registered, or not ascending. INVALID_THRESHOLD {got, most}:
// more than all keys together, or nothing.
execution::Done must_be_authority(labor::v1::Authority const& authority);

// Whether the signers reach what the account asks for. Before the first transaction of an account
// its one key is whichever hashes to the address.
bool may_sign(labor::v1::Account const& account, std::span<protocol::PublicKey const> signers);

// Whether it is one of the keys of the account.
bool is_key_of(labor::v1::Account const& account, protocol::PublicKey const& key);

// Whether a key signs for both.
bool share_a_key(labor::v1::Authority const& one, labor::v1::Authority const& other);

}  // namespace bank
