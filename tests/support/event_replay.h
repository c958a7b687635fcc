// The records of a chain, made from its events alone, as an indexer would make them.
//
// Balances and supplies follow from the money that moved, every other record is announced whole.
// What no event says is in receipts or follows from records, and is left out: an account's key,
// sequence and allowance; counters; the deadline queue; what only finds records.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "protocol/execution/block.h"
#include "tests/support/memory_state.h"

namespace testing_support {

class EventReplay {
 public:
  // What a genesis holds is announced by nothing.
  explicit EventReplay(MemoryState const& genesis);

  void add(execution::ExecutedBlock const& block);

  // Where the records differ from those of the state, in words; empty if nowhere.
  std::vector<std::string> differences(MemoryState const& state) const;

 private:
  using Records = std::map<state::Key, std::string>;

  static Records records_of(MemoryState const& state);

  void add(labor::v1::Event const& event);
  void move(labor::v1::MoneyMoved const& move);
  void change(labor::v1::Holder const& holder, labor::v1::Asset asset, std::uint64_t amount,
              bool more);

  Records records_;
};

}  // namespace testing_support
