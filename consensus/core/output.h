// What the shell must do after a step, in the order of the fields:
//
//   write    with its grounds: sign, append to the journal, sync   first remember
//   send     to peers                                              then speak
//   timers   arm and cancel
//   want     fetch, build, execute, store a body                   each comes back as an input
//   commit   final blocks
//
// A vote that a crash could forget cannot be heard, because the type says write before send.

#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "consensus/core/input.h"

namespace consensus {

// ---- send ----

// A statement of this step's `write`; the runner adds the signature it has just made.
struct OwnVote {
  Statement statement{};
  bool operator==(OwnVote const&) const = default;
};
// The block that Built named, with our NOTARIZE and what receivers may lack to check it.
struct OwnProposal {
  Statement statement{};
  std::vector<Certificate> certificates;
  bool operator==(OwnProposal const&) const = default;
};
// Our held block of the present view, proposed again: the vote is the one that proposed it.
struct ProposalAgain {
  Vote vote{};
  bool operator==(ProposalAgain const&) const = default;
};
// A plain Vote is an earlier one of ours, said again.
using Speech = std::variant<OwnVote, OwnProposal, ProposalAgain, Vote, Certificate>;

struct Send {
  SignerSet to{};  // Never ourselves.
  Speech speech;
  bool operator==(Send const&) const = default;
};

// ---- timers ----

struct TimerOrder {
  enum class Act : std::uint8_t { arm, cancel };
  TimerId timer{};
  Act act = Act::arm;
  std::uint64_t delay_ms = 0;  // From now. Arming an armed timer replaces it.
  bool operator==(TimerOrder const&) const = default;
};

// ---- want ----

// Ask `from` for every certificate it holds for `view`; answers come as certificates.
struct FetchView {
  ValidatorIndex from{};
  View view{};
  bool operator==(FetchView const&) const = default;
};
// Ask `from` for a body; the answer comes as BodyHeld.
struct FetchBody {
  ValidatorIndex from{};
  BlockHash block{};
  bool operator==(FetchBody const&) const = default;
};
// Build for `view` on `parent`; answered by Built, not before the block's time has come.
// A new order replaces an unanswered one.
struct Build {
  Epoch epoch{};
  View view{};
  BlockRef parent{};
  bool empty_allowed = false;
  std::uint64_t bytes_max = 0;  // This leader's target; shrinks when its views are nullified.
  bool operator==(Build const&) const = default;
};
// Execute a held body on its executed parent; answered by Executed.
struct Execute {
  View view{};
  BlockHash block{};
  BlockHash parent{};
  bool operator==(Execute const&) const = default;
};
// Sync a held body to the block log; answered by BodyDurable.
struct StoreBody {
  BlockHash block{};
  bool operator==(StoreBody const&) const = default;
};
// Offer pending transactions to all peers again: some of them may lack what we wait for.
struct GossipAgain {
  bool operator==(GossipAgain const&) const = default;
};
// f + 1 honest validators computed what we did not, or two finalizations exist: a person must
// look. The node keeps what it has for comparison, and stops.
struct Diverged {
  BlockRef block{};
  bool operator==(Diverged const&) const = default;
};
using Want = std::variant<FetchView, FetchBody, Build, Execute, StoreBody, GossipAgain, Diverged>;

struct Output {
  std::vector<Certificate> grounds;  // What `write` relies on and no earlier write took along.
  std::vector<Statement> write;
  std::vector<Send> send;
  std::vector<TimerOrder> timers;
  std::vector<Want> want;
  // Finalizations: the block and all its ancestors are final. The shell finds the ancestors by
  // hash links, in its own hands or at its peers, and commits them in order.
  std::vector<Certificate> commit;

  bool operator==(Output const&) const = default;
};

}  // namespace consensus
