// Votes of consensus as evidence carries them, and which two of them no honest validator casts.
//
//   vote      = statement voter(1) signature(64)
//   statement = epoch(8) view(8) kind(1) [ parent_view(8) height(8) block(32) ]
//               the bracket is absent in NULLIFY; integers are big-endian
//   signed    = "LABOR/vote/v1" padded to 16, genesis hash(32), statement
//
// The layout is that of consensus/certificate/encoding.h, which protocol may not include: consensus
// stands on protocol, and a chain judges evidence by its own rule, whatever a later consensus
// sends. A test holds the two together.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace validators {

enum class VoteKind : std::uint8_t { notarize = 1, nullify = 2, finalize = 3 };

struct Vote {
  protocol::Epoch epoch{};
  protocol::View view{};
  VoteKind kind = VoteKind::nullify;
  protocol::ValidatorIndex voter{};
  protocol::Signature signature{};
  std::string statement;  // What is signed, after tag and genesis hash.
};

// Nothing unless the bytes are exactly one vote.
std::optional<Vote> read_vote(std::string_view bytes);

// Two NOTARIZE with different bodies, two FINALIZE likewise, or NULLIFY with FINALIZE, by one voter
// in one epoch and view (3-consensus.md). Signatures are not looked at.
bool contradict(Vote const& first, Vote const& second);

bool signed_by(Vote const& vote, protocol::PublicKey const& key,
               protocol::GenesisHash const& genesis);

}  // namespace validators
