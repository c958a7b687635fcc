#include <gtest/gtest.h>

#include "consensus/core/leader.h"
#include "tests/support/consensus_keys.h"

namespace consensus {
namespace {

struct Row {
  char const* name;
  std::uint64_t view;
  bool proposed;                    // In this view.
  std::vector<std::size_t> silent;  // For the last n - 1 views.
  std::vector<std::size_t> next;
};

// leader(0, v) = v mod 4.
Row const rows[] = {
    {"nobody has proposed", 1, false, {}, {1, 2}},
    {"the proposal has come", 1, true, {}, {2}},
    {"the leader's own view", 4, false, {}, {0, 1}},
    {"the leader is silent", 1, false, {1}, {1, 2}},
    {"the next leader is silent", 1, true, {2}, {2, 3}},
    {"two in a row are silent", 1, true, {2, 3}, {2, 3, 0}},
    {"all others are silent", 1, true, {1, 2, 3}, {2, 3, 0}},
};

TEST(NextLeaders, AreThoseWhoseProposalIsStillToCome) {
  Keys const keys{4};
  auto const config = Config{
      .epoch = Epoch{0}, .self = ValidatorIndex{0}, .validators = keys.committee().validators};
  for (auto const& row : rows) {
    State state{.current = View{row.view},
                .safety = Safety{config.epoch, config.root, std::nullopt}};
    state.peers.resize(4);
    for (auto const who : row.silent) state.peers[who].silent_views = 3;
    if (row.proposed) {
      state.rounds[state.current].proposal =
          Proposal{.vote = {}, .parent_hash = {}, .form = Proposal::Form::sound};
    }
    SignerSet expected;
    for (auto const who : row.next) expected.insert(ValidatorIndex{static_cast<std::uint8_t>(who)});
    EXPECT_EQ(next_leaders(config, state), expected) << row.name;
  }
}

}  // namespace
}  // namespace consensus
