// From bytes that a peer sent to what the core believes. Bounded, and every refusal has a reason.
//
// A vote counts only on its signer's own stream, so one validator cannot make us check another's
// forgeries; certificates prove themselves and are taken from anyone.
//
// Threads: any, as far as KnownVotes is safe: made for the worker pool.

#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "consensus/certificate/encoding.h"
#include "consensus/certificate/verify.h"
#include "consensus/shell/body.h"

namespace consensus {

enum class MessageRefusal {
  not_its_own,     // A vote or proposal on a stream that is not its signer's.
  not_the_leader,  // A proposal of a validator that does not lead its view.
  not_a_notarize,  // A proposal whose vote is of another kind.
  too_large,
  too_many_certificates,
};
using Refusal = std::variant<EncodingRefusal, VerifyRefusal, MessageRefusal>;
std::string_view explain(Refusal const& refusal);
std::string_view explain(MessageRefusal refusal);

// A proposal with its signatures checked. `block` is absent when the body is malformed: the leader
// signed for it, so that is a reason to nullify, not to look away.
struct ReceivedProposal {
  Verified<Vote> vote;
  std::expected<Block, BlockRefusal> block;
  std::vector<Verified<Certificate>> certificates;
};

// `stream` is the validator at the other end, as the handshake proved it.
std::expected<Verified<Vote>, Refusal> verify_vote(Committee const& committee,
                                                   ValidatorIndex stream, std::string_view bytes);

std::expected<Verified<Certificate>, Refusal> verify_certificate(
    Committee const& committee, std::string_view bytes, KnownVotes const& known = NoKnownVotes{});

// The three fields of labor.v1.BlockProposal. Certificates that do not verify are left out: they
// are an aid, and what is missing is fetched.
std::expected<ReceivedProposal, Refusal> verify_proposal(
    Committee const& committee, ValidatorIndex stream, std::string_view vote, Body block,
    std::vector<std::string> const& certificates, KnownVotes const& known = NoKnownVotes{});

}  // namespace consensus
