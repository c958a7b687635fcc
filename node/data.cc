#include "node/data.h"

#include <fmt/format.h>
#include <sodium.h>

#include <utility>

#include "node/engine/recovery.h"
#include "node/voted_keys.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace node {
namespace {

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
                            .cache_bytes = home.config.storage_cache_bytes,
                            .cache_bytes_max = home.config.storage_cache_bytes_max},
                           disk);
  if (!store) return exit_with(code_of(store.error().kind), store.error().message);
  if (!(*store)->head()) {
    (*store)->commit(genesis_row(home.chain), std::nullopt);
    // LevelDB would keep all of it in memory until the next batch.
    (*store)->compact();
  }
  return std::move(*store);
}

// Nothing was ever signed into it, so every view is open; whoever has voted from here before has
// signed what it does not know.
OrExit<void> begin_journal(Data& data, Home const& home, JournalOptions const& options,
                           Disk& disk) {
  auto const spent = spend_voted(disk, home.folder);
  if (!spent) return exit_with(ExitCode::disk, spent.error().message);
  auto journal = VoteJournal::create(options, disk, random_journal_id(), protocol::View{0});
  if (!journal) return exit_with(ExitCode::disk, journal.error().what);
  data.store->record((*journal)->mark());
  data.votes = std::move(*journal);
  return {};
}

OrExit<void> open_votes(Data& data, Home const& home, std::filesystem::path const& folder,
                        Disk& disk) {
  auto const& key = home.key;
  auto const told = (home.folder / voted_keys_file).string();
  auto const spent = is_spent(disk, home.folder, key);
  auto const voted = has_voted(disk, home.folder, key);
  if (!spent) return exit_with(ExitCode::disk, spent.error().message);
  if (!voted) return exit_with(ExitCode::disk, voted.error().message);
  if (*spent) {
    data.key_spent =
        fmt::format("{} says that its journal was lost; {}", told, journal_lost_runbook);
    return {};
  }
  auto const head = data.store->head();
  CHECK(head.has_value());  // open_store() wrote the genesis.
  JournalOptions const options{
      .folder = folder,
      .epoch = head->epoch,
      .validators = committee_of(home.chain, *data.store->latest()).validators};
  auto const mark = data.store->journal();
  auto opened = VoteJournal::open(options, disk, mark);
  if (!opened) return exit_with(ExitCode::disk, opened.error().what);
  using State = VoteJournal::Opened::State;
  if (opened->state == State::found) {
    if (!mark) data.store->record(opened->journal->mark());
    data.votes = std::move(opened->journal);
    data.journaled = std::move(opened->entry);
  } else if (!*voted) {
    TRY_VOID(begin_journal(data, home, options, disk));
  } else {
    data.key_spent = opened->state == State::lost
                         ? opened->reason
                         : fmt::format(
                               "{} says that this key has voted, and there is no journal "
                               "in {}; {}",
                               told, folder.string(), journal_lost_runbook);
    return {};
  }
  // After the journal: a crash between the two must not spend a key that has not voted.
  auto const noted = note_voted(disk, home.folder, key);
  if (!noted) return exit_with(ExitCode::disk, noted.error().message);
  return {};
}

}  // namespace

consensus::JournalId random_journal_id() {
  consensus::JournalId id;
  randombytes_buf(id.data(), id.size());
  return id;
}

OrExit<std::unique_ptr<DocumentStore>> open_documents(Home const& home, Disk& disk) {
  auto const& config = home.config;
  auto store = DocumentStore::open(home.path(config.documents_folder),
                                   {.bytes_max = config.documents_bytes_max,
                                    .owner_bytes_max = config.documents_owner_bytes_max,
                                    .copies_bytes_max = config.documents_copies_bytes_max},
                                   disk);
  if (store) return *std::move(store);
  return exit_with(ExitCode::disk,
                   fmt::format("cannot open the documents: {}; check the disk and the folder's "
                               "owner, then start again",
                               store.error().message));
}

OrExit<Data> open_data(Home const& home, Disk& disk) {
  auto const folder = home.path(home.config.storage_folder);
  if (auto const made = disk.create_folder(folder); !made) {
    return exit_with(ExitCode::disk, made.error().message);
  }
  Data data;
  TRY(store, open_store(home, disk, folder / "state"));
  data.store = std::move(store);
  if (home.consensus_key) {
    TRY_VOID(open_votes(data, home, folder / "votes", disk));
  }
  auto log = BlockLog::open({.folder = folder / "blocks"}, disk);
  if (!log) return exit_with(ExitCode::disk, log.error().what);
  data.block_log = std::move(*log);
  return data;
}

}  // namespace node
