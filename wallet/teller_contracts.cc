// Contracts and milestones: where the money is.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/limits.h"
#include "wallet/dates.h"
#include "wallet/fee.h"
#include "wallet/teller.h"

namespace wallet {

using protocol::Amount;

struct Teller::Engagement {
  labor::v1::Contract contract;
  labor::v1::Milestone milestone;

  std::string money(std::uint64_t amount) const { return show(Amount{amount}, contract.asset()); }
};

// ---- reading ----

Result<std::optional<labor::v1::Contract>> Teller::contract(std::uint64_t id) const {
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(found, read(key));
  if (!found) return std::nullopt;
  return found->contract();
}

Result<std::optional<Teller::Engagement>> Teller::engagement(std::uint64_t id,
                                                             std::uint32_t index) const {
  TRY(signed_contract, contract(id));
  labor::v1::Record key;
  key.mutable_milestone()->set_contract(id);
  key.mutable_milestone()->set_index(index);
  TRY(found, read(key));
  if (!signed_contract || !found) return std::nullopt;
  return Engagement{.contract = *signed_contract, .milestone = found->milestone()};
}

// ---- milestones ----

Result<void> Teller::milestone_head(std::uint64_t id, std::uint32_t index, std::string_view act,
                                    std::optional<Engagement>& found) {
  TRY(read_now, engagement(id, index));
  found = std::move(read_now);
  line(fmt::format("{} milestone {}/{}{}.", act, id, index,
                   found ? ": " + found->milestone.title() : ""));
  if (!found && !options_.unread.empty()) detail(options_.unread);
  return {};
}

Result<void> Teller::say(labor::v1::FundMilestone const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Fund", found));
  if (!found) return {};
  auto const amount = found->milestone.amount();
  auto const bps = found->contract.frozen().client_fee_bps();
  auto const fee = client_fee(amount, bps);
  detail(fmt::format("Lock {} for the talent and {} of client fee ({}): {} leave your balance.",
                     found->money(amount), found->money(fee), show_bps(bps),
                     found->money(amount + fee)));
  detail(fmt::format("Talent: {}", who(found->contract.talent())));
  detail(
      fmt::format("Due in {}. Without delivery by then, and {} more, all of it comes back to you.",
                  show_days(found->milestone.due_days()),
                  show_duration(found->contract.frozen().due_grace_ms())));
  detail(fmt::format("After delivery you have {} to answer; silence pays the talent.",
                     show_duration(found->contract.frozen().first_review_ms())));
  return {};
}

Result<void> Teller::say(labor::v1::SubmitMilestone const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Deliver", found));
  hash("Delivery hash", message.delivery_hash());
  if (!found) return {};
  auto const& frozen = found->contract.frozen();
  auto const review =
      found->milestone.change_requests() == 0 ? frozen.first_review_ms() : frozen.later_review_ms();
  detail(fmt::format("The client has {} to answer; silence pays you {}.", show_duration(review),
                     found->money(locked_of(found->milestone))));
  return {};
}

Result<void> Teller::say(labor::v1::RequestChanges const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Ask for changes to", found));
  hash("Reason hash", message.reason_hash());
  if (!found) return {};
  auto const& frozen = found->contract.frozen();
  detail(fmt::format("Request {} of {}. Without a new delivery in {} the rest comes back to you.",
                     found->milestone.change_requests() + 1, frozen.change_requests_max(),
                     show_duration(frozen.changes_answer_ms())));
  return {};
}

Result<void> Teller::say(labor::v1::AcceptMilestone const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Accept", found));
  if (!found) return {};
  auto const rest = locked_of(found->milestone);
  detail(fmt::format("Pay {} to {}, and {} of client fee. It was locked; your balance stays.",
                     found->money(rest), who(found->contract.talent()),
                     found->money(fee_taken_on(found->milestone, rest))));
  detail("This cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::ReleasePart const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Release part of", found));
  auto const asset = found ? found->contract.asset() : labor::v1::ASSET_USD;
  detail(fmt::format("Pay {}{}.", show(Amount{message.amount()}, asset),
                     found ? " to " + who(found->contract.talent()) : " to the talent"));
  if (!found) return {};
  auto const rest = locked_of(found->milestone);
  detail(fmt::format("Client fee taken on it: {}. {} stay locked.",
                     found->money(fee_taken_on(found->milestone, message.amount())),
                     found->money(rest - std::min(rest, message.amount()))));
  detail("This cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::RequestRefund const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Ask for a refund of", found));
  if (!found) return {};
  detail(fmt::format(
      "{} and {} of unearned fee come back to you if {} agrees or says nothing for {}.",
      found->money(locked_of(found->milestone)), found->money(unearned_fee_of(found->milestone)),
      who(found->contract.talent()), show_duration(found->contract.frozen().refund_answer_ms())));
  return {};
}

Result<void> Teller::say(labor::v1::RefuseRefund const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Refuse the refund of", found));
  if (found) detail(fmt::format("{} stay locked.", found->money(locked_of(found->milestone))));
  return {};
}

Result<void> Teller::say(labor::v1::AgreeRefund const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Agree to refund", found));
  if (!found) return {};
  detail(fmt::format("{} go back to {}; you receive nothing more for this milestone.",
                     found->money(locked_of(found->milestone)), who(found->contract.client())));
  detail("This cannot be taken back.");
  return {};
}

