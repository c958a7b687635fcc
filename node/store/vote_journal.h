// Own votes and their grounds, on disk before they leave: what keeps a restarted validator from
// contradicting itself. One journal per epoch, in segments; how it may be lost is in
// 3-consensus.md, "What is durable", and consensus/README.md.
//
//   file     = votes-EPOCH-SERIAL.journal          both 20 digits
//   contents = frame*                              node/store/frame.h; one frame a turn
//   frame    = record*                             consensus/shell/journal_record.h
//
// The first frame of a file is its segment record. A new segment begins with a floor that is in
// the database, takes over what is above it, is synced, and only then replaces the old one.
//
// Threads: the loop's; mark() may be called from any.
// Errors: DiskFailure; after one, every further call fails: a vote must not leave.

#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "consensus/shell/journal_record.h"
#include "consensus/shell/ports.h"
#include "node/store/disk.h"
#include "node/store/store.h"

namespace node {

// What to do when it is lost.
inline constexpr std::string_view journal_lost_runbook =
    "do not delete or restore anything: a vote may be missing, and voting again could fork the "
    "chain. Follow the runbook \"journal lost\": the node observes until a new consensus key is "
    "active (`labord rotate` makes one)";

struct JournalOptions {
  std::filesystem::path folder;
  protocol::Epoch epoch{};
  consensus::ValidatorSet validators;  // Of the epoch: gives certificates their shape.
  // A segment longer than this is replaced when it can be. Reserved on disk at once.
  std::size_t segment_bytes = 1u << 20;
};

class VoteJournal final : public consensus::Journal {
 public:
  // A new journal with its floor synced. Then record its mark in the store, then vote.
  static std::expected<std::unique_ptr<VoteJournal>, consensus::DiskFailure> create(
      JournalOptions options, Disk& disk, consensus::JournalId const& id, protocol::View floor);

  // What there is of the journal of an epoch.
  struct Opened {
    enum class State {
      fresh,  // None, and the store knows of none: create() one.
      found,  // Go on voting where `entry` ends.
      lost,   // Missing, damaged, foreign or older than what was signed: THE KEY IS SPENT, only
              // observe. What there is stays as it is.
    } state{};
    std::unique_ptr<VoteJournal> journal;  // Where found.
    consensus::Segment segment;            // Where found.
    consensus::JournalEntry entry;         // Where found; as written.
    std::string reason;                    // Where lost: for people.
  };
  // `mark`: what the store knows (Store::journal()).
  static std::expected<Opened, consensus::DiskFailure> open(JournalOptions options, Disk& disk,
                                                            std::optional<JournalMark> const& mark);

  // The journal of the next epoch, with the same id, synced: before the boundary's batch, which
  // takes along its mark. Nothing is written to this one afterwards; its files go when the next
  // one first has a floor. One that a crash left behind before that batch is replaced.
  std::expected<std::unique_ptr<VoteJournal>, consensus::DiskFailure> successor(
      consensus::ValidatorSet validators) const;

  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override;
  std::expected<void, consensus::DiskFailure> committed(protocol::View floor) override;

  // How far it has got; recorded in the store with each block.
  JournalMark mark() const;

 private:
  VoteJournal(JournalOptions options, Disk& disk, consensus::Segment segment);

  std::expected<void, consensus::DiskFailure> go_on(std::unique_ptr<File> file,
                                                    consensus::Replay const& replay,
                                                    std::uint64_t end);
  void keep(consensus::JournalEntry const& entry);
  std::string first_records() const;
  std::expected<void, consensus::DiskFailure> begin_segment();
  std::expected<void, consensus::DiskFailure> append(std::string_view records);
  std::expected<void, consensus::DiskFailure> remove_obsolete();
  std::unexpected<consensus::DiskFailure> fail(DiskError const& error);

  JournalOptions options_;
  Disk& disk_;
  consensus::Segment segment_;
  // Records of what is above the floor, in the order of writing: the next segment takes them over.
  std::vector<std::pair<protocol::View, std::string>> kept_;
  // The highest that was ever used: a file name must not come back while its removal is pending.
  std::uint64_t serial_ = 0;
  std::filesystem::path present_;
  std::unique_ptr<File> file_;
  std::uint64_t end_ = 0;  // Where the next frame goes.
  std::vector<std::filesystem::path> obsolete_;
  std::optional<consensus::DiskFailure> failed_;
  std::atomic<std::uint64_t> highest_view_ = 0;
};

}  // namespace node
