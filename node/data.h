// What a node finds on its disk, opened: the database, the journal of own votes, the block log.
//
//   HOME/data/state/     LevelDB; its lock keeps a second labord out of all of data/
//   HOME/data/votes/     the journal: never in a backup, never restored
//   HOME/data/blocks/    bodies that are not final yet
//   HOME/voted-keys      which keys have voted from here (node/voted_keys.h)
//
// A journal that is lost, damaged, or older than what is known to be signed means that the key may
// have signed what this node does not remember: the node goes on as an observer.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "node/documents/document_store.h"
#include "node/exit_code.h"
#include "node/home.h"
#include "node/store/block_log.h"
#include "node/store/disk.h"
#include "node/store/store.h"
#include "node/store/vote_journal.h"

namespace node {

struct Data {
  std::unique_ptr<Store> store;  // Holds the genesis at least.
  std::unique_ptr<BlockLog> block_log;
  std::shared_ptr<VoteJournal> votes;  // Null where the key is spent, or a signer apart has it.
  consensus::JournalEntry journaled;   // All that it holds.
  std::string key_spent;               // Why this node must not vote; empty: it may.
};

// Of a new journal; from the system's entropy.
consensus::JournalId random_journal_id();

// `disk` outlives the data.
OrExit<Data> open_data(Home const& home, Disk& disk);

// Beside it, and of no use to consensus: HOME/documents (documents/document_store.h).
OrExit<std::unique_ptr<DocumentStore>> open_documents(Home const& home, Disk& disk);

}  // namespace node
