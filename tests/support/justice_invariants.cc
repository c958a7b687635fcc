#include "tests/support/justice_invariants.h"

#include <map>
#include <set>
#include <string>

#include "protocol/justice/vetting_machine.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every record of justice.

namespace {

template <class Part>
void check_claim(Part const& part, Dispute const& dispute, std::string const& name,
                 Findings& findings) {
  findings.expect(part.dispute() == dispute.id(), name + ": its subject names another");
  findings.expect(part.funded() - part.released() - part.refunded() == dispute.claim(),
                  name + ": the claim is not what is locked");
}

// The milestone or week of a dispute that runs, and no other milestone, is disputed, and holds what
// is claimed.
void check_disputes(SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::uint64_t> locked;
  std::set<std::pair<std::uint64_t, std::uint32_t>> running;
  for (auto const& [id, dispute] : records.disputes) {
    auto const name = "dispute " + std::to_string(id);
    auto const runs = dispute.until_ms() != 0;
    std::uint64_t held = 0;
    for (auto const& panel : dispute.panels()) {
      held += panel.held();
      for (auto const& seat : panel.seats()) locked[seat.juror()] += seat.stake();
    }
    findings.expect(runs == (held > 0), name + ": what it holds and its clock differ");
    findings.expect(dispute.to_talent() <= dispute.claim(), name + ": awarded more than claimed");
    if (!runs) continue;
    if (dispute.about_hours()) {
      auto const& week = records.weeks.at(dispute.contract()).at(dispute.milestone());
      check_claim(week, dispute, name, findings);
      findings.expect(week.state() == WEEK_STATE_DISPUTED, name + ": its week is not disputed");
      continue;
    }
    running.emplace(dispute.contract(), dispute.milestone());
    auto const& milestone = records.milestones.at(dispute.contract()).at(dispute.milestone());
    check_claim(milestone, dispute, name, findings);
  }
  for (auto const& [id, milestones] : records.milestones) {
    for (auto const& milestone : milestones) {
      auto const disputed = milestone.state() == MILESTONE_STATE_DISPUTED;
      findings.expect(disputed == running.contains({id, milestone.index()}),
                      "a milestone is disputed without a dispute, or the reverse");
    }
  }
  for (auto const& [id, vetting] : records.vettings) {
    for (auto const& panel : vetting.panels()) {
      for (auto const& seat : panel.seats()) locked[seat.juror()] += seat.stake();
    }
  }
  for (auto const& [id, report] : records.reports) {
    for (auto const& panel : report.panels()) {
      for (auto const& seat : panel.seats()) locked[seat.juror()] += seat.stake();
    }
  }
  for (auto const& [account, juror] : records.jurors) {
    findings.expect(juror.locked() == locked[account], "a juror's seats do not add up");
    findings.expect(juror.locked() <= juror.stake(), "a juror locks more than the stake");
  }
}

// Each claim that stands is on the profile, unless a later one of the same skill took its place,
// and nothing else is; only a challenge holds money.
void check_vettings(SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::uint64_t> under_way;
  for (auto const& [id, vetting] : records.vettings) {
    auto const name = "vetting " + std::to_string(id);
    auto const stands = justice::stands(vetting);
    auto const over = vetting.until_ms() == 0;
    std::uint64_t held = vetting.bond();
    for (auto const& panel : vetting.panels()) held += panel.held();
    auto const rests = over || vetting.state() == VETTING_STATE_VETTED || vetting.challenges() == 0;
    findings.expect(rests == (held == 0), name + ": what it holds and its state differ");
    findings.expect(over == (vetting.leaves_at_ms() != 0), name + ": over and no end, or an end");
    if (!stands && !over) under_way[vetting.account()] = id;
    std::uint64_t answers = 0;
    for (auto const& seat : vetting.panels(0).seats()) answers += seat.stake();
    findings.expect(!stands || answers > 0, name + ": stands and nobody answers for it");
    findings.expect(!over || answers == 0, name + ": is over and somebody answers for it");
  }
  for (auto const& [owner, profile] : records.profiles) {
    findings.expect(profile.applied() == under_way[owner], "an application that its profile lacks");
    for (auto const& skill : profile.vetted()) {
      auto const vetting = records.vettings.find(skill.vetting());
      auto const known = vetting != records.vettings.end() && justice::stands(vetting->second) &&
                         vetting->second.skill() == skill.uri();
      findings.expect(known, "a profile shows what nobody answers for");
    }
    auto const answered = profile.answered_for();
    findings.expect(!answered || !profile.details().responsible().empty(), "nobody answers");
    auto const shown =
        profile.state() == PROFILE_STATE_ACTIVE && profile.details().kind() == PROFILE_KIND_AGENT;
    findings.expect(!shown || answered, "an agent is shown for whom nobody answers");
  }
}

// One under way for each job and each reporter, both of whom name it; money with a clock.
void check_reports(SortedRecords const& records, Findings& findings) {
  std::map<std::string, std::uint64_t> by_reporter;
  std::map<std::uint64_t, std::uint64_t> of_job;
  for (auto const& [id, report] : records.reports) {
    auto const name = "report " + std::to_string(id);
    auto const over = report.until_ms() == 0;
    findings.expect(over == (report.bond() + report.panels(0).held() == 0),
                    name + ": what it holds and its clock differ");
    findings.expect(over == (report.leaves_at_ms() != 0), name + ": over and no end, or an end");
    if (report.state() == REPORT_STATE_UPHELD) of_job[report.job()] = id;
    if (over) continue;
    findings.expect(by_reporter.emplace(report.reporter(), id).second, name + ": the second");
    of_job[report.job()] = id;
  }
  for (auto const& [id, job] : records.jobs) {
    if (job.report() == 0) continue;
    findings.expect(of_job[id] == job.report() || !records.reports.contains(job.report()),
                    "a job names a report that is over");
  }
  for (auto const& [account, open] : records.open_work) {
    findings.expect(open.report() == by_reporter[account], "who reports does not name the report");
  }
}

// Of all that was lent for disputes, no more is missing than what a person has brought.
void check_contributions(SortedRecords const& records, Findings& findings) {
  for (auto const& contribution : records.contributions) {
    findings.expect(contribution.lost() <= contribution.fees(), "more lost than was brought");
  }
}

}  // namespace

void check_justice(SortedRecords const& records, Findings& findings) {
  check_disputes(records, findings);
  check_vettings(records, findings);
  check_reports(records, findings);
  check_contributions(records, findings);
}

}  // namespace testing_support
