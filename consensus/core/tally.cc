#include "consensus/core/tally.h"

#include "protocol/base/check.h"

namespace consensus {
namespace {

template <class AnyBallots>
auto& ballot(AnyBallots& ballots, VoteKind kind) {
  switch (kind) {
    case VoteKind::notarize:
      return ballots.notarize;
    case VoteKind::nullify:
      return ballots.nullify;
    case VoteKind::finalize:
      return ballots.finalize;
  }
  UNREACHABLE();
}

// The vote among `ballots` that no honest validator casts together with `vote`.
std::optional<Vote> rival(Ballots const& ballots, Vote const& vote) {
  auto const& same_kind = ballot(ballots, vote.statement.kind);
  if (same_kind && same_kind->statement != vote.statement) return same_kind;
  if (vote.statement.kind == VoteKind::finalize) return ballots.nullify;
  if (vote.statement.kind == VoteKind::nullify) return ballots.finalize;
  return std::nullopt;  // NOTARIZE and NULLIFY of one view are legal.
}

std::optional<Vote> vote_in(Certificate const& certificate, ValidatorIndex voter) {
  auto signature = certificate.signatures.begin();
  for (auto const signer : certificate.signers.members()) {
    if (signer == voter) {
      return Vote{.statement = certificate.statement, .voter = voter, .signature = *signature};
    }
    ++signature;
  }
  return std::nullopt;
}

// The same in the certificates of its view.
std::optional<Vote> certified_rival(Safety const& safety, Vote const& vote) {
  if (vote.statement.kind == VoteKind::nullify) return std::nullopt;  // A finalized view is over.
  auto const& held =
      vote.statement.kind == VoteKind::notarize ? safety.notarizations() : safety.nullifications();
  auto const of_view = held.find(vote.statement.view);
  if (of_view == held.end() || of_view->second.statement == vote.statement) return std::nullopt;
  return vote_in(of_view->second, vote.voter);
}

void note_conflict(State& state, Vote const& first, Vote const& second) {
  auto const conflict = Conflict{.first = first, .second = second};
  ++state.conflicts.try_emplace(second.voter, conflict).first->second.noticed;
}

}  // namespace

Counted count(State& state, Vote const& vote) {
  auto& ballots = state.rounds[vote.statement.view].votes[vote.voter];
  auto other = rival(ballots, vote);
  if (!other) other = certified_rival(state.safety, vote);
  if (other) note_conflict(state, *other, vote);

  auto& standing = ballot(ballots, vote.statement.kind);
  if (standing) return other ? Counted::conflicting : Counted::repeated;
  // NULLIFY and FINALIZE of one liar both count: the argument for safety allows f of those.
  standing = vote;
  return Counted::fresh;
}

void compare(State& state, Certificate const& certificate) {
  auto const round = state.rounds.find(certificate.statement.view);
  if (round == state.rounds.end()) return;
  for (auto const& [voter, ballots] : round->second.votes) {
    auto const signed_here = vote_in(certificate, voter);
    if (!signed_here) continue;
    auto const other = rival(ballots, *signed_here);
    if (other) note_conflict(state, *other, *signed_here);
  }
}

std::optional<Certificate> certificate_of(Config const& config, State const& state,
                                          Statement const& statement) {
  auto const round = state.rounds.find(statement.view);
  if (round == state.rounds.end()) return std::nullopt;
  Certificate certificate{.statement = statement, .signers = {}, .signatures = {}};
  for (auto const& [voter, ballots] : round->second.votes) {
    auto const& vote = ballot(ballots, statement.kind);
    if (!vote || vote->statement != statement) continue;
    certificate.signers.insert(voter);
    certificate.signatures.push_back(vote->signature);
    if (certificate.signatures.size() == config.validators.quorum()) return certificate;
  }
  return std::nullopt;
}

std::size_t voters(State const& state, View view, std::optional<ValidatorIndex> besides) {
  auto const round = state.rounds.find(view);
  if (round == state.rounds.end()) return 0;
  auto const& votes = round->second.votes;
  return votes.size() - (besides && votes.contains(*besides) ? 1 : 0);
}

std::optional<Vote> own_vote(Config const& config, State const& state, Statement const& statement) {
  auto const round = state.rounds.find(statement.view);
  if (!config.self || round == state.rounds.end()) return std::nullopt;
  auto const mine = round->second.votes.find(*config.self);
  if (mine == round->second.votes.end()) return std::nullopt;
  return ballot(mine->second, statement.kind);
}

}  // namespace consensus
