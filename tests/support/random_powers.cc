#include "tests/support/random_powers.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/blocks.h"
#include "protocol/bank/recovery.h"
#include "protocol/execution/form.h"
#include "protocol/state/keys.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages about powers.

namespace {

Authority own_key(Person const& person) {
  Authority authority;
  authority.set_public_key(person.key().public_key().str());
  return authority;
}

// Mostly somebody of whom there is such a record.
template <class R, class KeyOf>
Person const& likely_person(Draws& draws, KeyOf key_of) {
  auto const first = draws.below(crowd_size);
  auto const* const found = person_where(first, [&](Person const& person) {
    return draws.chain().find<R>(key_of(person.address())).has_value();
  });
  return found != nullptr ? *found : crowd()[first];
}

bool nothing_hangs_on(TestChain const& chain, Person const& person) {
  auto const account = bank::account_of(chain.state(), person.address());
  auto const profile = chain.find<Profile>(state::keys::profile(person.address()));
  auto const shown = profile && profile->state() != PROFILE_STATE_CLOSED;
  return account.locked() == 0 && !account.closed() && !shown;
}

std::string name_of_app(Draws& draws) {
  return draws.below(8) == 0 ? "No app" : "app_" + std::to_string(draws.below(6));
}

}  // namespace

void fill(Draws& draws, RotateAuthority& message) {
  auto& authority = *message.mutable_authority();
  authority = own_key(draws.sender());
  if (draws.below(3) == 0) return;
  auto& key = *authority.add_keys();
  key.set_public_key(authority.public_key());
  key.set_weight(1 + static_cast<std::uint32_t>(draws.below(2)));
  authority.clear_public_key();
  authority.set_threshold(static_cast<std::uint32_t>(draws.below(3)));
}

void fill(Draws& draws, SetGuardians& message) {
  if (draws.below(8) == 0) return;
  auto const first = draws.below(crowd_size);
  for (std::size_t i = 0; i < 2; ++i) {
    message.add_guardians(crowd()[(first + i) % crowd_size].address().str());
  }
  std::ranges::sort(*message.mutable_guardians());
  message.set_threshold(
      static_cast<std::uint32_t>(draws.below(4) == 0 ? draws.below(4) : 1 + draws.below(2)));
  message.set_delay_ms((1 + draws.below(5)) * day_ms);
}

void fill(Draws& draws, StartRecovery& message) {
  auto const& whose = likely_person<Guardians>(draws, state::keys::guardians);
  message.set_account(whose.address().str());
  *message.mutable_authority() = own_key(whose);
}

void fill(Draws& draws, ApproveRecovery& message) {
  auto const& whose = likely_person<Recovery>(draws, state::keys::recovery);
  message.set_account(whose.address().str());
  message.set_authority_hash(draws.below(6) == 0
                                 ? draws.hash()
                                 : bank::authority_hash(whose.address(), own_key(whose)).str());
}

void fill(Draws& draws, GiveMandate& message) {
  message.set_holder(draws.somebody().address().str());
  message.set_expires_at_ms(draws.chain().time().value() + draws.below(40) * day_ms);
  for (int scope = MANDATE_SCOPE_PROFILE; scope <= MANDATE_SCOPE_FEEDBACK; ++scope) {
    if (draws.below(2) == 0) message.add_scopes(static_cast<MandateScope>(scope));
  }
  message.set_spend_total(draws.below(500) * usd);
  message.set_spend_each(draws.below(300) * usd);
  message.set_pay_total(draws.below(500) * usd);
  message.set_pay_each(message.pay_total());
}

void fill(Draws& draws, EndMandate& message) {
  message.set_account(draws.somebody().address().str());
  message.set_holder(draws.somebody().address().str());
}

// A job, or an act on a milestone.
void fill(Draws& draws, ActFor& message) {
  message.set_account(draws.somebody().address().str());
  auto& inner = *message.add_acts();
  switch (draws.below(4)) {
    case 0: {
      auto& details = *inner.mutable_post_job()->mutable_details();
      details.set_title("Job");
      details.set_asset(ASSET_USD);
      details.set_budget_max(100 * usd);
      inner.mutable_post_job()->set_bond(draws.below(2) * 20 * usd);
      break;
    }
    case 1:
      inner.mutable_fund_milestone()->set_contract(draws.id("contract"));
      break;
    case 2:
      inner.mutable_accept_milestone()->set_contract(draws.id("contract"));
      break;
    default:
      inner.mutable_pause_profile();
  }
}

void fill(Draws& draws, RegisterApp& message) {
  message.set_name(name_of_app(draws));
  message.set_share_bps(static_cast<std::uint32_t>(draws.below(2200)));
}

void fill(Draws& draws, CloseAccount& message) {
  message.set_to(draws.somebody().address().str());
}

void fill(Draws& draws, BlockAccount& message) {
  message.set_account(draws.somebody().address().str());
}

void fill(Draws& draws, UnblockAccount& message) {
  message.set_account(draws.somebody().address().str());
}

Person const* power_holder(TestChain const& chain, Message const& message, Act const& act) {
  auto const guardian_of = [&](std::string const& account) -> Person const* {
    auto const whose = protocol::Address::from(account);
    auto const named = whose ? chain.find<Guardians>(state::keys::guardians(*whose)) : std::nullopt;
    if (!named) return nullptr;
    auto const count = static_cast<std::uint32_t>(named->guardians_size());
    return with_address(named->guardians(static_cast<int>(act.draws[2] % count)));
  };
  switch (message.message_case()) {
    case Message::kStartRecovery:
      return guardian_of(message.start_recovery().account());
    case Message::kApproveRecovery:
      return guardian_of(message.approve_recovery().account());
    case Message::kCancelRecovery:
      return person_where(0, [&](Person const& person) {
        return chain.find<Recovery>(state::keys::recovery(person.address())).has_value();
      });
    case Message::kActFor: {
      auto const account = execution::address_in(message.act_for().account());
      return person_where(0, [&](Person const& person) {
        return chain.find<Mandate>(state::keys::mandate(account, person.address())).has_value();
      });
    }
    case Message::kEndMandate:
      return with_address(message.end_mandate().account());
    case Message::kCloseAccount:
      return person_where(act.who,
                          [&](Person const& person) { return nothing_hangs_on(chain, person); });
    case Message::kReopenAccount:
      return person_where(act.who, [&](Person const& person) {
        return bank::account_of(chain.state(), person.address()).closed();
      });
    case Message::kUnblockAccount: {
      auto const account = execution::address_in(message.unblock_account().account());
      return person_where(act.who, [&](Person const& person) {
        return bank::has_blocked(chain.state(), person.address(), account);
      });
    }
    default:
      return nullptr;
  }
}

}  // namespace testing_support
