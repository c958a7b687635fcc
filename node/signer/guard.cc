#include "node/signer/guard.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace node::signer {
namespace {

using consensus::JournalEntry;
using consensus::Statement;
using consensus::VoteKind;

std::optional<Statement> said_before(consensus::Safety const& safety, Statement const& statement) {
  auto const own = safety.own(statement.view);
  switch (statement.kind) {
    case VoteKind::notarize:
      return own.notarize;
    case VoteKind::nullify:
      return own.nullify;
    case VoteKind::finalize:
      return own.finalize;
  }
  UNREACHABLE();
}

}  // namespace

Guard::Guard(Parts parts, JournalEntry const& journaled)
    : parts_{std::move(parts)},
      safety_{parts_.committee.epoch, parts_.root, std::nullopt},
      floor_on_disk_{parts_.root.view} {
  for (auto const& ground : journaled.grounds) {
    if (consensus::verify(parts_.committee, ground)) safety_.restore(ground);
  }
  for (auto const& said : journaled.votes) {
    if (consensus::verify(parts_.committee, said)) safety_.restore(said.statement);
  }
  floor_on_disk_ = safety_.floor();
}

bool Guard::show(consensus::Certificate const& certificate) {
  auto const verified = consensus::verify(parts_.committee, certificate);
  if (verified) safety_.learn(**verified);
  return verified.has_value();
}

std::expected<std::vector<Guard::Verdict>, consensus::DiskFailure> Guard::sign(
    std::vector<Statement> const& statements) {
  // What is signed in memory and not on disk must not leave, however often it is asked for.
  if (failed_) return std::unexpected{*failed_};
  std::vector<Verdict> verdicts;
  JournalEntry entry;
  for (auto const& statement : statements) {
    if (statement.view <= floor()) {  // S1, even if it was signed once: nobody needs it any more.
      verdicts.emplace_back(std::unexpected{consensus::SafetyRefusal::at_or_below_floor});
      continue;
    }
    auto const again = said_before(safety_, statement) == statement;
    if (!again) {
      if (auto const allowed = safety_.admit(statement); !allowed) {
        verdicts.emplace_back(std::unexpected{allowed.error()});
        continue;
      }
      std::ranges::move(safety_.take_grounds(statement), std::back_inserter(entry.grounds));
      entry.votes.push_back(vote(statement));
    }
    verdicts.emplace_back(vote(statement));
  }
  if (entry.votes.empty()) return verdicts;
  if (auto const written = write(entry); !written) {
    failed_ = written.error();
    return std::unexpected{*failed_};
  }
  return verdicts;
}

std::expected<void, consensus::DiskFailure> Guard::write(JournalEntry const& entry) {
  auto const floor = safety_.floor();
  if (floor == floor_on_disk_) return parts_.journal.append_and_sync(entry);
  auto const& finalization = safety_.finalization();
  CHECK(finalization.has_value());  // Only one raises the floor.
  auto with_floor = entry;
  with_floor.grounds.insert(with_floor.grounds.begin(), *finalization);
  TRY_VOID(parts_.journal.append_and_sync(with_floor));
  floor_on_disk_ = floor;
  // The segment's floor is below it: what is at the segment's floor is not taken over.
  return parts_.journal.committed(protocol::View{floor.value() - 1});
}

consensus::Vote Guard::vote(Statement const& statement) const {
  auto const message = consensus::signing_bytes(parts_.committee.genesis, statement);
  return {.statement = statement,
          .voter = parts_.self,
          .signature = parts_.key.sign(base::bytes_of(message))};
}

JournalEntry Guard::remembered() const {
  JournalEntry entry;
  for (auto const& [view, certificate] : safety_.notarizations()) {
    entry.grounds.push_back(certificate);
  }
  for (auto const& [view, certificate] : safety_.nullifications()) {
    entry.grounds.push_back(certificate);
  }
  for (auto const& [view, own] : safety_.own()) {
    for (auto const& said : {own.notarize, own.nullify, own.finalize}) {
      if (said) entry.votes.push_back(vote(*said));
    }
  }
  return entry;
}

}  // namespace node::signer
