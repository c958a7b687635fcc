#include "consensus/shell/interest.h"

namespace consensus {
namespace {

std::uint64_t start_of(BlockHash const& block) {
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < sizeof start; ++i) start = start << 8 | block.data[i];
  return start;
}

}  // namespace

void Interest::update(Safety const& safety) {
  floor_.store(safety.floor().value());
  auto const oldest = safety.notarizations().size() > slots
                          ? std::prev(safety.notarizations().end(), slots)
                          : safety.notarizations().begin();
  for (auto held = oldest; held != safety.notarizations().end(); ++held) {
    auto const& [view, certificate] = *held;
    block_[slot(view)].store(start_of(certificate.statement.block));
    notarized_[slot(view)].store(view.value());
  }
  auto const first = safety.nullifications().size() > slots
                         ? std::prev(safety.nullifications().end(), slots)
                         : safety.nullifications().begin();
  for (auto held = first; held != safety.nullifications().end(); ++held) {
    nullified_[slot(held->first)].store(held->first.value());
  }
}

bool Interest::wants_certificate(Statement const& statement) const {
  if (statement.view.value() <= floor_.load()) return false;
  auto const at = slot(statement.view);
  switch (statement.kind) {
    case VoteKind::notarize:
      return notarized_[at].load() != statement.view.value();
    case VoteKind::nullify:
      return nullified_[at].load() != statement.view.value();
    case VoteKind::finalize:
      return true;
  }
  return true;  // A number that is no kind: verify() will say so.
}

bool Interest::wants_vote(Statement const& statement) const {
  if (statement.kind != VoteKind::notarize) return wants_certificate(statement);
  if (wants_certificate(statement)) return true;
  if (statement.view.value() <= floor_.load()) return false;
  // One for another block than the notarized one is evidence.
  return block_[slot(statement.view)].load() != start_of(statement.block);
}

}  // namespace consensus
