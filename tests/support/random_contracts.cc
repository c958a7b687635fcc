#include "tests/support/random_contracts.h"

#include <algorithm>

#include "protocol/execution/form.h"
#include "protocol/state/keys.h"
#include "protocol/work/feedback.h"
#include "tests/support/random_hours.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages of contracts.

namespace {

Milestone milestone_of(Draws& draws, std::uint64_t contract, std::uint32_t index) {
  auto const found = draws.chain().find<Milestone>(state::keys::milestone(contract, index));
  return found.value_or(Milestone{});
}

std::uint64_t ended_contract(Draws& draws) {
  return likely_contract(draws,
                         [](Contract const& contract) { return contract.ended_at_ms() != 0; });
}

// What anybody says of anybody: mostly the same, so that a reveal can match.
FeedbackContent opinion(Draws& draws) {
  FeedbackContent content;
  content.set_quality(draws.below(12) == 0 ? 6 : 4);
  content.set_communication(4);
  content.set_punctuality(4);
  content.set_again(4);
  return content;
}

void must_send(TestChain& chain, Person const& who, google::protobuf::Message const& inner) {
  CHECK(chain.send(who, {message(inner)}, {.fee_limit = lbr}).status() == TX_STATUS_OK);
}

// Offer and contract have the same number: every offer so far was accepted.
void sign(TestChain& chain, Person const& client, Person const& talent, std::uint64_t id,
          OfferTerms const& terms) {
  MakeOffer offer;
  offer.set_talent(talent.address().str());
  *offer.mutable_terms() = terms;
  offer.mutable_terms()->set_title("Work");
  offer.mutable_terms()->set_asset(ASSET_USD);
  must_send(chain, client, offer);
  AcceptOffer accept;
  accept.set_offer(id);
  accept.set_version(1);
  accept.set_terms_hash(chain.find<Offer>(state::keys::offer(id))->terms_hash());
  must_send(chain, talent, accept);
}

}  // namespace

std::uint64_t likely_contract(Draws& draws, bool (*wanted)(Contract const&)) {
  constexpr std::uint64_t looked_at_max = 40;
  auto const made = execution::counter_of(draws.chain().state(), "contract");
  for (std::uint64_t back = 0; back < std::min(made, looked_at_max); ++back) {
    auto const contract = draws.chain().find<Contract>(state::keys::contract(made - back));
    if (contract && wanted(*contract) && draws.below(2) == 0) return contract->id();
  }
  return draws.id("contract");
}

std::uint64_t contract_by_milestones(Draws& draws) {
  return likely_contract(draws, [](Contract const& contract) {
    return !contract.has_hours() && contract.ended_at_ms() == 0;
  });
}

std::uint64_t contract_with_money(Draws& draws) {
  return likely_contract(draws, [](Contract const& contract) {
    return !contract.has_hours() && contract.parts_locked() > 0;
  });
}

void hire_by_milestone(TestChain& chain, Person const& client, Person const& talent,
                       std::uint64_t id) {
  OfferTerms terms;
  auto& milestone = *terms.add_milestones();
  milestone.set_title("All of it");
  milestone.set_amount(100 * usd);
  milestone.set_due_days(30);
  sign(chain, client, talent, id, terms);
  FundMilestone fund;
  fund.set_contract(id);
  must_send(chain, client, fund);
}

void hire_by_hour(TestChain& chain, Person const& client, Person const& talent, std::uint64_t id) {
  OfferTerms terms;
  terms.mutable_hourly()->set_rate(10 * usd);
  terms.mutable_hourly()->set_minutes_per_week(600);
  sign(chain, client, talent, id, terms);
  FundWeek fund;
  fund.set_contract(id);
  must_send(chain, client, fund);
}

OfferTerms random_terms(Draws& draws) {
  OfferTerms made;
  made.set_title("Work");
  made.set_asset(draws.below(12) == 0 ? ASSET_LBR : ASSET_USD);
  if (draws.below(3) == 0) {
    *made.mutable_hourly() = random_hourly_terms(draws);
    return made;
  }
  auto const count = 1 + draws.below(2);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto& milestone = *made.add_milestones();
    milestone.set_title("Part");
    milestone.set_amount((4 + draws.below(200)) * usd + draws.below(usd));
    milestone.set_due_days(static_cast<std::uint32_t>(1 + draws.below(30)));
  }
  return made;
}

void fill(Draws& draws, OfferSplit& message) {
  message.set_contract(contract_with_money(draws));
  message.set_milestone(draws.milestone());
  message.set_to_talent(draws.below(120 * usd));
}

void fill(Draws& draws, AgreeSplit& message) {
  message.set_contract(contract_with_money(draws));
  message.set_milestone(draws.milestone());
  auto const milestone = milestone_of(draws, message.contract(), message.milestone());
  message.set_to_talent(milestone.split().to_talent() + (draws.below(8) == 0 ? 1 : 0));
}

void fill(Draws& draws, OfferAmendment& message) {
  message.set_contract(draws.id("contract"));
  auto const offered = random_terms(draws);
  if (offered.has_hourly()) *message.mutable_hourly() = offered.hourly();
  for (int i = 0; i < offered.milestones_size(); ++i) {
    auto& change = *message.add_changes();
    change.set_milestone(static_cast<std::uint32_t>(i) + (draws.below(3) == 0 ? 1u : 0u));
    if (draws.below(6) == 0) continue;
    *change.mutable_terms() = offered.milestones(i);
    if (draws.below(2) == 0) change.mutable_terms()->set_due_days(40);
  }
}

void fill(Draws& draws, AgreeAmendment& message) {
  message.set_contract(draws.id("contract"));
  auto const contract = draws.chain().find<Contract>(state::keys::contract(message.contract()));
  auto const offered = contract ? contract->amendment().hash() : std::string{};
  message.set_amendment_hash(offered.empty() || draws.below(8) == 0 ? draws.hash() : offered);
}

void fill(Draws& draws, PayBonus& message) {
  message.set_contract(draws.id("contract"));
  message.set_amount(draws.below(60 * usd));
}

void fill(Draws& draws, CommitFeedback& message) {
  message.set_contract(ended_contract(draws));
  auto const contract = draws.chain().find<Contract>(state::keys::contract(message.contract()));
  auto author = draws.sender().address();
  if (contract) author = execution::address_in(draws.side_of(*contract));
  message.set_commitment(
      work::feedback_commitment(message.contract(), author, protocol::Hash{}, opinion(draws))
          .str());
}

void fill(Draws& draws, PostFeedback& message) {
  message.set_contract(ended_contract(draws));
  *message.mutable_content() = opinion(draws);
}

void fill(Draws& draws, RevealFeedback& message) {
  message.set_contract(ended_contract(draws));
  message.set_salt(protocol::Hash{}.str());
  *message.mutable_content() = opinion(draws);
}

void fill(Draws& draws, ReplyToFeedback& message) {
  message.set_contract(ended_contract(draws));
  message.set_reply_hash(draws.hash());
}

}  // namespace testing_support
