// Blocks: links, roots, atomicity, deadlines, chain time; what makes one invalid.

#include "protocol/execution/block.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block_run.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::hour_ms;
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::second_ms;
using testing_support::TestChain;
using testing_support::transfer;

namespace limits = protocol::limits;

constexpr std::uint64_t interval_ms = 10;  // block_interval_min, as a chain begins.

class Blocks : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    testing_support::endow(made, Person{1}, true, 100 * lbr, 0);
    testing_support::endow(made, Person{2}, true, 100 * lbr, 0);
    return made;
  }

  std::uint64_t balance(Person const& who) const {
    return bank::balance_of(chain_.state(), who.address(), ASSET_LBR).value();
  }

  ExecutedBlock built(std::vector<CheckedPtr> const& transactions) const {
    return build(chain_.chain(), chain_.parent(), transactions,
                 {.time = protocol::TimeMs{chain_.time().value() + second_ms}, .proposer = {}});
  }

  // The good block with its parts changed, as a proposer could send it.
  std::string forged(
      std::function<void(BlockHeader&)> const& in_header,
      std::function<void(Block&)> const& in_block = [](Block&) {}) const {
    Block block;
    EXPECT_TRUE(block.ParseFromString(good_.bytes));
    BlockHeader header;
    EXPECT_TRUE(header.ParseFromString(block.header()));
    in_header(header);
    block.set_header(canonical::encode(header));
    in_block(block);
    return canonical::encode(block);
  }

  Person const alice_{1};
  Person const bob_{2};
  TestChain chain_{genesis()};
  ExecutedBlock const good_ = built({chain_.transaction(alice_, {message(transfer(bob_, 5))}),
                                     chain_.transaction(bob_, {message(transfer(alice_, 1))})});
};

TEST_F(Blocks, OfNothingHaveAHeaderLinkedToTheirParent) {
  auto const parent = chain_.parent();
  auto const block = chain_.block({});
  EXPECT_EQ(block.header.version(), block_version);
  EXPECT_EQ(block.header.genesis_hash(), chain_.chain().hash().chars());
  EXPECT_EQ(block.header.height(), parent.height.value() + 1);
  EXPECT_EQ(block.header.parent_hash(), parent.hash.chars());
  EXPECT_EQ(block.header.next_set_hash(), "");
  EXPECT_EQ(block.header.work_used(), 0u);
  EXPECT_EQ(chain_.parent().hash, block.hash);
}

TEST_F(Blocks, RunTransactionsInOrder) {
  auto const receipts =
      chain_
          .block({chain_.transaction(alice_, {message(transfer(bob_, 5 * lbr))}),
                  chain_.transaction(bob_, {message(transfer(alice_, 105 * lbr))})})
          .receipts;
  ASSERT_EQ(receipts.size(), 2u);
  EXPECT_EQ(receipts[0].status(), TX_STATUS_OK);
  EXPECT_EQ(receipts[1].status(), TX_STATUS_OK);
  EXPECT_EQ(balance(alice_), 200 * lbr);
  EXPECT_EQ(balance(bob_), 0u);
}

TEST_F(Blocks, TakeSeveralTransactionsOfOneAccountInItsOrderAndSkipTheRest) {
  auto const first = chain_.transaction(alice_, {message(transfer(bob_, 1))}, {.sequence = 0});
  auto const second = chain_.transaction(alice_, {message(transfer(bob_, 2))}, {.sequence = 1});
  auto const gap = chain_.transaction(alice_, {message(transfer(bob_, 4))}, {.sequence = 3});
  EXPECT_EQ(chain_.block({first, second, gap, first}).transactions, (std::vector{first, second}));
  EXPECT_EQ(balance(bob_), 100 * lbr + 3);
}

TEST_F(Blocks, AreBoundedByTheLeadersTargetAndFillTheGaps) {
  auto const big = chain_.transaction(alice_, {message(transfer(bob_, 1))},
                                      {.memo = std::string(limits::memo_bytes_max, 'm')});
  auto const small = chain_.transaction(bob_, {message(transfer(alice_, 1))});
  auto const block = build(chain_.chain(), chain_.parent(), std::vector{big, small},
                           {.time = chain_.time(), .proposer = {}, .bytes_max = 900});
  EXPECT_EQ(block.transactions, std::vector{small});
  EXPECT_LE(block.bytes.size(), 900u);
}

TEST_F(Blocks, AreNeverEarlierThanTheIntervalAfterTheirParent) {
  auto const block =
      build(chain_.chain(), chain_.parent(), {}, {.time = protocol::TimeMs{1}, .proposer = {}});
  EXPECT_EQ(block.header.time_ms(), chain_.time().value() + interval_ms);
  EXPECT_EQ(block.header.time_ms(), earliest_time(chain_.parent()).value());
}

