// Verdicts of panels, on disputes, vettings and reports: committed to, kept, revealed, exposed.
// What was committed waits in HOME/verdicts (kept.h): what was said is the award, in one byte.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <string>

#include "wallet/flow.h"
#include "wallet/session.h"

namespace wallet {

// What is shown of a case whose panel waits for a round of randomness (0: of none yet), and how
// many validators have told theirs to it.
Result<Output> with_draw(Session& session, Output output, std::uint64_t round);

// INVALID_AWARD.
Result<Output> commit_verdict(Session& session, labor::v1::Dispute const& dispute,
                              std::uint32_t award);
Result<Output> commit_verdict(Session& session, labor::v1::Vetting const& vetting,
                              std::uint32_t award);
Result<Output> commit_verdict(Session& session, labor::v1::Report const& report,
                              std::uint32_t award);

// VERDICT_NOT_FOUND: the acting account has committed to nothing. INVALID_SALT.
Result<Output> reveal_verdict(Session& session, labor::v1::Dispute const& dispute);
Result<Output> reveal_verdict(Session& session, labor::v1::Vetting const& vetting);
Result<Output> reveal_verdict(Session& session, labor::v1::Report const& report);

// What somebody else has committed to, as it was told.
struct ToldVerdict {
  std::string juror;
  std::string salt;
  std::uint32_t award = 0;
};
// Which case is set by the caller.
Result<labor::v1::ExposeVerdict> exposure(Session& session, ToldVerdict const& told);

}  // namespace wallet
