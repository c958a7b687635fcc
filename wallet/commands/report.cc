// labor report: job, commit, reveal, expose, show, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/commands/verdict.h"

namespace wallet {

namespace {

using labor::v1::Message;
using labor::v1::Record;
using labor::v1::Report;

struct ReportArguments {
  std::string report;
  std::string job;
  std::string hash;
  std::string person;
  ToldVerdict told{};
};

Result<Record> existing_report(Session& session, std::uint64_t id) {
  Record key;
  key.mutable_report()->set_id(id);
  return existing_record(session, key, "report", fmt::format("{}", id));
}

Result<Report> read_report(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "report"));
  TRY(record, existing_report(session, id));
  return record.report();
}

Result<Output> report_job(Session& session, ReportArguments const& arguments) {
  TRY(job, parse_id(arguments.job, "job"));
  TRY(hash, parse_document_hash(session, arguments.hash));
  Message message;
  message.mutable_report_job()->set_job(job);
  message.mutable_report_job()->set_reason_hash(hash);
  return perform(session, std::move(message));
}

Result<Output> commit(Session& session, ReportArguments const& arguments) {
  TRY(report, read_report(session, arguments.report));
  return commit_verdict(session, report, arguments.told.award);
}

Result<Output> reveal(Session& session, ReportArguments const& arguments) {
  TRY(report, read_report(session, arguments.report));
  return reveal_verdict(session, report);
}

Result<Output> expose(Session& session, ReportArguments const& arguments) {
  TRY(id, parse_id(arguments.report, "report"));
  TRY(told, exposure(session, arguments.told));
  Message message;
  *message.mutable_expose_verdict() = told;
  message.mutable_expose_verdict()->set_report(id);
  return perform(session, std::move(message));
}

Result<Output> show_report(Session& session, std::uint64_t id) {
  TRY(record, existing_report(session, id));
  TRY(by, onlooker(session));
  TRY(output, shown(session, record, by));
  auto const& report = record.report();
  if (report.state() != labor::v1::REPORT_STATE_DRAWING) return output;
  return with_draw(session, std::move(output), report.round());
}

Result<Output> list(Session& session, ReportArguments const& arguments) {
  TRY(person, address_or_mine(session, arguments.person));
  return list_records(session,
                      {.index = labor::v1::RECORD_INDEX_REPORTS_BY_PERSON, .address = person});
}

}  // namespace

void add_report(Menu& menu) {
  auto noun = menu.noun("report", "Jobs that are a scam, as a jury finds; it moves no wages");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ReportArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  verb("job", "Say that an open job is a scam, and put down a bond", report_job)
      .argument("JOB", arguments->job, "The job")
      .option("--reason", arguments->hash, "Hash of why, or @FILE: nodes keep its text",
              Need::required);
  verb("commit", "Commit to how sure you are that it is one, unseen by anybody", commit)
      .argument("REPORT", arguments->report, "The report")
      .option("--award", arguments->told.award, "0 to 100; from 51 on the job is to be hidden");
  verb("reveal", "Show what you committed to", reveal)
      .argument("REPORT", arguments->report, "The report");
  verb("expose", "Post what another has committed to: half of what the seat locks is yours", expose)
      .argument("REPORT", arguments->report, "The report")
      .option("--juror", arguments->told.juror, "Whose verdict", Need::required)
      .option("--salt", arguments->told.salt, "The salt of it, in hex", Need::required)
      .option("--award", arguments->told.award, "0 to 100");
  add_id_verb(session, noun,
              {.name = "show", .help = "A report and its jury; proved", .noun = "report"},
              show_report);
  verb("list", "Yours as who reports, sits or has posted the job, or somebody's", list)
      .option("--person", arguments->person, "Of this account");
}

}  // namespace wallet
