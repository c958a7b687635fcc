// It leads with blocks that are wrong, each in one of the ways of R8.

#include <labor/v1/block.pb.h>

#include <utility>

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

using consensus::ProposalMessage;

class Bungler final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

 private:
  using NetworkDeviation::send;

  enum class Wrong : std::uint8_t {
    body,
    parent_view,
    final_parent_view,
    parent_hash,
    height,
    state_root,
  };
  static constexpr std::uint64_t wrongs = 6;

  void send(consensus::SignerSet to, ProposalMessage const& proposal) override {
    context_.faults.add(Fault::bad_proposal);
    context_.network.send(to, spoil(proposal, static_cast<Wrong>(context_.prng.below(wrongs))));
  }

  ProposalMessage spoil(ProposalMessage const& proposal, Wrong wrong) const {
    auto said = proposal.vote.statement;
    auto body = proposal.body;
    switch (wrong) {
      case Wrong::body:
        body = std::make_shared<std::string const>(body->substr(0, body->size() / 2));
        break;
      case Wrong::parent_view:
        said.parent_view = said.view;
        break;
      case Wrong::final_parent_view:
        said.parent_view = consensus::View{0};
        break;
      case Wrong::parent_hash:
      case Wrong::height:
      case Wrong::state_root:
        body = with_other_header(*body, wrong);
        break;
    }
    if (auto const block = consensus::read_block(context_.committee.genesis, body)) {
      said.block = block->hash;
      said.height = block->height;
    }
    return {signed_vote(context_, said), body, proposal.certificates};
  }

  static consensus::Body with_other_header(std::string const& body, Wrong wrong) {
    auto block = canonical::decode<labor::v1::Block>(body);
    CHECK(block);
    auto header = canonical::decode<labor::v1::BlockHeader>(block->header());
    CHECK(header);
    if (wrong == Wrong::parent_hash) (*header->mutable_parent_hash())[0] ^= 1;
    if (wrong == Wrong::height) header->set_height(header->height() + 1);
    if (wrong == Wrong::state_root) (*header->mutable_state_root())[0] ^= 1;
    block->set_header(canonical::encode(*header));
    return std::make_shared<std::string const>(canonical::encode(*block));
  }
};

}  // namespace

std::unique_ptr<Deviation> make_bungler(DeviationContext context) {
  return std::make_unique<Bungler>(std::move(context));
}

}  // namespace sim
