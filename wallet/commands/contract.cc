// labor contract: show, list, end, bonus.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"

namespace wallet {

namespace {

struct ContractArguments {
  std::string contract;
  std::vector<std::string> amount;
  std::string client;
  std::string talent;
};

// What can be done with each of them, and what their clocks do.
Result<void> add_milestone_steps(Session& session, std::uint64_t contract, Output& output) {
  TRY(chain, session.chain());
  TRY(by, onlooker(session));
  labor::v1::Record about;
  about.mutable_contract()->set_id(contract);
  TRY(found, chain->record(about));
  if (!found) return {};
  for (auto& listed : output.data.as_object()["milestones_list"].as_array()) {
    auto const index = json::value_to<std::uint32_t>(listed.at("index"));
    labor::v1::Record key;
    key.mutable_milestone()->set_contract(contract);
    key.mutable_milestone()->set_index(index);
    TRY(milestone, chain->record(key));
    if (!milestone) continue;
    auto const next = next_steps(*milestone, *found, by);
    for (auto& [name, value] : to_json(next)) listed.as_object()[name] = std::move(value);
    auto const steps = show(next, by.block_time);
    if (!steps.empty())
      output.text += fmt::format("\n\nMilestone {}/{}\n{}", contract, index, steps);
  }
  return {};
}

Result<Output> show_contract(Session& session, std::uint64_t id) {
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(output, show_record(session, key, "contract", fmt::format("{}", id)));
  TRY(milestones,
      list_records(session, {.index = labor::v1::RECORD_INDEX_MILESTONES_BY_CONTRACT, .id = id}));
  output.data.as_object()["milestones_list"] = std::move(milestones.data);
  output.text += "\n\n" + milestones.text;
  TRY_VOID(add_milestone_steps(session, id, output));
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

}  // namespace

void add_contract(Menu& menu) {
  auto noun = menu.noun("contract", "Signed terms and what they hold");
  auto& session = menu.session();
  auto const arguments = std::make_shared<ContractArguments>();

  add_id_verb(menu.session(), noun,
              {.name = "show", .help = "A contract and its milestones; proved", .noun = "contract"},
              show_contract);
  add_id_verb(menu.session(), noun, {.name = "end", .help = "End it", .noun = "contract"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_end_contract()->set_contract(id);
                return perform(acting, std::move(message));
              });
  auto bonus = noun.verb("bonus", "Pay the talent something on top",
                         [&session, arguments] { return pay_bonus(session, *arguments); });
  bonus.argument("CONTRACT", arguments->contract, "The contract");
  bonus.words("AMOUNT", arguments->amount, "Like 100 USD");
  auto listing = noun.verb("list", "Yours on either side, or those of a talent or client",
                           [&session, arguments] { return list(session, *arguments); });
  listing.option("--talent", arguments->talent, "Of this talent");
  listing.option("--client", arguments->client, "Of this client");
}

}  // namespace wallet
