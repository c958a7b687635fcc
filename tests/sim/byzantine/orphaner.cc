// In the view before one that it leads it has no word for the block, which the others need all the
// more to agree on. Where that view is nullified, it leads with a child of this block: one on a
// parent that nobody can show to be notarized.

#include <algorithm>
#include <optional>
#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

using consensus::ProposalMessage;

class Orphaner final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

  // Its runner must not vote for the block, nor help to make its notarization.
  bool ignores(Opened const& message) override {
    auto const* const proposal = std::get_if<consensus::ReceivedProposal>(&message);
    if (proposal == nullptr || !proposal->block || proposal->block->next_set) return false;
    auto const& said = proposal->vote->statement;
    auto const& [genesis, epoch, validators] = context_.committee;
    if (validators.leader(epoch, said.view.next()) != context_.self) return false;
    context_.executor.execute(said.view, *proposal->block);
    parent_ = said;
    return true;
  }

 private:
  using NetworkDeviation::send;

  void send(consensus::SignerSet to, ProposalMessage const& proposal) override {
    auto const view = proposal.vote.statement.view;
    if (!orphan_ || orphan_->vote.statement.view != view) orphan_ = child_for(proposal);
    if (!orphan_) return context_.network.send(to, proposal);
    context_.faults.add(Fault::orphan_lead);
    context_.network.send(to, *orphan_);
  }

  std::optional<ProposalMessage> child_for(ProposalMessage const& proposal) const {
    auto statement = proposal.vote.statement;
    if (!parent_ || parent_->view.next() != statement.view) return std::nullopt;
    if (context_.runner().state().safety.notarized(parent_->view)) return std::nullopt;
    auto const parent = context_.executor.parent(parent_->block);
    if (!parent) return std::nullopt;
    auto const time = std::max(context_.clock.now(), execution::earliest_time(*parent));
    auto const block = context_.executor.block_of(context_.executor.build_now(*parent, time));
    if (!block) return std::nullopt;
    context_.executor.keep(*block);
    statement.parent_view = parent_->view;
    statement.height = block->height;
    statement.block = block->hash;
    return ProposalMessage{signed_vote(context_, statement), block->body, proposal.certificates};
  }

  std::optional<consensus::Statement> parent_;
  std::optional<ProposalMessage> orphan_;  // Said again as it was.
};

}  // namespace

std::unique_ptr<Deviation> make_orphaner(DeviationContext context) {
  return std::make_unique<Orphaner>(std::move(context));
}

}  // namespace sim
