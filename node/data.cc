#include "node/data.h"

#include <fmt/format.h>
#include <sodium.h>

#include <utility>

#include "node/engine/recovery.h"
#include "node/store/block_log.h"
#include "node/store/vote_journal.h"
#include "protocol/base/try.h"

namespace node {
namespace {

using consensus::DiskFailure;
using Synced = std::expected<void, DiskFailure>;

// The journal as the engine wants it.
class JournalVotes final : public VoteLog {
 public:
  explicit JournalVotes(std::unique_ptr<VoteJournal> journal) : journal_{std::move(journal)} {}

  Synced append_and_sync(std::vector<consensus::Vote> const& votes) override {
    return journal_->append_and_sync(votes);
  }
  Synced committed(protocol::View floor) override { return journal_->committed(floor); }
  JournalMark mark() const override { return journal_->mark(); }

 private:
  std::unique_ptr<VoteJournal> journal_;
};

// In place of a lost journal: nothing is signed, and what the database knows of the lost one
// stays, so that the key is still spent after the next restart.
class SpentVotes final : public VoteLog {
 public:
  explicit SpentVotes(JournalMark const& mark) : mark_{mark} {}

  Synced append_and_sync(std::vector<consensus::Vote> const&) override {
    return std::unexpected{DiskFailure{"the journal is lost: this node must not vote"}};
  }
  Synced committed(protocol::View) override { return {}; }
  JournalMark mark() const override { return mark_; }

 private:
  JournalMark mark_;
};

class LoggedBodies final : public BodyLog {
 public:
  LoggedBodies(std::unique_ptr<BlockLog> log, Disk& disk) : log_{std::move(log)}, disk_{disk} {}

  void append_and_sync(consensus::Block const& block) override {
    must(log_->store(block.height, block.hash, *block.body));
  }
  void settled(protocol::Height height) override { must(log_->committed(height)); }

 private:
  void must(Synced const& done) {
    if (!done) disk_.stop(done.error().what);
  }

  std::unique_ptr<BlockLog> log_;
  Disk& disk_;
};

ExitCode code_of(OpenFailure::Kind kind) {
  switch (kind) {
    case OpenFailure::Kind::locked:
      return ExitCode::locked;
    case OpenFailure::Kind::another_schema:
    case OpenFailure::Kind::another_genesis:
      return ExitCode::config;
    case OpenFailure::Kind::damaged:
      return ExitCode::damaged;
    case OpenFailure::Kind::full:
    case OpenFailure::Kind::io:
      return ExitCode::disk;
  }
  return ExitCode::unexpected;
}

OrExit<std::unique_ptr<Store>> open_store(Home const& home, Disk& disk,
                                          std::filesystem::path const& folder) {
  auto store = Store::open({.folder = folder,
                            .genesis = home.chain.hash(),
                            .cache_bytes = home.config.storage_cache_bytes},
                           disk);
  if (!store) return exit_with(code_of(store.error().kind), store.error().message);
  if (!(*store)->head()) (*store)->commit(genesis_row(home.chain), std::nullopt);
  return std::move(*store);
}

consensus::JournalId random_id() {
  consensus::JournalId id;
  randombytes_buf(id.data(), id.size());
  return id;
}

OrExit<void> open_votes(Data& data, std::filesystem::path const& folder, Disk& disk) {
  JournalOptions const options{.folder = folder, .epoch = data.store->head()->epoch};
  auto const mark = data.store->journal();
  auto opened = VoteJournal::open(options, disk, mark);
  if (!opened) return exit_with(ExitCode::damaged, opened.error().what);
  using State = VoteJournal::Opened::State;
  switch (opened->state) {
    case State::fresh: {
      // Nothing was ever signed here, so every view is open.
      auto journal = VoteJournal::create(options, disk, random_id(), protocol::View{0});
      if (!journal) return exit_with(ExitCode::disk, journal.error().what);
      data.store->record((*journal)->mark());
      data.votes = std::make_unique<JournalVotes>(std::move(*journal));
      return {};
    }
    case State::found:
      if (!mark) data.store->record(opened->journal->mark());
      data.votes = std::make_unique<JournalVotes>(std::move(opened->journal));
      data.found.votes = std::move(opened->votes);
      return {};
    case State::lost:
      data.votes = std::make_unique<SpentVotes>(mark.value_or(JournalMark{}));
      data.key_spent = opened->reason;
      return {};
  }
  return exit_with(ExitCode::unexpected, "the journal is in no known state");
}

OrExit<void> open_bodies(Data& data, std::filesystem::path const& folder, Disk& disk) {
  auto log = BlockLog::open({.folder = folder}, disk);
  if (!log) return exit_with(ExitCode::disk, log.error().what);
  for (auto const& hash : (*log)->held()) {
    auto body = (*log)->find(hash);
    if (!body) return exit_with(ExitCode::disk, body.error().what);
    if (!*body) continue;
    data.found.bodies.push_back(std::make_shared<std::string const>(std::move(**body)));
  }
  data.bodies = std::make_unique<LoggedBodies>(std::move(*log), disk);
  return {};
}

}  // namespace

OrExit<Data> open_data(Home const& home, Disk& disk) {
  auto const folder = home.path(home.config.storage_folder);
  if (auto const made = disk.create_folder(folder); !made) {
    return exit_with(ExitCode::disk, made.error().message);
  }
  Data data;
  TRY(store, open_store(home, disk, folder / "state"));
  data.store = std::move(store);
  TRY_VOID(open_votes(data, folder / "votes", disk));
  TRY_VOID(open_bodies(data, folder / "blocks", disk));
  return data;
}

}  // namespace node
