// Deadlines of work in blocks: after an outage, and when very many are due.

#include <gtest/gtest.h>

#include <string>
#include <vector>

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
using testing_support::usd;

namespace limits = protocol::limits;

std::vector<std::string> milestone_acts(ExecutedBlock const& block) {
  std::vector<std::string> acts;
  for (auto const& event : block.events.begin()) {
    auto const& changed = event.record_changed();
    if (!changed.record().has_milestone()) continue;
    acts.push_back(std::to_string(changed.record().milestone().contract()) + " " + changed.cause());
  }
  return acts;
}

TEST(Deadlines, OfAnOutageFireInTheFirstBlockInTheirOrderAtItsTime) {
  Hired hired;
  auto const silent = hired.sign({500});     // 14 days for a review.
  auto const late = hired.sign({300}, 10);   // 12 days until it is overdue.
  auto const unasked = hired.sign({200});    // 14 days to answer a change request.
  auto const unanswered = hired.sign({50});  // 7 days to answer a refund request.
  for (auto const id : {silent, late, unasked, unanswered}) hired.fund(id);
  hired.submit(unasked);
  hired.submit(silent);
  hired.request_changes(unasked);
  RequestRefund ask;
  ask.set_contract(unanswered);
  ASSERT_EQ(hired.act(hired.client, ask), TX_STATUS_OK);
  auto const before_client = hired.usd_of(hired.client);
  auto const before_talent = hired.usd_of(hired.talent);

  // Too late, though signed in the block that brings the chain back.
  SubmitMilestone submit;
  submit.set_contract(late);
  submit.set_delivery_hash(std::string(32, 'd'));
  auto& chain = hired.chain();
  chain.block({}, 20 * day_ms);
  EXPECT_EQ(milestone_acts(chain.last()),
            (std::vector<std::string>{std::to_string(unanswered) + " milestone.refund_unanswered",
                                      std::to_string(late) + " milestone.overdue",
                                      std::to_string(silent) + " milestone.review_over",
                                      std::to_string(unasked) + " milestone.changes_over"}));
  EXPECT_FALSE(chain.last().deadlines_left);
  EXPECT_EQ(hired.act(hired.talent, submit), TX_STATUS_WRONG_STATE);

  EXPECT_EQ(hired.usd_of(hired.talent), before_talent + 500 * usd);
  EXPECT_EQ(hired.usd_of(hired.client), before_client + 605 * usd);
  // The next clocks run from the block, not from the clocks that ran out.
  auto const fired_at = chain.parent().time.value() - testing_support::second_ms;
  EXPECT_EQ(hired.contract(silent).idle_until_ms(), fired_at + 90 * day_ms);
  EXPECT_EQ(hired.contract(late).idle_until_ms(), fired_at + 90 * day_ms);
}

TEST(Deadlines, GetBackTheTimeThatAnOutageTookButOnADevnet) {
  auto genesis = testing_support::test_genesis();
  genesis.set_devnet(false);
  auto& change = *genesis.add_parameters();
  change.set_parameter(PARAMETER_FIRST_REVIEW_MS);
  change.set_value(3 * day_ms);
  Hired hired{genesis};
  auto const id = hired.sign({500});
  hired.fund(id);
  hired.submit(id);
  auto& chain = hired.chain();
  auto const until = hired.milestone(id).review_until_ms();
  auto const submitted_at = chain.time().value();

  chain.block({}, 30 * day_ms);
  EXPECT_EQ(chain.last().events.begin_size(), 0);
  auto const outage = chain.time().value() - submitted_at;
  while (chain.time().value() + outage_gap_ms < until + outage) {
    chain.block({}, outage_gap_ms);
    ASSERT_EQ(chain.last().events.begin_size(), 0);
  }
  chain.block({}, outage_gap_ms);
  EXPECT_EQ(hired.milestone(id).state(), MILESTONE_STATE_ACCEPTED);
  EXPECT_GE(chain.time().value(), until + outage);
}

