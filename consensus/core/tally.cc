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

}  // namespace

Counted count(State& state, Vote const& vote) {
  auto& ballots = state.rounds[vote.statement.view].votes[vote.voter];
  auto const other = rival(ballots, vote);
  if (other) {
    auto const conflict = Conflict{.first = *other, .second = vote};
    ++state.conflicts.try_emplace(vote.voter, conflict).first->second.noticed;
  }

  auto& standing = ballot(ballots, vote.statement.kind);
  if (standing) return other ? Counted::conflicting : Counted::repeated;
  // NULLIFY and FINALIZE of one liar both count: the argument for safety allows f of those.
  standing = vote;
  return Counted::fresh;
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
