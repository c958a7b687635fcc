// What validators say about a view, one by one and together.
//
// A Statement is the thing that is signed; a Vote is one validator's signature under it; a
// Certificate is q signatures under one statement. None of these is trusted by itself: the core
// takes Verified<Vote> and Verified<Certificate> (verified.h) only.

#pragma once

#include <cstdint>
#include <vector>

#include "consensus/certificate/signer_set.h"
#include "protocol/types.h"

namespace consensus {

using protocol::BlockHash;
using protocol::Epoch;
using protocol::GenesisHash;
using protocol::Height;
using protocol::PublicKey;
using protocol::Signature;
using protocol::ValidatorIndex;
using protocol::View;

// Numbers are on the wire and in the journal.
enum class VoteKind : std::uint8_t { notarize = 1, nullify = 2, finalize = 3 };

struct Statement {
  Epoch epoch{};
  View view{};
  VoteKind kind = VoteKind::nullify;
  // NOTARIZE and FINALIZE only; zero in NULLIFY, which is about the view and no block.
  View parent_view{};
  Height height{};
  BlockHash block{};

  auto operator<=>(Statement const&) const = default;
};

struct Vote {
  Statement statement{};
  ValidatorIndex voter{};
  Signature signature{};

  auto operator<=>(Vote const&) const = default;
};

// Exactly q signatures, in the order of their signers. It differs from node to node (any q of n
// will do), so certificates are never hashed or compared between nodes; statements are.
struct Certificate {
  Statement statement{};
  SignerSet signers{};
  std::vector<Signature> signatures;

  bool operator==(Certificate const&) const = default;
};

inline Statement nullify(Epoch epoch, View view) {
  return {.epoch = epoch,
          .view = view,
          .kind = VoteKind::nullify,
          .parent_view = {},
          .height = {},
          .block = {}};
}

// The same block in the same view, said with another kind.
inline Statement with_kind(Statement statement, VoteKind kind) {
  statement.kind = kind;
  return statement;
}

}  // namespace consensus
