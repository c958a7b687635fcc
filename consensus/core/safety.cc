#include "consensus/core/safety.h"

#include "protocol/base/check.h"

namespace consensus {
namespace {

BlockRef block_of(Statement const& statement) {
  return {.view = statement.view, .height = statement.height, .block = statement.block};
}

auto refuse(SafetyRefusal refusal) {
  return std::unexpected{refusal};
}

}  // namespace

Safety::Safety(Epoch epoch, BlockRef final, std::optional<Certificate> finalization)
    : epoch_{epoch}, final_{final}, finalization_{std::move(finalization)} {}

std::expected<void, SafetyRefusal> Safety::check(Statement const& statement) const {
  if (statement.epoch != epoch_) return refuse(SafetyRefusal::wrong_epoch);
  if (statement.view <= floor()) return refuse(SafetyRefusal::at_or_below_floor);  // S1
  switch (statement.kind) {
    case VoteKind::notarize:
      return check_notarize(statement);
    case VoteKind::finalize:
      return check_finalize(statement);
    case VoteKind::nullify:
      if (own(statement.view).nullify) return refuse(SafetyRefusal::already_nullified);
      if (own(statement.view).finalize) return refuse(SafetyRefusal::already_finalized);  // S5
      return {};
  }
  UNREACHABLE();
}

std::expected<void, SafetyRefusal> Safety::check_notarize(Statement const& statement) const {
  if (own(statement.view).notarize) return refuse(SafetyRefusal::already_notarized);  // S2
  if (statement.parent_view >= statement.view) return refuse(SafetyRefusal::parent_not_notarized);

  auto const parent = notarized(statement.parent_view);  // S3
  if (!parent) return refuse(SafetyRefusal::parent_not_notarized);
  // R17. What is final is not proposed again: for the root that would be another epoch's block.
  auto const again = statement.block == parent->block && parent->view > floor();
  if (statement.height != (again ? parent->height : parent->height.next())) {
    return refuse(SafetyRefusal::parent_does_not_match);
  }
  for (auto u = statement.parent_view.next(); u < statement.view; u = u.next()) {
    if (!nullified(u)) return refuse(SafetyRefusal::skipped_view_not_nullified);
  }
  return {};
}

std::expected<void, SafetyRefusal> Safety::check_finalize(Statement const& statement) const {
  auto const mine = own(statement.view);
  if (mine.finalize) return refuse(SafetyRefusal::already_finalized);
  if (mine.nullify) return refuse(SafetyRefusal::already_nullified);  // S5
  auto const held = notarizations_.find(statement.view);              // S4
  if (held == notarizations_.end() ||
      with_kind(held->second.statement, VoteKind::finalize) != statement) {
    return refuse(SafetyRefusal::not_notarized);
  }
  return {};
}

std::expected<void, SafetyRefusal> Safety::admit(Statement const& statement) {
  auto const allowed = check(statement);
  if (allowed) restore(statement);
  return allowed;
}

std::vector<Certificate> Safety::take_grounds(Statement const& statement) {
  std::vector<Certificate> grounds;
  auto const take = [&](std::map<View, Certificate> const& held, View view) {
    auto const found = held.find(view);
    if (found == held.end()) return;  // The floor, which its finalization proves.
    if (!on_disk_.insert({view, found->second.statement.kind}).second) return;
    grounds.push_back(found->second);
  };
  switch (statement.kind) {
    case VoteKind::notarize:
      take(notarizations_, statement.parent_view);
      for (auto u = statement.parent_view.next(); u < statement.view; u = u.next()) {
        take(nullifications_, u);
      }
      return grounds;
    case VoteKind::finalize:
      take(notarizations_, statement.view);
      return grounds;
    case VoteKind::nullify:
      return grounds;
  }
  UNREACHABLE();
}

void Safety::restore(Certificate const& certificate) {
  learn(certificate);
  auto const& statement = certificate.statement;
  if (statement.view > floor()) on_disk_.insert({statement.view, statement.kind});
}

void Safety::restore(Statement const& statement) {
  if (statement.epoch != epoch_ || statement.view <= floor()) return;
  auto& mine = own_[statement.view];
  switch (statement.kind) {
    case VoteKind::notarize:
      mine.notarize = statement;
      return;
    case VoteKind::nullify:
      mine.nullify = statement;
      return;
    case VoteKind::finalize:
      mine.finalize = statement;
      return;
  }
  UNREACHABLE();
}

void Safety::learn(Certificate const& certificate) {
  auto const& statement = certificate.statement;
  if (statement.epoch != epoch_ || statement.view <= floor()) return;
  switch (statement.kind) {
    case VoteKind::notarize:
      notarizations_.try_emplace(statement.view, certificate);
      return;
    case VoteKind::nullify:
      nullifications_.try_emplace(statement.view, certificate);
      return;
    case VoteKind::finalize:
      raise_floor(certificate);
      return;
  }
  UNREACHABLE();
}

void Safety::raise_floor(Certificate const& finalization) {
  final_ = block_of(finalization.statement);
  finalization_ = finalization;
  // Only now may the records go that forbade votes at or below it: S1 forbids them all.
  auto const settled = [this](auto const& entry) { return entry.first <= final_.view; };
  std::erase_if(notarizations_, settled);
  std::erase_if(nullifications_, settled);
  std::erase_if(own_, settled);
  std::erase_if(on_disk_, settled);
}

std::optional<BlockRef> Safety::notarized(View view) const {
  if (view == final_.view) return final_;
  auto const held = notarizations_.find(view);
  if (held == notarizations_.end()) return std::nullopt;
  return block_of(held->second.statement);
}

OwnVotes Safety::own(View view) const {
  auto const found = own_.find(view);
  return found == own_.end() ? OwnVotes{} : found->second;
}

std::string_view explain(SafetyRefusal refusal) {
  switch (refusal) {
    case SafetyRefusal::wrong_epoch:
      return "the vote is of another epoch";
    case SafetyRefusal::at_or_below_floor:
      return "a block of this view or a later one is final";
    case SafetyRefusal::already_notarized:
      return "this validator has voted NOTARIZE in this view";
    case SafetyRefusal::parent_not_notarized:
      return "no notarization of the parent view is held";
    case SafetyRefusal::parent_does_not_match:
      return "the block is neither its notarized parent nor one height above it";
    case SafetyRefusal::skipped_view_not_nullified:
      return "a view between parent and block has no nullification";
    case SafetyRefusal::already_nullified:
      return "this validator has voted NULLIFY in this view";
    case SafetyRefusal::not_notarized:
      return "no notarization of this block in this view is held";
    case SafetyRefusal::already_finalized:
      return "this validator has voted FINALIZE in this view";
  }
  UNREACHABLE();
}

}  // namespace consensus