TEST_F(Blocks, AMessageThatFailsUndoesThoseBeforeIt) {
  auto const receipt =
      chain_.send(alice_, {message(transfer(bob_, 7)), message(transfer(bob_, 1000 * lbr))});
  EXPECT_EQ(receipt.status(), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(receipt.failed_message(), 1u);
  ASSERT_EQ(receipt.details_size(), 2);
  EXPECT_EQ(receipt.details(0).name(), "have");
  EXPECT_EQ(receipt.details(0).value(), 100 * lbr - 7);
  EXPECT_EQ(receipt.details(1).name(), "need");
  EXPECT_EQ(receipt.details(1).value(), 1000 * lbr);
  EXPECT_EQ(receipt.events_size(), 0);
  EXPECT_EQ(balance(alice_), 100 * lbr);
  EXPECT_EQ(bank::account_of(chain_.state(), alice_.address()).sequence(), 1u);
}

TEST_F(Blocks, AreInvalidForOneReasonInOrder) {
  auto const none = [](BlockHeader&) {};
  auto const unsigned_block = [](Block& block) {
    Transaction transaction;
    EXPECT_TRUE(transaction.ParseFromString(block.transactions(1)));
    (*transaction.mutable_signatures(0)->mutable_signature())[0] ^= 1;
    block.set_transactions(1, canonical::encode(transaction));
  };
  struct Case {
    BlockFault want;
    std::string bytes;
  };
  Case const cases[] = {
      {BlockFault::too_large, std::string(limits::block_bytes_max + 1, 'x')},
      {BlockFault::malformed, "x"},
      {BlockFault::malformed, forged(none, [](Block& block) { block.set_header("x"); })},
      {BlockFault::wrong_version, forged([](BlockHeader& h) { h.set_version(2); })},
      {BlockFault::wrong_chain,
       forged([](BlockHeader& h) { h.set_genesis_hash(std::string(32, 'g')); })},
      {BlockFault::unknown_system_message,
       forged(none, [](Block& block) { block.add_system_messages("x"); })},
      {BlockFault::bad_transaction, forged(none, unsigned_block)},
      {BlockFault::wrong_epoch, forged([](BlockHeader& h) { h.set_epoch(1); })},
      {BlockFault::wrong_height, forged([](BlockHeader& h) { h.set_height(7); })},
      {BlockFault::wrong_parent,
       forged([](BlockHeader& h) { h.set_parent_hash(std::string(32, 'p')); })},
      {BlockFault::too_early,
       forged([&](BlockHeader& h) { h.set_time_ms(chain_.time().value() + interval_ms - 1); })},
      {BlockFault::unknown_proposer, forged([](BlockHeader& h) { h.set_proposer(4); })},
      {BlockFault::inadmissible,
       forged(none, [](Block& block) { *block.add_transactions() = block.transactions(0); })},
      {BlockFault::wrong_transactions,
       forged(none, [](Block& block) { block.mutable_transactions()->RemoveLast(); })},
      {BlockFault::wrong_transactions,
       forged(none, [](Block& block) { block.mutable_transactions()->SwapElements(0, 1); })},
      {BlockFault::wrong_usage, forged([](BlockHeader& h) { h.set_work_used(1); })},
      {BlockFault::wrong_usage, forged([](BlockHeader& h) { h.set_bytes_used(1); })},
      {BlockFault::wrong_receipts,
       forged([](BlockHeader& h) { h.set_receipts_root(std::string(32, 'r')); })},
      {BlockFault::wrong_next_set,
       forged([](BlockHeader& h) { h.set_next_set_hash(std::string(32, 'n')); })},
      {BlockFault::wrong_state,
       forged([](BlockHeader& h) { h.set_state_root(std::string(32, 's')); })},
  };
  for (auto const& row : cases) {
    auto const executed = execute(chain_.chain(), chain_.parent(), row.bytes);
    ASSERT_FALSE(executed.has_value()) << explain({.fault = row.want});
    EXPECT_EQ(executed.error().fault, row.want)
        << explain(executed.error()) << ", not: " << explain({.fault = row.want});
  }
  EXPECT_TRUE(execute(chain_.chain(), chain_.parent(), good_.bytes).has_value());
}

TEST_F(Blocks, AnInadmissibleTransactionIsNamedWithItsReason) {
  auto const bytes = forged(
      [](BlockHeader&) {}, [](Block& block) { *block.add_transactions() = block.transactions(0); });
  auto const executed = execute(chain_.chain(), chain_.parent(), bytes);
  ASSERT_FALSE(executed.has_value());
  EXPECT_EQ(executed.error().index, 2u);
  EXPECT_EQ(executed.error().status, TX_STATUS_SEQUENCE_MISMATCH);
  EXPECT_EQ(explain(executed.error()),
            "a transaction may not be in this block: transaction 2: SEQUENCE_MISMATCH");
}

TEST_F(Blocks, ReplayFromGenesisGivesTheSameRoots) {
  for (int i = 0; i < 5; ++i) {
    chain_.block({chain_.transaction(alice_, {message(transfer(bob_, 1))})});
  }
  auto const state = std::make_shared<testing_support::MemoryState>();
  auto const first = genesis_block(chain_.chain());
  state->apply(*first.state);
  auto parent = parent_of(first);
  for (auto const& bytes : chain_.blocks()) {
    parent.state = state;
    auto const executed = execute(chain_.chain(), parent, bytes);
    ASSERT_TRUE(executed.has_value());
    state->apply(*executed->state);
    parent = parent_of(*executed);
  }
  EXPECT_EQ(parent.hash, chain_.parent().hash);
  EXPECT_EQ(state->values(), chain_.values().values());
}

TEST_F(Blocks, UnfinalizedOnesLieOverEachOther) {
  auto parent = chain_.parent();
  auto const first = built({chain_.transaction(alice_, {message(transfer(bob_, 1))})});
  auto const second =
      build(chain_.chain(), parent_of(first),
            std::vector{chain_.transaction(alice_, {message(transfer(bob_, 2))}, {.sequence = 1})},
            {.time = protocol::TimeMs{chain_.time().value() + 2 * second_ms}, .proposer = {}});
  ASSERT_EQ(second.transactions.size(), 1u);
  EXPECT_EQ(bank::balance_of(*second.state, bob_.address(), ASSET_LBR).value(), 100 * lbr + 3);
  EXPECT_EQ(balance(bob_), 100 * lbr);
}

TEST_F(Blocks, SimulationSaysWhatWouldHappenAndChangesNothing) {
  auto const before = chain_.values().values();
  auto const tx = chain_.transaction(alice_, {message(transfer(bob_, 5))});
  auto const simulated =
      simulate(chain_.chain(), chain_.parent(), protocol::TimeMs{chain_.time().value() + second_ms},
               canonical::encode(tx->body()));
  ASSERT_TRUE(simulated.has_value());
  EXPECT_EQ(chain_.values().values(), before);
  auto const& block = chain_.block({tx});
  EXPECT_EQ(canonical::encode(block.receipts.at(0)), canonical::encode(*simulated));
}

TEST_F(Blocks, SimulationRefusesWhatAdmissionWould) {
  auto const tx = chain_.transaction(alice_, {message(transfer(bob_, 5))}, {.sequence = 4});
  auto const simulated =
      simulate(chain_.chain(), chain_.parent(), chain_.time(), canonical::encode(tx->body()));
  ASSERT_FALSE(simulated.has_value());
  EXPECT_EQ(simulated.error().status, TX_STATUS_SEQUENCE_MISMATCH);
}

TEST_F(Blocks, DeadlinesBeyondTheCapCarryOverInOrder) {
  constexpr auto count = limits::deadlines_per_block_max + 5;
  auto const crowded = std::make_shared<state::Overlay>(chain_.parent().state);
  Context context{*crowded, {.height = {}, .time = chain_.time()}, {}};
  for (std::uint64_t id = count; id > 0; --id) {
    Ballot ballot;
    ballot.set_id(id);
    ballot.set_state(BALLOT_STATE_DEPOSIT);
    ballot.set_ends_at_ms(chain_.time().value() + id % 2);
    context.put(ballot, "test");
  }
  context.set_counter("ballots.open", count);
  auto parent = chain_.parent();
  parent.state = crowded;

  auto const options =
      BuildOptions{.time = protocol::TimeMs{chain_.time().value() + second_ms}, .proposer = {}};
  auto const first = build(chain_.chain(), parent, {}, options);
  EXPECT_TRUE(first.deadlines_left);
  ASSERT_EQ(first.events.begin_size(), static_cast<int>(limits::deadlines_per_block_max));
  EXPECT_EQ(first.events.begin(0).record_changed().record().ballot().id(), 2u);  // Even: earlier.
  EXPECT_TRUE(deadline_due(chain_.chain(), parent_of(first), options.time));

  auto const second = build(chain_.chain(), parent_of(first), {}, options);
  EXPECT_FALSE(second.deadlines_left);
  ASSERT_EQ(second.events.begin_size(), 5);
  EXPECT_EQ(second.events.begin(4).record_changed().record().ballot().id(), count - 1 + count % 2);
  EXPECT_FALSE(deadline_due(chain_.chain(), parent_of(second), options.time));
}

// ---- chain time ----

TEST(ChainTime, AnOutageTakesNobodysTimeButOnADevnetTimeIsPlayedWith) {
  struct Case {
    char const* name;
    bool devnet;
    std::uint64_t height;
    std::uint64_t gap_ms;
    std::uint64_t outage_ms;
  };
  Case const cases[] = {
      {"a pause of ten minutes", false, 5, outage_gap_ms, 0},
      {"a moment longer", false, 5, outage_gap_ms + 1, outage_gap_ms + 1},
      {"the first block", false, 0, 5 * outage_gap_ms, 0},
      {"a devnet", true, 5, 5 * outage_gap_ms, 0},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto genesis = testing_support::test_genesis();
    genesis.set_devnet(row.devnet);
    auto const chain = testing_support::test_chain(genesis);
    auto const parent = Parent{.epoch = {},
                               .height = protocol::Height{row.height},
                               .hash = {},
                               .time = protocol::TimeMs{1'000'000},
                               .state = std::make_shared<testing_support::MemoryState>()};
    auto const now = chain_time(chain, parent, protocol::TimeMs{1'000'000 + row.gap_ms});
    EXPECT_EQ(now.outage_ms, row.outage_ms);
    EXPECT_EQ(now.time.value(), 1'000'000 + row.gap_ms - row.outage_ms);
  }
}

TEST(ChainTime, OutagesAddUpInTheState) {
  auto genesis = testing_support::test_genesis();
  genesis.set_devnet(false);
  TestChain chain{genesis};
  chain.block({});
  chain.block({}, hour_ms);
  chain.block({});
  chain.block({}, 2 * hour_ms);
  EXPECT_EQ(counter_of(chain.state(), "outage_ms"), 3 * hour_ms);
}

// ---- conservation ----

TEST(Conservation, ATransactionThatWouldMakeMoneyIsSeen) {
  auto const below = std::make_shared<testing_support::MemoryState>();
  Supply supply;
  supply.set_asset(ASSET_LBR);
  supply.set_amount(10);
  Balance balance;
  balance.set_address(std::string(32, 'a'));
  balance.set_asset(ASSET_LBR);
  balance.set_amount(10);
  state::Overlay base{below};
  base.put(state::key_of(supply), canonical::encode(supply));
  base.put(state::key_of(balance), canonical::encode(balance));
  EXPECT_TRUE(bank::conserved(base, *below));
  below->apply(base);

  for (std::uint64_t const amount : {9u, 11u}) {
    state::Overlay change{below};
    balance.set_amount(amount);
    change.put(state::key_of(balance), canonical::encode(balance));
    EXPECT_FALSE(bank::conserved(change, *below)) << amount;

    // A lock of the difference, or a smaller supply, makes it right again.
    if (amount == 9) {
      Lock lock;
      lock.set_id(1);
      lock.set_amount(1);
      change.put(state::key_of(lock), canonical::encode(lock));
      EXPECT_TRUE(bank::conserved(change, *below));
    }
    state::Overlay burn{below};
    burn.put(state::key_of(balance), canonical::encode(balance));
    supply.set_amount(amount);
    burn.put(state::key_of(supply), canonical::encode(supply));
    EXPECT_TRUE(bank::conserved(burn, *below)) << amount;
  }
  state::Overlay lost{below};
  lost.erase(state::key_of(balance));
  EXPECT_FALSE(bank::conserved(lost, *below));
}

TEST_F(Blocks, TheAuditOfAWholeStateNamesEveryHolder) {
  LockTokens lock;
  lock.set_amount(30 * lbr);
  lock.set_until_ms(chain_.time().value() + 40 * testing_support::day_ms);
  chain_.send(alice_, {message(lock)});
  bank::Audit audit;
  for (auto const& [key, value] : chain_.values().values()) audit.add(key, value);
  EXPECT_TRUE(audit.balanced());
  EXPECT_EQ(static_cast<std::uint64_t>(audit.of(ASSET_LBR).accounts), 170 * lbr);
  EXPECT_EQ(static_cast<std::uint64_t>(audit.of(ASSET_LBR).locks), 30 * lbr);
  EXPECT_EQ(static_cast<std::uint64_t>(audit.of(ASSET_LBR).supply), 200 * lbr);

  Balance forged;
  forged.set_address(std::string(32, 'f'));
  forged.set_asset(ASSET_LBR);
  forged.set_amount(1);
  audit.add(state::key_of(forged), canonical::encode(forged));
  EXPECT_FALSE(audit.balanced());
}

}  // namespace
}  // namespace execution
