// The clocks of records (keys.h).

#include <initializer_list>

#include "protocol/state/keys.h"

namespace state {

using namespace labor::v1;  // This file names every record with a clock.

namespace {

// The least of the clocks that run.
std::optional<protocol::TimeMs> earliest(std::initializer_list<std::uint64_t> clocks) {
  std::optional<protocol::TimeMs> first;
  for (auto const clock : clocks) {
    if (clock == 0) continue;
    if (!first || protocol::TimeMs{clock} < *first) first = protocol::TimeMs{clock};
  }
  return first;
}

}  // namespace

std::optional<protocol::TimeMs> deadline_of(Recovery const& record) {
  return earliest({record.until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Mandate const& record) {
  return earliest({record.expires_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Attestation const& record) {
  return earliest({record.expires_at_ms(), record.leaves_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Team const& record) {
  return earliest({record.until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Job const& record) {
  return earliest({record.expires_at_ms(), record.leaves_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Proposal const& record) {
  return earliest({record.lapses_at_ms(), record.leaves_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Offer const& record) {
  return earliest({record.lapses_at_ms(), record.leaves_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Contract const& record) {
  return earliest(
      {record.idle_until_ms(), record.hours().next_week_ms(), record.pause().until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Milestone const& record) {
  return earliest({record.overdue_at_ms(), record.review_until_ms(), record.changes_until_ms(),
                   record.refund_asked_until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Week const& record) {
  return earliest({record.until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Invitation const& record) {
  return earliest({record.lapses_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Feedback const& record) {
  return earliest({record.withheld_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Ballot const& record) {
  return earliest({record.ends_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Enrolment const& record) {
  return earliest({record.until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Juror const& record) {
  return earliest({record.term_ends_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Dispute const& record) {
  return earliest({record.until_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Vetting const& record) {
  return earliest({record.until_ms(), record.leaves_at_ms()});
}

std::optional<protocol::TimeMs> deadline_of(Report const& record) {
  return earliest({record.until_ms(), record.leaves_at_ms()});
}

}  // namespace state
