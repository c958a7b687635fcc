// What a validator that runs twice tells some and others is seen where a certificate with the one
// vote meets the other vote.

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

// Of view 1 in a story of four told to validator 3: what came on the stream of validator 1, and a
// certificate that 0, 1 and 2 have signed.
struct Row {
  char const* name;
  Statement voted;
  Statement certified;
  bool conflict;
  bool later_too;  // Noticed where the vote comes after the certificate.
};
Row const rows[] = {
    {"two blocks notarized", notarize(1, 'B'), notarize(1, 'A'), true, true},
    {"one block notarized on two parents", notarize(2, 'A', {.parent_view = 1, .height = 2}),
     notarize(2, 'A'), true, true},
    {"finalized and nullified", finalize(1, 'A'), nullify(1), true, true},
    // What is said about a view that is final is not kept.
    {"nullified and finalized", nullify(1), finalize(1, 'A'), true, false},
    {"the same vote", notarize(1, 'A'), notarize(1, 'A'), false, false},
    {"notarized and nullified, which is legal", notarize(1, 'A'), nullify(1), false, false},
    {"notarized and finalized, which is usual", notarize(1, 'A'), finalize(1, 'A'), false, false},
};

void expect_conflict(Row const& row, bool expected, Statement const& first, Statement const& second,
                     State const& state) {
  SCOPED_TRACE(row.name);
  ASSERT_EQ(state.conflicts.contains(validator(1)), expected);
  EXPECT_EQ(state.conflicts.size(), expected ? 1u : 0u);
  if (!expected) return;
  auto const& conflict = state.conflicts.at(validator(1));
  EXPECT_EQ(conflict.first.statement, first);
  EXPECT_EQ(conflict.second.statement, second);
  EXPECT_EQ(conflict.second.voter, validator(1));
  EXPECT_EQ(conflict.noticed, 1u);
}

TEST(Evidence, IsFoundWhereACertificateHoldsAnotherVoteThanItsSignersStreamBrought) {
  for (auto const& row : rows) {
    Story story{config_of(4, 3)};
    story.tell(vote(1, row.voted));
    story.tell(certificate(row.certified));
    expect_conflict(row, row.conflict, row.voted, row.certified, story.state());
  }
}

TEST(Evidence, IsFoundWhereTheVoteComesAfterTheCertificate) {
  for (auto const& row : rows) {
    Story story{config_of(4, 3)};
    story.tell(certificate(row.certified));
    story.tell(vote(1, row.voted));
    expect_conflict(row, row.later_too, row.certified, row.voted, story.state());
  }
}

TEST(Evidence, HasTheSignaturesOfBothVotes) {
  Story story{config_of(4, 3)};
  auto const said = *vote(1, notarize(1, 'B'));
  auto shown = *certificate(notarize(1, 'A'));
  for (std::size_t i = 0; i < shown.signatures.size(); ++i) {
    shown.signatures[i].data.fill(static_cast<std::uint8_t>(0x50 + i));
  }
  story.tell(Attestation::of(said));
  story.tell(Attestation::of(shown));
  auto const& conflict = story.state().conflicts.at(validator(1));
  EXPECT_EQ(conflict.first.signature, said.signature);
  EXPECT_EQ(conflict.second.signature, shown.signatures[1]);
}

TEST(Evidence, InACertificateCountsForNoQuorum) {
  Story story{config_of(4, 3)};
  story.tell(vote(0, nullify(2)));
  story.tell(certificate(notarize(1, 'A')));
  auto const& votes = story.state().rounds[View{1}].votes;
  EXPECT_TRUE(votes.empty()) << "only what its voter said itself is counted";
}

}  // namespace
}  // namespace consensus
