#include "tests/sim/testimony.h"

#include "protocol/base/check.h"

namespace sim {
namespace {

Said::Kind kind_of(consensus::VoteKind kind) {
  switch (kind) {
    case consensus::VoteKind::notarize:
      return Said::Kind::notarize;
    case consensus::VoteKind::nullify:
      return Said::Kind::nullify;
    case consensus::VoteKind::finalize:
      return Said::Kind::finalize;
  }
  UNREACHABLE();
}

}  // namespace

Said said(consensus::Statement const& statement) {
  return {.validator = 0,
          .epoch = statement.epoch.value(),
          .kind = kind_of(statement.kind),
          .view = statement.view.value(),
          .parent_view = statement.parent_view.value(),
          .height = statement.height.value(),
          .block = statement.block};
}

Said said(consensus::Vote const& vote) {
  auto of_voter = said(vote.statement);
  of_voter.validator = vote.voter.value();
  return of_voter;
}

Said said(consensus::Vote const& vote, KnownEpoch const& epoch) {
  auto of_node = said(vote.statement);
  of_node.validator = epoch.node_of(vote.voter);
  return of_node;
}

std::vector<std::size_t> signers_of(consensus::Certificate const& certificate) {
  std::vector<std::size_t> signers;
  for (auto const signer : certificate.signers.members()) signers.push_back(signer.value());
  return signers;
}

std::vector<std::size_t> signers_of(consensus::Certificate const& certificate,
                                    KnownEpoch const& epoch) {
  auto signers = signers_of(certificate);
  for (auto& signer : signers) signer = epoch.nodes.at(signer);
  return signers;
}

BlockFacts facts_of(consensus::Block const& block) {
  return {.hash = block.hash,
          .parent = block.parent,
          .height = block.height.value(),
          .epoch = block.epoch.value(),
          .ends_epoch = block.next_set.has_value(),
          .next_set = block.next_set.value_or(protocol::Hash{})};
}

}  // namespace sim
