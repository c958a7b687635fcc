// Reports in the work scene: the outsider, an attested person with money, says that the client's
// job 1 is a scam, as report 1.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <vector>

#include "tests/support/justice_scene.h"

namespace testing_support {

inline constexpr std::uint64_t report_bond = 30 * usd;
// Half the bond for three.
inline constexpr std::uint64_t report_fee = 5 * usd;

labor::v1::Report report(WorkScene const& scene);
labor::v1::ReportJob job_report(std::uint64_t job = 1);

// Waits for the report's clock and fires it.
void next_report_step(WorkScene& scene);

// ---- the usual way: each starts with those before it ----

// Validators, jurors with a stake, an open job with a bond, a reporter with 100 USD.
void before_report(WorkScene& scene, std::size_t jurors = 3);
void report_job(WorkScene& scene, std::size_t jurors = 3);
// Everybody has told.
void await_jury(WorkScene& scene, std::size_t jurors = 3);
void seat_jury(WorkScene& scene, std::size_t jurors = 3);
// Who sits now, in the order of the draw.
std::vector<protocol::Address> jury(WorkScene const& scene);
// Commits to these and reveals them, one each, in the order of the draw; the panel has not ended.
void find(WorkScene& scene, std::vector<std::uint32_t> const& awards);

}  // namespace testing_support
