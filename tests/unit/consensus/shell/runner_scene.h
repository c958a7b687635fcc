// A runner with recording ports, validator 0 of four, for tests of the shell.

#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "consensus/certificate/attestation.h"
#include "consensus/shell/runner.h"
#include "tests/support/consensus_blocks.h"

namespace consensus {

inline Statement about(VoteKind kind, std::uint64_t view, Block const& block,
                       std::uint64_t parent_view) {
  return {.epoch = Epoch{0},
          .view = View{view},
          .kind = kind,
          .parent_view = View{parent_view},
          .height = block.height,
          .block = block.hash};
}

// Validator 0 of four, at the root. View 1 is led by 1.
class RunnerScene : public testing::Test {
 protected:
  RunnerScene() {
    root.data.fill(0x72);
    first = make_block(genesis(), {.parent = root, .height = 1, .proposer = 1});
  }

  GenesisHash const& genesis() const { return keys.committee().genesis; }
  Config config() const {
    return {.epoch = Epoch{0},
            .self = ValidatorIndex{0},
            .validators = keys.committee().validators,
            .root = {.view = {}, .height = {}, .block = root},
            .timing = {}};
  }
  PublicKey const& key(std::uint8_t member) const {
    return keys.committee().validators.key(ValidatorIndex{member});
  }
  Runner runner() {
    auto const recovered = Recovered{.final = config().root,
                                     .finalization = std::nullopt,
                                     .committed_height = {},
                                     .committed_block = root,
                                     .block_interval_ms = 0,
                                     .grounds = {},
                                     .own_votes = {}};
    return Runner{config(), recovered, ports.ports()};
  }
  ReceivedProposal proposal(std::uint64_t view, Block const& block, std::uint64_t parent_view = 0) {
    auto const said = about(VoteKind::notarize, view, block, parent_view);
    return {.vote = Attestation::of(keys.vote(view % 4, said)), .block = block, .certificates = {}};
  }
  Verified<Certificate> certificate(Statement const& statement) {
    return Attestation::of(keys.certificate(statement));
  }
  // A chain of `count` blocks above the root.
  std::vector<Block> chain(std::uint64_t count) {
    std::vector<Block> blocks;
    for (std::uint64_t height = 1; height <= count; ++height) {
      auto const parent = blocks.empty() ? root : blocks.back().hash;
      blocks.push_back(make_block(genesis(), {.parent = parent, .height = height, .proposer = 1}));
    }
    return blocks;
  }

  Keys keys{4};
  RecordingPorts ports{keys, 0};
  BlockHash root;
  Block first;
};

}  // namespace consensus
