// Which certificates are held already: asked before q signatures are checked for nothing.
//
// An aid, never a guard. When in doubt the answer is "wanted": the core ignores what it has.
//
// Threads: the runner writes, anybody reads.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "consensus/certificate/vote.h"
#include "consensus/core/safety.h"

namespace consensus {

class Interest {
 public:
  // After each turn.
  void update(Safety const& safety);

  // Whether a certificate of this statement would be news.
  bool wants_certificate(Statement const& statement) const;
  // Whether a vote for this statement would be news. One that agrees with a certificate held only
  // shows that its voter is there: say Runner::heard_vote() instead of checking it.
  bool wants_vote(Statement const& statement) const;

 private:
  // A slot holds the view (and the start of the hash) that was last seen in it.
  static constexpr std::size_t slots = 64;
  static std::size_t slot(View view) { return view.value() % slots; }

  std::atomic<std::uint64_t> floor_{0};
  std::array<std::atomic<std::uint64_t>, slots> nullified_{};
  std::array<std::atomic<std::uint64_t>, slots> notarized_{};
  std::array<std::atomic<std::uint64_t>, slots> block_{};
};

}  // namespace consensus
