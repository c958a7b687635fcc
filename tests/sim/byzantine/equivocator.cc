// As a leader it proposes two blocks, and it votes for everything it sees: NOTARIZE and FINALIZE
// for each block, and NULLIFY of the same view.

#include <optional>
#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

class Equivocator final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

  void heard(std::size_t, Opened const& message) override {
    auto const* const proposal = std::get_if<consensus::ReceivedProposal>(&message);
    if (proposal != nullptr) vote_for_everything(proposal->vote->statement);
  }

 private:
  using NetworkDeviation::send;

  void vote_for_everything(consensus::Statement const& notarize) {
    auto const finalize = with_kind(notarize, consensus::VoteKind::finalize);
    auto const nullify = consensus::nullify(notarize.epoch, notarize.view);
    for (auto const& statement : {notarize, nullify, finalize}) {
      context_.network.send(some(context_), signed_vote(context_, statement));
    }
    context_.faults.add(Fault::equivocation);
  }

  // Another good block on the same parent: the same but for its time.
  std::optional<consensus::ProposalMessage> other_than(consensus::ProposalMessage const& proposal) {
    auto const first = consensus::read_block(context_.committee.genesis, proposal.body);
    if (!first) return std::nullopt;
    auto const parent = context_.executor.parent(first->parent);
    if (!parent) return std::nullopt;
    auto const executed =
        context_.executor.build_now(*parent, protocol::TimeMs{first->time.value() + 1});
    auto const second = context_.executor.block_of(executed);
    if (!second || second->hash == first->hash) return std::nullopt;
    context_.executor.keep(*second);
    auto statement = proposal.vote.statement;
    statement.block = second->hash;
    return consensus::ProposalMessage{signed_vote(context_, statement), second->body,
                                      proposal.certificates};
  }

  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override {
    auto const other = other_than(proposal);
    if (!other) return context_.network.send(to, proposal);
    consensus::SignerSet first;
    consensus::SignerSet second;
    for (auto const member : to.members()) {
      auto const choice = context_.prng.below(4);
      if (choice != 0) first.insert(member);
      if (choice == 0 || choice == 1) second.insert(member);
    }
    context_.network.send(first, proposal);
    context_.network.send(second, *other);
    vote_for_everything(proposal.vote.statement);
    vote_for_everything(other->vote.statement);
  }
};

}  // namespace

std::unique_ptr<Deviation> make_equivocator(DeviationContext context) {
  return std::make_unique<Equivocator>(std::move(context));
}

}  // namespace sim
