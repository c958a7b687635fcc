// How reports read. Part of show_record.h.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/show_record.h"

namespace wallet {

using labor::v1::Report;
using protocol::Amount;
using protocol::TimeMs;

namespace {

std::string said(labor::v1::JurorSeat const& seat) {
  if (seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED) {
    return fmt::format("{} of 100", seat.award());
  }
  return state_name(*labor::v1::JurorSeatState_descriptor(), seat.state());
}

std::string state_of(Report const& report) {
  return state_name(*labor::v1::ReportState_descriptor(), report.state());
}

}  // namespace

Facts facts_of(Session& session, Report const& report) {
  Facts facts{{"Report", fmt::format("{}", report.id())},
              {"State", state_of(report)},
              {"Job", fmt::format("{}", report.job())},
              {"Client", full_label(session, report.client())},
              {"Reported by", full_label(session, report.reporter())},
              {"Reason hash", base::hex(report.reason_hash())},
              {"Read it by", fmt::format("labor document get {}, where it is of a text",
                                         base::hex(report.reason_hash()))}};
  for (auto const& seat : report.panels(0).seats()) {
    facts.emplace_back("Juror",
                       fmt::format("{}: {}", full_label(session, seat.juror()), said(seat)));
  }
  auto const found = report.state() == labor::v1::REPORT_STATE_UPHELD ||
                     report.state() == labor::v1::REPORT_STATE_DISMISSED;
  if (found) {
    facts.emplace_back("Finding",
                       fmt::format("{} of 100 that it is a scam", report.panels(0).award()));
  }
  if (report.until_ms() != 0) {
    facts.emplace_back("Bond",
                       show(Amount{report.bond() + report.panels(0).held()}, report.asset()));
    facts.emplace_back("This state ends", show_time(TimeMs{report.until_ms()}));
  }
  return facts;
}

std::vector<std::string> row_of(Session& session, Report const& report) {
  return {fmt::format("{}", report.id()), state_of(report), fmt::format("{}", report.job()),
          short_label(session, report.client()), short_label(session, report.reporter())};
}

}  // namespace wallet
