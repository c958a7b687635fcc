// The fixed layout of votes and certificates. Integers are big-endian.
//
//   statement   = epoch(8) view(8) kind(1) [ parent_view(8) height(8) block(32) ]
//                 the bracket is absent in NULLIFY
//   vote        = statement voter(1) signature(64)
//   certificate = statement bitmap(ceil(n / 8)) signature(64) x q
//                 validator i is bit (i mod 8) of byte (i / 8); padding bits are zero;
//                 signatures stand in the order of their signers
//   signed      = "LABOR/vote/v1" padded to 16, genesis hash(32), statement
//
// Every value has one encoding, and decoding takes nothing else: unknown kinds, short input,
// trailing bytes, padding bits, a count other than q are refused.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "consensus/certificate/validator_set.h"
#include "consensus/certificate/vote.h"

namespace consensus {

enum class EncodingRefusal {
  truncated,
  trailing_bytes,
  unknown_kind,
  bitmap_padding,         // A bit for a validator that the set does not have.
  wrong_signature_count,  // Not exactly q signers.
};
std::string_view explain(EncodingRefusal refusal);

// Of a vote or certificate whose set need not be known: the epoch, view and kind it is about. The
// rest of the bytes is not looked at.
struct Subject {
  Epoch epoch{};
  View view{};
  VoteKind kind{};
};
std::expected<Subject, EncodingRefusal> subject_of(std::string_view bytes);

std::string encode(Statement const& statement);
std::string encode(Vote const& vote);
std::string encode(Certificate const& certificate, ValidatorSet const& set);

std::expected<Statement, EncodingRefusal> decode_statement(std::string_view bytes);
std::expected<Vote, EncodingRefusal> decode_vote(std::string_view bytes);
std::expected<Certificate, EncodingRefusal> decode_certificate(std::string_view bytes,
                                                               ValidatorSet const& set);

// What a validator signs.
std::string signing_bytes(GenesisHash const& genesis, Statement const& statement);

}  // namespace consensus
