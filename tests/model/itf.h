// Traces of the model, as Quint writes them: the Informal Trace Format, a JSON whose numbers, sets
// and maps are tagged objects ({"#bigint": "7"}, {"#set": [..]}, {"#map": [[key, value], ..]}).
//
// Read into the product's own nouns, so that they can be compared with its state.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "consensus/core/input.h"

namespace model {

using BlockNumber = std::uint64_t;  // What the model calls a block by; 0 is the genesis block.

// The hash that stands for the block of this number.
consensus::BlockHash hash_of(BlockNumber block);

struct Header {
  std::size_t by = 0;
  BlockNumber parent = 0;
  std::uint64_t height = 0;
  bool valid = true;
};

// rules.qnt: Validator, as far as it can be seen from outside.
struct Validator {
  bool up = true;
  consensus::Epoch epoch{};
  consensus::View view{};
  consensus::BlockRef final{};
  std::set<consensus::Statement> certificates;
  std::set<consensus::Statement> own;
  std::set<std::pair<std::size_t, consensus::Statement>> votes;  // With who cast it.
  std::set<consensus::Statement> journal;
  std::set<consensus::Statement> grounds;
  std::set<consensus::Statement> spoken;
};

// What was done: an action of cluster.qnt and to whom.
struct Deed {
  std::string act;
  std::size_t who = 0;
  consensus::Statement says{};
  std::size_t by = 0;
  BlockNumber block = 0;
};

struct Moment {
  Deed did;
  std::map<std::size_t, Validator> validators;
  std::map<BlockNumber, Header> headers;
};

// Throws what Boost.JSON throws, or std::runtime_error, if the file is not such a trace.
std::vector<Moment> read_trace(std::string const& path);

}  // namespace model
