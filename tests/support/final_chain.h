// Blocks for the tests of the store, made by hand: what is in them is random, what they say of
// themselves (state root, receipts, events) is true, and so is what links them. A MemoryState has
// the same contents.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "node/store/store.h"
#include "tests/support/memory_state.h"
#include "tests/support/prng.h"

namespace testing_support {

class FinalChain {
 public:
  explicit FinalChain(std::uint64_t seed, protocol::GenesisHash const& genesis = {})
      : prng_{seed}, genesis_{genesis} {}

  // Every further block carries something of this many bytes in the place of a transaction.
  void carry(std::size_t bytes) { carried_bytes_ = bytes; }

  // The next block: some balances, jobs and deadlines change; some are erased.
  node::ExecutedFinal random_block();
  // The next block with exactly these changes and events.
  node::ExecutedFinal block(std::vector<std::pair<state::Key, std::optional<std::string>>> changes,
                            std::vector<labor::v1::Receipt> receipts = {},
                            labor::v1::BlockEvents events = {}, bool boundary = false);

  std::shared_ptr<MemoryState> const& state() const { return state_; }
  // The contents after each block, by height.
  std::vector<std::map<state::Key, std::string>> const& history() const { return history_; }
  std::vector<node::ExecutedFinal> const& blocks() const { return blocks_; }

  sim::Prng& prng() { return prng_; }

 private:
  sim::Prng prng_;
  protocol::GenesisHash genesis_;
  std::size_t carried_bytes_ = 0;
  std::shared_ptr<MemoryState> state_ = std::make_shared<MemoryState>();
  std::vector<std::map<state::Key, std::string>> history_;
  std::vector<node::ExecutedFinal> blocks_;
};

protocol::Address address(std::uint64_t n);
labor::v1::Event paid(std::uint64_t from, std::uint64_t to, std::string const& cause = "transfer");
labor::v1::Receipt receipt(std::uint64_t transaction, std::vector<labor::v1::Event> const& events);
protocol::TransactionId transaction_id(std::uint64_t n);

}  // namespace testing_support
