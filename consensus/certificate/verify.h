// Checks signatures of votes and certificates against the validators of an epoch.
//
// Threads: any, as far as KnownVotes is safe. Costs 41 us a signature.

#pragma once

#include <expected>
#include <string_view>

#include "consensus/certificate/validator_set.h"
#include "consensus/certificate/verified.h"
#include "consensus/certificate/vote.h"

namespace consensus {

enum class VerifyRefusal {
  wrong_epoch,        // Of another epoch than the set is for.
  impossible_view,    // View 0 is the root, final by definition; after the last number is none.
  unknown_validator,  // The voter's index is outside the set.
  parent_not_below,   // A block's parent view must be below its own view.
  wrong_quorum,       // Not exactly q signers, or as many signatures as signers.
  bad_signature,
};
std::string_view explain(VerifyRefusal refusal);

// What a signature is checked against.
struct Committee {
  GenesisHash genesis{};
  Epoch epoch{};
  ValidatorSet validators;

  bool operator==(Committee const&) const = default;
};

// Votes whose signatures somebody has checked. Most of a certificate's have come by themselves:
// their signatures need no second look.
class KnownVotes {
 public:
  virtual ~KnownVotes() = default;
  // Only what was kept as a Verified<Vote>, equal in every byte.
  virtual bool holds(Vote const& vote) const = 0;
};

// For who sees certificates only.
class NoKnownVotes final : public KnownVotes {
 public:
  bool holds(Vote const&) const override { return false; }
};

// All but the signatures.
std::expected<void, VerifyRefusal> check_claim(Committee const& committee, Vote const& vote);
std::expected<void, VerifyRefusal> check_claim(Committee const& committee,
                                               Certificate const& certificate);

std::expected<Verified<Vote>, VerifyRefusal> verify(Committee const& committee, Vote vote);
std::expected<Verified<Certificate>, VerifyRefusal> verify(
    Committee const& committee, Certificate certificate, KnownVotes const& known = NoKnownVotes{});

}  // namespace consensus
