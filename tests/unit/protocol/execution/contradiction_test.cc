// Records that contradict each other, as only a defect of ours could leave them: what touches them
// is rolled back or put off, everything else goes on, and all replicas agree on it.

#include <gtest/gtest.h>

#include <functional>

#include "protocol/bank/account.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/limits.h"
#include "tests/support/hired.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::day_ms;
using testing_support::Hired;
using testing_support::message;
using testing_support::second_ms;
using testing_support::TestChain;
using testing_support::transfer;
using testing_support::usd;

namespace limits = protocol::limits;

AcceptMilestone acceptance(std::uint64_t contract) {
  AcceptMilestone accept;
  accept.set_contract(contract);
  return accept;
}

class Contradiction : public testing::Test {
 protected:
  Contradiction() {
    hired_.fund(id_);
    hired_.submit(id_);
  }

  void break_contract(std::uint64_t id) {
    auto broken = hired_.contract(id);
    broken.set_escrow(broken.escrow() - 1);
    hired_.chain().tamper_with(broken);
  }
  void mend_contract(std::uint64_t id) {
    auto mended = hired_.contract(id);
    mended.set_escrow(mended.escrow() + 1);
    hired_.chain().tamper_with(mended);
  }
  void advance(std::uint64_t ms) { hired_.chain().advance(ms); }
  bool due_now() {
    auto const& chain = hired_.chain();
    return deadline_due(chain.chain(), chain.parent(), chain.time());
  }
  std::size_t queued() {
    auto const& values = hired_.chain().values().values();
    return static_cast<std::size_t>(std::ranges::count_if(
        values, [](auto const& entry) { return entry.first.module == state::Module::deadlines; }));
  }

  Hired hired_;
  std::uint64_t const id_ = hired_.sign({500});
};

TEST_F(Contradiction, RollsTheTransactionBackAsInternalAndTheBlockGoesOn) {
  struct Case {
    char const* name;
    std::function<void(TestChain&, Contract, Milestone)> tamper;
  };
  Case const cases[] = {
      {"an escrow short of what its milestones hold",
       [](TestChain& chain, Contract contract, Milestone const&) {
         contract.set_escrow(contract.escrow() - 1);
         chain.tamper_with(contract);
       }},
      {"an empty escrow",
       [](TestChain& chain, Contract contract, Milestone const&) {
         contract.set_escrow(0);
         chain.tamper_with(contract);
       }},
      {"a contract that counts no locked milestone",
       [](TestChain& chain, Contract contract, Milestone const&) {
         contract.set_parts_locked(0);
         chain.tamper_with(contract);
       }},
      {"a milestone that released more than was funded",
       [](TestChain& chain, Contract const&, Milestone milestone) {
         milestone.set_released(milestone.funded() + 1);
         chain.tamper_with(milestone);
       }},
      {"a milestone that never was funded",
       [](TestChain& chain, Contract const&, Milestone milestone) {
         milestone.set_funded(0);
         chain.tamper_with(milestone);
       }},
      {"a fee that was taken and returned beyond what it is",
       [](TestChain& chain, Contract const&, Milestone milestone) {
         milestone.set_fee_taken(~0ull);
         milestone.set_fee_returned(2);
         chain.tamper_with(milestone);
       }},
  };
  auto& chain = hired_.chain();
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    TestChain::Fork const fork{chain};
    row.tamper(chain, hired_.contract(id_), hired_.milestone(id_));
    auto const contract = canonical::encode(hired_.contract(id_));
    auto const milestone = canonical::encode(hired_.milestone(id_));
    auto const paid = hired_.usd_of(hired_.talent);
    auto const sequence = bank::account_of(chain.state(), hired_.client.address()).sequence();

    auto const& block = chain.block(
        {chain.transaction(hired_.client, {message(transfer(hired_.talent, 7, ASSET_USD)),
                                           message(acceptance(id_))}),
         chain.transaction(hired_.other, {message(transfer(hired_.talent, 5, ASSET_USD))})});
    ASSERT_EQ(block.receipts.size(), 2u);
    EXPECT_EQ(block.receipts[0].status(), TX_STATUS_INTERNAL);
    EXPECT_EQ(block.receipts[0].events_size(), 0);
    EXPECT_EQ(block.receipts[1].status(), TX_STATUS_OK);
    EXPECT_EQ(canonical::encode(hired_.contract(id_)), contract);
    EXPECT_EQ(canonical::encode(hired_.milestone(id_)), milestone);
    EXPECT_EQ(hired_.usd_of(hired_.talent), paid + 5);
    EXPECT_EQ(bank::account_of(chain.state(), hired_.client.address()).sequence(), sequence + 1);
  }
}

