#include "tests/sim/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "tests/sim/trace.h"

namespace sim {
namespace {

std::string name(protocol::BlockHash const& hash) {
  return fmt::format("{:016x}", short_of(hash.view()));
}

}  // namespace

std::string to_string(Said const& vote) {
  auto const* const kind = vote.kind == Said::Kind::notarize  ? "NOTARIZE"
                           : vote.kind == Said::Kind::nullify ? "NULLIFY"
                                                              : "FINALIZE";
  auto const epoch = vote.epoch == 0 ? std::string{} : fmt::format("epoch {}, ", vote.epoch);
  return fmt::format("{}({}view {}, parent view {}, height {}, block {}) of validator {}", kind,
                     epoch, vote.view, vote.parent_view, vote.height, name(vote.block),
                     vote.validator);
}

Oracle::Oracle(std::vector<bool> honest, protocol::BlockHash root)
    : honest_{std::move(honest)}, committed_(honest_.size(), 0) {
  blocks_[root] = {.hash = root};
  final_[0] = root;
  begin(0, blocks_[root]);
  for (std::size_t node = 0; node < honest_.size(); ++node) sequences_[0].seats[node] = {};
}

void Oracle::set_of_epoch(std::uint64_t epoch, Seats const& seats) {
  auto const found = sequences_.find(epoch);
  if (found == sequences_.end()) {
    return violate(fmt::format("a set for epoch {}, whose root is not final", epoch));
  }
  auto& sequence = found->second;
  if (sequence.told && sequence.seats != seats) {
    return violate(fmt::format("two sets for epoch {}", epoch));
  }
  if (epoch > 0) {
    auto const& before = sequences_.at(epoch - 1);
    check_change(epoch, before.seats, seats, std::max<std::size_t>(1, before.faults_max()));
    check_ready(epoch, before.seats, seats);
  }
  sequence.seats = seats;
  sequence.told = true;
}

// Who comes, who goes and who has another key, each is a change.
void Oracle::check_change(std::uint64_t epoch, Seats const& before, Seats const& after,
                          std::size_t most) {
  std::size_t changes = 0;
  for (auto const& [node, key] : before) {
    auto const now = after.find(node);
    if (now == after.end() || now->second != key) ++changes;
  }
  for (auto const& [node, key] : after) {
    if (!before.contains(node)) ++changes;
  }
  if (changes <= most) return;
  violate(fmt::format("{} changes of the set at once before epoch {}: {} at most", changes, epoch,
                      most));
}

void Oracle::check_ready(std::uint64_t epoch, Seats const& before, Seats const& after) {
  for (auto const& [node, key] : after) {
    auto const was = before.find(node);
    if (ready_.contains(key) || (was != before.end() && was->second == key)) continue;
    violate(fmt::format("the key of node {} comes into the set of epoch {} and was never ready",
                        node, epoch));
  }
}

void Oracle::entered(std::size_t node, std::uint64_t epoch, protocol::Hash const& set) {
  if (!honest_[node] || epoch == 0) return;
  auto const found = sequences_.find(epoch);
  if (found == sequences_.end()) {
    return violate(fmt::format("node {} enters epoch {}, whose root is not final", node, epoch));
  }
  if (found->second.named == set) return;
  violate(fmt::format("node {} enters epoch {} with another set than its boundary block names",
                      node, epoch));
}

void Oracle::signs(std::size_t node, std::uint64_t epoch, std::string const& key) {
  auto const found = sequences_.find(epoch);
  if (!honest_[node] || found == sequences_.end()) return;
  auto const seat = found->second.seats.find(node);
  if (seat != found->second.seats.end() && seat->second == key) return;
  violate(fmt::format("node {} signs with a key that is not in the set of epoch {}", node, epoch));
}

void Oracle::begin(std::uint64_t epoch, BlockFacts const& root) {
  auto& sequence = sequences_[epoch];
  if (epoch > 0) sequence.seats = sequences_.at(epoch - 1).seats;
  sequence.named = root.next_set;
  sequence.notarized[0] = {.parent_view = 0, .height = root.height, .block = root.hash};
  sequence.finalized[0] = root.hash;
}

std::uint64_t Oracle::nullified_views() const {
  std::uint64_t views = 0;
  for (auto const& [epoch, sequence] : sequences_) views += sequence.nullified.size();
  return views;
}

void Oracle::violate(std::string what) {
  if (!violation_) violation_ = std::move(what);
}

void Oracle::block(BlockFacts const& facts) {
  blocks_.emplace(facts.hash, facts);
}

Said Oracle::statement_of(Said vote) {
  vote.validator = 0;
  return vote;
}

void Oracle::said(Said const& vote) {
  if (violation_) return;
  auto const sequence = sequences_.find(vote.epoch);
  if (sequence == sequences_.end()) {
    if (!honest_[vote.validator]) return;
    return violate("an honest vote in an epoch that has not begun: " + to_string(vote));
  }
  if (!sequence->second.seats.contains(vote.validator)) {
    if (!honest_[vote.validator]) return;
    return violate("an honest vote in an epoch without the voter: " + to_string(vote));
  }
  if (!heard_.insert(vote).second) return;
  if (honest_[vote.validator]) check_honest(vote);
  auto const statement = statement_of(vote);
  auto& voters = voters_[statement];
  voters.insert(vote.validator);
  if (voters.size() == sequence->second.quorum()) reached_quorum(statement);
}

void Oracle::certified(Said statement, std::vector<std::size_t> const& signers) {
  auto const sequence = sequences_.find(statement.epoch);
  auto const quorum = sequence == sequences_.end() ? 1 : sequence->second.quorum();
  if (std::set(signers.begin(), signers.end()).size() < quorum) {
    statement.validator = signers.empty() ? 0 : signers.front();
    return violate("a certificate without a quorum: " + to_string(statement) + " and " +
                   std::to_string(signers.size()) + " signers in all");
  }
  for (auto const signer : signers) {
    statement.validator = signer;
    said(statement);
  }
}

void Oracle::check_honest(Said const& vote) {
  check_contradiction(vote);
  if (vote.kind == Said::Kind::notarize) check_parent(vote);
  if (vote.kind == Said::Kind::finalize) {
    auto const& notarized = sequences_.at(vote.epoch).notarized;
    auto const found = notarized.find(vote.view);
    if (found == notarized.end() || found->second.block != vote.block) {
      violate("an honest FINALIZE of a block that is not notarized: " + to_string(vote));
    }
  }
}

void Oracle::check_contradiction(Said const& vote) {
  using enum Said::Kind;
  for (auto const kind : {notarize, nullify, finalize}) {
    // NOTARIZE goes with either of the others; NULLIFY never with FINALIZE.
    if (kind != vote.kind && (kind == notarize || vote.kind == notarize)) continue;
    auto other = heard_.lower_bound(
        {.validator = vote.validator, .epoch = vote.epoch, .kind = kind, .view = vote.view});
    for (; other != heard_.end() && other->validator == vote.validator &&
           other->epoch == vote.epoch && other->kind == kind && other->view == vote.view;
         ++other) {
      if (*other == vote) continue;
      return violate("an honest key contradicts itself: " + to_string(*other) + " and " +
                     to_string(vote));
    }
  }
}

void Oracle::check_parent(Said const& vote) {
  if (vote.parent_view >= vote.view) {
    return violate("a parent view that is not below: " + to_string(vote));
  }
  auto const& sequence = sequences_.at(vote.epoch);
  auto const parent = sequence.notarized.find(vote.parent_view);
  if (parent == sequence.notarized.end()) {
    return violate("an honest NOTARIZE on a view that is not notarized: " + to_string(vote));
  }
  auto const block = blocks_.find(vote.block);
  if (block == blocks_.end()) {
    return violate("an honest NOTARIZE of a block nobody has built: " + to_string(vote));
  }
  if (block->second.epoch != vote.epoch) {
    return violate("an honest NOTARIZE of a block of another epoch: " + to_string(vote));
  }
  check_child(vote, block->second, parent->second);
  if (auto const hole = sequence.not_nullified_between(vote.parent_view, vote.view)) {
    return violate(
        fmt::format("view {} is skipped and has no nullification: {}", *hole, to_string(vote)));
  }
}

void Oracle::check_child(Said const& vote, BlockFacts const& block, Notarized const& parent) {
  if (vote.height != block.height) {
    return violate("an honest NOTARIZE with another height than its block: " + to_string(vote));
  }
  if (block.hash == parent.block && block.ends_epoch) return;  // A boundary block, again.
  if (block.parent != parent.block) {
    return violate("an honest NOTARIZE of a block on another parent: " + to_string(vote));
  }
  if (vote.height != parent.height + 1) {
    return violate("an honest NOTARIZE of a block that is not one higher: " + to_string(vote));
  }
  auto const above = blocks_.find(parent.block);
  if (above != blocks_.end() && above->second.ends_epoch && above->second.epoch == vote.epoch) {
    violate("an honest NOTARIZE of a child of a boundary block: " + to_string(vote));
  }
}

std::optional<Oracle::View> Oracle::Sequence::not_nullified_between(View low, View high) const {
  for (auto view = low + 1; view < high; ++view) {
    if (!nullified.contains(view)) return view;
  }
  return std::nullopt;
}

void Oracle::reached_quorum(Said const& statement) {
  switch (statement.kind) {
    case Said::Kind::notarize:
      return notarize(statement);
    case Said::Kind::nullify:
      return nullify(statement);
    case Said::Kind::finalize:
      return finalize(statement);
  }
}

void Oracle::notarize(Said const& statement) {
  auto& sequence = sequences_.at(statement.epoch);
  auto const [known, fresh] = sequence.notarized.try_emplace(
      statement.view, Notarized{statement.parent_view, statement.height, statement.block});
  if (!fresh) {
    return violate(fmt::format("two blocks notarized in view {}: {} and {}", statement.view,
                               name(known->second.block), name(statement.block)));
  }
  auto const between = sequence.finalized.upper_bound(statement.parent_view);
  if (between != sequence.finalized.end() && between->first < statement.view) {
    violate(fmt::format("view {} is final and the notarized block of view {} skips it",
                        between->first, statement.view));
  }
}

void Oracle::nullify(Said const& statement) {
  auto& sequence = sequences_.at(statement.epoch);
  sequence.nullified.insert(statement.view);
  if (sequence.finalized.contains(statement.view)) {
    violate(fmt::format("view {} is final and nullified too", statement.view));
  }
}

void Oracle::finalize(Said const& statement) {
  auto const view = statement.view;
  auto& sequence = sequences_.at(statement.epoch);
  auto const [known, fresh] = sequence.finalized.try_emplace(view, statement.block);
  if (!fresh) {
    return violate(fmt::format("two blocks final in view {}: {} and {}", view, name(known->second),
                               name(statement.block)));
  }
  if (sequence.nullified.contains(view)) {
    return violate(fmt::format("view {} is final and nullified too", view));
  }
  for (auto above = sequence.notarized.upper_bound(view); above != sequence.notarized.end();
       ++above) {
    if (above->second.parent_view < view) {
      return violate(fmt::format("view {} is final and the notarized block of view {} skips it",
                                 view, above->first));
    }
  }
  mark_final(statement.block);
}

void Oracle::mark_final(protocol::BlockHash const& block) {
  auto found = blocks_.find(block);
  while (found != blocks_.end()) {
    auto const& facts = found->second;
    auto const [known, fresh] = final_.try_emplace(facts.height, facts.hash);
    if (known->second != facts.hash) {
      return violate(fmt::format("two final blocks at height {}: {} and {}", facts.height,
                                 name(known->second), name(facts.hash)));
    }
    if (!fresh) return;
    if (facts.ends_epoch) begin(facts.epoch + 1, facts);
    found = blocks_.find(facts.parent);
  }
  violate("a final block with an ancestor nobody has built: " + name(block));
}

void Oracle::committed(std::size_t node, BlockFacts const& facts) {
  if (violation_) return;
  auto& height = committed_[node];
  if (facts.height != height + 1) {
    return violate(
        fmt::format("node {} commits height {} after height {}", node, facts.height, height));
  }
  auto const known = final_.find(facts.height);
  if (known == final_.end()) {
    return violate(fmt::format("node {} commits block {} at height {} without a quorum for it",
                               node, name(facts.hash), facts.height));
  }
  if (known->second != facts.hash) {
    return violate(fmt::format("node {} commits block {} at height {} where {} is final", node,
                               name(facts.hash), facts.height, name(known->second)));
  }
  if (final_.at(height) != facts.parent) {
    return violate(fmt::format("node {} commits block {} at height {} on another parent", node,
                               name(facts.hash), facts.height));
  }
  height = facts.height;
}

void Oracle::restarted(std::size_t node, std::uint64_t height, protocol::BlockHash const& head) {
  auto const committed = committed_[node];
  if (height != committed && height != committed + 1) {
    violate(fmt::format("node {} comes back at height {} and had committed {}", node, height,
                        committed));
  }
  auto const known = final_.find(height);
  if (known == final_.end() || known->second != head) {
    violate(fmt::format("node {} comes back with block {} at height {}, which is not final", node,
                        name(head), height));
  }
  committed_[node] = height;
}

void Oracle::replayed(std::size_t node, std::uint64_t epoch, std::uint64_t floor,
                      std::vector<Said> const& votes) {
  if (violation_) return;
  auto const found = std::set(votes.begin(), votes.end());
  for (auto said = heard_.lower_bound({.validator = node, .epoch = epoch});
       said != heard_.end() && said->validator == node; ++said) {
    if (said->epoch == epoch && (said->view <= floor || found.contains(*said))) continue;
    return violate("a vote was heard and is not in the journal after a crash: " + to_string(*said));
  }
  // What a crash happened to keep counts from now on, whoever heard it.
  for (auto const& vote : votes) said(vote);
}

}  // namespace sim
