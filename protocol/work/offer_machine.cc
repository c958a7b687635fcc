#include "protocol/work/offer_machine.h"
#include "protocol/talent/team.h"
#include "protocol/work/fee.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/contract.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"
#include "protocol/work/terms.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::OfferState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<OfferAct, OfferState>;
using Who = execution::Who<OfferAct>;
using Guard = execution::Guard<OfferAct>;
using Effect = execution::Effect<OfferAct>;

constexpr auto none = labor::v1::OFFER_STATE_UNSPECIFIED;
constexpr auto made = labor::v1::OFFER_STATE_MADE;
constexpr auto accepted = labor::v1::OFFER_STATE_ACCEPTED;
constexpr auto declined = labor::v1::OFFER_STATE_DECLINED;
constexpr auto withdrawn = labor::v1::OFFER_STATE_WITHDRAWN;
constexpr auto lapsed = labor::v1::OFFER_STATE_LAPSED;

// ---- who ----

Done is_party(OfferAct const& act) {
  auto const account = act.account.chars();
  if (account == act.offer.client() || account == act.offer.talent()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_OFFER);
}
Done is_author(OfferAct const& act) {
  TRY_VOID(is_party(act));
  if (act.account.chars() == act.offer.author()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_TURN);
}
Done is_other_side(OfferAct const& act) {
  TRY_VOID(is_party(act));
  if (act.account.chars() != act.offer.author()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_TURN);
}
Done is_not_talent(OfferAct const& act) {
  if (act.account.chars() == act.offer.talent()) return fail(labor::v1::TX_STATUS_OWN_OFFER);
  return act.blocked ? fail(labor::v1::TX_STATUS_BLOCKED) : Done{};
}

// ---- time and guards ----

Done in_time(OfferAct const& act) {
  return execution::must_be_before(act.offer.lapses_at_ms(), act.now);
}

Done may_make(OfferAct const& act) {
  if (!act.active_profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_ACTIVE);
  return must_have_room(act.open_count, limits::open_offers_max,
                        labor::v1::TX_STATUS_TOO_MANY_OPEN_OFFERS);
}

Done names_version(OfferAct const& act) {
  if (act.version == act.offer.version()) return {};
  return fail(labor::v1::TX_STATUS_TERMS_CHANGED,
              {{"expected", act.offer.version()}, {"got", act.version}});
}

Done may_counter(OfferAct const& act) {
  TRY_VOID(names_version(act));
  return must_have_room(act.offer.version(), limits::offer_versions_max,
                        labor::v1::TX_STATUS_TOO_MANY_COUNTERS);
}

Done may_accept(OfferAct const& act) {
  TRY_VOID(names_version(act));
  if (act.terms_hash != act.offer.terms_hash()) return fail(labor::v1::TX_STATUS_TERMS_CHANGED);
  return must_have_room(act.open_count, limits::open_contracts_max,
                        labor::v1::TX_STATUS_TOO_MANY_CONTRACTS);
}

Done always(OfferAct const&) {
  return {};
}

// ---- effects ----

// The parameters of this block are part of what is offered.
Done put_on_table(OfferAct& act) {
  auto& offer = act.offer;
  offer.set_version(offer.version() + 1);
  offer.set_author(act.account.str());
  *offer.mutable_terms() = act.terms;
  *offer.mutable_frozen() = frozen_now(*act.context);
  freeze_shares(*act.context, offer);
  TRY(split, talent::split_of(*act.context, execution::address_in(offer.talent())));
  *offer.mutable_frozen()->mutable_team() = split;
  offer.set_terms_hash(terms_hash(offer).str());
  auto const lapse_ms = act.context->parameter(labor::v1::PARAMETER_OFFER_LAPSE_MS);
  offer.set_lapses_at_ms(act.now.value() + lapse_ms);
  return {};
}

Done make(OfferAct& act) {
  act.offer.set_id(act.context->next_id("offer"));
  TRY_VOID(count_opened(*act.context, act.account, Kind::offer, act.cause));
  return put_on_table(act);
}

Done take_off_table(OfferAct& act) {
  act.offer.set_lapses_at_ms(0);
  auto const client = execution::address_in(act.offer.client());
  return count_closed(*act.context, client, Kind::offer, act.cause);
}

Done sign(OfferAct& act) {
  TRY_VOID(take_off_table(act));
  TRY_VOID(sign_contract(*act.context, act.offer));
  return fill(*act.context, act.offer.job());
}

Done finish(OfferAct& act) {
  TRY_VOID(take_off_table(act));
  act.offer.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
  return {};
}

// ---- the table ----

constexpr Who anyone{"anyone but the talent and whom it has blocked", is_not_talent};
constexpr Who author{"who made this version", is_author};
constexpr Who other{"the other side", is_other_side};
constexpr Who block{"the block"};

constexpr Guard may{"profile of the talent active, fewer than 50 open offers", may_make};
constexpr Guard current{"names this version, at most the ninth", may_counter, true};
constexpr Guard same_terms{"names this version and its hash, fewer than 500 contracts", may_accept,
                           true};
constexpr Guard silent{"7 d unanswered", always};
constexpr Guard kept{"90 d later", always};

constexpr Effect offers{"freezes parameters and terms, starts the 7 d", make};
constexpr Effect answers{"the next version: freezes anew, starts the 7 d again", put_on_table};
constexpr Effect signs{"signs the contract, fills the job", sign};
constexpr Effect ends{"the offer is over", finish};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"make",     message, none,      made,      anyone, may,        offers},
  {"counter",  message, made,      made,      other,  current,    answers},
  {"accept",   message, made,      accepted,  other,  same_terms, signs},
  {"decline",  message, made,      declined,  other,  {},         ends},
  {"withdraw", message, made,      withdrawn, author, {},         ends},
  {"lapse",    clock,   made,      lapsed,    block,  silent,     ends},
  {"leave",    clock,   declined,  none,      block,  kept,       leaves},
  {"leave",    clock,   withdrawn, none,      block,  kept,       leaves},
  {"leave",    clock,   lapsed,    none,      block,  kept,       leaves},
};
// clang-format on

}  // namespace

OfferMachine const& offer_machine() {
  static constexpr OfferMachine machine{
      .name = "offer", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace work