// ---- splits ----

void Teller::division(Engagement const& of, std::uint64_t to_talent) {
  auto const& milestone = of.milestone;
  auto const fee = fee_taken_on(milestone, to_talent);
  auto const unearned = unearned_fee_of(milestone);
  auto const locked = locked_of(milestone);
  detail(fmt::format("Of {} locked: {} to {}, with {} of client fee.", of.money(locked),
                     of.money(to_talent), who(of.contract.talent()), of.money(fee)));
  detail(fmt::format("{} and {} of unearned fee go back to {}.",
                     of.money(locked - std::min(locked, to_talent)),
                     of.money(unearned - std::min(unearned, fee)), who(of.contract.client())));
  if (to_talent > locked) detail("CAREFUL: that is more than is locked; the chain will refuse.");
}

Result<void> Teller::say(labor::v1::OfferSplit const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Offer a split of", found));
  if (!found) {
    detail(
        fmt::format("{} to the talent.", show(Amount{message.to_talent()}, labor::v1::ASSET_USD)));
    return {};
  }
  division(*found, message.to_talent());
  if (found->milestone.has_split()) {
    auto const& stands = found->milestone.split();
    detail(fmt::format("It takes the place of the split that {} offered: {} to the talent.",
                       who(stands.author()), found->money(stands.to_talent())));
  }
  detail("Nothing moves before the other side agrees, and every clock runs on.");
  return {};
}

Result<void> Teller::say(labor::v1::WithdrawSplit const& message) {
  std::optional<Engagement> found;
  TRY_VOID(
      milestone_head(message.contract(), message.milestone(), "Withdraw your split of", found));
  if (found && found->milestone.has_split()) {
    detail(fmt::format("It offered {} to the talent.",
                       found->money(found->milestone.split().to_talent())));
  }
  return {};
}

Result<void> Teller::say(labor::v1::AgreeSplit const& message) {
  std::optional<Engagement> found;
  TRY_VOID(milestone_head(message.contract(), message.milestone(), "Agree to the split of", found));
  if (!found) {
    detail(
        fmt::format("{} to the talent.", show(Amount{message.to_talent()}, labor::v1::ASSET_USD)));
    return {};
  }
  division(*found, message.to_talent());
  auto const& stands = found->milestone;
  if (!stands.has_split() || stands.split().to_talent() != message.to_talent()) {
    detail("CAREFUL: this is not the split that is offered; the chain will refuse.");
  }
  detail("This ends the milestone and cannot be taken back.");
  return {};
}

// ---- contracts ----

Result<void> Teller::say(labor::v1::PayBonus const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Pay a bonus on contract {}{}.", message.contract(),
                   found ? ": " + found->title() : ""));
  auto const asset = found ? found->asset() : labor::v1::ASSET_USD;
  auto const amount = show(Amount{message.amount()}, asset);
  if (!found) {
    detail(
        fmt::format("{} to the talent, and the client fee on what of it is beyond a fifth of "
                    "what the contract released.",
                    amount));
    return {};
  }
  auto const fee = bonus_fee(*found, message.amount());
  detail(fmt::format("{} to {}, and {} of client fee{}, leave your balance.", amount,
                     who(found->talent()), show(Amount{fee}, asset),
                     fee == 0 ? " (none up to a fifth of what was released)" : ""));
  detail("This cannot be taken back.");
  return {};
}

Result<void> Teller::say(labor::v1::PauseContract const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("Pause contract {}{}.", message.contract(), found ? ": " + found->title() : ""));
  if (!found) return {};
  auto const spent_ms = std::min(found->pause().spent_ms(), protocol::limits::pause_ms_max);
  detail(fmt::format("It goes on when you resume it, or by itself in {}: that is all that is left.",
                     show_duration(protocol::limits::pause_ms_max - spent_ms)));
  if (found->has_hours()) detail("No hours are logged and no week locks meanwhile.");
  auto const by_client = body_.account() == found->client();
  detail(by_client ? "The days until due stop meanwhile; every other clock runs on."
                   : "Every clock runs on, the days until due too.");
  return {};
}

Result<void> Teller::say(labor::v1::ResumeContract const& message) {
  TRY(found, contract(message.contract()));
  line(
      fmt::format("Resume contract {}{}.", message.contract(), found ? ": " + found->title() : ""));
  return {};
}

Result<void> Teller::say(labor::v1::EndContract const& message) {
  TRY(found, contract(message.contract()));
  line(fmt::format("End contract {}{}.", message.contract(), found ? ": " + found->title() : ""));
  if (found && found->has_hours()) {
    detail("No more hours are logged; those logged are reviewed and paid as ever.");
  } else {
    detail("Planned milestones are dropped.");
    if (found) {
      detail(body_.account() == found->talent()
                 ? "Funded milestones that you have not delivered are refunded to the client."
                 : "A refund is asked for of funded milestones; what was delivered runs on.");
    }
  }
  if (found) {
    detail(fmt::format("Locked in it now: {}.", show(Amount{found->escrow()}, found->asset())));
  }
  return {};
}

}  // namespace wallet
