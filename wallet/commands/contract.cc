// labor contract: show, list, invoice, pause, resume, end, bonus, amend, agree-amendment,
// withdraw-amendment.

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "protocol/limits.h"
#include "protocol/work/feedback.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/invoice.h"
#include "wallet/commands/next.h"

namespace wallet {

namespace {

struct ContractArguments {
  std::string contract;
  std::vector<std::string> amount;
  std::vector<std::string> milestones;
  std::vector<std::string> added;
  std::vector<std::string> dropped;
  std::string rate;
  std::string hours;
  std::string client;
  std::string talent;
};

// A milestone or week of a contract.
struct Part {
  std::string name;           // "Milestone 7/0"
  std::uint64_t dispute = 0;  // That runs; 0 = none does.
};

Part part_of(labor::v1::Record const& record) {
  if (record.has_week()) {
    auto const& week = record.week();
    auto const disputed = week.state() == labor::v1::WEEK_STATE_DISPUTED;
    return {.name = fmt::format("Week {}/{}", week.contract(), week.index()),
            .dispute = disputed ? week.dispute() : 0};
  }
  auto const& milestone = record.milestone();
  auto const disputed = milestone.state() == labor::v1::MILESTONE_STATE_DISPUTED;
  return {.name = fmt::format("Milestone {}/{}", milestone.contract(), milestone.index()),
          .dispute = disputed ? milestone.dispute() : 0};
}

// Milestones, or the latest weeks.
Result<std::vector<labor::v1::Record>> parts_of(Session& session,
                                                labor::v1::Contract const& contract) {
  TRY(chain, session.chain());
  labor::v1::ListRecordsRequest request;
  request.set_index(contract.has_hours() ? labor::v1::RECORD_INDEX_WEEKS_BY_CONTRACT
                                         : labor::v1::RECORD_INDEX_MILESTONES_BY_CONTRACT);
  request.set_id(contract.id());
  return chain->list(request, protocol::limits::milestones_max);
}

Result<Output> show_contract(Session& session, std::uint64_t id) {
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(contract, existing_record(session, key, "contract", fmt::format("{}", id)));
  TRY(by, onlooker(session));
  TRY(output, shown(session, contract, by));
  TRY(parts, parts_of(session, contract.contract()));
  if (!parts.empty()) output.text += "\n\n" + show(table_of(session, parts));
  json::array listed;
  json::array disputes;
  for (auto const& record : parts) {
    auto const part = part_of(record);
    auto const next = next_steps(record, contract, by);
    auto object = json_of(session, record);
    add_next(object, next);
    listed.push_back(std::move(object));
    auto const steps = show(next, by.block_time);
    if (!steps.empty()) output.text += fmt::format("\n\n{}\n{}", part.name, steps);
    if (part.dispute == 0) continue;
    TRY(dispute, existing_dispute(session, part.dispute));
    auto const next_of_dispute = next_steps(dispute, {}, by);
    output.text += fmt::format("\n\n{}, dispute {}\n{}", part.name, part.dispute,
                               show(next_of_dispute, by.block_time));
    auto disputed = json_of(session, dispute);
    add_next(disputed, next_of_dispute);
    disputes.push_back(std::move(disputed));
  }
  bool const is_history = contract.contract().state() == labor::v1::CONTRACT_STATE_ENDED &&
                          work::side_of(contract.contract(), by.account);
  if (is_history) {
    output.text += fmt::format(
        "\n\nIt has ended. As a file that proves it to others: `labor history export {}`", id);
  }
  auto const* const name = contract.contract().has_hours() ? "weeks_list" : "milestones_list";
  output.data.as_object()[name] = std::move(listed);
  output.data.as_object()["disputes"] = std::move(disputes);
  return output;
}

Result<Output> list(Session& session, ContractArguments const& arguments) {
  return list_sides(session, {.by_talent = labor::v1::RECORD_INDEX_CONTRACTS_BY_TALENT,
                              .by_client = labor::v1::RECORD_INDEX_CONTRACTS_BY_CLIENT,
                              .talent = arguments.talent,
                              .client = arguments.client});
}

Result<Output> pay_bonus(Session& session, ContractArguments const& arguments) {
  TRY(id, parse_id(arguments.contract, "contract"));
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  labor::v1::Message message;
  message.mutable_pay_bonus()->set_contract(id);
  message.mutable_pay_bonus()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<std::uint32_t> parse_index(std::string_view text) {
  if (auto const ref = parse_milestone(fmt::format("0/{}", text))) return ref->index;
  return usage("INVALID_ID", fmt::format("`{}` is not the index of a milestone.", text),
               "`labor contract show ID` lists them, from 0.");
}

// INDEX:TITLE=AMOUNT/DAYSd, a milestone as it shall be.
Result<labor::v1::MilestoneAmendment> parse_change(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos) {
    return usage("INVALID_MILESTONE", fmt::format("`{}` does not say which milestone.", text),
                 "Write INDEX:TITLE=AMOUNT/DAYSd, like \"0:Design=600 USD/20d\".");
  }
  labor::v1::MilestoneAmendment change;
  TRY(index, parse_index(text.substr(0, colon)));
  change.set_milestone(index);
  TRY(terms, parse_milestone_terms(text.substr(colon + 1)));
  *change.mutable_terms() = terms;
  return change;
}

Result<labor::v1::Contract> read_contract(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "contract"));
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(record, existing_record(session, key, "contract", text));
  return record.contract();
}

