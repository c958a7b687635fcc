#include "protocol/work/amendment.h"

#include <expected>
#include <optional>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/contract.h"
#include "protocol/work/hours.h"
#include "protocol/work/milestone.h"
#include "protocol/work/terms.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Contract;
using labor::v1::Milestone;
using labor::v1::MilestoneAmendment;
using labor::v1::OfferAmendment;

namespace limits = protocol::limits;

namespace {

// Of the hour or of milestones, as the contract is paid.
Done must_be_its_kind(Contract const& contract, OfferAmendment const& message) {
  auto const same = message.has_hourly() == contract.has_hours();
  return same ? Done{} : fail(labor::v1::TX_STATUS_INVALID_TERMS);
}

Done check_form(Context const& context, OfferAmendment const& message) {
  if (message.has_hourly()) {
    return message.changes().empty() ? Done{} : fail(labor::v1::TX_STATUS_INVALID_TERMS);
  }
  labor::v1::OfferTerms changed;
  std::optional<std::uint32_t> before;
  for (auto const& change : message.changes()) {
    if (before && change.milestone() <= *before) return fail(labor::v1::TX_STATUS_INVALID_TERMS);
    before = change.milestone();
    if (change.has_terms()) *changed.add_milestones() = change.terms();
  }
  if (!before) return fail(labor::v1::TX_STATUS_INVALID_TERMS);
  return check_milestone_terms(context, changed.milestones());
}

// New ones follow the last without a gap, and are not dropped before they are there.
Done must_be_there(Contract const& contract, OfferAmendment const& message) {
  auto count = contract.milestones();
  for (auto const& change : message.changes()) {
    if (change.milestone() < count) continue;
    if (change.milestone() > count || !change.has_terms()) {
      return fail(labor::v1::TX_STATUS_MILESTONE_NOT_FOUND);
    }
    ++count;
  }
  return {};
}

// One that the contract counts: INTERNAL where there is none.
std::expected<Milestone, execution::Failure> milestone_of(ContractAct const& act,
                                                          std::uint32_t index) {
  auto milestone = act.context->find<Milestone>(state::keys::milestone(act.contract.id(), index));
  if (!milestone) return fail(labor::v1::TX_STATUS_INTERNAL);
  return *std::move(milestone);
}

// What all milestones add up to afterwards; those dropped or over count as before: so much was
// agreed at some time, and no sum of the contract is larger.
Done must_add_up(ContractAct const& act) {
  labor::v1::OfferTerms all;
  for (std::uint32_t index = 0; index < act.contract.milestones(); ++index) {
    TRY(milestone, milestone_of(act, index));
    all.add_milestones()->set_amount(milestone.amount());
  }
  for (auto const& change : act.amendment.changes()) {
    if (!change.has_terms()) continue;
    auto const index = static_cast<int>(change.milestone());
    auto& terms =
        index < all.milestones_size() ? *all.mutable_milestones(index) : *all.add_milestones();
    terms.set_amount(change.terms().amount());
  }
  auto const count = static_cast<std::size_t>(all.milestones_size());
  if (count > limits::milestones_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_MILESTONES,
                {{"got", count}, {"most", limits::milestones_max}});
  }
  return check_sum(all.milestones(), act.contract.frozen().client_fee_bps());
}

Done must_be_possible(ContractAct const& act) {
  if (act.amendment.has_hourly()) {
    return check_hourly_terms(*act.context, act.amendment.hourly(),
                              act.contract.frozen().client_fee_bps());
  }
  TRY_VOID(must_add_up(act));
  for (auto const& change : act.amendment.changes()) {
    if (change.milestone() >= act.contract.milestones()) continue;
    TRY(milestone, milestone_of(act, change.milestone()));
    TRY_VOID(must_be_amendable(milestone, act.contract, change));
  }
  return {};
}

Done step(ContractAct& act, std::string_view name) {
  return execution::transition(*act.context, contract_machine(), name, act, act.contract);
}

}  // namespace

protocol::Hash amendment_hash(Contract const& contract, OfferAmendment const& changes) {
  auto const preimage = base::big_endian(contract.id()) + base::big_endian(contract.amendments()) +
                        canonical::encode(changes);
  return crypto::hash(crypto::domains::amendment, {base::bytes_of(preimage)});
}

OfferAmendment offered_amendment(Contract const& contract) {
  auto const& stands = contract.amendment();
  OfferAmendment offered;
  offered.set_contract(contract.id());
  *offered.mutable_changes() = stands.changes();
  if (stands.has_hourly()) *offered.mutable_hourly() = stands.hourly();
  return offered;
}

Done apply(Context& context, OfferAmendment const& message) {
  TRY_VOID(check_form(context, message));
  TRY(act, act_on_contract(context, message.contract()));
  TRY_VOID(must_be_its_kind(act.contract, message));
  TRY_VOID(must_be_there(act.contract, message));
  act.amendment = message;
  return step(act, "offer_amendment");
}

Done apply(Context& context, labor::v1::WithdrawAmendment const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  return step(act, "withdraw_amendment");
}

Done apply(Context& context, labor::v1::AgreeAmendment const& message) {
  TRY_VOID(execution::must_be_hash(message.amendment_hash()));
  TRY(act, act_on_contract(context, message.contract()));
  act.hash = message.amendment_hash();
  return step(act, "agree_amendment");
}

Done note_amendment(ContractAct& act) {
  TRY_VOID(must_be_possible(act));
  act.contract.clear_amendment();
  auto& offered = *act.contract.mutable_amendment();
  offered.set_author(act.account.str());
  *offered.mutable_changes() = act.amendment.changes();
  if (act.amendment.has_hourly()) *offered.mutable_hourly() = act.amendment.hourly();
  offered.set_hash(amendment_hash(act.contract, act.amendment).str());
  return {};
}

Done make_amendment(ContractAct& act) {
  act.amendment = offered_amendment(act.contract);
  TRY_VOID(must_be_there(act.contract, act.amendment));
  TRY_VOID(must_be_possible(act));
  act.contract.clear_amendment();
  act.contract.set_amendments(act.contract.amendments() + 1);
  if (act.amendment.has_hourly()) {
    *act.contract.mutable_hours()->mutable_terms() = act.amendment.hourly();
  }
  for (auto const& change : act.amendment.changes()) {
    Milestone milestone;  // Without a state: a new one.
    if (change.milestone() < act.contract.milestones()) {
      TRY(known, milestone_of(act, change.milestone()));
      milestone = std::move(known);
    }
    TRY_VOID(amend(*act.context, act.contract, milestone, change));
  }
  return {};
}

}  // namespace work
