// One hash for a list of hashes: the transactions root and the receipts root of a block.
//
//   root  = B2b[LBRlist1](count (8, big-endian) || top)     top is left out when count is 0
//   level: pairs (a, b) become B2b[LBRlist1](a || b); an odd last one moves up unchanged
//   top   = what is left when one is left
//
// The count fixes the shape, so an inner node cannot pass for an item, nor a list for another
// with its last item doubled.
//
// An item is shown to be in a list by its neighbours, from the bottom up; where it moves up
// unchanged there is none.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "protocol/types.h"

namespace crypto {

protocol::Hash list_root(std::vector<protocol::Hash> items);

struct ListPlace {
  std::uint64_t index = 0;  // From 0.
  std::uint64_t count = 0;
};

// The neighbours of the item at `index`, of which there must be one.
std::vector<protocol::Hash> list_path(std::vector<protocol::Hash> items, std::uint64_t index);

// The root of a list that has `item` at that place; nothing if no such list has such a path.
std::optional<protocol::Hash> root_of_path(protocol::Hash const& item, ListPlace place,
                                           std::span<protocol::Hash const> path);

}  // namespace crypto
