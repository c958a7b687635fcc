// One hash for a list of hashes: the transactions root and the receipts root of a block.
//
//   root  = B2b[LBRlist1](count (8, big-endian) || top)     top is left out when count is 0
//   level: pairs (a, b) become B2b[LBRlist1](a || b); an odd last one moves up unchanged
//   top   = what is left when one is left
//
// The count fixes the shape, so an inner node cannot pass for an item, nor a list for another
// with its last item doubled.

#pragma once

#include <vector>

#include "protocol/types.h"

namespace crypto {

protocol::Hash list_root(std::vector<protocol::Hash> items);

}  // namespace crypto
