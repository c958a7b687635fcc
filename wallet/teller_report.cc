// Reports of jobs, and verdicts on them: what is put down, and what becomes of it.

#include <fmt/format.h>

#include "protocol/justice/sitting.h"
#include "protocol/limits.h"
#include "wallet/teller.h"

namespace wallet {

namespace limits = protocol::limits;
using labor::v1::Report;
using protocol::Amount;

Result<void> Teller::report_head(std::uint64_t id, std::string_view act,
                                 std::optional<Report>& found) {
  labor::v1::Record key;
  key.mutable_report()->set_id(id);
  TRY(record, read(key));
  if (record) found = record->report();
  line(fmt::format("{} report {}.", act, id));
  if (!found) {
    if (!options_.unread.empty()) detail(options_.unread);
    return {};
  }
  detail(fmt::format("{} says that job {} of {} is a scam.", who(found->reporter()), found->job(),
                     who(found->client())));
  return {};
}

Result<void> Teller::say(labor::v1::ReportJob const& message) {
  TRY(reported, job(message.job()));
  line(fmt::format("Report job {}{} as a scam.", message.job(),
                   reported ? ", " + reported->details().title() : ""));
  hash("Reason hash", message.reason_hash());
  if (reported) detail(fmt::format("Posted by {}.", who(reported->client())));
  TRY(bond, parameter(labor::v1::PARAMETER_REPORT_BOND_USD));
  if (bond) {
    detail(fmt::format("You put down {}; half of it pays a jury of {}.",
                       show(Amount{*bond}, labor::v1::ASSET_USD), limits::jury_size));
  }
  detail(
      "Found a scam, the job is hidden and all of it comes back, as far as the treasury can pay "
      "the jury.");
  detail(
      "Found none, what the jury is not paid is the client's. No jury in 14 days: it comes back.");
  detail("Contracts under the job and their money are not touched by it.");
  return {};
}

Result<void> Teller::report_verdict(labor::v1::CommitVerdict const& message) {
  std::optional<Report> found;
  TRY_VOID(report_head(message.report(), "Commit to your verdict on", found));
  hash("Commitment", message.commitment());
  if (found) {
    detail(fmt::format("Reveal it once all have committed, or lose {}.",
                       show(Amount{justice::sitting_on(*found).stake}, found->asset())));
    detail(
        fmt::format("You are paid {} if it is within {} of the median; from a median of {} on "
                    "the job is hidden.",
                    show(Amount{found->juror_fee()}, found->asset()), limits::coherent_within,
                    limits::believed_min));
  }
  keep_secret();
  return {};
}

Result<void> Teller::report_verdict(labor::v1::RevealVerdict const& message) {
  std::optional<Report> found;
  TRY_VOID(report_head(message.report(), "Reveal your verdict on", found));
  detail(fmt::format("{} of 100 that the job is a scam. It is public at once and stays.",
                     message.award()));
  hash("Salt", message.salt());
  return {};
}

Result<void> Teller::report_verdict(labor::v1::ExposeVerdict const& message) {
  std::optional<Report> found;
  TRY_VOID(report_head(message.report(), "Expose who sits on", found));
  detail(fmt::format("{} has committed to {} of 100.", who(message.juror()), message.award()));
  hash("Salt", message.salt());
  if (found) price_of_exposure(justice::sitting_on(*found).stake, found->asset());
  return {};
}

}  // namespace wallet
