// The root of an ordered list of hashes: a binary Merkle tree, so that one element can be proved.
//
//   root = B2b[LBRlist1](count (8, big-endian) || top)
//   top  = 32 zero bytes for no element; the element itself for one;
//          else level by level B2b[LBRlist1](left || right), an odd last one rises as it is
//
// The count keeps lists of different length apart, and a root (40 bytes in) from a node (64).

#pragma once

#include <vector>

#include "protocol/types.h"

namespace execution {

protocol::Hash list_root(std::vector<protocol::Hash> elements);

}  // namespace execution
