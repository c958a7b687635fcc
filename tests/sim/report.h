// What labor-sim prints of a campaign.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/campaign.h"

namespace sim {

// Over this many seeds every kind of fault must have occurred and every rule been put to work;
// fewer may miss a rare one.
inline constexpr std::uint64_t seeds_for_every_fault = 100;
inline constexpr std::uint64_t seeds_for_every_rule = 500;

void print_totals(CampaignReport const& report, double seconds);

// What should have occurred in so many seeds and has not, in sentences.
std::vector<std::string> never_seen(CampaignReport const& report);

// Shrinks the failure and prints what is left of it: the trace, unless it is known to be a
// mutant's, and the message sequence.
void print_failure(CampaignOptions const& options, SeedReport const& failed);

}  // namespace sim
