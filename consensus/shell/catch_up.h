// From "this block is final" to every block below it, committed in order.
//
// A finalization names one block; hash links backwards prove its ancestors. Near the tip their
// bodies are at hand. What is not at hand is fetched by height, from several peers at once: a peer
// answers with consecutive blocks and the finalization of the last one, or, where that has none, of
// a descendant with the headers that lead there. Nothing is believed for
// the height a peer claims: the height is in the header, the header in the hash, and the hash in
// what q validators signed.
//
// Bounded: what begins up to window_blocks above the last one ordered is kept, requests_max chunks
// are under way, and commits_max commits wait at the executor.
//
// Threads: verify_final_blocks() from any, CatchUp on the loop's.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/shell/body.h"
#include "consensus/shell/ports.h"

namespace consensus {

// One answer must fit a peer message; 32 full blocks would not, so a peer may send fewer.
inline constexpr std::uint32_t chunk_blocks = 32;
inline constexpr std::size_t requests_max = 4;
inline constexpr std::uint64_t window_blocks = std::uint64_t{chunk_blocks} * requests_max;
inline constexpr std::size_t commits_max = 16;

enum class FinalBlocksRefusal {
  empty,
  too_many,
  bad_block,           // A body is refused (see BlockRefusal).
  broken_link,         // A block is not the child of the one before, or not of this epoch.
  not_a_finalization,  // A certificate of another kind.
  too_many_headers,    // More than limits::headers_per_proof_max.
  bad_header,          // One of them is refused, or does not name the block below it.
  not_the_last,        // The finalization is of no block that the answer leads to.
  bad_finalization,    // Its bytes or signatures are refused.
};
std::string_view explain(FinalBlocksRefusal refusal);

// Blocks of consecutive heights, all final.
struct FinalRange {
  std::vector<Block> blocks;
  Verified<Certificate> finalization;  // Of the last, or of a descendant.
};

// The fields of labor.v1.FinalBlocks. For the worker pool: reads every body, checks q signatures.
std::expected<FinalRange, FinalBlocksRefusal> verify_final_blocks(
    Committee const& committee, std::vector<Body> const& blocks, std::string_view finalization,
    std::vector<std::string> const& headers = {});

class CatchUp {
 public:
  // Looks a body up by hash; null if it is not at hand.
  using Lookup = std::function<Block const*(BlockHash const&)>;

  CatchUp(Height committed, BlockHash const& block);

  // This block and its ancestors are final. False: it does not descend from what is committed.
  [[nodiscard]] bool target(Certificate const& finalization, Lookup const& lookup);
  [[nodiscard]] bool take(FinalRange const& range);

  // The lowest that has not been handed to the executor.
  Height next_height() const { return ordered_.next(); }
  // Nothing that came waits for its turn there.
  bool all_ordered() const { return known_.empty(); }
  // The blocks to hand to the executor now, in order.
  std::vector<FinalBlock> next();
  // In the database. Returns the view of its finalization if it had its own.
  std::optional<View> committed(Height height);

  // First heights of the chunks to ask for, at most requests_max. Empty: nothing is missing.
  std::vector<Height> missing() const;

 private:
  bool beyond_window(Height height) const;
  bool keep(FinalBlock block);
  bool links_to_ordered() const;

  Height ordered_{};  // Handed to the executor.
  BlockHash ordered_block_{};
  Height committed_{};
  Height target_{};                       // The highest known to be final.
  std::map<Height, FinalBlock> known_{};  // Above `ordered_`.
  std::map<Height, View> finalized_{};    // Ordered, with a finalization of their own.
};

}  // namespace consensus