// Contracts made of nothing but milestones, as if signed long ago.
void put_contracts(Hired& hired, std::uint64_t first, std::uint64_t count, std::uint64_t idle_ms) {
  hired.chain().tamper([&](state::Overlay& overlay) {
    Context context{overlay, {.height = {}, .time = hired.chain().time()}, {}};
    for (auto id = first; id < first + count; ++id) {
      Contract contract;
      contract.set_id(id);
      contract.set_client(hired.client.address().str());
      contract.set_talent(hired.talent.address().str());
      contract.set_state(CONTRACT_STATE_ACTIVE);
      contract.set_idle_until_ms(idle_ms);
      contract.set_milestones(limits::milestones_max);
      context.put(contract, "test");
      for (std::uint32_t index = 0; index < limits::milestones_max; ++index) {
        Milestone milestone;
        milestone.set_contract(id);
        milestone.set_index(index);
        milestone.set_state(MILESTONE_STATE_PLANNED);
        context.put(milestone, "test");
      }
    }
    for (auto const* side : {&hired.client, &hired.talent}) {
      OpenWork open;
      open.set_account(side->address().str());
      open.set_contracts(static_cast<std::uint32_t>(count));
      context.put(open, "test");
    }
  });
}

TEST(Deadlines, ThatChangeManyRecordsAreBoundedByWhatTheyChangeAndCarryOver) {
  Hired hired;
  constexpr std::uint64_t count = 400;
  auto& chain = hired.chain();
  put_contracts(hired, 1, count, chain.time().value() + 1);
  auto const ended = [&] {
    std::uint64_t found = 0;
    for (std::uint64_t id = 1; id <= count; ++id) {
      found += hired.contract(id).state() == CONTRACT_STATE_ENDED;
    }
    return found;
  };
  chain.block({});
  EXPECT_TRUE(chain.last().deadlines_left);
  auto const first = ended();
  EXPECT_GT(first, limits::deadline_changes_per_block_max / 60);
  EXPECT_LT(first, limits::deadline_changes_per_block_max / limits::milestones_max);
  EXPECT_EQ(hired.contract(first).state(), CONTRACT_STATE_ENDED);  // In order.
  chain.block({});
  EXPECT_FALSE(chain.last().deadlines_left);
  EXPECT_EQ(ended(), count);
}

TEST(BlockWork, EndsOnceTransactionsHaveChangedEnoughEvenInVain) {
  Hired hired;
  constexpr std::uint64_t contracts = limits::messages_per_transaction_max - 1;
  auto& chain = hired.chain();
  put_contracts(hired, 1, contracts, chain.time().value() + day_ms);
  // Ends all of them and then one that does not exist: rolled back, and it could be sent for ever.
  std::vector<Message> messages;
  for (std::uint64_t id = 1; id <= contracts + 1; ++id) {
    EndContract end;
    end.set_contract(id);
    messages.push_back(message(end));
  }
  std::vector<CheckedPtr> candidates;
  for (std::uint64_t i = 0; i < 100; ++i) {
    candidates.push_back(chain.transaction(
        hired.client, messages, {.fee_limit = 1'000 * testing_support::lbr, .sequence = i}));
  }
  auto const options = BuildOptions{
      .time = protocol::TimeMs{chain.time().value() + testing_support::second_ms}, .proposer = {}};
  auto const built = build(chain.chain(), chain.parent(), candidates, options);
  auto const taken = built.transactions.size();
  EXPECT_LT(taken, candidates.size());
  EXPECT_GT(taken, limits::changes_per_block_max / (contracts * 60));
  EXPECT_EQ(built.receipts.front().status(), TX_STATUS_CONTRACT_NOT_FOUND);
  EXPECT_TRUE(execute(chain.chain(), chain.parent(), built.bytes).has_value());

  Block forged;
  ASSERT_TRUE(forged.ParseFromString(built.bytes));
  forged.add_transactions(candidates[taken]->bytes());
  auto const refused = execute(chain.chain(), chain.parent(), canonical::encode(forged));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, BlockFault::too_much_work);
  EXPECT_EQ(refused.error().index, taken);
}

}  // namespace
}  // namespace execution
