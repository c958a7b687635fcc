// The latest votes whose signatures were checked, so that certificates made of them cost nothing.
//
// A validator's votes have places of their own: a liar can only push out what it said itself.
// Threads: any.

#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "consensus/certificate/verified.h"
#include "consensus/certificate/verify.h"

namespace node {

class VoteMemory final : public consensus::KnownVotes {
 public:
  // Views whose votes are still of use: a certificate comes within a few of its votes.
  static constexpr std::size_t views = 16;

  explicit VoteMemory(std::size_t validators) : places_(validators * views * kinds) {}

  void keep(consensus::Verified<consensus::Vote> const& vote) {
    std::lock_guard const lock{mutex_};
    places_.at(place_of(*vote)) = *vote;
  }

  bool holds(consensus::Vote const& vote) const override {
    std::lock_guard const lock{mutex_};
    return places_.at(place_of(vote)) == vote;
  }

 private:
  static constexpr std::size_t kinds = 3;

  static std::size_t place_of(consensus::Vote const& vote) {
    auto const kind = static_cast<std::size_t>(vote.statement.kind) - 1;
    return (vote.voter.value() * views + vote.statement.view.value() % views) * kinds + kind;
  }

  mutable std::mutex mutex_;
  std::vector<consensus::Vote> places_;  // Of view 0, which nobody votes in, where none was kept.
};

}  // namespace node
