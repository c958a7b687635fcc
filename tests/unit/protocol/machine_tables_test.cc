// protocol/README.md shows the tables that the code runs. With LABOR_PRINT_TABLES set, this test
// writes them there instead of comparing.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "protocol/bank/recovery_machine.h"
#include "protocol/execution/machine_markdown.h"
#include "protocol/governance/ballot_machine.h"
#include "protocol/governance/enrolment_machine.h"
#include "protocol/justice/dispute_machine.h"
#include "protocol/justice/report_machine.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/justice/vetting_machine.h"
#include "protocol/talent/attestation_machine.h"
#include "protocol/talent/profile_machine.h"
#include "protocol/talent/team_machine.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/work/contract_machine.h"
#include "protocol/work/feedback_machine.h"
#include "protocol/work/invitation_machine.h"
#include "protocol/work/job_machine.h"
#include "protocol/work/milestone_machine.h"
#include "protocol/work/offer_machine.h"
#include "protocol/work/proposal_machine.h"
#include "protocol/work/week_machine.h"
#include "tests/source/root.h"

namespace {

auto const path = testing_support::source_root() / "protocol" / "README.md";
constexpr std::string_view end_of_prose = "prints them anew. -->\n";

std::string read(std::filesystem::path const& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string tables() {
  std::string all;
  for (auto const& table :
       {execution::markdown(bank::recovery_machine()),
        execution::markdown(talent::profile_machine()),
        execution::markdown(talent::attestation_machine()),
        execution::markdown(talent::team_machine()), execution::markdown(work::job_machine()),
        execution::markdown(work::invitation_machine()),
        execution::markdown(work::proposal_machine()), execution::markdown(work::offer_machine()),
        execution::markdown(work::contract_machine()),
        execution::markdown(work::milestone_machine()), execution::markdown(work::week_machine()),
        execution::markdown(work::feedback_machine()),
        execution::markdown(justice::dispute_machine()),
        execution::markdown(justice::vetting_machine()),
        execution::markdown(justice::report_machine()),
        execution::markdown(justice::verdict_machine()),
        execution::markdown(governance::ballot_machine()),
        execution::markdown(governance::enrolment_machine()),
        execution::markdown(validators::seat_machine())}) {
    all += "\n" + table;
  }
  return all;
}

TEST(MachineTables, TheReadmeShowsTheTablesThatTheCodeRuns) {
  auto const text = read(path);
  auto const prose_end = text.find(end_of_prose);
  ASSERT_NE(prose_end, std::string::npos) << path << " has lost the line before the tables";
  auto const prose = text.substr(0, prose_end + end_of_prose.size());
  if (std::getenv("LABOR_PRINT_TABLES") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream{path} << prose << tables();
  }
  EXPECT_EQ(read(path), prose + tables())
      << "the tables have changed: LABOR_PRINT_TABLES=1 build/bin/unit_protocol "
         "--gtest_filter='MachineTables.*' prints them anew";
}

TEST(MachineTables, NoRowIsReachedOnlyByLuck) {
  // Rows that share act, from and who are tried in order: one without a guard hides all behind it.
  auto const check = [](auto const& machine) {
    for (auto const& row : machine.rows) {
      for (auto const* later = &row + 1; later != machine.rows.data() + machine.rows.size();
           ++later) {
        auto const same =
            later->act == row.act && later->from == row.from && later->who.words == row.who.words;
        EXPECT_FALSE(same && row.guard.check == nullptr) << machine.cause(row.act);
      }
    }
  };
  check(bank::recovery_machine());
  check(talent::profile_machine());
  check(talent::attestation_machine());
  check(talent::team_machine());
  check(work::job_machine());
  check(work::invitation_machine());
  check(work::proposal_machine());
  check(work::offer_machine());
  check(work::contract_machine());
  check(work::milestone_machine());
  check(work::week_machine());
  check(work::feedback_machine());
  check(justice::dispute_machine());
  check(justice::vetting_machine());
  check(justice::verdict_machine());
  check(justice::report_machine());
  check(governance::ballot_machine());
  check(governance::enrolment_machine());
  check(validators::seat_machine());
}

}  // namespace
