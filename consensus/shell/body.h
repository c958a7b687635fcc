// Block bodies: the bytes of an encoded labor.v1.Block, shared, never changed.

#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "consensus/core/input.h"

namespace consensus {

using Body = std::shared_ptr<std::string const>;

// A body whose header has been read and whose transactions are the ones that the header names:
// two bodies with one hash are equal, whoever sent them.
struct Block {
  BlockHash hash{};
  BlockHash parent{};
  Epoch epoch{};
  Height height{};
  protocol::TimeMs time{};
  ValidatorIndex proposer{};
  // A boundary block's: the hash of the validators of the next epoch, whose root it is.
  std::optional<protocol::Hash> next_set{};
  Body body{};
};

enum class BlockRefusal {
  too_large,
  malformed,       // Not an encoded Block with an encoded header.
  wrong_chain,     // Another genesis hash, or a version this node does not know.
  wrong_root,      // The transactions are not those of the header.
  wrong_proposer,  // An index no validator has.
};
std::string_view explain(BlockRefusal refusal);

// The same of a header whose body is elsewhere; `body` is null.
std::expected<Block, BlockRefusal> read_header(GenesisHash const& genesis, std::string_view bytes);

// Reads and checks a body. Costs a hash over all of it: for the worker pool.
std::expected<Block, BlockRefusal> read_block(GenesisHash const& genesis, Body body);

}  // namespace consensus
