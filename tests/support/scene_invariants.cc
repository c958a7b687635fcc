#include "tests/support/scene_invariants.h"

#include <map>
#include <optional>
#include <string>

#include "protocol/bank/conservation.h"
#include "protocol/base/check.h"
#include "protocol/execution/context.h"
#include "protocol/execution/form.h"
#include "protocol/state/keys.h"
#include "protocol/work/escrow.h"

namespace testing_support {

using namespace labor::v1;  // This file names every record with a clock.

namespace {

template <class R>
std::optional<protocol::TimeMs> deadline_in(std::string const& value) {
  return state::deadline_of(execution::decode_record<R>(value));
}

// The clock that a record of this key has, by the kind of its key (state/keys.h).
std::optional<protocol::TimeMs> deadline_of_value(state::Key const& key, std::string const& value) {
  if (key.module == state::Module::justice) {
    if (key.logical.front() == 'd') return deadline_in<Dispute>(value);
    if (key.logical.front() == 'j') return deadline_in<Juror>(value);
    if (key.logical.front() == 'v') return deadline_in<Vetting>(value);
    return key.logical.front() == 'r' ? deadline_in<Report>(value) : std::nullopt;
  }
  if (key.module == state::Module::governance) {
    if (key.logical.front() == 'b') return deadline_in<Ballot>(value);
    return key.logical.front() == 'e' ? deadline_in<Enrolment>(value) : std::nullopt;
  }
  if (key.module == state::Module::accounts) {
    if (key.logical.front() == 'r') return deadline_in<Recovery>(value);
    return key.logical.front() == 'm' ? deadline_in<Mandate>(value) : std::nullopt;
  }
  if (key.module == state::Module::talent) {
    if (key.logical.front() == 't') return deadline_in<Team>(value);
    return key.logical.front() == 'a' ? deadline_in<Attestation>(value) : std::nullopt;
  }
  if (key.module != state::Module::work) return std::nullopt;
  switch (key.logical.front()) {
    case 'j':
      return deadline_in<Job>(value);
    case 'p':
      return deadline_in<Proposal>(value);
    case 'o':
      return deadline_in<Offer>(value);
    case 'c':
      return deadline_in<Contract>(value);
    case 'm':
      return deadline_in<Milestone>(value);
    case 'h':
      return deadline_in<Week>(value);
    case 'f':
      return deadline_in<Feedback>(value);
    case 'i':
      return deadline_in<Invitation>(value);
    default:
      return std::nullopt;
  }
}

struct Locked {
  std::uint64_t escrow = 0;
  std::uint32_t parts = 0;
};

// What the panels of a case hold; what its seats lock is added to each juror's.
template <class Case>
std::uint64_t held_by_panels(Case const& about, std::map<std::string, std::uint64_t>& stakes) {
  std::uint64_t held = 0;
  for (auto const& panel : about.panels()) {
    held += panel.held();
    for (auto const& seat : panel.seats()) stakes[seat.juror()] += seat.stake();
  }
  return held;
}

// What runs and holds money has a clock; what is over has neither, and has lent nothing.
void check_dispute(Dispute const& dispute, std::map<std::string, std::uint64_t>& stakes) {
  auto const over = dispute.until_ms() == 0;
  CHECK(over == (held_by_panels(dispute, stakes) == 0));
  if (over) CHECK(dispute.panels(0).lent() == 0);
}

// Only a challenge holds money, and only while it runs.
void check_vetting(Vetting const& vetting, std::map<std::string, std::uint64_t>& stakes) {
  auto const held = vetting.bond() + held_by_panels(vetting, stakes);
  auto const over = vetting.until_ms() == 0;
  CHECK(over == (vetting.leaves_at_ms() != 0));
  auto const rests = over || vetting.state() == VETTING_STATE_VETTED || vetting.challenges() == 0;
  CHECK(rests == (held == 0));
}

void check_report(Report const& report, std::map<std::string, std::uint64_t>& stakes) {
  auto const over = report.until_ms() == 0;
  CHECK(over == (report.leaves_at_ms() != 0));
  CHECK(over == (report.bond() + held_by_panels(report, stakes) == 0));
}

void check_milestone(Milestone const& milestone, std::map<std::uint64_t, Locked>& sums) {
  auto const over = milestone.state() == MILESTONE_STATE_ACCEPTED ||
                    milestone.state() == MILESTONE_STATE_REFUNDED ||
                    milestone.state() == MILESTONE_STATE_SETTLED;
  auto const locked = work::locked_amount(milestone);
  CHECK(milestone.released() + milestone.refunded() <= milestone.funded());
  CHECK(milestone.fee_taken() + milestone.fee_returned() <= milestone.fee());
  if (over) CHECK(locked == 0 && work::unearned_fee(milestone) == 0);
  // No money without a clock: a disputed milestone's is its dispute's.
  auto const disputed = milestone.state() == MILESTONE_STATE_DISPUTED;
  if (locked > 0) CHECK(state::deadline_of(milestone).has_value() != disputed);
  sums[milestone.contract()].escrow += locked + work::unearned_fee(milestone);
  if (locked > 0) ++sums[milestone.contract()].parts;
}

void check_week(Week const& week, std::map<std::uint64_t, Locked>& sums) {
  auto const over = week.state() == WEEK_STATE_PAID || week.state() == WEEK_STATE_SETTLED;
  auto const locked = work::locked_amount(week);
  CHECK(week.released() + week.refunded() <= week.funded());
  CHECK(week.fee_taken() + week.fee_returned() <= week.fee());
  CHECK(over == (locked == 0));
  if (over) CHECK(work::unearned_fee(week) == 0);
  auto const disputed = week.state() == WEEK_STATE_DISPUTED;
  CHECK(state::deadline_of(week).has_value() == (!over && !disputed));
  sums[week.contract()].escrow += locked + work::unearned_fee(week);
  if (locked > 0) ++sums[week.contract()].parts;
}

}  // namespace

void check_scene(state::Overlay const& scene) {
  bank::Audit audit;
  std::map<std::uint64_t, Locked> sums;
  std::map<std::string, std::uint64_t> stakes;
  std::size_t clocks = 0;
  std::size_t entries = 0;
  for (auto const& [key, value] : scene.changes()) {
    if (!value) continue;
    audit.add(key, *value);
    if (key.module == state::Module::deadlines) ++entries;
    if (auto const due = deadline_of_value(key, *value)) {
      ++clocks;
      CHECK(scene.get(state::keys::deadline(*due, key)).has_value());
    }
    if (key.module == state::Module::work && key.logical.front() == 'm') {
      check_milestone(execution::decode_record<Milestone>(*value), sums);
    }
    if (key.module == state::Module::work && key.logical.front() == 'h') {
      check_week(execution::decode_record<Week>(*value), sums);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'd') {
      check_dispute(execution::decode_record<Dispute>(*value), stakes);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'v') {
      check_vetting(execution::decode_record<Vetting>(*value), stakes);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'r') {
      check_report(execution::decode_record<Report>(*value), stakes);
    }
  }
  CHECK(clocks == entries);  // One entry per record with a clock, and the reverse.
  CHECK(audit.balanced());
  for (auto const& [id, locked] : sums) {
    auto const contract = execution::find_record<Contract>(scene, state::keys::contract(id));
    CHECK(contract && contract->escrow() == locked.escrow);
    CHECK(contract->parts_locked() == locked.parts);
  }
  for (auto const& [account, locked] : stakes) {
    auto const key = state::keys::juror(execution::address_in(account));
    auto const known = execution::find_record<Juror>(scene, key);
    CHECK(known && known->locked() == locked && locked <= known->stake());
  }
}

}  // namespace testing_support
