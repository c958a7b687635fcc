// Three days without a block, in the middle of each clock of a ballot. (Those of other records:
// tests/support/table_coverage.h.)

#include "tests/support/real_time.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

using execution::ExecutedBlock;
using testing_support::chain_time_of;
using testing_support::outage_of_three_days_ms;
using testing_support::real_block;

class BallotOutage : public Ballots {
 protected:
  // The parent of its children, as if so much later.
  static execution::Parent at(execution::Parent parent, std::uint64_t time_ms) {
    parent.time = protocol::TimeMs{time_ms};
    return parent;
  }
  static BallotState state_in(ExecutedBlock const& block, std::uint64_t id) {
    return execution::find_record<Ballot>(*block.state, state::keys::ballot(id))->state();
  }

  // Of the ballot as it is: leaves the chain as it is.
  void check_clock(std::uint64_t id, BallotState before, BallotState after) const {
    SCOPED_TRACE(BallotState_Name(before));
    ASSERT_EQ(state_of(id), before);
    auto const ends_ms = ballot(id).ends_at_ms();
    auto const middle_ms = (chain_.time().value() + ends_ms) / 2;
    auto const woken = real_block(at(chain_.parent(), middle_ms), outage_of_three_days_ms);
    EXPECT_EQ(chain_time_of(woken).value(), middle_ms) << "it has taken somebody's time";
    EXPECT_EQ(state_in(woken, id), before);

    auto const moment =
        real_block(at(execution::parent_of(woken), ends_ms - 2 * second_ms), second_ms);
    EXPECT_EQ(state_in(moment, id), before);
    auto const over = real_block(at(execution::parent_of(moment), ends_ms - second_ms), second_ms);
    EXPECT_EQ(state_in(over, id), after);
    EXPECT_EQ(over.header.time_ms(), ends_ms + outage_of_three_days_ms);
  }
};

TEST_F(BallotOutage, GivesEachOfItsClocksThreeDays) {
  lock(alice_, 100 * lbr);
  auto const incomplete = submit(alice_, proposal(needed / 2));
  auto const id = submit(alice_, fee_proposal(900));
  check_clock(incomplete, BALLOT_STATE_DEPOSIT, BALLOT_STATE_REJECTED);
  check_clock(id, BALLOT_STATE_REVIEW, BALLOT_STATE_VOTING);
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  check_clock(id, BALLOT_STATE_VOTING, BALLOT_STATE_TIMELOCK);
  advance(7 * day_ms);
  check_clock(id, BALLOT_STATE_TIMELOCK, BALLOT_STATE_EXECUTED);
}

}  // namespace
}  // namespace governance
