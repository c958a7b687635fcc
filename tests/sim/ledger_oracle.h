// The judge of state: after every commit of every node it computes the state root from nothing but
// the values, with a tree of its own, and adds up all money.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "protocol/genesis.h"
#include "protocol/state/key.h"

namespace sim {

using Values = std::map<state::Key, std::string>;

// The root that 2-state's formula gives for these values.
protocol::StateRoot naive_state_root(Values const& values);

class LedgerOracle {
 public:
  explicit LedgerOracle(protocol::Chain const& chain);

  // What is wrong with these values as the state after a block with this root, if anything.
  std::optional<std::string> judge(Values const& values, protocol::StateRoot const& root) const;

 private:
  std::map<labor::v1::Asset, std::uint64_t> supply_;
};

}  // namespace sim