TEST_F(Contradiction, InADeadlinePutsItOffWhileTheOthersFireAndAnIdleChainSleeps) {
  auto const sound = hired_.sign({300});
  hired_.fund(sound);
  hired_.submit(sound);
  break_contract(id_);
  advance(15 * day_ms);
  EXPECT_EQ(hired_.milestone(id_).state(), MILESTONE_STATE_SUBMITTED);
  EXPECT_EQ(hired_.milestone(sound).state(), MILESTONE_STATE_ACCEPTED);
  EXPECT_FALSE(due_now());
}

TEST_F(Contradiction, ThatIsMendedLetsTheDeadlineFireOnceAtItsNextTry) {
  break_contract(id_);
  advance(15 * day_ms);
  advance(limits::deadline_retry_ms);  // Tried again, in vain.
  EXPECT_EQ(hired_.milestone(id_).state(), MILESTONE_STATE_SUBMITTED);
  mend_contract(id_);
  auto const paid = hired_.usd_of(hired_.talent);
  advance(limits::deadline_retry_ms);
  EXPECT_EQ(hired_.milestone(id_).state(), MILESTONE_STATE_ACCEPTED);
  EXPECT_EQ(hired_.usd_of(hired_.talent), paid + 500 * usd);
  EXPECT_EQ(queued(), 1u);  // The contract is idle now.
  advance(day_ms);
  EXPECT_EQ(hired_.usd_of(hired_.talent), paid + 500 * usd);
}

TEST_F(Contradiction, ThatIsMendedAndSettledByHandLeavesNothingToFire) {
  auto const late = hired_.sign({200}, 1);
  hired_.fund(late);
  break_contract(late);
  advance(4 * day_ms);
  ASSERT_EQ(hired_.milestone(late).state(), MILESTONE_STATE_FUNDED);
  mend_contract(late);
  EndContract end;
  end.set_contract(late);
  ASSERT_EQ(hired_.act(hired_.talent, end), TX_STATUS_OK);
  EXPECT_EQ(hired_.milestone(late).state(), MILESTONE_STATE_REFUNDED);
  auto const left = hired_.usd_of(hired_.client);
  advance(limits::deadline_retry_ms);
  EXPECT_EQ(hired_.usd_of(hired_.client), left);
  EXPECT_EQ(queued(), 1u);  // The review of the other contract.
}

TEST_F(Contradiction, InMoreDeadlinesThanABlockTriesDoesNotStallTheQueue) {
  auto& chain = hired_.chain();
  constexpr std::uint64_t broken = limits::deadlines_per_block_max + 1;
  auto const due_ms = chain.time().value() + 1;
  chain.tamper([&](state::Overlay& overlay) {
    Context context{overlay, {.height = {}, .time = chain.time()}, {}};
    for (std::uint64_t id = 1; id <= broken + 1; ++id) {
      Ballot ballot;
      ballot.set_id(id);
      ballot.set_state(BALLOT_STATE_DEPOSIT);
      ballot.set_ends_at_ms(due_ms);
      // Somebody whose share nobody has written down.
      if (id <= broken) ballot.add_depositors(hired_.other.address().str());
      context.put(ballot, "test");
    }
    context.set_counter("ballots.open", broken + 1);
  });
  auto const state_of = [&](std::uint64_t id) {
    return chain.find<Ballot>(state::keys::ballot(id)).value().state();
  };
  chain.block({});
  EXPECT_TRUE(chain.last().deadlines_left);
  EXPECT_EQ(state_of(broken + 1), BALLOT_STATE_DEPOSIT);
  chain.block({});
  EXPECT_FALSE(chain.last().deadlines_left);
  EXPECT_EQ(state_of(broken + 1), BALLOT_STATE_REJECTED);
  EXPECT_EQ(state_of(broken), BALLOT_STATE_DEPOSIT);
  EXPECT_FALSE(due_now());
}

}  // namespace
}  // namespace execution
