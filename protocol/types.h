// The nouns of the chain. Everything else is written in these.

#pragma once

#include <cstdint>

#include "protocol/base/bytes.h"
#include "protocol/base/strong.h"

namespace protocol {

using Epoch = base::Strong<struct EpochTag, std::uint64_t>;
using View = base::Strong<struct ViewTag, std::uint64_t>;
using Height = base::Strong<struct HeightTag, std::uint64_t>;
using Sequence = base::Strong<struct SequenceTag, std::uint64_t>;

// Minor units of an asset.
using Amount = base::Strong<struct AmountTag, std::uint64_t>;

// Milliseconds since 1970 UTC, as a block's header says it.
using TimeMs = base::Strong<struct TimeMsTag, std::uint64_t>;

// Position in an epoch's validator set, which is ordered by consensus key.
using ValidatorIndex = base::Strong<struct ValidatorIndexTag, std::uint8_t>;

using GenesisHash = base::Bytes<struct GenesisHashTag, 32>;
using BlockHash = base::Bytes<struct BlockHashTag, 32>;
using StateRoot = base::Bytes<struct StateRootTag, 32>;
using TransactionId = base::Bytes<struct TransactionIdTag, 32>;
using WireHash = base::Bytes<struct WireHashTag, 32>;
using Address = base::Bytes<struct AddressTag, 32>;

// Any other 32-byte hash: tree nodes, documents, commitments.
using Hash = base::Bytes<struct HashTag, 32>;

using PublicKey = base::Bytes<struct PublicKeyTag, 32>;
using Signature = base::Bytes<struct SignatureTag, 64>;

}  // namespace protocol
