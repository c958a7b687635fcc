// What a signer holds: the key, and what it has signed. Believes no node: a statement is signed
// only if its grounds have been shown and the rules S1 to S5 (core/safety.h) allow it, and only
// when the journal has it on disk. Signing again what was signed gives the same signature.
//
// The floor rises with each finalization that is shown along with something to sign. It is kept in
// the journal as a ground of its own, one finalization behind the segment's floor, so that a
// restart finds it.
//
// One epoch's. Threads: one. Errors: DiskFailure, after which nothing more is signed.

#pragma once

#include <algorithm>
#include <expected>
#include <optional>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/safety.h"
#include "consensus/shell/ports.h"
#include "protocol/crypto/sign.h"

namespace node::signer {

class Guard {
 public:
  struct Parts {
    consensus::Committee committee;
    // View 0 of the epoch; of its block only the height matters here.
    consensus::BlockRef root;
    protocol::ValidatorIndex self{};
    crypto::SecretKey const& key;
    consensus::Journal& journal;  // Of the committee's epoch.
    // What was signed up to here the journal has dropped (its segment's floor): nothing is signed
    // there again, whatever is shown.
    protocol::View dropped{};
  };
  // `journaled` is what the journal held. What does not verify is left out: it is from nobody.
  Guard(Parts parts, consensus::JournalEntry const& journaled);

  // Learns a certificate. False: it does not verify.
  bool show(consensus::Certificate const& certificate);

  using Verdict = std::expected<consensus::Vote, consensus::SafetyRefusal>;
  // One verdict for each statement, in their order.
  std::expected<std::vector<Verdict>, consensus::DiskFailure> sign(
      std::vector<consensus::Statement> const& statements);

  // What was signed above the floor, and the certificates that a node needs to go on from there.
  consensus::JournalEntry remembered() const;
  consensus::Committee const& committee() const { return parts_.committee; }
  protocol::View floor() const { return std::max(safety_.floor(), parts_.dropped); }

 private:
  consensus::Vote vote(consensus::Statement const& statement) const;
  std::expected<void, consensus::DiskFailure> write(consensus::JournalEntry const& entry);

  Parts parts_;
  consensus::Safety safety_;
  // A finalization of this view is in the journal, or it is the root.
  protocol::View floor_on_disk_;
  std::optional<consensus::DiskFailure> failed_;
};

}  // namespace node::signer
