// The state that blocks alone lead to, from genesis on: what every node must hold.

#pragma once

#include <memory>
#include <string>

#include "protocol/execution/block.h"
#include "tests/sim/simulated_executor.h"
#include "tests/support/memory_state.h"

namespace sim {

class Replay {
 public:
  explicit Replay(protocol::Chain const& chain) : chain_{chain} {
    take(execution::genesis_block(chain));
  }

  execution::Parent const& head() const { return head_; }
  Values const& values() const { return state_->values(); }

  // Whether the next block does execute.
  bool execute(std::string const& block, Opener& opener) {
    auto const executed = execute_checked(chain_, head_, block, opener);
    if (executed) take(*executed);
    return executed.has_value();
  }

 private:
  void take(execution::ExecutedBlock const& block) {
    state_->apply(*block.state);
    head_ = execution::parent_of(block);
    head_.state = state_;
  }

  protocol::Chain const& chain_;
  std::shared_ptr<testing_support::MemoryState> state_ =
      std::make_shared<testing_support::MemoryState>();
  execution::Parent head_;
};

}  // namespace sim
