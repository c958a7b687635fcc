#include "consensus/shell/catch_up.h"

#include <algorithm>
#include <ranges>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

auto refuse(FinalBlocksRefusal refusal) {
  return std::unexpected{refusal};
}

// R17: a boundary block has none in its epoch.
bool is_child(Block const& block, Block const& parent) {
  return block.parent == parent.hash && block.height == parent.height.next() && !parent.next_set;
}

std::expected<std::vector<Block>, FinalBlocksRefusal> read_chain(Committee const& committee,
                                                                 std::vector<Body> const& bodies) {
  std::vector<Block> blocks;
  for (auto const& body : bodies) {
    auto const block = read_block(committee.genesis, body);
    if (!block) return refuse(FinalBlocksRefusal::bad_block);
    if (block->epoch != committee.epoch) return refuse(FinalBlocksRefusal::broken_link);
    if (!blocks.empty() && !is_child(*block, blocks.back())) {
      return refuse(FinalBlocksRefusal::broken_link);
    }
    blocks.push_back(*block);
  }
  return blocks;
}

// The block that must have the finalization: `last`, or where the headers lead from there; the
// lowest of them comes last.
std::expected<Block, FinalBlocksRefusal> follow_headers(Committee const& committee,
                                                        Block const& last,
                                                        std::vector<std::string> const& headers) {
  if (headers.size() > protocol::limits::headers_per_proof_max) {
    return refuse(FinalBlocksRefusal::too_many_headers);
  }
  auto top = last;
  for (auto const& bytes : std::views::reverse(headers)) {
    auto const above = read_header(committee.genesis, bytes);
    if (!above || above->epoch != committee.epoch || !is_child(*above, top)) {
      return refuse(FinalBlocksRefusal::bad_header);
    }
    top = *above;
  }
  return top;
}

}  // namespace

std::string_view explain(FinalBlocksRefusal refusal) {
  switch (refusal) {
    case FinalBlocksRefusal::empty:
      return "the answer has no blocks";
    case FinalBlocksRefusal::too_many:
      return "the answer has more blocks than were asked for";
    case FinalBlocksRefusal::bad_block:
      return "one of the blocks is not well formed";
    case FinalBlocksRefusal::broken_link:
      return "one of the blocks is not the child of the one before";
    case FinalBlocksRefusal::not_a_finalization:
      return "the certificate is not a finalization";
    case FinalBlocksRefusal::too_many_headers:
      return "the answer has more headers than a proof may have";
    case FinalBlocksRefusal::bad_header:
      return "one of the headers is not that of a child of the block before";
    case FinalBlocksRefusal::not_the_last:
      return "the finalization is not of the block that the answer leads to";
    case FinalBlocksRefusal::bad_finalization:
      return "the finalization does not verify";
  }
  UNREACHABLE();
}

std::expected<FinalRange, FinalBlocksRefusal> verify_final_blocks(
    Committee const& committee, std::vector<Body> const& bodies, std::string_view finalization,
    std::vector<std::string> const& headers) {
  if (bodies.empty()) return refuse(FinalBlocksRefusal::empty);
  if (bodies.size() > chunk_blocks) return refuse(FinalBlocksRefusal::too_many);
  TRY(blocks, read_chain(committee, bodies));
  TRY(top, follow_headers(committee, blocks.back(), headers));

  auto const certificate = decode_certificate(finalization, committee.validators);
  if (!certificate) return refuse(FinalBlocksRefusal::bad_finalization);
  auto const& said = certificate->statement;
  if (said.kind != VoteKind::finalize) return refuse(FinalBlocksRefusal::not_a_finalization);
  if (said.block != top.hash || said.height != top.height) {
    return refuse(FinalBlocksRefusal::not_the_last);
  }
  auto const verified = verify(committee, *certificate);
  if (!verified) return refuse(FinalBlocksRefusal::bad_finalization);
  return FinalRange{.blocks = std::move(blocks), .finalization = *verified};
}

CatchUp::CatchUp(Height committed, BlockHash const& block)
    : ordered_{committed}, ordered_block_{block}, committed_{committed}, target_{committed} {}

bool CatchUp::links_to_ordered() const {
  auto const child = known_.find(ordered_.next());
  return child == known_.end() || child->second.block.parent == ordered_block_;
}

bool CatchUp::beyond_window(Height height) const {
  return height.value() > ordered_.value() + window_blocks;
}

bool CatchUp::keep(FinalBlock block) {
  auto const height = block.block.height;
  if (height <= ordered_) return true;
  auto const hash = block.block.hash;
  auto const [entry, fresh] = known_.try_emplace(height, block);
  if (!fresh && entry->second.block.hash != hash) return false;
  if (block.finalization) entry->second.finalization = std::move(block.finalization);
  return links_to_ordered();
}

bool CatchUp::target(Certificate const& finalization, Lookup const& lookup) {
  auto const& said = finalization.statement;
  if (said.height <= ordered_) return true;  // Ordered as the ancestor of a later one.
  target_ = std::max(target_, said.height);

  auto hash = said.block;
  auto proof = std::optional{finalization};
  for (auto height = said.height; height > ordered_; height = Height{height.value() - 1}) {
    auto const* block = lookup(hash);
    if (block == nullptr || block->height != height) return true;  // Fetched by height.
    auto const own = std::exchange(proof, std::nullopt);
    if (!beyond_window(height) && !keep({.block = *block, .finalization = own})) return false;
    hash = block->parent;
  }
  return true;
}

bool CatchUp::take(FinalRange const& range) {
  target_ = std::max(target_, range.finalization->statement.height);
  // Whole or not at all: what is left of a range has lost the finalization it came with, and needs
  // that many more headers to be proved to others.
  if (beyond_window(range.blocks.front().height)) return true;
  for (auto const& block : range.blocks) {
    auto const last = block.hash == range.finalization->statement.block;
    auto const proof = last ? std::optional{*range.finalization} : std::nullopt;
    if (!keep({.block = block, .finalization = proof})) return false;
  }
  return true;
}

std::vector<FinalBlock> CatchUp::next() {
  std::vector<FinalBlock> out;
  while (ordered_.value() - committed_.value() < commits_max) {
    auto child = known_.find(ordered_.next());
    if (child == known_.end()) break;
    auto const& block = child->second;
    CHECK(block.block.parent == ordered_block_);
    ordered_ = block.block.height;
    ordered_block_ = block.block.hash;
    if (block.finalization) finalized_[ordered_] = block.finalization->statement.view;
    out.push_back(std::move(child->second));
    known_.erase(child);
  }
  return out;
}

std::optional<View> CatchUp::committed(Height height) {
  CHECK(height <= ordered_);
  committed_ = std::max(committed_, height);
  auto const found = finalized_.find(height);
  if (found == finalized_.end()) return std::nullopt;
  auto const view = found->second;
  finalized_.erase(finalized_.begin(), std::next(found));
  return view;
}

std::vector<Height> CatchUp::missing() const {
  std::vector<Height> out;
  auto const last = std::min(target_.value(), ordered_.value() + window_blocks);
  for (auto height = ordered_.next(); height.value() <= last && out.size() < requests_max;) {
    if (known_.contains(height)) {
      height = height.next();
    } else {
      out.push_back(height);
      height = Height{height.value() + chunk_blocks};
    }
  }
  return out;
}

}  // namespace consensus
