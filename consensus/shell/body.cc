#include "consensus/shell/body.h"

#include <labor/v1/block.pb.h>

#include <vector>

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

constexpr std::uint32_t block_version = 1;

auto refuse(BlockRefusal refusal) {
  return std::unexpected{refusal};
}

// As the header commits to them: wire hashes of transactions, then of system messages.
BlockHash transactions_root(labor::v1::Block const& block) {
  std::vector<protocol::Hash> items;
  for (auto const& bytes : block.transactions()) {
    items.push_back(crypto::hash(crypto::domains::wire, {base::bytes_of(bytes)}));
  }
  for (auto const& bytes : block.system_messages()) {
    items.push_back(crypto::hash(crypto::domains::wire, {base::bytes_of(bytes)}));
  }
  return BlockHash{crypto::list_root(std::move(items)).data};
}

// All but its hash.
std::expected<Block, BlockRefusal> check_header(GenesisHash const& genesis,
                                                labor::v1::BlockHeader const& header) {
  if (header.version() != block_version) return refuse(BlockRefusal::wrong_chain);
  if (header.genesis_hash() != genesis.chars()) return refuse(BlockRefusal::wrong_chain);
  auto const parent = BlockHash::from(header.parent_hash());
  if (!parent) return refuse(BlockRefusal::malformed);
  auto const next_set = protocol::Hash::from(header.next_set_hash());
  if (!next_set && !header.next_set_hash().empty()) return refuse(BlockRefusal::malformed);
  if (header.proposer() >= protocol::limits::validators_max) {
    return refuse(BlockRefusal::wrong_proposer);
  }
  return Block{.hash = {},
               .parent = *parent,
               .epoch = Epoch{header.epoch()},
               .height = Height{header.height()},
               .time = protocol::TimeMs{header.time_ms()},
               .proposer = ValidatorIndex{static_cast<std::uint8_t>(header.proposer())},
               .next_set = next_set,
               .body = {}};
}

}  // namespace

std::string_view explain(BlockRefusal refusal) {
  switch (refusal) {
    case BlockRefusal::too_large:
      return "the block is larger than a block may be";
    case BlockRefusal::malformed:
      return "the bytes are not a canonically encoded block";
    case BlockRefusal::wrong_chain:
      return "the block is of another chain or of a version this node does not know";
    case BlockRefusal::wrong_root:
      return "the transactions are not the ones that the header names";
    case BlockRefusal::wrong_proposer:
      return "the header names a proposer that no set can have";
  }
  UNREACHABLE();
}

std::expected<Block, BlockRefusal> read_header(GenesisHash const& genesis, std::string_view bytes) {
  auto const header = canonical::decode<labor::v1::BlockHeader>(bytes);
  if (!header) return refuse(BlockRefusal::malformed);
  TRY(read, check_header(genesis, *header));
  read.hash = crypto::hash_as<BlockHash>(crypto::domains::header, {base::bytes_of(bytes)});
  return read;
}

std::expected<Block, BlockRefusal> read_block(GenesisHash const& genesis, Body body) {
  CHECK(body != nullptr);
  if (body->size() > protocol::limits::block_bytes_max) return refuse(BlockRefusal::too_large);
  auto const block = canonical::decode<labor::v1::Block>(*body);
  if (!block) return refuse(BlockRefusal::malformed);
  auto const header = canonical::decode<labor::v1::BlockHeader>(block->header());
  if (!header) return refuse(BlockRefusal::malformed);

  TRY(read, check_header(genesis, *header));
  if (header->transactions_root() != transactions_root(*block).chars()) {
    return refuse(BlockRefusal::wrong_root);
  }
  read.hash =
      crypto::hash_as<BlockHash>(crypto::domains::header, {base::bytes_of(block->header())});
  read.body = std::move(body);
  return read;
}

}  // namespace consensus
