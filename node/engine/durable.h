// What the engine needs of the disk besides the store: the journal of own votes and the log of
// bodies that are not final yet. node/store has both; tests keep them in memory.
//
// Errors: a disk that fails stops the process inside (Disk::stop); nothing comes back.

#pragma once

#include <vector>

#include "consensus/shell/body.h"
#include "consensus/shell/ports.h"
#include "node/store/store.h"

namespace node {

// Threads: append_and_sync() and committed() on the loop, mark() on the execution thread.
class VoteLog : public consensus::Journal {
 public:
  // How far it has got: recorded with each commit, so that an older copy is known as one.
  virtual JournalMark mark() const = 0;
};

// Threads: the execution thread only.
class BodyLog {
 public:
  virtual ~BodyLog() = default;
  // Returns when the body would survive a power cut.
  virtual void append_and_sync(consensus::Block const& block) = 0;
  // Blocks up to `height` are in the store: their bodies, and those of blocks that can no longer
  // become final, are not needed here.
  virtual void settled(protocol::Height height) = 0;
};

// What both held when they were opened.
struct Found {
  std::vector<consensus::Vote> votes;
  std::vector<consensus::Body> bodies;
};

}  // namespace node
