// From two votes that no honest validator casts both to a set without whoever cast them: in whole
// engines, by whoever heard them.

#include <algorithm>
#include <array>

#include "consensus/certificate/encoding.h"
#include "protocol/address.h"
#include "tests/unit/engine/changing_set.h"

namespace node {
namespace {

using consensus::VoteKind;

class EvidenceTest : public ChangingSet {
 protected:
  struct Said {
    VoteKind kind;
    std::uint8_t block = 0;
  };
  bool in_one_view() {
    auto const view = mesh().engine(0).consensus().view;
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (mesh().runs(i) && mesh().engine(i).consensus().view != view) return false;
    }
    return equal();
  }
  // Two votes in one view that has not been decided, the next of an idle chain: nodes that are
  // behind would soon leave it. It is read once, for a view may end between two looks at it.
  std::array<consensus::Statement, 2> contradiction(Said one, Said other) {
    EXPECT_TRUE(mesh().eventually([&] { return in_one_view(); })) << states();
    auto const status = mesh().engine(0).consensus();
    auto const height = mesh().store(0).latest()->head().height.next();
    auto const statement = [&](Said const& said) {
      auto made = consensus::nullify(status.epoch, status.view);
      made.kind = said.kind;
      if (said.kind == VoteKind::nullify) return made;
      made.height = height;
      made.block.data.fill(said.block);
      return made;
    };
    return {statement(one), statement(other)};
  }
  // What `liar` says to all others, signed by `signer`.
  void say(std::size_t liar, consensus::Statement const& said, std::size_t signer) {
    auto const snapshot = mesh().store(0).latest();
    auto const set = validators::present_set(*snapshot, snapshot->head().epoch);
    auto const place = std::ranges::find(set.validators(), key(liar), &Validator::consensus_key);
    auto const voter = static_cast<std::uint8_t>(place - set.validators().begin());
    auto const bytes = consensus::signing_bytes(mesh().chain().hash(), said);
    auto const vote = consensus::Vote{.statement = said,
                                      .voter = protocol::ValidatorIndex{voter},
                                      .signature = mesh().key(signer).sign(base::bytes_of(bytes))};
    PeerMessage message;
    message.set_vote(consensus::encode(vote));
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (i == liar || !mesh().runs(i)) continue;
      mesh().engine(i).deliver(
          {.from = mesh().key(liar).public_key(), .message = message, .credit = nullptr});
    }
  }
  SeatState state_of(std::size_t index) {
    return validators::seat_of_key(*mesh().store(0).latest(), key(index)).value().state();
  }
  // What the nodes that run hold: each of them the offence of `liar`, once; how much evidence of it
  // they have sent in all.
  std::uint64_t sent_by_all(std::size_t liar) {
    std::uint64_t sent = 0;
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (i == liar || !mesh().runs(i)) continue;
      auto const held = mesh().engine(i).consensus().accusations;
      EXPECT_EQ(held.size(), 1u);
      if (held.empty()) continue;
      EXPECT_EQ(held[0].name, mesh().chain().validators()[liar].name());
      EXPECT_GE(held[0].noticed, 1u);
      sent += held[0].sent;
    }
    return sent;
  }
  bool all_settled(std::size_t liar) {
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (i == liar || !mesh().runs(i)) continue;
      auto const held = mesh().engine(i).consensus().accusations;
      if (held.empty() || !held[0].settled) return false;
    }
    return true;
  }
  bool event_of(std::string_view cause) {
    EventQuery query;
    query.cause_prefix = cause;
    query.count_max = 1;
    return !mesh().store(0).latest()->events(query).events.empty();
  }
};

TEST_F(EvidenceTest, OfTwoVotesForOneViewCostsAValidatorItsSeatAtTheNextBoundary) {
  begin({.validators = 5});
  ASSERT_NO_FATAL_FAILURE(pay());
  mesh().stop(4);
  for (auto const& said : contradiction({VoteKind::notarize, 'a'}, {VoteKind::notarize, 'b'})) {
    say(4, said, 4);
  }
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
  EXPECT_EQ(state_of(4), SEAT_STATE_GONE);
  EXPECT_TRUE(event_of("seat.offend"));
  EXPECT_TRUE(mesh().eventually([&] { return all_settled(4); })) << states();
  EXPECT_GE(sent_by_all(4), 1u);
  ASSERT_NO_FATAL_FAILURE(pay());
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(EvidenceTest, OfOneOfFourWaitsForAReplacementWhileItsVotesCount) {
  begin({.validators = 4, .observers = 1});
  ASSERT_NO_FATAL_FAILURE(pay());
  for (auto const& said : contradiction({VoteKind::nullify}, {VoteKind::finalize, 'a'})) {
    say(3, said, 3);
  }
  ASSERT_TRUE(mesh().eventually([&] { return state_of(3) == SEAT_STATE_OFFENDED; })) << states();
  mesh().stop(0);
  ASSERT_NO_FATAL_FAILURE(pay(1));
  mesh().start(0);
  Changes changes;
  admit(changes, 4);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(be_ready(4));
  ASSERT_NO_FATAL_FAILURE(pay());  // The boundary after the newcomer's.
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 4}));
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(EvidenceTest, IsNoneWhereAnotherHasSigned) {
  begin({.validators = 5});
  ASSERT_NO_FATAL_FAILURE(pay());
  auto const votes = contradiction({VoteKind::notarize, 'a'}, {VoteKind::notarize, 'b'});
  for (auto const& said : votes) say(4, said, 3);
  // After votes that are evidence, all that came before has been looked at.
  for (auto const& said : votes) say(3, said, 3);
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 4}));
  EXPECT_EQ(state_of(4), SEAT_STATE_SEATED);
}

}  // namespace
}  // namespace node
