// Vetting in the work scene: the talent is an attested person whose skill three jurors look at, as
// vetting 1; the client challenges.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/justice_scene.h"

namespace testing_support {

inline constexpr std::uint64_t vetting_stake = 60 * usd;
inline constexpr std::uint64_t challenge_bond = 60 * usd;
// Half the bond for three.
inline constexpr std::uint64_t challenge_fee = 10 * usd;

// As the talent's profile claims it.
std::string const& claimed_skill();

labor::v1::Vetting vetting(WorkScene const& scene);
labor::v1::ApplyForVetting application();
labor::v1::ChallengeVetting challenge();
labor::v1::CommitVerdict vetting_verdict(WorkScene const& scene, protocol::Address const& juror,
                                         std::uint32_t award);
labor::v1::RevealVerdict vetting_reveal(std::uint32_t award);
labor::v1::ExposeVerdict vetting_exposure(protocol::Address const& juror, std::uint32_t award);

// Waits for the vetting's clock and fires it.
void next_vetting_step(WorkScene& scene);

// ---- the usual way: each starts with those before it ----

// Validators, jurors with a stake, and the talent attested.
void before_vetting(WorkScene& scene, std::size_t jurors = 3);
void apply_for_vetting(WorkScene& scene, std::size_t jurors = 3);
// Everybody has told.
void await_vetters(WorkScene& scene, std::size_t jurors = 3);
void seat_vetters(WorkScene& scene, std::size_t jurors = 3);
// Who sits now, in the order of the draw.
std::vector<protocol::Address> vetters(WorkScene const& scene);
// Commits to these and reveals them, one each, in the order of the draw; the panel has not ended.
void say_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards);
void vet(WorkScene& scene, std::vector<std::uint32_t> const& awards, std::size_t jurors = 3);
// Of a claim that three believe, with six jurors.
void challenge_vetting(WorkScene& scene);
void seat_challenge(WorkScene& scene);

}  // namespace testing_support
