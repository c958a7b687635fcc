#include "consensus/shell/verify.h"

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

auto refuse(MessageRefusal refusal) {
  return std::unexpected{Refusal{refusal}};
}

// Lifts an error of a narrower kind into a Refusal.
template <class T, class E>
std::expected<T, Refusal> widen(std::expected<T, E> result) {
  if (!result) return std::unexpected{Refusal{result.error()}};
  return std::move(*result);
}

}  // namespace

std::string_view explain(MessageRefusal refusal) {
  switch (refusal) {
    case MessageRefusal::not_its_own:
      return "a vote counts on its signer's own stream only";
    case MessageRefusal::not_the_leader:
      return "the proposer does not lead this view";
    case MessageRefusal::not_a_notarize:
      return "a proposal carries its leader's NOTARIZE";
    case MessageRefusal::too_large:
      return "the message is larger than its kind may be";
    case MessageRefusal::too_many_certificates:
      return "the proposal carries more certificates than it may";
  }
  UNREACHABLE();
}

std::string_view explain(Refusal const& refusal) {
  return std::visit([](auto const which) { return explain(which); }, refusal);
}

std::expected<Verified<Vote>, Refusal> verify_vote(Committee const& committee,
                                                   ValidatorIndex stream, std::string_view bytes) {
  TRY(vote, widen(decode_vote(bytes)));
  if (vote.voter != stream) return refuse(MessageRefusal::not_its_own);
  return widen(verify(committee, vote));
}

std::expected<Verified<Certificate>, Refusal> verify_certificate(Committee const& committee,
                                                                 std::string_view bytes,
                                                                 KnownVotes const& known) {
  if (bytes.size() > protocol::limits::certificate_bytes_max) {
    return refuse(MessageRefusal::too_large);
  }
  TRY(certificate, widen(decode_certificate(bytes, committee.validators)));
  return widen(verify(committee, std::move(certificate), known));
}

std::expected<ReceivedProposal, Refusal> verify_proposal(
    Committee const& committee, ValidatorIndex stream, std::string_view vote_bytes, Body body,
    std::vector<std::string> const& certificates, KnownVotes const& known) {
  if (certificates.size() > protocol::limits::certificates_per_proposal_max) {
    return refuse(MessageRefusal::too_many_certificates);
  }
  TRY(vote, verify_vote(committee, stream, vote_bytes));
  auto const& said = vote->statement;
  if (said.kind != VoteKind::notarize) return refuse(MessageRefusal::not_a_notarize);
  if (committee.validators.leader(committee.epoch, said.view) != stream) {
    return refuse(MessageRefusal::not_the_leader);
  }

  auto received = ReceivedProposal{
      .vote = vote, .block = read_block(committee.genesis, std::move(body)), .certificates = {}};
  for (auto const& bytes : certificates) {
    auto certificate = verify_certificate(committee, bytes, known);
    if (certificate) received.certificates.push_back(std::move(*certificate));
  }
  return received;
}

}  // namespace consensus
