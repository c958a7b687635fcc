// When a block is final and this node does not agree: what each side says of it, for a person who
// must find out which validator is wrong. The node stops; this is what it leaves behind.
//
// Threads: any.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "protocol/execution/block.h"

namespace node {

struct Divergence {
  protocol::Height height{};
  protocol::BlockHash block{};
  std::string why{};                // What this node holds against the block.
  std::string bytes{};              // Encoded labor.v1.Block; empty if this node does not hold it.
  labor::v1::BlockHeader header{};  // The block's; with its bytes.
  // What this node makes of the same transactions on the same parent; nothing if it lacks either,
  // or admits fewer of them.
  struct Own {
    labor::v1::BlockHeader header;
    std::vector<std::pair<unsigned, protocol::Hash>> module_roots;
  };
  std::optional<Own> own{};
};

// Keeps it where a person will look; the sentence that says where. Called once, before the node
// stops, from one of its threads. Empty: nothing is kept.
using KeepDivergence = std::function<std::string(Divergence const&)>;

// Executes `transactions`, those of the block, again, as its proposer would have.
std::optional<Divergence::Own> executed_here(protocol::Chain const& chain,
                                             execution::Parent const& parent,
                                             labor::v1::BlockHeader const& header,
                                             std::span<execution::CheckedPtr const> transactions);

// For people: a header, then one line for each thing that both sides name, marked where they
// differ.
std::string report(Divergence const& divergence);

}  // namespace node
