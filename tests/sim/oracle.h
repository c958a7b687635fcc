// The judge of agreement. It hears every vote, certificate and block that leaves any node, and
// every commit, and knows nothing of how the product decides: it counts on its own.
//
// What it holds the cluster to (n validators, q = n - floor((n - 1) / 3)):
//   - an honest key never contradicts itself, over all its crashes: one NOTARIZE per view, one
//     FINALIZE per view, no FINALIZE with NULLIFY;
//   - an honest NOTARIZE has its parent view below it, notarized, with the parent's block, and
//     every view between nullified and none final; its block is one higher than its parent;
//   - an honest FINALIZE is for the notarized block of its view;
//   - a certificate has at least q different signers;
//   - one block notarized per view; none nullified that is final; one final block per height;
//   - what a node has said is in its journal after a crash;
//   - all this in each epoch for itself: nobody honest speaks in one before the boundary block of
//     the one before is final; that block has no children there, but may be proposed again;
//   - a set is the one that the boundary block before it names; it differs from the one before it
//     in as many places as may fail, one at least; no key comes in that was not ready before;
//   - a node commits final blocks only, heights one by one, each on the one before.
//
// The first violation is kept and everything after it is ignored.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "protocol/types.h"

namespace sim {

// Plain numbers on purpose: nothing here is shared with the code it judges but the nouns.
struct Said {
  enum class Kind : std::uint8_t { notarize, nullify, finalize };

  std::size_t validator = 0;  // Its node.
  std::uint64_t epoch = 0;
  Kind kind{};
  std::uint64_t view = 0;
  // Zero in a NULLIFY.
  std::uint64_t parent_view = 0;
  std::uint64_t height = 0;
  protocol::BlockHash block{};

  auto operator<=>(Said const&) const = default;
};

struct BlockFacts {
  protocol::BlockHash hash{};
  protocol::BlockHash parent{};
  std::uint64_t height = 0;
  std::uint64_t epoch = 0;
  bool ends_epoch = false;
  // Of the next epoch; zero where it ends none.
  protocol::Hash next_set{};
};

class Oracle {
 public:
  // Who is in a set, by node, each with the key it votes with.
  using Seats = std::map<std::size_t, std::string>;

  // `honest` says so per node; `root` is the genesis block, notarized and final in view 0. All
  // nodes are validators until a set is told.
  Oracle(std::vector<bool> honest, protocol::BlockHash root);

  // The set of an epoch, before anybody speaks in it.
  void set_of_epoch(std::uint64_t epoch, Seats const& seats);
  // A node enters an epoch, with the set of this hash in its database.
  void entered(std::size_t node, std::uint64_t epoch, protocol::Hash const& set);
  // A final block says that a key is ready. Before the set that it comes into.
  void ready(std::string const& key) { ready_.insert(key); }
  // A key signs a statement of an epoch.
  void signs(std::size_t node, std::uint64_t epoch, std::string const& key);

  // A block that exists: built by a leader, or sent by anyone.
  void block(BlockFacts const& facts);

  // A vote that is said: durable in its voter's journal, or sent, or inside a certificate.
  void said(Said const& vote);

  // A certificate that was sent: `statement.validator` does not matter.
  void certified(Said statement, std::vector<std::size_t> const& signers);

  void committed(std::size_t node, BlockFacts const& facts);

  // A node is back from a crash with what its disk held: all that it had committed, and perhaps the
  // block whose commit the crash came upon.
  void restarted(std::size_t node, std::uint64_t height, protocol::BlockHash const& head);

  // The disk of `node` was taken from it: it begins at genesis.
  void wiped(std::size_t node) { committed_[node] = 0; }

  // The journal of `node` after a crash: whatever it said in `epoch` above `floor` must be in
  // `votes`, and it said nothing in a later one.
  void replayed(std::size_t node, std::uint64_t epoch, std::uint64_t floor,
                std::vector<Said> const& votes);

  // Judged elsewhere, kept here.
  void violate(std::string what);

  std::optional<std::string> const& violation() const { return violation_; }
  // The highest height that a quorum has finalized.
  std::uint64_t final_height() const { return final_.rbegin()->first; }
  std::uint64_t committed_height(std::size_t node) const { return committed_[node]; }
  std::uint64_t nullified_views() const;
  // How many have begun.
  std::uint64_t epochs() const { return sequences_.size(); }

 private:
  using View = std::uint64_t;
  struct Notarized {
    View parent_view = 0;
    std::uint64_t height = 0;
    protocol::BlockHash block{};
  };
  // The views of one epoch; view 0 is its root's.
  struct Sequence {
    Seats seats;
    bool told = false;       // Otherwise the seats are those of the epoch before.
    protocol::Hash named{};  // The set, in the header of the boundary block before.
    std::map<View, Notarized> notarized;
    std::set<View> nullified;
    std::map<View, protocol::BlockHash> finalized;

    std::size_t faults_max() const { return (seats.size() - 1) / 3; }
    std::size_t quorum() const { return seats.size() - faults_max(); }
    // The lowest view strictly between the two that is not nullified.
    std::optional<View> not_nullified_between(View low, View high) const;
  };
  // What is counted: a vote without its voter.
  static Said statement_of(Said vote);

  void begin(std::uint64_t epoch, BlockFacts const& root);
  void check_change(std::uint64_t epoch, Seats const& before, Seats const& after, std::size_t most);
  void check_ready(std::uint64_t epoch, Seats const& before, Seats const& after);
  void check_honest(Said const& vote);
  void check_contradiction(Said const& vote);
  void check_parent(Said const& vote);
  void check_child(Said const& vote, BlockFacts const& block, Notarized const& parent);
  void reached_quorum(Said const& statement);
  void notarize(Said const& statement);
  void nullify(Said const& statement);
  void finalize(Said const& statement);
  void mark_final(protocol::BlockHash const& block);

  std::vector<bool> honest_;
  std::map<protocol::BlockHash, BlockFacts> blocks_;
  std::set<Said> heard_;
  std::set<std::string> ready_;
  std::map<Said, std::set<std::size_t>> voters_;        // By statement.
  std::map<std::uint64_t, Sequence> sequences_;         // By epoch.
  std::map<std::uint64_t, protocol::BlockHash> final_;  // By height.
  std::vector<std::uint64_t> committed_;                // Highest height, by node.
  std::optional<std::string> violation_;
};

std::string to_string(Said const& vote);

}  // namespace sim
