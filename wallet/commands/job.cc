// labor job: post, invite, invitations, decline-invitation, close, decline-all, show, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct JobArguments {
  std::string title;
  std::string summary;
  std::string budget;
  std::vector<std::string> skills;
  std::string deadline;
  std::string document;
  std::string client;
  std::string app;
  std::string bond;
  std::string id;
  std::string talent;
  bool invited_only = false;
  bool mine = false;
};

// "500..900 USD", or one amount that is both.
Result<void> set_budget(labor::v1::JobDetails& details, std::string_view text) {
  auto const dots = text.find("..");
  TRY(most, parse_money(dots == std::string_view::npos ? text : text.substr(dots + 2),
                        labor::v1::ASSET_USD));
  auto least = most;
  if (dots != std::string_view::npos) {
    TRY(low, parse_money(text.substr(0, dots), most.asset));
    least = low;
  }
  if (least.asset != most.asset || least.amount > most.amount) {
    return usage("INVALID_BUDGET", fmt::format("`{}` is not a budget.", text),
                 "Write the least and the most, like `500..900 USD`.");
  }
  details.set_asset(most.asset);
  details.set_budget_min(least.amount.value());
  details.set_budget_max(most.amount.value());
  return {};
}

Result<Output> post(Session& session, JobArguments const& arguments) {
  labor::v1::Message message;
  auto& details = *message.mutable_post_job()->mutable_details();
  details.set_title(arguments.title);
  details.set_summary(arguments.summary);
  TRY_VOID(set_budget(details, arguments.budget));
  for (auto const& skill : arguments.skills) details.add_skills(skill);
  if (!arguments.bond.empty()) {
    TRY(bond, parse_amount(arguments.bond, details.asset()));
    message.mutable_post_job()->set_bond(bond.value());
  }
  details.set_app(arguments.app);
  message.mutable_post_job()->set_invited_only(arguments.invited_only);
  if (!arguments.document.empty()) {
    TRY(hash, parse_document_hash(session, arguments.document));
    details.set_document_hash(hash);
  }
  if (!arguments.deadline.empty()) {
    TRY(deadline, parse_until(session, arguments.deadline));
    details.set_deadline_ms(deadline);
  }
  return perform(session, std::move(message));
}

Result<Output> invite(Session& session, JobArguments const& arguments) {
  TRY(job, parse_id(arguments.id, "job"));
  TRY(talent, session.address_of(arguments.talent));
  labor::v1::Message message;
  message.mutable_invite_talent()->set_job(job);
  message.mutable_invite_talent()->set_talent(talent.str());
  return perform(session, std::move(message));
}

void add_invitations(Menu& menu, Noun& noun, std::shared_ptr<JobArguments> const& arguments) {
  auto& session = menu.session();
  auto inviting = noun.verb("invite", "Ask a talent to propose for a job of yours",
                            [&session, arguments] { return invite(session, *arguments); });
  inviting.argument("JOB", arguments->id, "The job");
  inviting.argument("TALENT", arguments->talent, "An address or key");
  noun.verb("invitations", "To jobs, which wait for your answer", [&session]() -> Result<Output> {
    TRY(address, address_or_mine(session, {}));
    return list_records(session, {.index = labor::v1::RECORD_INDEX_INVITATIONS_BY_TALENT,
                                  .address = std::move(address)});
  });
  add_id_verb(session, noun,
              {.name = "decline-invitation", .help = "Decline one to you", .noun = "job"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_decline_invitation()->set_job(id);
                return perform(acting, std::move(message));
              });
}

Result<Output> list(Session& session, JobArguments const& arguments) {
  if (!arguments.mine && arguments.client.empty()) {
    return list_records(session, {.index = labor::v1::RECORD_INDEX_JOBS_OPEN});
  }
  TRY(address, address_or_mine(session, arguments.client));
  return list_records(
      session, {.index = labor::v1::RECORD_INDEX_JOBS_BY_CLIENT, .address = std::move(address)});
}

}  // namespace

void add_job(Menu& menu) {
  auto noun = menu.noun("job", "What clients want done");
  auto& session = menu.session();
  auto const arguments = std::make_shared<JobArguments>();

  auto posting =
      noun.verb("post", "Post a job", [&session, arguments] { return post(session, *arguments); });
  posting.option("--title", arguments->title, "In one line", Need::required);
  posting.option("--summary", arguments->summary, "What is to be done; public");
  posting.option("--budget", arguments->budget, "Like \"500..900 USD\"", Need::required);
  posting.options("--skill", arguments->skills, "ESCO URI; as often as needed");
  posting.option("--deadline", arguments->deadline, "Proposals until: a UTC date, or like 30d");
  posting.option("--document", arguments->document, document_help);
  posting.option("--bond", arguments->bond,
                 "For applicants whom you leave without an answer, like \"100 USD\"");
  posting.option("--app", arguments->app, "The app that it comes from (labor app list)");
  posting.flag("--invited-only", arguments->invited_only, "Only who is invited may propose");
  add_invitations(menu, noun, arguments);

  add_id_verb(menu.session(), noun,
              {.name = "close", .help = "Close a job of yours", .noun = "job"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_close_job()->set_job(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(menu.session(), noun,
              {.name = "decline-all", .help = "Decline all its open proposals", .noun = "job"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_decline_all_proposals()->set_job(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(menu.session(), noun, {.name = "show", .help = "A job; proved", .noun = "job"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Record key;
                key.mutable_job()->set_id(id);
                return show_record(acting, key, "job", fmt::format("{}", id));
              });
  auto listing = noun.verb("list", "Open jobs, newest first",
                           [&session, arguments] { return list(session, *arguments); });
  listing.flag("--mine", arguments->mine, "Yours, in any state");
  listing.option("--client", arguments->client, "Of this client, in any state");
}

}  // namespace wallet