Result<Output> amend(Session& session, ContractArguments const& arguments) {
  TRY(contract, read_contract(session, arguments.contract));
  std::vector<labor::v1::MilestoneAmendment> changes;
  for (auto const& text : arguments.milestones) {
    TRY(change, parse_change(text));
    changes.push_back(std::move(change));
  }
  for (auto const& text : arguments.dropped) {
    TRY(index, parse_index(text));
    changes.emplace_back().set_milestone(index);
  }
  auto next = contract.milestones();
  for (auto const& text : arguments.added) {
    TRY(terms, parse_milestone_terms(text));
    auto& change = changes.emplace_back();
    change.set_milestone(next++);
    *change.mutable_terms() = terms;
  }
  std::ranges::sort(changes, {}, &labor::v1::MilestoneAmendment::milestone);
  labor::v1::Message message;
  auto& offer = *message.mutable_offer_amendment();
  offer.set_contract(contract.id());
  if (!arguments.rate.empty() || !arguments.hours.empty()) {
    TRY(hourly, parse_hourly_terms(arguments.rate, arguments.hours));
    *offer.mutable_hourly() = hourly;
  }
  for (auto& change : changes) *offer.add_changes() = std::move(change);
  return perform(session, std::move(message));
}

Result<Output> agree_to_amendment(Session& session, std::string const& id) {
  TRY(contract, read_contract(session, id));
  if (!contract.has_amendment()) {
    return std::unexpected{
        Problem{.exit = Exit::refused,
                .reason = "AMENDMENT_NOT_OFFERED",
                .message = fmt::format("No amendment of contract {} is offered.", id),
                .hint = fmt::format("`labor contract show {}` shows it.", id),
                .metadata = {}}};
  }
  labor::v1::Message message;
  message.mutable_agree_amendment()->set_contract(contract.id());
  message.mutable_agree_amendment()->set_amendment_hash(contract.amendment().hash());
  return perform(session, std::move(message));
}

void add_amendments(Session& session, Noun& noun,
                    std::shared_ptr<ContractArguments> const& arguments) {
  auto amending = noun.verb("amend", "Offer the other side other terms",
                            [&session, arguments] { return amend(session, *arguments); });
  amending.argument("CONTRACT", arguments->contract, "The contract");
  amending.options("--milestone", arguments->milestones,
                   "INDEX:TITLE=AMOUNT/DAYSd, one as it shall be; as often as needed");
  amending.options("--add", arguments->added, "TITLE=AMOUNT/DAYSd, one more after the last");
  amending.option("--rate", arguments->rate, "Of an hour, from the next week on");
  amending.option("--hours-per-week", arguments->hours, "At most, from the next week on");
  amending.options("--drop", arguments->dropped, "INDEX of one that is not funded");
  noun.verb("agree-amendment", "Agree to the change that the other side offers",
            [&session, arguments] { return agree_to_amendment(session, arguments->contract); })
      .argument("CONTRACT", arguments->contract, "The contract");
  add_id_verb(session, noun,
              {.name = "withdraw-amendment",
               .help = "Take back the change that you offered",
               .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_withdraw_amendment()->set_contract(id);
                return perform(acting, std::move(message));
              });
}

}  // namespace

void add_contract(Menu& menu) {
  auto noun = menu.noun("contract", "Signed terms and what they hold");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ContractArguments>();

  add_id_verb(menu.session(), noun,
              {.name = "show", .help = "A contract and its milestones; proved", .noun = "contract"},
              show_contract);
  add_id_verb(session, noun,
              {.name = "pause", .help = "Let it rest, 30 days in all", .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_pause_contract()->set_contract(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(session, noun,
              {.name = "resume", .help = "Go on with one that you paused", .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_resume_contract()->set_contract(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(menu.session(), noun, {.name = "end", .help = "End it", .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_end_contract()->set_contract(id);
                return perform(acting, std::move(message));
              });
  add_amendments(session, noun, arguments);
  auto bonus = noun.verb("bonus", "Pay the talent something on top",
                         [&session, arguments] { return pay_bonus(session, *arguments); });
  bonus.argument("CONTRACT", arguments->contract, "The contract");
  bonus.words("AMOUNT", arguments->amount, "Like 100 USD");
  add_id_verb(session, noun,
              {.name = "invoice",
               .help = "What it has paid, payment by payment, and the fee on top",
               .noun = "contract"},
              show_invoice);
  auto listing = noun.verb("list", "Yours on either side, or those of a talent or client",
                           [&session, arguments] { return list(session, *arguments); });
  listing.option("--talent", arguments->talent, "Of this talent");
  listing.option("--client", arguments->client, "Of this client");
}

}  // namespace wallet
