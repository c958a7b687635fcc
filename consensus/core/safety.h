// The rules that must never break, apart from everything that is only about progress. An auditor
// can read this file and safety.cc alone.
//
// It stands between every vote and the journal. It holds what the rules refer to (certificates,
// our own votes, the floor), and it refuses; it never CHECKs, because a refusal costs a view and
// an abort costs the network a validator.
//
//   S1  nothing at or below the floor (the highest final view)
//   S2  at most one NOTARIZE in a view
//   S3  NOTARIZE(v) on parent view p only with notarization(p), or p the floor itself, and
//       nullification(u) for every u, p < u < v
//   S4  FINALIZE(v, B) only with notarization(v, B), and at most one in a view
//   S5  FINALIZE(v) never after our NULLIFY(v); NULLIFY(v), from whatever cause, never after our
//       FINALIZE(v)
//
// The certificates that S3 and S4 ask for are a vote's grounds. They go to disk with it (R16): were
// they only in memory, a crash of all who held one could leave the chain built on a view of which
// nobody can show the notarization.
//
// NOTARIZE and NULLIFY in one view are legal. Saying the same statement twice is no new vote: a
// repetition is sent from the tally and does not come here.

#pragma once

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "consensus/core/input.h"

namespace consensus {

enum class SafetyRefusal {
  wrong_epoch,
  at_or_below_floor,
  already_notarized,
  parent_not_notarized,
  parent_does_not_match,  // The notarized parent is not one height below, nor the block itself.
  skipped_view_not_nullified,
  already_nullified,
  not_notarized,
  already_finalized,
};
std::string_view explain(SafetyRefusal refusal);

// What we have signed in one view.
struct OwnVotes {
  std::optional<Statement> notarize;
  std::optional<Statement> nullify;
  std::optional<Statement> finalize;

  bool operator==(OwnVotes const&) const = default;
};

class Safety {
 public:
  // `final` is the highest block known final: the root of the epoch, or the last committed one
  // with its certificate.
  Safety(Epoch epoch, BlockRef final, std::optional<Certificate> finalization);

  // Records the vote if the rules allow it. Sign and journal it only then.
  std::expected<void, SafetyRefusal> admit(Statement const& statement);
  // The same question, without the vote.
  std::expected<void, SafetyRefusal> check(Statement const& statement) const;

  // The grounds of a vote just admitted that are not on disk yet: they are written with it.
  std::vector<Certificate> take_grounds(Statement const& statement);

  // A vote that the journal says we have signed: recorded whatever the rules say of it now.
  void restore(Statement const& statement);
  // Grounds out of the journal: learned, and known to be on disk.
  void restore(Certificate const& certificate);
  // A certificate of this epoch, above the floor. The first of a view and kind stands.
  void learn(Certificate const& certificate);

  BlockRef const& final() const { return final_; }
  View floor() const { return final_.view; }
  // Nothing for the root, which needs none.
  std::optional<Certificate> const& finalization() const { return finalization_; }

  // The block notarized in `view`, counting the final one.
  std::optional<BlockRef> notarized(View view) const;
  bool nullified(View view) const { return nullifications_.contains(view); }
  std::map<View, Certificate> const& notarizations() const { return notarizations_; }
  std::map<View, Certificate> const& nullifications() const { return nullifications_; }
  OwnVotes own(View view) const;
  std::map<View, OwnVotes> const& own() const { return own_; }

  bool operator==(Safety const&) const = default;

 private:
  std::expected<void, SafetyRefusal> check_notarize(Statement const& statement) const;
  std::expected<void, SafetyRefusal> check_finalize(Statement const& statement) const;
  void raise_floor(Certificate const& finalization);

  Epoch epoch_;
  BlockRef final_;
  std::optional<Certificate> finalization_;
  // Above the floor only.
  std::map<View, Certificate> notarizations_;
  std::map<View, Certificate> nullifications_;
  std::map<View, OwnVotes> own_;
  std::set<std::pair<View, VoteKind>> on_disk_;  // Certificates that are in the journal.
};

}  // namespace consensus
