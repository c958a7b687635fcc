// Amendments: what a contract says now and what it would say.

#include <fmt/format.h>

#include "protocol/work/amendment.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/show_hours.h"
#include "wallet/teller.h"

namespace wallet {

using labor::v1::MilestoneTerms;
using protocol::Amount;

namespace {

std::string words_of(MilestoneTerms const& terms, labor::v1::Asset asset) {
  return fmt::format("{}, {}, due {} after funding", terms.title(),
                     show(Amount{terms.amount()}, asset), show_days(terms.due_days()));
}

MilestoneTerms terms_of(labor::v1::Milestone const& milestone) {
  MilestoneTerms terms;
  terms.set_title(milestone.title());
  terms.set_amount(milestone.amount());
  terms.set_due_days(milestone.due_days());
  return terms;
}

}  // namespace

// One line a change; of a funded milestone also what its client locks on top.
Result<void> Teller::amendment(labor::v1::Contract const& contract,
                               labor::v1::OfferAmendment const& offered) {
  auto const asset = contract.asset();
  if (offered.has_hourly()) {
    detail(fmt::format("Paid by the hour, from the next week on: {}.",
                       show_hourly(offered.hourly(), asset)));
    if (contract.has_hours()) {
      detail(fmt::format("  It was: {}.", show_hourly(contract.hours().terms(), asset)));
    }
  }
  for (auto const& change : offered.changes()) {
    labor::v1::Record key;
    key.mutable_milestone()->set_contract(contract.id());
    key.mutable_milestone()->set_index(change.milestone());
    TRY(found, read(key));
    auto const name = fmt::format("Milestone {}/{}", offered.contract(), change.milestone());
    if (!change.has_terms()) {
      detail(fmt::format("{} is dropped{}.", name,
                         found ? ": " + words_of(terms_of(found->milestone()), asset) : ""));
      continue;
    }
    auto const after = words_of(change.terms(), asset);
    if (!found) {
      detail(fmt::format("{}, new: {}.", name, after));
      continue;
    }
    auto const& milestone = found->milestone();
    detail(fmt::format("{}: {}.", name, after));
    detail(fmt::format("  It was: {}.", words_of(terms_of(milestone), asset)));
    auto const amount = change.terms().amount();
    if (milestone.funded() == 0 || amount <= milestone.funded()) continue;
    auto const bps = contract.frozen().client_fee_bps();
    auto const more = amount - milestone.funded();
    detail(fmt::format(
        "  {} and {} of client fee more are locked from the balance of {}.",
        show(Amount{more}, asset),
        show(Amount{client_fee(amount, bps) - client_fee(milestone.funded(), bps)}, asset),
        who(contract.client())));
  }
  return {};
}

Result<void> Teller::say(labor::v1::OfferAmendment const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Offer to amend contract {}{}:", message.contract(),
                   found ? ": " + found->title() : ""));
  auto unread = labor::v1::Contract{};
  unread.set_asset(labor::v1::ASSET_USD);
  TRY_VOID(amendment(found ? *found : unread, message));
  if (found && found->has_amendment()) {
    detail(fmt::format("It takes the place of what {} offered.", who(found->amendment().author())));
  }
  detail("Nothing changes before the other side agrees. Amounts on chain are public.");
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawAmendment const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Withdraw your amendment of contract {}{}.", message.contract(),
                   found ? ": " + found->title() : ""));
  return {};
}

Result<void> Teller::say(labor::v1::AgreeAmendment const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Agree to amend contract {}{}:", message.contract(),
                   found ? ": " + found->title() : ""));
  if (!found) {
    if (!options_.unread.empty()) detail(options_.unread);
    hash("Amendment hash", message.amendment_hash());
    return {};
  }
  auto const offered = work::offered_amendment(*found);
  TRY_VOID(amendment(*found, offered));
  hash("Amendment hash", message.amendment_hash());
  auto const same = found->has_amendment() &&
                    work::amendment_hash(*found, offered).chars() == message.amendment_hash();
  detail(same ? "From then on the contract says exactly this."
              : "CAREFUL: what is offered is not what you sign; the chain will refuse.");
  return {};
}

}  // namespace wallet
