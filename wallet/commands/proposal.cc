// labor proposal: submit, withdraw, shortlist, decline, show, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct ProposalArguments {
  std::string job;
  std::string summary;
  std::string amount;
  std::string document;
  std::string talent;
};

Result<Output> submit(Session& session, ProposalArguments const& arguments) {
  TRY(job, parse_id(arguments.job, "job"));
  labor::v1::Message message;
  auto& proposal = *message.mutable_submit_proposal();
  proposal.set_job(job);
  proposal.set_summary(arguments.summary);
  TRY(amount, parse_amount(arguments.amount, labor::v1::ASSET_USD));
  proposal.set_amount(amount.value());
  if (!arguments.document.empty()) {
    TRY(hash, parse_document_hash(session, arguments.document));
    proposal.set_document_hash(hash);
  }
  return perform(session, std::move(message));
}

Result<Output> list(Session& session, ProposalArguments const& arguments) {
  if (!arguments.job.empty()) {
    TRY(job, parse_id(arguments.job, "job"));
    return list_records(session, {.index = labor::v1::RECORD_INDEX_PROPOSALS_BY_JOB, .id = job});
  }
  TRY(address, address_or_mine(session, arguments.talent));
  return list_records(session, {.index = labor::v1::RECORD_INDEX_PROPOSALS_BY_TALENT,
                                .address = std::move(address)});
}

}  // namespace

void add_proposal(Menu& menu) {
  auto noun = menu.noun("proposal", "Talent's answers to jobs");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ProposalArguments>();

  auto submitting = noun.verb("submit", "Propose yourself for a job",
                              [&session, arguments] { return submit(session, *arguments); });
  submitting.argument("JOB", arguments->job, "The job");
  submitting.option("--amount", arguments->amount, "For the whole, like \"700 USD\"",
                    Need::required);
  submitting.option("--summary", arguments->summary, "How you would do it; public", Need::required);
  submitting.option("--document", arguments->document, document_help);

  auto const act = [&](std::string const& name, std::string const& help, auto set) {
    add_id_verb(menu.session(), noun, {.name = name, .help = help, .noun = "proposal"},
                [set](Session& acting, std::uint64_t id) {
                  labor::v1::Message message;
                  set(message, id);
                  return perform(acting, std::move(message));
                });
  };
  using labor::v1::Message;
  act("withdraw", "Take yours back", [](Message& message, std::uint64_t id) {
    message.mutable_withdraw_proposal()->set_proposal(id);
  });
  act("shortlist", "Mark one as promising", [](Message& message, std::uint64_t id) {
    message.mutable_shortlist_proposal()->set_proposal(id);
  });
  act("decline", "Decline one", [](Message& message, std::uint64_t id) {
    message.mutable_decline_proposal()->set_proposal(id);
  });
  add_id_verb(menu.session(), noun,
              {.name = "show", .help = "A proposal; proved", .noun = "proposal"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Record key;
                key.mutable_proposal()->set_id(id);
                return show_record(acting, key, "proposal", fmt::format("{}", id));
              });
  auto listing = noun.verb("list", "Yours, or those of a job or talent",
                           [&session, arguments] { return list(session, *arguments); });
  listing.option("--job", arguments->job, "Of this job");
  listing.option("--talent", arguments->talent, "Of this talent");
}

}  // namespace wallet
