#include "protocol/work/contract.h"

#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/transition.h"
#include "protocol/state/keys.h"
#include "protocol/work/contract_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::Contract;

namespace {

ContractAct act_on(Context& context, Contract const& contract) {
  ContractAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.contract = contract;
  return act;
}

// An ending contract that holds nothing is over.
Done settle(ContractAct& act) {
  auto const& machine = contract_machine();
  if (!machine.find("settle", act.contract.state(), act)) return {};
  return execution::transition(*act.context, machine, "settle", act, act.contract);
}

}  // namespace

std::expected<ContractAct, execution::Failure> act_on_contract(Context& context, std::uint64_t id) {
  auto const contract = context.find<Contract>(state::keys::contract(id));
  if (!contract) return execution::fail(labor::v1::TX_STATUS_CONTRACT_NOT_FOUND);
  return act_on(context, *contract);
}

Done apply(Context& context, labor::v1::EndContract const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  TRY_VOID(execution::transition(context, contract_machine(), "end", act, act.contract));
  return settle(act);
}

Done apply(Context& context, labor::v1::PauseContract const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  return execution::transition(context, contract_machine(), "pause", act, act.contract);
}

Done apply(Context& context, labor::v1::ResumeContract const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  return execution::transition(context, contract_machine(), "resume", act, act.contract);
}

Done apply(Context& context, labor::v1::PayBonus const& message) {
  if (message.amount() == 0) return execution::fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  TRY(act, act_on_contract(context, message.contract()));
  act.amount = message.amount();
  return execution::transition(context, contract_machine(), "bonus", act, act.contract);
}

Done fire(Context& context, Contract const& contract) {
  auto act = act_on(context, contract);
  TRY_VOID(execution::transition_when_due(context, contract_machine(), act, act.contract));
  return settle(act);
}

Done sign_contract(Context& context, labor::v1::Offer const& offer) {
  Contract contract;
  contract.set_id(context.next_id("contract"));
  contract.set_offer(offer.id());
  contract.set_job(offer.job());
  contract.set_client(offer.client());
  contract.set_talent(offer.talent());
  contract.set_title(offer.terms().title());
  contract.set_asset(offer.terms().asset());
  contract.set_terms_hash(offer.terms_hash());
  *contract.mutable_frozen() = offer.frozen();
  auto act = act_on(context, contract);
  act.terms = offer.terms();
  return execution::transition(context, contract_machine(), "sign", act, act.contract);
}

Done keep(Context& context, Contract const& contract, std::string_view cause) {
  context.put(contract, cause);
  auto act = act_on(context, contract);
  return settle(act);
}

Done keep_changed(Context& context, Contract const& contract, Contract const& before,
                  std::string_view cause) {
  auto const changed = canonical::encode(contract) != canonical::encode(before);
  return changed ? keep(context, contract, cause) : Done{};
}

}  // namespace work
