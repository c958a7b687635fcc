#include "protocol/work/offer.h"

#include <algorithm>

#include "protocol/bank/blocks.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/mandates/app.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/work/job.h"
#include "protocol/work/offer_machine.h"
#include "protocol/work/open_work.h"
#include "protocol/work/proposal.h"
#include "protocol/work/terms.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Offer;
using protocol::Address;

namespace {

OfferAct act_on(Context& context, Offer const& offer) {
  return {.context = &context,
          .account = context.sender(),
          .now = context.time(),
          .offer = offer,
          .terms = {},
          .version = 0,
          .terms_hash = {},
          .active_profile = true,
          .open_count = 0,
          .cause = {}};
}

std::optional<Offer> find_offer(Context const& context, std::uint64_t id) {
  return context.find<Offer>(state::keys::offer(id));
}

Done step(OfferAct& act, std::string_view name) {
  return execution::transition(*act.context, offer_machine(), name, act, act.offer);
}

// Of the busier side.
std::uint32_t open_contracts(Context const& context, Offer const& offer) {
  auto const of = [&](std::string_view side) {
    return open_work_of(context, execution::address_in(side)).contracts();
  };
  return std::max(of(offer.client()), of(offer.talent()));
}

Done make(Context& context, Offer const& offer, labor::v1::MakeOffer const& message,
          bool active_profile) {
  auto act = act_on(context, offer);
  act.terms = message.terms();
  act.active_profile = active_profile;
  act.blocked =
      bank::has_blocked(context.state(), execution::address_in(offer.talent()), context.sender());
  act.open_count = open_work_of(context, context.sender()).offers();
  return step(act, "make");
}

Done make_from_proposal(Context& context, Offer offer, labor::v1::MakeOffer const& message) {
  TRY(proposal, answer_with_offer(context, message.proposal()));
  if (!message.talent().empty() && message.talent() != proposal.talent()) {
    return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  }
  auto const job = find_job(context, proposal.job());
  if (!job) return execution::must_hold(false);  // It was open a moment ago.
  // Where the job comes from is said there.
  if (!message.app().empty()) return fail(labor::v1::TX_STATUS_INVALID_APP_NAME);
  offer.set_app(job->details().app());
  offer.set_job(proposal.job());
  offer.set_proposal(proposal.id());
  offer.set_talent(proposal.talent());
  return make(context, offer, message, true);
}

Done make_direct(Context& context, Offer offer, labor::v1::MakeOffer const& message) {
  auto const profile = talent::find_profile(context, execution::address_in(message.talent()));
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  TRY_VOID(mandates::must_be_app_or_empty(context.state(), message.app()));
  offer.set_talent(message.talent());
  offer.set_app(message.app());
  return make(context, offer, message, profile->state() == labor::v1::PROFILE_STATE_ACTIVE);
}

}  // namespace

Done apply(Context& context, labor::v1::MakeOffer const& message) {
  auto const direct = message.proposal() == 0;
  auto const named = direct || !message.talent().empty();
  if (named && message.talent().size() != Address::size) {
    return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  }
  TRY_VOID(check_terms(context, message.terms()));
  Offer offer;
  offer.set_client(context.sender().str());
  return direct ? make_direct(context, offer, message)
                : make_from_proposal(context, offer, message);
}

Done apply(Context& context, labor::v1::CounterOffer const& message) {
  TRY_VOID(check_terms(context, message.terms()));
  auto const offer = find_offer(context, message.offer());
  if (!offer) return fail(labor::v1::TX_STATUS_OFFER_NOT_FOUND);
  auto act = act_on(context, *offer);
  act.terms = message.terms();
  act.version = message.version();
  return step(act, "counter");
}

Done apply(Context& context, labor::v1::AcceptOffer const& message) {
  TRY_VOID(execution::must_be_hash(message.terms_hash()));
  auto const offer = find_offer(context, message.offer());
  if (!offer) return fail(labor::v1::TX_STATUS_OFFER_NOT_FOUND);
  auto act = act_on(context, *offer);
  act.version = message.version();
  act.terms_hash = message.terms_hash();
  act.open_count = open_contracts(context, *offer);
  return step(act, "accept");
}

Done apply(Context& context, labor::v1::DeclineOffer const& message) {
  auto const offer = find_offer(context, message.offer());
  if (!offer) return fail(labor::v1::TX_STATUS_OFFER_NOT_FOUND);
  auto act = act_on(context, *offer);
  return step(act, "decline");
}

Done apply(Context& context, labor::v1::WithdrawOffer const& message) {
  auto const offer = find_offer(context, message.offer());
  if (!offer) return fail(labor::v1::TX_STATUS_OFFER_NOT_FOUND);
  auto act = act_on(context, *offer);
  return step(act, "withdraw");
}

Done fire(Context& context, Offer const& offer) {
  auto act = act_on(context, offer);
  return execution::transition_when_due(context, offer_machine(), act, act.offer);
}

}  // namespace work
